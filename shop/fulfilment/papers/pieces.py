"""What a list of a hub is about: every piece that is to leave the hub until a day, where it is now, and where it goes next.

No buyer is read here. All lists sort alike (`Piece.order`): by route and day, then by group, product and number.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from shop.common.money import to_satang
from shop.common.thai import sort_key
from shop.fulfilment import errors
from shop.fulfilment.models import Holding, Stop, Where
from shop.order.models import VendorOrder
from shop.shipping.models import Way
from shop.theme import formats
from vendors.models import Place

_BEFORE = (Where.GROUP, Where.TRANSIT, Where.PLACE)
_NOT_YET = (VendorOrder.State.AWAITING_PAYMENT, VendorOrder.State.CANCELLED)
_AT_ONCE = 2_000
MOST_ROWS = 20_000
_COLUMNS = (
    *("quantity", "where", "line__title", "line__unit_th", "line__unit_price_incl_tax", "line__vendor_order_id"),
    *("line__vendor_order__number", "line__vendor_order__group__name_th", "line__vendor_order__group__sort_name"),
    *("line__order__number", "line__order__plan__way", "place_id"),
)


@dataclass(frozen=True)
class Route:
    """Where goods go from a hub: on to another hub, to the door by courier, or over the counter."""

    rank: int
    name: str
    day: dt.date

    @property
    def words(self) -> str:
        """The route as a heading."""
        return f"{self.name} · {formats.date_weekday(self.day)}"


@dataclass(frozen=True)
class Piece:
    """So many pieces of one line of a box."""

    quantity: int
    title: str
    unit: str
    satang: int
    group: str
    group_sort: str
    number: str
    purchase: str
    is_here: bool
    is_packed: bool
    due: dt.date
    route: Route

    @cached_property
    def order(self) -> tuple[Any, ...]:
        """The one order of all lists."""
        route = (self.route.rank, sort_key(self.route.name), self.route.day)
        return (*route, self.group_sort, self.group, sort_key(self.title), number_key(self.number))


def number_key(number: str) -> tuple[str, int]:
    """The number of a vendor order for sorting: the second part of a purchase before its tenth."""
    purchase, _dash, part = number.partition("-")
    return purchase, int(part) if part.isdigit() else 0


def _rows(hub: Place, day: dt.date) -> list[tuple[Any, ...]]:
    """What lies here, and what is still to come here until a day, wherever it is now.

    The boxes are looked up first: the database takes its time over both questions in one.
    """
    coming = Stop.objects.filter(place=hub, due__lte=day, reached_at=None).exclude(vendor_order__state__in=_NOT_YET)
    boxes = list(coming.order_by("vendor_order_id").values_list("vendor_order_id", flat=True))
    found = list(Holding.objects.filter(where=Where.PLACE, place=hub).order_by("pk").values_list(*_COLUMNS))
    for start in range(0, len(boxes), _AT_ONCE):
        part = Holding.objects.filter(line__vendor_order__in=boxes[start : start + _AT_ONCE], where__in=_BEFORE)
        found += part.exclude(place=hub).order_by("pk").values_list(*_COLUMNS)
    return found


def open_pieces(hub: Place, day: dt.date, tell: Callable[[int, int], None] = lambda done, rows: None) -> list[Piece]:
    """Every piece that should be here until `day` and has not left again, sorted.

    `tell` hears how many of how many are read. Raises TooManyRows.
    """
    rows = _rows(hub, day)
    tell(0, len(rows))
    if len(rows) > MOST_ROWS:
        raise errors.TooManyRows
    found: list[Piece] = []
    for start in range(0, len(rows), _AT_ONCE):
        part = rows[start : start + _AT_ONCE]
        stops = _way_of({row[5] for row in part})
        found += [_piece(row, stops[row[5]], hub) for row in part]
        tell(start + len(part), len(rows))
    return sorted((one for one in found if one.due <= day), key=lambda piece: piece.order)


def _way_of(vendor_orders: Iterable[int]) -> dict[int, list[tuple[int, str, dt.date]]]:
    """The stops of boxes: (key of the place, its name, day), in order."""
    found: dict[int, list[tuple[int, str, dt.date]]] = defaultdict(list)
    rows = Stop.objects.filter(vendor_order__in=list(vendor_orders)).order_by("vendor_order_id", "position")
    for vendor_order, place, name, due in rows.values_list("vendor_order_id", "place_id", "place__name_th", "due"):
        found[vendor_order].append((place, name, due))
    return found


def _piece(row: tuple[Any, ...], stops: list[tuple[int, str, dt.date]], hub: Place) -> Piece:
    quantity, where, title, unit, price, _key, number, group, group_sort, purchase, way, there = row
    at = next(at for at, (place, _name, _due) in enumerate(stops) if place == hub.pk)
    return Piece(
        quantity=quantity,
        title=title,
        unit=unit,
        satang=to_satang(price) * quantity,
        group=group,
        group_sort=group_sort,
        number=number,
        purchase=purchase,
        is_here=where == Where.PLACE and there == hub.pk,
        is_packed=where != Where.GROUP,
        due=stops[at][2],
        route=_route(stops, at, way),
    )


def _route(stops: list[tuple[int, str, dt.date]], at: int, way: str) -> Route:
    if at + 1 < len(stops):
        _place, name, due = stops[at + 1]
        return Route(0, f"ส่งต่อไป {name}", due)
    due = stops[at][2]
    return Route(2, "รอรับที่จุดรับของ", due) if way == Way.PICKUP else Route(1, "ส่งพัสดุถึงบ้าน", due)
