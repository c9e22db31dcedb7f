"""What lies in a hub, what comes and what goes: added up in the database, the same few queries at any size. No buyer is read."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Count, F, Min, Prefetch, QuerySet

from shop.common import clock
from shop.fulfilment.models import (
    DeliveryPlan,
    Holding,
    Parcel,
    ParcelEvent,
    Stop,
    Transfer,
    TransferBox,
    TransferLine,
    Where,
)
from shop.fulfilment.models.units import ALIVE
from shop.order.models import Line, Order, VendorOrder
from vendors.models import Organisation, Place

State, PartState = Transfer.State, VendorOrder.State
_OPEN = (State.ANNOUNCED, State.SENT)
_OVER = (PartState.CANCELLED, PartState.DELIVERED)
_UNDER_WAY = (PartState.TO_ACCEPT, PartState.TO_PACK, PartState.PACKED, PartState.HANDED_OVER)


_NUMBERS = Prefetch("order", Order.objects.only("number"))
"""For the rows of a page, by their keys: joined before they are chosen, all orders would be read where statistics are missing."""


def transfers_to(place: Place) -> QuerySet[Transfer]:
    """What is announced or on its way to this hub, the oldest day first, with the name of who sends it."""
    rows = Transfer.objects.filter(to_place=place, state__in=_OPEN, boxes_open__gt=0)
    return _named(rows, "from_place__organisation")


def transfers_from(place: Place) -> QuerySet[Transfer]:
    """What waits in this hub for the way to another one, or is on it, with the name of that one."""
    rows = Transfer.objects.filter(from_place=place, state__in=_OPEN, boxes_open__gt=0)
    return _named(rows, "to_place")


def _named(transfers: QuerySet[Transfer], other: str) -> QuerySet[Transfer]:
    names = {"name_th": F(f"{other}__name_th"), "name_en": F(f"{other}__name_en")}
    return transfers.only("code", "due", "state", "boxes_open").annotate(**names).order_by("due", "pk")


def not_packed(place: Place, until: dt.date) -> QuerySet[Any]:
    """Groups that should have brought boxes here and have not packed them: dicts of name, number of boxes and oldest day."""
    rows: QuerySet[Any] = Stop.objects.filter(place=place, is_unpacked=True, due__lte=until).order_by()
    facts = {"name_th": F("vendor_order__group__name_th"), "name_en": F("vendor_order__group__name_en")}
    grouped = rows.values(group=F("vendor_order__group_id"), phone=F("vendor_order__group__phone"), **facts)
    return grouped.annotate(boxes=Count("pk"), due=Min("due")).order_by("due", "name_th", "group")


def still_to_come(place: Place) -> QuerySet[Stop]:
    """The boxes (as stops of their vendor orders) that this hub waits for."""
    return Stop.objects.filter(place=place, reached_at=None).exclude(vendor_order__state__in=_OVER)


def purchases_at(place: Place, *, waiting: bool) -> QuerySet[DeliveryPlan]:
    """Purchases (as their plans) that are put together here and have goods here; `waiting`: those of which boxes
    are still to come, else those that are complete. By the day that the buyer was promised."""
    rows = DeliveryPlan.objects.filter(hub=place, pieces_here__gt=0)
    rows = rows.filter(boxes_coming__gt=0) if waiting else rows.filter(boxes_coming=0)
    columns = ("order", "latest", "way", "pieces_here", "boxes_coming")
    return rows.only(*columns).prefetch_related(_NUMBERS).order_by("latest", "order_id")


PARCELS = ("send", "shelve", "shelf", "past", "sent")


def parcels_at(place: Place, which: str) -> QuerySet[Parcel]:
    """Parcels of this hub: to send or to shelve (with their purchases), on the shelf, past their day, sent."""
    facts: dict[str, dict[str, Any]] = {
        "send": {"state": Parcel.State.READY, "to_counter": False},
        "shelve": {"state": Parcel.State.READY, "to_counter": True},
        "shelf": {"state": Parcel.State.ON_SHELF},
        "past": {"state": Parcel.State.ON_SHELF, "keep_until__lt": clock.today()},
        "sent": {"state": Parcel.State.SENT},
    }
    columns = ("code", "state", "state_changed_at", "shelf", "keep_until", "carrier", "tracking")
    rows = Parcel.objects.filter(place=place, **facts[which]).only(*columns)
    if which in ("send", "shelve"):
        rows = rows.only("order", *columns).prefetch_related(_NUMBERS)
    return rows.order_by("keep_until" if which in ("shelf", "past") else "created_at", "pk")


@dataclass(frozen=True)
class Sums:
    """A hub's day in numbers. Boxes: `today`, `late`, `later` to come, `onward` to send on, `unpacked` at their groups. Purchases:
    `ready` to be put together, `waiting` for boxes. Parcels, as in `PARCELS`."""

    today: int = 0
    late: int = 0
    later: int = 0
    onward: int = 0
    unpacked: int = 0
    ready: int = 0
    waiting: int = 0
    send: int = 0
    shelve: int = 0
    shelf: int = 0
    past: int = 0
    sent: int = 0


_SUMS = """
SELECT at.place, coming.*, leaving.*, packing.*, complete.*, missing.*, made.*, shelved.*, gone.*
FROM unnest(%(places)s::bigint[]) AS at (place)
CROSS JOIN LATERAL (
    SELECT coalesce(sum(boxes_open) FILTER (WHERE due = %(today)s), 0),
        coalesce(sum(boxes_open) FILTER (WHERE due < %(today)s), 0),
        coalesce(sum(boxes_open) FILTER (WHERE due > %(today)s), 0)
    FROM fulfilment_transfer WHERE to_place_id = at.place AND state IN ('announced', 'sent')) coming
CROSS JOIN LATERAL (SELECT coalesce(sum(boxes_open), 0)
    FROM fulfilment_transfer WHERE from_place_id = at.place AND state = 'announced') leaving
CROSS JOIN LATERAL (SELECT count(*)
    FROM fulfilment_stop WHERE place_id = at.place AND is_unpacked AND due <= %(today)s) packing
CROSS JOIN LATERAL (SELECT count(*)
    FROM fulfilment_deliveryplan WHERE hub_id = at.place AND pieces_here > 0 AND boxes_coming = 0) complete
CROSS JOIN LATERAL (SELECT count(*)
    FROM fulfilment_deliveryplan WHERE hub_id = at.place AND pieces_here > 0 AND boxes_coming > 0) missing
CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE NOT to_counter), count(*) FILTER (WHERE to_counter)
    FROM fulfilment_parcel WHERE place_id = at.place AND state = 'ready') made
CROSS JOIN LATERAL (SELECT count(*), count(*) FILTER (WHERE keep_until < %(today)s)
    FROM fulfilment_parcel WHERE place_id = at.place AND state = 'on_shelf') shelved
CROSS JOIN LATERAL (SELECT count(*) FROM fulfilment_parcel WHERE place_id = at.place AND state = 'sent') gone
"""
"""Each sum reads one index of exactly the rows that it counts; the columns are those of `Sums` in their order."""


def sums_at(places: Iterable[int]) -> dict[int, Sums]:
    """The numbers of hubs by their keys; one query, none without hubs."""
    found = list(places)
    if not found:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_SUMS, {"places": found, "today": clock.today()})
        return {place: Sums(*map(int, numbers)) for place, *numbers in cursor.fetchall()}


def sums_of(place: Place) -> Sums:
    """The numbers of one hub; one query."""
    return sums_at([place.pk])[place.pk]


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


def boxes_of(transfer: Transfer) -> QuerySet[TransferBox]:
    """The boxes of a transfer with their numbers, groups, and who counted them."""
    rows = transfer.boxes.select_related("vendor_order__group", "counted_by").order_by("vendor_order__number")
    group = (f"vendor_order__group__{name}" for name in ("name_th", "name_en"))
    who = (f"counted_by__{name}" for name in ("first_name", "last_name", "display_name"))
    return rows.only("transfer", "state", "counted_at", "vendor_order__number", *group, *who)


def lines_of(box: TransferBox) -> list[TransferLine]:
    """The lines of a box as they stand in it."""
    columns = ("title", "title_en", "unit_th", "unit_en", "picture_name")
    own = (column.name for column in TransferLine._meta.concrete_fields)
    rows = box.lines.select_related("line").only(*own, *(f"line__{name}" for name in columns))
    return list(rows.order_by("line_id"))


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


_OF_LINE = ("vendor_order", "title", "title_en", "quantity", "short_quantity", "short_reasons")


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
    of_part = ("order", "number", "state", "group__name_th", "group__name_en")
    rows = order.vendor_orders.select_related("group").only(*of_part).order_by("pk")
    for part in rows.prefetch_related(Prefetch("lines", Line.objects.only(*_OF_LINE))):
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


def siblings(parcel: Parcel) -> list[Parcel]:
    """The other parcels of its purchase here, those that were opened left out; code and state."""
    rows = Parcel.objects.filter(order=parcel.order_id, place=parcel.place_id).exclude(pk=parcel.pk)
    return list(rows.exclude(state=Parcel.State.OPENED).only("code", "state").order_by("pk"))


def story_of(parcel: Parcel) -> list[ParcelEvent]:
    """What happened to a parcel, with the persons."""
    who = (f"by__{name}" for name in ("first_name", "last_name", "display_name"))
    return list(parcel.events.select_related("by").only("parcel", "state", "at", *who))


def inside(parcel: Parcel) -> list[Holding]:
    """What lies in a parcel, by group."""
    rows = Holding.objects.filter(parcel=parcel).select_related("line__vendor_order__group")
    group = ("line__vendor_order__group__name_th", "line__vendor_order__group__name_en")
    return list(
        rows.only("quantity", "line__title", "line__title_en", *group).order_by("line__vendor_order_id", "line_id")
    )


def in_numbers(places: Iterable[Place]) -> list[tuple[Place, Sums]]:
    """Hubs with their numbers, in the eyes of those above them; one query."""
    hubs = list(places)
    sums = sums_at(hub.pk for hub in hubs)
    return [(hub, sums[hub.pk]) for hub in hubs]


def work_of(organisation: Organisation) -> list[tuple[Place, Sums]]:
    """What waits in the hubs of an organisation, for its desk: two queries."""
    return in_numbers(Place.objects.filter(organisation=organisation, kind=Place.Kind.HUB).order_by("code"))
