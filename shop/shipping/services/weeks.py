"""What hubs do on the days of the week, from a day on: a whole week at once, of one hub or of all that have no own one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from shop.shipping import errors
from shop.shipping.services.changing import change_table, one_write
from shop.shipping.tables import History, Table
from vendors.models import Place

_MOST_DAYS_BEFORE = 14


@dataclass(frozen=True)
class DayOfHub:
    """A weekday on which the hub is open, and what it does then."""

    weekday: int
    bring_until: dt.time | None = None
    cutoff_days_before: int = 1
    cutoff_time: dt.time = dt.time(12)
    leaves: bool = False
    counter_from: dt.time | None = None
    counter_until: dt.time | None = None

    @property
    def is_well(self) -> bool:
        """The counter has both times in their order, and the weekday exists."""
        start, end = self.counter_from, self.counter_until
        in_order = (start is None and end is None) or (start is not None and end is not None and start < end)
        return in_order and 0 <= self.weekday <= 6 and 0 <= self.cutoff_days_before <= _MOST_DAYS_BEFORE


@one_write
def set_hub_days(
    *, place: Place | None, days: Sequence[DayOfHub], valid_from: dt.date, by: Any, seen: str | None = None
) -> History:
    """The week of a hub (None: of every hub without own days), from a day on.

    Raises NothingLeft, HubDayWrong, NoLeavingDay, and as `change_table`.
    """
    if not days:
        raise errors.NothingLeft
    if not all(day.is_well for day in days) or len({day.weekday for day in days}) != len(days):
        raise errors.HubDayWrong
    if any(day.bring_until for day in days) and not any(day.leaves for day in days):
        raise errors.NoLeavingDay
    table = Table("weeks", (place.pk if place else None,))
    rows = [asdict(day) for day in days]
    return change_table(table=table, rows=rows, valid_from=valid_from, by=by, seen=seen)


@one_write
def end_hub_days(*, place: Place, valid_from: dt.date, by: Any, seen: str | None = None) -> History:
    """From a day on the hub has the days of every hub again. Raises as `change_table`."""
    table = Table("weeks", (place.pk,))
    return change_table(table=table, rows=[], valid_from=valid_from, by=by, seen=seen, act="delivery.ended")
