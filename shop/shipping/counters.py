"""When a pick-up counter is really open: its next day with its hours, and the closed days that come."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from shop.common import clock
from shop.shipping.calendars import read_calendar
from shop.shipping.models import Closure
from vendors.models import Place

_AHEAD = dt.timedelta(days=14)


@dataclass(frozen=True)
class CounterDays:
    """`day` is the next one on which somebody is there, `start` to `end`; None: not for a year. `closed`: what keeps it closed."""

    day: dt.date | None
    start: dt.time | None
    end: dt.time | None
    closed: tuple[Closure, ...]


def counter_days(place: Place, until: dt.date | None = None) -> CounterDays:
    """From now on; `until`: a day up to which closed days matter, at least two weeks. Three queries."""
    now = clock.now().astimezone(clock.BANGKOK)
    today = now.date()
    calendar = read_calendar(today)
    day = calendar.next_open(place.pk, today)
    row = calendar.hub_day(place.pk, day) if day else None
    if day == today and row is not None and row.counter_until is not None and row.counter_until <= now.time():
        day = calendar.next_open(place.pk, today + dt.timedelta(days=1))
        row = calendar.hub_day(place.pk, day) if day else None
    last = max(today + _AHEAD, until or today)
    rows = Closure.objects.filter(Q(place=place) | Q(place=None), last_day__gte=today, first_day__lte=last)
    closed = tuple(rows.order_by("first_day", "pk"))
    return CounterDays(day, row.counter_from if row else None, row.counter_until if row else None, closed)
