"""What lies in a hub, what comes and what goes: added up in the database, the same few queries at any size. No buyer is read."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, cast

from django.db.models import (
    BooleanField,
    Count,
    F,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from shop.common import clock
from shop.fulfilment.models import Holding, Parcel, Stop, Transfer, TransferBox, TransferLine, Where
from shop.fulfilment.models.units import ALIVE
from shop.order.models import Order, VendorOrder
from shop.shipping.models import Way
from vendors.models import Organisation, Place

State, BoxState, PartState = Transfer.State, TransferBox.State, VendorOrder.State
_OPEN, _WAITING = (State.ANNOUNCED, State.SENT), (BoxState.ANNOUNCED, BoxState.SENT)
_OVER = (PartState.CANCELLED, PartState.DELIVERED)
_UNDER_WAY = (PartState.TO_ACCEPT, PartState.TO_PACK, PartState.PACKED, PartState.HANDED_OVER)
_AT_THE_GROUP = (PartState.TO_ACCEPT, PartState.TO_PACK)


def _number(rows: QuerySet[Any], by: str) -> Coalesce:
    """How many of `rows` there are for each outer row, as a subquery; `by` is their key of the outer row."""
    counted = rows.order_by().values(by).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def transfers_to(place: Place) -> QuerySet[Any]:
    """What is announced or on its way to this hub, the oldest day first, with its boxes."""
    rows = Transfer.objects.filter(to_place=place, state__in=_OPEN).order_by("due", "pk")
    return _with_boxes(rows).filter(boxes_open__gt=0).select_related("from_place__organisation")


def transfers_from(place: Place) -> QuerySet[Any]:
    """What waits in this hub for the way to another one, or is on it."""
    rows = Transfer.objects.filter(from_place=place, state__in=_OPEN).order_by("due", "pk")
    return _with_boxes(rows).filter(boxes_open__gt=0).select_related("to_place")


def _with_boxes(rows: QuerySet[Any]) -> QuerySet[Any]:
    boxes = TransferBox.objects.filter(transfer=OuterRef("pk"), state__in=_WAITING)
    return rows.annotate(boxes_open=_number(boxes, "transfer"))


def not_packed(place: Place, until: dt.date) -> QuerySet[Any]:
    """Groups that should have brought boxes here and have not packed them: dicts of name, number of boxes and oldest day."""
    rows: QuerySet[Any] = Stop.objects.filter(place=place, reached_at=None, position=1, due__lte=until)
    rows = rows.filter(vendor_order__state__in=_AT_THE_GROUP).order_by()
    facts = {"name_th": F("vendor_order__group__name_th"), "name_en": F("vendor_order__group__name_en")}
    grouped = rows.values(group=F("vendor_order__group_id"), phone=F("vendor_order__group__phone"), **facts)
    return grouped.annotate(boxes=Count("pk"), due=Min("due")).order_by("due", "name_th", "group")


def still_to_come(place: Place) -> QuerySet[Stop]:
    """The boxes (as stops of their vendor orders) that this hub waits for."""
    return Stop.objects.filter(place=place, reached_at=None).exclude(vendor_order__state__in=_OVER)


def awaited_at(place: Place) -> frozenset[int]:
    """The keys of the orders of which boxes are still to come to this hub; one query."""
    return frozenset(still_to_come(place).values_list("vendor_order__order_id", flat=True))


def purchases_at(
    place: Place, *, waiting: bool | None = None, awaited: frozenset[int] | None = None
) -> QuerySet[Order]:
    """Purchases that are put together here and have goods here; `waiting`: those of which boxes are still to come, or not.

    `awaited`: what `awaited_at` has told already.
    """
    here = Holding.objects.filter(place=place, where=Where.PLACE)
    # the keys themselves, read once: as a subquery it is asked again for each order where statistics are old, for an hour at
    # 5,000; as one array they are one value, not thousands of them
    keys = sorted(awaited_at(place) if awaited is None else awaited)
    waits = RawSQL('"order_order"."id" = ANY(%s)', [keys], output_field=BooleanField())
    rows = Order.objects.filter(plan__hub=place, pk__in=here.values("line__order_id"))
    rows = rows.annotate(is_waiting=waits, promised=F("plan__latest"), way=F("plan__way"))
    return rows if waiting is None else rows.filter(is_waiting=waiting).order_by("promised", "pk")


def with_numbers(purchases: Any, place: Place) -> QuerySet[Order]:
    """The same with the pieces that lie here and the boxes that are still to come, for a page of them."""
    coming = still_to_come(place).filter(vendor_order__order=OuterRef("pk"))
    here = Holding.objects.filter(place=place, where=Where.PLACE, line__order=OuterRef("pk")).order_by()
    pieces = here.values("line__order").annotate(number=Sum("quantity")).values("number")
    found: QuerySet[Order] = purchases.annotate(
        boxes_coming=_number(coming, "vendor_order__order"),
        pieces_here=Coalesce(Subquery(pieces, output_field=IntegerField()), 0),
    )
    return found


def parcels_at(place: Place, which: str) -> QuerySet[Parcel]:
    """Parcels of this hub: to send, to shelve, on the shelf, past their day, sent."""
    rows = Parcel.objects.filter(place=place).select_related("order")
    return rows.filter(_parcels()[which]).order_by("keep_until" if which in ("shelf", "past") else "created_at", "pk")


def _parcels() -> dict[str, Q]:
    ready, shelf = Q(state=Parcel.State.READY), Q(state=Parcel.State.ON_SHELF)
    return {
        "send": ready & ~Q(order__plan__way=Way.PICKUP),
        "shelve": ready & Q(order__plan__way=Way.PICKUP),
        "shelf": shelf,
        "past": shelf & Q(keep_until__lt=clock.today()),
        "sent": Q(state=Parcel.State.SENT),
    }


PARCELS = ("send", "shelve", "shelf", "past", "sent")


@dataclass(frozen=True)
class Sums:
    """A hub's day in numbers. Boxes: `today`, `late`, `later` to come, `onward` to send. Purchases: `ready`, `waiting`. Parcels."""

    today: int
    late: int
    later: int
    onward: int
    unpacked: int
    ready: int
    waiting: int
    parcels: dict[str, int] = field(default_factory=dict)


def parcel_sums(place: Place) -> dict[str, int]:
    """How many parcels of each kind stand here; one query."""
    kinds = {name: Count("pk", filter=which) for name, which in _parcels().items()}
    found: dict[str, int] = Parcel.objects.filter(place=place, state__in=["ready", "sent", "on_shelf"]).aggregate(
        **kinds
    )
    return found


def sums_of(place: Place, *, awaited: frozenset[int] | None = None) -> Sums:
    """Four queries; `awaited` as for `purchases_at`, else one more."""
    today = clock.today()
    comes = Q(transfer__to_place=place, transfer__state__in=_OPEN, state__in=_WAITING)
    leaves = Q(transfer__from_place=place, state=BoxState.ANNOUNCED)
    boxes = TransferBox.objects.filter(comes | leaves).aggregate(
        today=Count("pk", filter=comes & Q(transfer__due=today)),
        late=Count("pk", filter=comes & Q(transfer__due__lt=today)),
        later=Count("pk", filter=comes & Q(transfer__due__gt=today)),
        onward=Count("pk", filter=leaves),
    )
    unpacked = Stop.objects.filter(place=place, reached_at=None, position=1, due__lte=today)
    purchases = purchases_at(place, awaited=awaited).aggregate(
        ready=Count("pk", filter=Q(is_waiting=False)), waiting=Count("pk", filter=Q(is_waiting=True))
    )
    number = unpacked.filter(vendor_order__state__in=_AT_THE_GROUP).count()
    return Sums(**boxes, unpacked=number, **purchases, parcels=parcel_sums(place))


@dataclass(frozen=True)
class AtCounter:
    """What a closed day touches: parcels on the shelf, and boxes that are still to come to the hub."""

    shelf: int
    coming: int


def at_counter(place: Place | None) -> AtCounter:
    """Of one hub, or (None) of all; two queries."""
    shelf = Parcel.objects.filter(state=Parcel.State.ON_SHELF)
    boxes = Stop.objects.filter(reached_at=None, vendor_order__state__in=_UNDER_WAY)
    if place is not None:
        shelf, boxes = shelf.filter(place=place), boxes.filter(place=place)
    return AtCounter(shelf.count(), boxes.count())


def lines_of(box: TransferBox) -> list[TransferLine]:
    """The lines of a box as they stand in it."""
    return list(box.lines.select_related("line").order_by("line_id"))


@dataclass(frozen=True)
class Next:
    """What is to be done with the goods of a box that has been counted here.

    `act`: "together" (everything of the purchase is here), "wait" (more boxes come), "send" (on to another hub), "gone" (they have
    left this place), "none" (nothing is left of it).
    """

    act: str
    order: Order
    coming: int = 0
    transfer: Transfer | None = None


def next_of(box: TransferBox, place: Place) -> Next:
    """What follows for a counted box; at most four queries."""
    order = Order.objects.select_related("plan").get(vendor_orders=box.vendor_order_id)
    here = Holding.objects.filter(place=place, where=Where.PLACE)
    if not here.filter(line__vendor_order_id=box.vendor_order_id).exists():
        left = Holding.objects.filter(line__vendor_order_id=box.vendor_order_id, where__in=[*ALIVE, Where.BUYER])
        return Next("gone" if left.exists() else "none", order)
    if order.plan.hub_id == place.pk:
        coming = still_to_come(place).filter(vendor_order__order=order).count()
        return Next("wait" if coming else "together", order, coming)
    onward = Transfer.objects.filter(from_place=place, boxes__vendor_order_id=box.vendor_order_id)
    return Next("send", order, transfer=onward.select_related("to_place").order_by("-pk").first())


@dataclass
class PartHere:
    """One group's part of a purchase in the eyes of its merging hub: what lies here, and what does not and why."""

    part: VendorOrder
    lines: list[tuple[Any, int]] = field(default_factory=list)
    here: int = 0
    coming: int = 0
    boxed: int = 0
    missing: int = 0
    due: dt.date | None = None


def parts_at(order: Order, place: Place) -> list[PartHere]:
    """The parts of a purchase with their lines; four queries, for one group or forty."""
    held: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for line, where, at, pieces in Holding.objects.filter(line__order=order).values_list(
        "line_id", "where", "place_id", "quantity"
    ):
        held[line]["here" if where == Where.PLACE and at == place.pk else where] += pieces
    stops = Stop.objects.filter(vendor_order__order=order, place=place).values_list("vendor_order_id", "due")
    days = dict(stops)
    found = []
    rows = order.vendor_orders.select_related("group").prefetch_related("lines").order_by("pk")
    for part in rows:
        one = PartHere(part, due=days.get(part.pk))
        for line in sorted(part.lines.all(), key=lambda each: each.pk):
            pieces_at = held[line.pk]
            one.lines.append((line, pieces_at["here"]))
            one.here += pieces_at["here"]
            one.boxed += pieces_at[Where.PARCEL] + pieces_at[Where.BUYER]
            one.coming += pieces_at[Where.GROUP] + pieces_at[Where.TRANSIT] + pieces_at[Where.PLACE]
            one.missing += line.short_quantity
        found.append(one)
    return found


def inside(parcel: Parcel) -> list[Holding]:
    """What lies in a parcel, by group."""
    rows = Holding.objects.filter(parcel=parcel).select_related("line__vendor_order__group")
    return list(rows.order_by("line__vendor_order_id", "line_id"))


@dataclass
class HubNumbers:
    """A hub in the eyes of those above it."""

    place: Place
    today: int = 0
    late: int = 0
    purchases: int = 0
    parcels: int = 0
    shelf: int = 0
    past: int = 0


def in_numbers(places: Iterable[Place]) -> list[HubNumbers]:
    """The numbers of many hubs: three queries."""
    found = {place.pk: HubNumbers(place) for place in places}
    today = clock.today()
    boxes = TransferBox.objects.filter(transfer__to_place__in=found, transfer__state__in=_OPEN, state__in=_WAITING)
    rows = (
        boxes.order_by()
        .values(place=F("transfer__to_place_id"))
        .annotate(today=Count("pk", filter=Q(transfer__due=today)), late=Count("pk", filter=Q(transfer__due__lt=today)))
    )
    for row in rows:
        found[row["place"]].today, found[row["place"]].late = row["today"], row["late"]
    here = Holding.objects.filter(place__in=found, where=Where.PLACE).order_by().values_list("place")
    for key, purchases in here.annotate(Count("line__order", distinct=True)):
        found[key].purchases = purchases
    kinds = {name: Count("pk", filter=which) for name, which in _parcels().items() if name in ("shelf", "past")}
    ready = Count("pk", filter=Q(state=Parcel.State.READY))
    parcels = Parcel.objects.filter(place__in=found, state__in=["ready", "sent", "on_shelf"])
    for each in parcels.order_by().values("place").annotate(ready=ready, **kinds):
        one, numbers = found[each["place"]], cast(dict[str, int], each)
        one.parcels, one.shelf, one.past = numbers["ready"], numbers["shelf"], numbers["past"]
    return list(found.values())


@dataclass(frozen=True)
class Work:
    """What waits in one hub today, for the desk."""

    place: Place
    boxes: int
    late: int
    ready: int
    past: int


def work_of(organisation: Organisation) -> list[Work]:
    """What waits in the hubs of an organisation: one query."""
    today = clock.today()
    boxes = TransferBox.objects.filter(transfer__to_place=OuterRef("pk"), state__in=_WAITING)
    parcels = Parcel.objects.filter(place=OuterRef("pk"))
    rows = Place.objects.filter(organisation=organisation, kind=Place.Kind.HUB).annotate(
        boxes=_number(boxes.filter(transfer__state__in=_OPEN, transfer__due__lte=today), "transfer__to_place"),
        late=_number(boxes.filter(transfer__state__in=_OPEN, transfer__due__lt=today), "transfer__to_place"),
        ready=_number(parcels.filter(state=Parcel.State.READY), "place"),
        past=_number(parcels.filter(state=Parcel.State.ON_SHELF, keep_until__lt=today), "place"),
    )
    return [Work(row, row.boxes, row.late, row.ready, row.past) for row in rows.order_by("code")]
