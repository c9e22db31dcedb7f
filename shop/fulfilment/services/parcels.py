"""What lies in the hub becomes one parcel, and reaches the buyer: by courier, or over the counter against the code."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db import transaction
from django.utils.translation import get_language

from shop.common import clock, codes, outbox
from shop.fulfilment import carriers, collecting, errors
from shop.fulfilment.hub_selectors import still_to_come
from shop.fulfilment.models import DeliveryPlan, Holding, Parcel, ParcelEvent, Where
from shop.fulfilment.services import keeping, settling, units
from shop.fulfilment.services.orders import MOST_OF_PARCEL
from shop.fulfilment.services.settling import Missing
from shop.fulfilment.services.units import Move, Spot
from shop.order.locks import lock_order
from shop.order.models import Line, Order
from shop.shipping.models import Way
from shop.theme import formats
from vendors import history
from vendors.models import Place
from vendors.policies import Right, require

State = Parcel.State
_CODE = 10
MOST_OF_NAME, MOST_OF_SHELF = 120, 20
"""Characters of the name of who collects, and of a shelf."""


@transaction.atomic
def put_together(*, order: Order, place: Place, by: Any, sure: bool = False) -> list[Parcel]:
    """All goods of a purchase that lie in the hub become one parcel; chilled and frozen goods one of their own.

    `sure`: without waiting for boxes that are on their way. Raises NothingHere, StillComing, WrongHub or NotYours.
    """
    lock_order(order.pk)
    require(by, Right.PACK, place.organisation)
    plan = DeliveryPlan.objects.select_related("hub").get(order=order)
    if plan.hub is None or plan.hub_id != place.pk:
        raise errors.WrongHub(place=formats.here(plan.hub, "name_th") if plan.hub else "–")
    rows = Holding.objects.select_related("line").filter(line__order=order, where=Where.PLACE, place=place)
    by_storage: dict[str, list[Holding]] = defaultdict(list)
    for row in rows.order_by("line_id"):
        by_storage[row.line.storage].append(row)
    if not by_storage:
        raise errors.NothingHere
    waiting = still_to_come(place).filter(vendor_order__order=order).count()
    if waiting and not sure:
        raise errors.StillComing(number=waiting)
    made = [_parcel(plan, place, storage, held, by) for storage, held in sorted(by_storage.items())]
    here = Spot(Where.PLACE, place_id=place.pk)
    moves = [
        Move(row.line_id, row.quantity, here, Spot(Where.PARCEL, parcel_id=parcel.pk))
        for parcel in made
        for row in by_storage[parcel.storage]
    ]
    units.move(moves, by=by)
    for parcel in made:
        history.record(organisation=place.organisation, act="parcel.ready", by=by, what=parcel.code)
    return made


def _parcel(plan: DeliveryPlan, place: Place, storage: str, held: list[Holding], by: Any) -> Parcel:
    moment = clock.now()
    parcel: Parcel = Parcel.objects.create(
        code=codes.new_code(_CODE),
        order_id=plan.order_id,
        place=place,
        storage=storage,
        to_counter=plan.way == Way.PICKUP,
        weight_g=sum(row.quantity * row.line.weight_g for row in held),
        state_changed_at=moment,
        created_at=moment,
        created_by=by,
    )
    ParcelEvent.objects.create(parcel=parcel, state=State.READY, at=moment, by=by)
    return parcel


@transaction.atomic
def take_apart(*, parcel: Parcel, by: Any) -> None:
    """A parcel that has not left is opened again: its goods lie in the hub as before.

    A buyer who was told to come is told that it is not ready any more. Raises WrongState or NotYours.
    """
    current = _locked(parcel, by, State.READY, State.ON_SHELF)
    was_told = current.state == State.ON_SHELF and not keeping.unshelved(current.order_id, current.place_id)
    here, inside = Spot(Where.PLACE, place_id=current.place_id), Spot(Where.PARCEL, parcel_id=current.pk)
    units.move_all_of(current.holdings.all(), inside, here, by=by)
    _to(current, State.OPENED, by)
    if was_told:
        outbox.announce("parcel.opened", {"parcel": current.pk}, key=f"parcel-opened:{current.pk}")


def _locked(parcel: Parcel, by: Any, *states: str) -> Parcel:
    lock_order(parcel.order_id)
    rows = Parcel.objects.select_for_update(of=("self",)).select_related("place__organisation", "order")
    current: Parcel = rows.get(pk=parcel.pk)
    if by is not None:
        require(by, Right.PACK, current.place.organisation)
    if current.state not in states:
        raise errors.ParcelMovedOn
    return current


def _to(parcel: Parcel, state: str, by: Any, note: str = "") -> None:
    parcel.state, parcel.state_changed_at = state, clock.now()
    parcel.save()
    ParcelEvent.objects.create(parcel=parcel, state=state, at=parcel.state_changed_at, by=by, note=note)
    if by is not None:
        history.record(organisation=parcel.place.organisation, act=f"parcel.{state}", by=by, what=parcel.code)


@transaction.atomic
def send_parcel(*, parcel: Parcel, carrier: str, tracking: str, by: Any) -> Parcel:
    """The courier has it; what is collected at the counter stays here.

    Raises CarrierWanted, TrackingInvalid, WordsTooLong, WrongState or NotYours.
    """
    current = _locked(parcel, by, State.READY)
    if current.order.plan.way == Way.PICKUP:
        raise errors.ParcelMovedOn
    _name(current, carrier, tracking)
    _to(current, State.SENT, by)
    outbox.announce("parcel.sent", {"parcel": current.pk}, key=f"parcel-sent:{current.pk}")
    return current


@transaction.atomic
def correct_courier(*, parcel: Parcel, carrier: str, tracking: str, by: Any) -> Parcel:
    """Puts right who carries a parcel that has left, and its number; the buyer is told anew. Raises as `send_parcel`."""
    current = _locked(parcel, by, State.SENT)
    _name(current, carrier, tracking)
    current.save(update_fields=["carrier", "tracking"])
    mark = int(clock.now().timestamp() * 1000)
    outbox.announce("parcel.sent", {"parcel": current.pk}, key=f"parcel-sent:{current.pk}:{mark}")
    return current


def _name(parcel: Parcel, carrier: str, tracking: str) -> None:
    if not carrier.strip():
        raise errors.CarrierWanted
    if max(len(carrier), len(tracking)) > MOST_OF_PARCEL:
        raise errors.WordsTooLong(most=MOST_OF_PARCEL)
    parcel.carrier, parcel.tracking = carrier.strip(), carriers.checked_number(carrier, tracking)


@transaction.atomic
def shelve(*, parcel: Parcel, shelf: str, by: Any) -> Parcel:
    """The parcel stands at the pick-up counter. With the last one of its purchase here the buyer is told, with the code.

    Raises ShelfWanted, WordsTooLong, WrongState or NotYours.
    """
    current = _locked(parcel, by, State.READY)
    if current.order.plan.way != Way.PICKUP:
        raise errors.ParcelMovedOn
    current.shelf = _checked_shelf(shelf)
    current.keep_until = keeping.last_day(current.place_id)
    _to(current, State.ON_SHELF, by)
    if not keeping.unshelved(current.order_id, current.place_id):
        keeping.keep_alike(current)
        outbox.announce("parcel.on_shelf", {"parcel": current.pk}, key=f"parcel-shelf:{current.pk}")
    return current


@transaction.atomic
def move_shelf(*, parcel: Parcel, shelf: str, by: Any) -> Parcel:
    """It stands on another shelf now; nobody is told. Raises as `shelve`."""
    current = _locked(parcel, by, State.ON_SHELF)
    current.shelf = _checked_shelf(shelf)
    current.save(update_fields=["shelf"])
    return current


def _checked_shelf(shelf: str) -> str:
    name = shelf.strip()
    if not name:
        raise errors.ShelfWanted
    if len(name) > MOST_OF_SHELF:
        raise errors.WordsTooLong(most=MOST_OF_SHELF)
    return name


def parcels_for_code(place: Place, code: str) -> list[Parcel]:
    """What lies on the shelf of this counter for a typed or scanned code.

    Raises WrongCode; for a right code AlreadyCollected or NotOnTheShelf, which are kinds of it.
    """
    plan = DeliveryPlan.objects.filter(code_digest=collecting.digest_of(code), hub=place).first()
    if plan is None:
        raise errors.WrongCode
    rows = Parcel.objects.select_related("order__shipping_address", "order__plan", "place")
    found = list(rows.filter(order_id=plan.order_id, place=place).order_by("pk"))
    shelved = [parcel for parcel in found if parcel.state == State.ON_SHELF]
    if not shelved and not any(parcel.state == State.READY for parcel in found):
        collected = [parcel for parcel in found if parcel.state == State.COLLECTED]
        if collected:
            when = formats.date_time(collected[-1].state_changed_at, get_language() or "th")
            raise errors.AlreadyCollected(time=when)
    if not shelved:
        raise errors.NotOnTheShelf
    return shelved


@transaction.atomic
def hand_over_parcels(*, place: Place, code: str, by: Any, collected_by: str = "") -> list[Parcel]:
    """Everything on the shelf for this code goes to the person who showed it. Raises WrongCode or NotYours."""
    require(by, Right.PACK, place.organisation)
    order = lock_order(parcels_for_code(place, code)[0].order_id)
    there = parcels_for_code(place, code)  # again, under the lock: of two counters the second finds the shelf empty
    for parcel in there:
        current = _locked(parcel, by, State.ON_SHELF)
        current.collected_by = collected_by.strip()[:MOST_OF_NAME]
        _receive(current, State.COLLECTED, by)
    settling.settle(order=order, by=by)
    outbox.announce("order.collected", {"order": order.pk}, key=f"collected:{there[0].pk}")
    return there


@transaction.atomic
def deliver_parcel(*, parcel: Parcel, by: Any) -> Parcel:
    """The courier has brought it. Raises WrongState or NotYours."""
    current = _locked(parcel, by, State.SENT)
    _receive(current, State.DELIVERED, by)
    settling.settle(order=current.order, by=by)
    return current


def _receive(parcel: Parcel, state: str, by: Any) -> None:
    units.move_all_of(parcel.holdings.all(), Spot(Where.PARCEL, parcel_id=parcel.pk), units.BUYER, by=by)
    _to(parcel, state, by)


@transaction.atomic
def return_parcel(*, parcel: Parcel, by: Any, note: str = "") -> Parcel:
    """Not collected, or brought back by the courier: the goods' money goes back, the delivery's does not.

    From the shelf only once its day is over: until then the buyer may come. Raises StillKept, WrongState or NotYours.
    """
    current = _locked(parcel, by, State.ON_SHELF, State.SENT)
    if current.state == State.ON_SHELF and not current.is_past:
        raise errors.StillKept
    why = Line.Why.NOT_COLLECTED if current.state == State.ON_SHELF else Line.Why.CAME_BACK
    inside = Spot(Where.PARCEL, parcel_id=current.pk)
    rows = list(Holding.objects.filter(parcel=current).order_by("line_id"))
    units.move([Move(row.line_id, row.quantity, inside, units.RETURNED) for row in rows], by=by, note=note)
    _to(current, State.RETURNED, by, note=note)
    settling.miss(order=current.order, missing=[Missing(row.line_id, row.quantity, why) for row in rows], by=by)
    outbox.announce("parcel.returned", {"parcel": current.pk}, key=f"parcel-returned:{current.pk}")
    settling.settle(order=current.order, by=by)
    return current
