"""The fund's lines by purpose, month, network and kind, over all time: what the public page is drawn from.

Nothing posted is ever changed, so what was posted some hours ago has the same sums for ever: they are counted once per process
and hour, and what came since is added each time. The answer is that of counting all of it (a test compares both).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.core.cache import cache
from django.db.models import QuerySet, Sum
from django.db.models.functions import TruncMonth

from shop.common import clock
from shop.ledger.models import Entry, Posting
from shop.ledger.purposes import BAHT

FUND, HELD = "fund", "fund_held"
Key = tuple[str, dt.date, str, str]
_HOURS = 25
_SURE = dt.timedelta(hours=1)
"""No transaction takes as long: of entries older than that all are there, and none comes between them any more."""


def of_all_time() -> dict[Key, int]:
    """(purpose, first of the month in Thailand, owner, kind of entry) → satang by which the fund grew."""
    edge = _edge()
    sums: dict[Key, int] = dict(_kept(edge))
    for key, satang in _counted(_lines().filter(entry_id__gt=edge)):
        sums[key] = sums.get(key, 0) + satang
    return sums


def _kept(edge: int) -> dict[Key, int]:
    """Of all entries up to `edge`."""
    name = f"fund:sums:{edge}"
    found: dict[Key, int] | None = cache.get(name)
    if found is None:
        found = dict(_counted(_lines().filter(entry_id__lte=edge)))
        cache.set(name, found, _HOURS * 3600)
    return found


def _edge() -> int:
    """The newest entry of which all before it are there; another one every hour."""
    until = (clock.now() - _SURE).replace(minute=0, second=0, microsecond=0)
    rows = Entry.objects.filter(posted_at__lte=until).order_by("-pk").values_list("pk", flat=True)
    return rows[0] if rows[:1] else 0


def _lines() -> QuerySet[Posting]:
    return Posting.objects.filter(account__purpose__in=(FUND, HELD), account__currency=BAHT)


def _counted(rows: QuerySet[Posting]) -> Iterator[tuple[Key, int]]:
    grouped = rows.annotate(month=TruncMonth("happened_at", tzinfo=clock.BANGKOK)).order_by()
    found = grouped.values_list("account__purpose", "month", "account__owner", "entry__kind")
    for purpose, month, owner, kind, satang in found.annotate(sum=-Sum("amount_satang")):
        yield (purpose, month.date(), owner, kind), int(satang)
