"""What the clock starts: holds that are over."""

from __future__ import annotations

import datetime as dt

from shop.common.jobs import job
from shop.payouts.services import release_due


@job("payouts.release", every=dt.timedelta(hours=1))
def release_held() -> str:
    """What was delivered or collected, and may no longer be sent back, becomes ready to be paid out."""
    return f"{release_due()} vendor orders released"
