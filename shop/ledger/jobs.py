"""What the clock starts: the nightly check of the books."""

from __future__ import annotations

import datetime as dt

from shop.common.jobs import job
from shop.ledger import audit, errors


@job("ledger.check", every=dt.timedelta(hours=24))
def check_books() -> str:
    """The books sum to zero, their guards are awake, every cause exists. Differences stand as the job's error."""
    found = audit.differences()
    if found:
        raise errors.LedgerDiffers(number=len(found), first=str(found[0]))
    return "0 differences"
