"""Sums over all postings that stay quick however many there are, and are always those of counting everything.

Nothing posted is ever changed, so what was posted more than an hour ago has the same sums for ever: they are counted once an
hour and kept in the cache under the entry up to which they go; what came since is added each time. No row of the database
holds a sum: sales would queue for it. Acts with money do not ask here, they count (`selectors.balance`); `audit` compares.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet, Sum

from shop.common import clock
from shop.ledger.models import Entry, Posting

Edge = tuple[int, str]
Sums = dict[tuple[Any, ...], int]
_SECONDS = 2 * 3600
_SURE = dt.timedelta(hours=1)
"""No transaction takes as long: of entries older than that all are there, and none comes between them any more."""


def sums_of(name: str, rows: QuerySet[Posting], *keys: str, edge: Edge | None = None) -> Sums:
    """Values of `keys` → debits less credits of `rows`. `name` says which rows and keys they are; two queries, one more each hour.

    Groups whose lines cancel out are there with 0. Whoever asks for several sums reads `newest_sure` once for all.
    """
    last, mark = edge or newest_sure()
    sums = dict(_kept(f"ledger:sums:{name}:{last}:{mark}", rows.filter(entry_id__lte=last), keys))
    for key, satang in _counted(rows.filter(entry_id__gt=last), keys):
        sums[key] = sums.get(key, 0) + satang
    return sums


def counted_anew(rows: QuerySet[Posting], *keys: str) -> Sums:
    """The same without anything kept: every line is read."""
    return dict(_counted(rows, keys))


def _kept(name: str, rows: QuerySet[Posting], keys: tuple[str, ...]) -> Sums:
    found: Sums | None = cache.get(name)
    if found is None:
        found = dict(_counted(rows, keys))
        cache.set(name, found, _SECONDS)
    return found


def newest_sure() -> Edge:
    """The newest entry of which all before it are there, and the transaction that made it; another one every hour.

    The transaction tells it from one with the same key in books that were restored from a copy.
    """
    until = (clock.now() - _SURE).replace(minute=0, second=0, microsecond=0)
    rows = Entry.objects.filter(posted_at__lte=until).order_by("-pk").values_list("pk", "made_in")
    found = rows.first()
    return (found[0], found[1].replace(" ", "")) if found else (0, "")


def _counted(rows: QuerySet[Posting], keys: tuple[str, ...]) -> Iterable[tuple[tuple[Any, ...], int]]:
    for *key, satang in rows.order_by().values_list(*keys).annotate(sum=Sum("amount_satang")):
        yield tuple(key), int(satang)
