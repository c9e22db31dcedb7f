"""What a group is to bring to which hub by when: read for its desk, its list to print and the letter at the cut-off."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, FilteredRelation, Min, Q, QuerySet

from shop.common import clock
from shop.fulfilment.models import Stop
from shop.order.models import Line, VendorOrder
from shop.shipping.calendars import read_calendar
from vendors.models import Place

State = VendorOrder.State
_WITH_THE_GROUP = (State.TO_ACCEPT, State.TO_PACK, State.PACKED)
AHEAD = dt.timedelta(days=14)


@dataclass
class Goods:
    """All pieces of one product that go to a hub on one day."""

    title: str
    title_en: str
    unit_th: str
    unit_en: str
    pieces: int = 0
    numbers: list[tuple[str, int]] = field(default_factory=list)
    """The orders that they belong to, with the pieces of each."""


@dataclass
class Bring:
    """What one group brings to one hub on one day."""

    place: Place
    due: dt.date
    until: dt.time | None
    boxes: list[VendorOrder] = field(default_factory=list)
    goods: list[Goods] = field(default_factory=list)

    @property
    def pieces(self) -> int:
        """All pieces together."""
        return sum(one.pieces for one in self.goods)

    @property
    def is_late(self) -> bool:
        """True when the day has passed."""
        return self.due < clock.today()


def bring_to(vendor_order: VendorOrder) -> Stop | None:
    """The hub that a group brings this vendor order to; None for what it posts itself."""
    if not vendor_order.order.through_hubs:
        return None
    return vendor_order.stops.select_related("place").order_by("position").first()


def _first_stops() -> QuerySet[Stop]:
    """The first hubs of vendor orders that still lie with their groups."""
    return Stop.objects.filter(position=1, reached_at=None, vendor_order__state__in=_WITH_THE_GROUP)


def to_bring(group_id: int, *, run: tuple[int, dt.date] | None = None) -> list[Bring]:
    """What a group has to bring, by day and hub, or for one run (place, day); four queries, however much it is."""
    rows = _first_stops().filter(vendor_order__group_id=group_id).select_related("place", "vendor_order")
    if run is not None:
        rows = rows.filter(place_id=run[0], due=run[1])
    stops = list(rows.order_by("due", "place_id", "vendor_order__created_at", "vendor_order_id"))
    if not stops:
        return []
    calendar = read_calendar(stops[0].due)
    lines: dict[int, list[Line]] = defaultdict(list)
    for line in Line.objects.filter(vendor_order__in=[stop.vendor_order_id for stop in stops]).order_by("title", "pk"):
        lines[line.vendor_order_id or 0].append(line)
    found: dict[tuple[dt.date, int], Bring] = {}
    for stop in stops:
        day = calendar.hub_day(stop.place_id, stop.due)
        until = day.bring_until if day else None
        one = found.setdefault((stop.due, stop.place_id), Bring(stop.place, stop.due, until))
        one.boxes.append(stop.vendor_order)
    for one in found.values():
        one.goods = _summed(one.boxes, lines)
    return list(found.values())


def _summed(boxes: list[VendorOrder], lines: dict[int, list[Line]]) -> list[Goods]:
    goods: dict[str, Goods] = {}
    for box in boxes:
        for line in lines[box.pk]:
            if line.to_pack:
                one = goods.setdefault(line.title, Goods(line.title, line.title_en, line.unit_th, line.unit_en))
                one.pieces += line.to_pack
                one.numbers.append((box.number, line.to_pack))
    return sorted(goods.values(), key=lambda one: one.title)


@dataclass(frozen=True)
class Closed:
    """A hub's run whose cut-off has passed: what the groups bring on that day is known now."""

    place_id: int
    due: dt.date
    group_id: int


def closed_runs() -> list[Closed]:
    """The runs of the coming days whose cut-off has passed, one entry for each group that brings something."""
    today = clock.today()
    rows = _first_stops().filter(due__gte=today, due__lte=today + AHEAD).order_by()
    runs = set(rows.values_list("place_id", "due", "vendor_order__group_id"))
    if not runs:
        return []
    calendar, now = read_calendar(today), clock.now()
    ends = {(place, due): calendar.cut_off(place, due) for place, due, _group in runs}
    closed = {run for run, end in ends.items() if end is None or end < now}
    return [Closed(place, due, group) for place, due, group in sorted(runs) if (place, due) in closed]


@dataclass(frozen=True)
class Work:
    """How many vendor orders wait at one step, and since when the oldest does; and what of it goes to a hub, by day."""

    number: int
    oldest: dt.datetime


@dataclass(frozen=True)
class Run:
    """Boxes that go to a hub on one day."""

    due: dt.date
    hub_th: str
    hub_en: str
    boxes: int


def work_of(group_id: int) -> tuple[dict[str, Work], list[Run]]:
    """What waits for the group, by state, and what of it is to be brought to hubs, by day; one query."""
    first = FilteredRelation("stops", condition=Q(stops__position=1))
    rows = VendorOrder.objects.filter(group_id=group_id, state__in=_WITH_THE_GROUP).order_by().annotate(first=first)
    columns = ("state", "first__due", "first__place__name_th", "first__place__name_en")
    work: dict[str, Work] = {}
    runs: dict[tuple[dt.date, str, str], int] = defaultdict(int)
    for state, due, hub_th, hub_en, number, oldest in rows.values_list(*columns).annotate(
        Count("pk"), Min("created_at")
    ):
        before = work.get(state, Work(0, oldest))
        work[state] = Work(before.number + number, min(before.oldest, oldest))
        if due is not None:
            runs[due, hub_th, hub_en] += number
    return work, [Run(*key, boxes) for key, boxes in sorted(runs.items())]
