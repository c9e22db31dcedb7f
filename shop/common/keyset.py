"""Pages of rows in the order of time, by key: the thousandth page costs what the first does.

A page begins after the last row of the page before it, so rows that come meanwhile move nothing. `after` and `before` of the
address name a row by its moment and number; anything else is read as the first page.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.http import urlencode

from shop.common import clock

Row = TypeVar("Row", bound=Model)
QUERY_KEYS = ("after", "before")
_EPOCH, _TICK = dt.datetime(1970, 1, 1, tzinfo=dt.UTC), dt.timedelta(microseconds=1)
_KEY = re.compile(r"([0-9]{1,17})-([0-9]{1,18})")


@dataclass(frozen=True)
class Slice(Generic[Row]):
    """The rows of a page, and the queries of the pages beside it (empty where there is none)."""

    rows: list[Row]
    back: str = ""
    next: str = ""


def slice_of(
    rows: QuerySet[Row],
    asked: Mapping[str, Any],
    *,
    size: int,
    newest_first: bool = False,
    keep: str = "",
    near: dt.timedelta | None = None,
    begin: dt.datetime | None = None,
) -> Slice[Row]:
    """Cuts a page out of `rows`, which are put in order by `happened_at` and number. `keep` stands in the links as well.

    Rows of many accounts lie in as many places of an index: `near` is a time within which a page usually finds all it needs,
    so that not all of them are put in order; `begin` is where the first page begins (now, unless said).
    """
    after, before = _place(asked.get("after")), _place(asked.get("before"))
    is_back = before is not None and after is None
    falls = newest_first is not is_back
    here = before if is_back else after
    if here is not None:
        rows = rows.filter(_beyond(here, falls))
    rows = rows.order_by(*(("-happened_at", "-pk") if falls else ("happened_at", "pk")))
    found = (
        list(rows.filter(_around(here[0] if here else begin or clock.now(), falls, near))[: size + 1]) if near else []
    )
    found = found if len(found) > size else list(rows[: size + 1])
    has_more, found = len(found) > size, found[:size]
    if is_back:
        found.reverse()
    if not found:
        return Slice([])
    has_before, has_after = (has_more, True) if is_back else (here is not None, has_more)
    back = _link(keep, "before", found[0]) if has_before else ""
    return Slice(found, back, _link(keep, "after", found[-1]) if has_after else "")


def key_of(row: Any) -> str:
    """The name of a row in addresses."""
    return f"{(row.happened_at - _EPOCH) // _TICK}-{row.pk}"


def before_row(row: Any) -> Q:
    """Everything that comes before a row in the order of time."""
    return _beyond((row.happened_at, row.pk), falls=True)


def _link(keep: str, name: str, row: Any) -> str:
    return "&".join(filter(None, [keep, urlencode({name: key_of(row)})]))


def _place(text: Any) -> tuple[dt.datetime, int] | None:
    found = _KEY.fullmatch(str(text or ""))
    try:
        return (_EPOCH + int(found[1]) * _TICK, int(found[2])) if found else None
    except OverflowError:
        return None


def _around(moment: dt.datetime, falls: bool, near: dt.timedelta) -> Q:
    return Q(happened_at__gte=moment - near) if falls else Q(happened_at__lte=moment + near)


def _beyond(place: tuple[dt.datetime, int], falls: bool) -> Q:
    """The first part is implied by the second; it lets the index begin there."""
    moment, key = place
    if falls:
        return Q(happened_at__lte=moment) & (Q(happened_at__lt=moment) | Q(pk__lt=key))
    return Q(happened_at__gte=moment) & (Q(happened_at__gt=moment) | Q(pk__gt=key))
