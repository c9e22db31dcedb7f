"""Which days count: the working days of carriers, and the days of hubs (docs/algorithms/delivery.md)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.functions import JSONObject

from shop.common import clock
from shop.common.together import read_together
from shop.shipping.errors import NoDay
from shop.shipping.models import Closure, HubDay, TransitTime, in_force

HORIZON = dt.timedelta(days=60)
"""So far ahead a day is looked for; what goes on none of them does not go."""
_DAY = dt.timedelta(days=1)
_LOOKED = 400
"""Days: a hub may be closed for a year."""
_SUNDAY = 6
Span = tuple[dt.date, dt.date]
Days = tuple[int, int]
"""Working days at best, at most."""


def _within(day: dt.date, spans: Iterable[Span]) -> bool:
    return any(first <= day <= last for first, last in spans)


@dataclass(frozen=True)
class Workdays:
    """The days on which carriers go and groups pack: all but Sundays and the country's holidays."""

    holidays: tuple[Span, ...] = ()

    def goes(self, day: dt.date) -> bool:
        """True on a working day."""
        return day.weekday() != _SUNDAY and not _within(day, self.holidays)

    def after(self, day: dt.date, working_days: int) -> dt.date:
        """`working_days` later; what does not count is skipped and nothing comes on it. Raises NoDay."""
        end = day + HORIZON
        while working_days:
            day += _DAY
            if day > end:
                raise NoDay
            working_days -= self.goes(day)
        return day

    def first(self, start: dt.date, fits: Callable[[dt.date], bool]) -> dt.date:
        """The first day from `start` on that fits. Raises NoDay."""
        for step in range(HORIZON.days):
            day = start + step * _DAY
            if fits(day):
                return day
        raise NoDay

    def fresh(self, day: dt.date, slowest: int) -> bool:
        """May fresh goods leave on `day`? Only when no closed day lies between it and the day they are there at the latest."""
        return self.goes(day) and all(self.goes(day + step * _DAY) for step in range(1, slowest + 1))

    def posted(self, ordered: dt.date, packing: Days, travel: Days, *, fresh: bool = False) -> tuple[dt.date, dt.date]:
        """The first and the last day on which a parcel should come that a group packs and posts. Raises NoDay."""
        start = [self.after(ordered, days) for days in packing]
        if fresh:
            start = [self.first(day, lambda one: self.fresh(one, travel[1])) for day in start]
        return self.after(start[0], travel[0]), self.after(start[1], travel[1])


@dataclass(frozen=True)
class Calendar(Workdays):
    """The days of hubs as well."""

    closed: dict[int, list[Span]] = field(default_factory=dict)
    own: dict[int, list[HubDay]] = field(default_factory=dict)
    usual: list[HubDay] = field(default_factory=list)

    def without(self, place_id: int) -> Calendar:
        """The same, as if this hub had no closed days of its own."""
        return replace(self, closed={key: spans for key, spans in self.closed.items() if key != place_id})

    def hub_day(self, place_id: int, day: dt.date) -> HubDay | None:
        """What the hub does on this weekday by its rows, closed or not: its own ones, or those of every hub."""
        rows = [row for row in self.own.get(place_id, ()) if _counts(row, day)] or self.usual
        found = [row for row in rows if row.weekday == day.weekday() and _counts(row, day)]
        return max(found, key=lambda row: row.valid_from, default=None)

    def is_closed(self, place_id: int, day: dt.date) -> bool:
        """True on the country's holidays and on days on which this hub is closed."""
        return _within(day, self.holidays) or _within(day, self.closed.get(place_id, ()))

    def opens(self, place_id: int, day: dt.date) -> bool:
        """Somebody is there and takes in what a truck brings."""
        return self.hub_day(place_id, day) is not None and not self.is_closed(place_id, day)

    def leaves(self, place_id: int, day: dt.date) -> bool:
        """Truck and courier take goods along from there."""
        row = self.hub_day(place_id, day)
        return row is not None and row.leaves and self.goes(day) and not self.is_closed(place_id, day)

    def hands_over(self, place_id: int, day: dt.date) -> bool:
        """The counter is open."""
        row = self.hub_day(place_id, day)
        return row is not None and row.counter_from is not None and not self.is_closed(place_id, day)

    def next_open(self, place_id: int, day: dt.date) -> dt.date | None:
        """The first day from `day` on on which the counter is open; None when it is not for a year."""
        days = (day + step * _DAY for step in range(_LOOKED))
        return next((one for one in days if self.hands_over(place_id, one)), None)

    def kept(self, place_id: int, since: dt.date, open_days: int) -> dt.date:
        """The day on which the counter has been open `open_days` times after `since`.

        Where it is not open so often within a year, its last day, and never sooner than so many days of the calendar.
        """
        last, left = since, open_days
        for step in range(1, _LOOKED):
            if self.hands_over(place_id, since + step * _DAY):
                last, left = since + step * _DAY, left - 1
            if not left:
                return last
        return max(last, since + open_days * _DAY)

    def cut_off(self, place_id: int, day: dt.date) -> dt.datetime | None:
        """The last moment of ordering for what groups bring there on `day`; None when nothing is taken in on it."""
        row = self.hub_day(place_id, day)
        if row is None or row.bring_until is None or self.is_closed(place_id, day):
            return None
        return dt.datetime.combine(day - row.cutoff_days_before * _DAY, row.cutoff_time, tzinfo=clock.BANGKOK)

    def takes_in(self, place_id: int, day: dt.date, at: dt.datetime) -> bool:
        """Groups may bring there on `day` what was ordered at `at`: its cut-off is not past (the very moment still counts)."""
        last = self.cut_off(place_id, day)
        return last is not None and at <= last


def _counts(row: HubDay, day: dt.date) -> bool:
    return row.valid_from <= day and (row.valid_until is None or day <= row.valid_until)


@dataclass(frozen=True)
class Times:
    """How many working days things take on one day."""

    rows: dict[tuple[str, str], Days]

    @property
    def packing(self) -> Days:
        """What a group needs to pack. Raises NoDay."""
        return self.of(TransitTime.Service.PACKING, "")

    def of(self, service: str, zone: str) -> Days:
        """At best, at most. Raises NoDay where no row counts."""
        if (service, zone) not in self.rows:
            raise NoDay
        return self.rows[service, zone]


def read_times(on: dt.date) -> Times:
    """The times in force on a day; one query."""
    return times_of(time_rows(on))


def time_rows(on: dt.date) -> QuerySet[TransitTime]:
    """The times in force on a day, in the order that `times_of` wants."""
    return TransitTime.objects.filter(in_force(on)).order_by("valid_from")


def times_of(rows: Iterable[TransitTime]) -> Times:
    """Of each the last that came into force."""
    return Times({(row.service, row.zone): (row.fastest_days, row.slowest_days) for row in rows})


def read_workdays(since: dt.date) -> Workdays:
    """The working days from `since` on; one query."""
    rows = Closure.objects.filter(place=None, last_day__gte=since)
    return Workdays(tuple(rows.values_list("first_day", "last_day")))


@dataclass(frozen=True)
class Promises:
    """By when a group packs what it was given, as buyers are told."""

    workdays: Workdays
    packing_days: int

    def pack_by(self, day: dt.date) -> dt.date:
        """The last day for what was given on `day`."""
        return self.workdays.after(day, self.packing_days)


def read_promises(*, since: dt.date, on: dt.date) -> Promises:
    """The promises about orders since a day, by the times in force on another; one query. Without a time: the same day."""
    span = JSONObject(first="first_day", last="last_day")
    holidays = Closure.objects.filter(place=None, last_day__gte=since).order_by("first_day").values(span=span)
    rows = TransitTime.objects.filter(in_force(on), service=TransitTime.Service.PACKING).order_by("-valid_from")
    found = rows.annotate(holidays=ArraySubquery(holidays)).values_list("slowest_days", "holidays").first()
    days, spans = found or (0, [])
    read = dt.date.fromisoformat
    return Promises(Workdays(tuple((read(one["first"]), read(one["last"])) for one in spans)), days)


def hold_calendar() -> None:
    """Nobody changes closed days or weeks of hubs until this transaction ends; others read, and hold, as before."""
    with connection.cursor() as cursor:
        names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in (Closure, HubDay))
        cursor.execute(f"LOCK TABLE {names} IN SHARE MODE")


def read_calendar(on: dt.date) -> Calendar:
    """Working days and days of hubs from `on` on; one query."""
    return calendar_of(*read_together(closure_rows(on), hub_day_rows(on)))


def closure_rows(on: dt.date) -> QuerySet[Closure]:
    """Holidays and closed days of hubs from `on` on, as far as anybody looks ahead."""
    return Closure.objects.filter(last_day__gte=on, first_day__lte=on + 2 * HORIZON).order_by("first_day", "pk")


def hub_day_rows(on: dt.date) -> QuerySet[HubDay]:
    """What hubs do on their weekdays from `on` on."""
    return HubDay.objects.filter(Q(valid_until=None) | Q(valid_until__gte=on)).order_by("pk")


def calendar_of(closures: Iterable[Closure], days: Iterable[HubDay]) -> Calendar:
    """The calendar that these rows make."""
    holidays: list[Span] = []
    closed: dict[int, list[Span]] = defaultdict(list)
    for each in closures:
        (holidays if each.place_id is None else closed[each.place_id]).append((each.first_day, each.last_day))
    own: dict[int, list[HubDay]] = defaultdict(list)
    usual: list[HubDay] = []
    for row in days:
        (usual if row.place_id is None else own[row.place_id]).append(row)
    return Calendar(tuple(holidays), dict(closed), dict(own), usual)
