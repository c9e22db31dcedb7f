"""The clock of stories."""

from __future__ import annotations

import datetime as dt

from cms.services.publishing import publish_due
from shop.common.jobs import job


@job("cms.publish_due", every=dt.timedelta(seconds=10))
def publish_scheduled() -> str:
    """Publishes and takes back what was set for this minute; after a standstill everything that was missed."""
    live, gone, failed = publish_due()
    failures = f", {failed} failed" if failed else ""
    return f"{live} published, {gone} taken back{failures}"
