"""The fund's lines over all time, summed as the public page shows them: by month, and by network."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet
from django.db.models.functions import TruncMonth

from shop.common import clock
from shop.ledger.models import Posting
from shop.ledger.purposes import BAHT
from shop.ledger.sums import counted_anew, newest_sure, sums_of

FUND, HELD, ASIDE = "fund", "fund_held", "fund_vouchers"
"""What it holds, what waits for deliveries, what it has set aside for vouchers."""
ByMonth = dict[tuple[str, dt.date, str], int]
ByOwner = dict[tuple[str, str], int]
_WHOSE = ("account__owner", "entry__kind")


def by_month_and_owner() -> tuple[ByMonth, ByOwner]:
    """(purpose, first of the month in Thailand, kind of entry) and (owner, kind of entry) → satang by which the fund grew.

    The first of all three purposes, the second of what it holds.
    """
    edge, rows = newest_sure(), _lines(FUND, HELD, ASIDE)
    monthly = rows.annotate(month=TruncMonth("happened_at", tzinfo=clock.BANGKOK))
    months = sums_of("fund:months", monthly, "account__purpose", "month", "entry__kind", edge=edge)
    owners = sums_of("fund:owners", _lines(FUND), *_WHOSE, edge=edge)
    return (
        {(purpose, month.date(), kind): -satang for (purpose, month, kind), satang in months.items()},
        {(owner, kind): -satang for (owner, kind), satang in owners.items()},
    )


def by_owner(begin: dt.datetime | None, end: dt.datetime | None) -> ByOwner:
    """The second of the above, of what happened from one moment until before another; every line is read."""
    rows = _lines(FUND)
    rows = rows if begin is None else rows.filter(happened_at__gte=begin)
    rows = rows if end is None else rows.filter(happened_at__lt=end)
    return {(owner, kind): -satang for (owner, kind), satang in counted_anew(rows, *_WHOSE).items()}


def _lines(*purposes: str) -> QuerySet[Posting]:
    return Posting.objects.filter(account__purpose__in=purposes, account__currency=BAHT)
