"""Transfers between places: announced when a box is packed, sent when it leaves (`counting` takes it in)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import transaction

from shop.common import clock, codes
from shop.fulfilment import errors
from shop.fulfilment.models import Holding, Stop, Transfer, TransferBox, TransferLine, Where
from shop.fulfilment.services import orders, units
from shop.fulfilment.services.units import Move, Spot
from shop.order.models import Order, VendorOrder
from vendors import history
from vendors.policies import Right, require

State, BoxState = Transfer.State, TransferBox.State
_CODE = 9


def next_stop(vendor_order: VendorOrder) -> Stop | None:
    """The hub that the goods go to next; None for a direct parcel, or when they have reached the last."""
    return vendor_order.stops.filter(reached_at=None).order_by("position").select_related("place").first()


def lock_orders(order_ids: Collection[int]) -> None:
    """Locks several orders in the order of their keys, so that nobody waits crosswise."""
    list(Order.objects.select_for_update().filter(pk__in=order_ids).order_by("pk").values_list("pk", flat=True))


def announce_box(vendor_order: VendorOrder) -> TransferBox | None:
    """Puts a box (a vendor order whose order is locked) on the next transfer of its way; None when there is nowhere to go."""
    stop = next_stop(vendor_order)
    if stop is None:
        return None
    last = vendor_order.stops.exclude(reached_at=None).order_by("-position").first()
    start = last.place_id if last else vendor_order.place_id
    if start == stop.place_id:
        return None  # the goods lie in that hub already
    spot = Spot(Where.PLACE, place_id=last.place_id) if last else units.GROUP
    held = {row.line_id: row.quantity for row in _at(spot, vendor_order)}
    if not held:
        return None
    transfer = _announced(start, stop.place_id, max(stop.due, clock.today()))
    box = TransferBox.objects.create(transfer=transfer, vendor_order=vendor_order)
    TransferLine.objects.bulk_create([TransferLine(box=box, line_id=line, sent=n) for line, n in sorted(held.items())])
    return box


def _at(spot: Spot, vendor_order: VendorOrder) -> list[Holding]:
    rows = Holding.objects.filter(line__vendor_order=vendor_order, where=spot.where).order_by("line_id")
    return [row for row in rows if units.spot_of(row) == spot]


def _announced(start: int, end: int, due: dt.date) -> Transfer:
    """The announced transfer of this way and day, locked; a new one where there is none."""
    way = {"from_place_id": start, "to_place_id": end, "due": due, "state": State.ANNOUNCED}
    found = Transfer.objects.select_for_update().filter(**way).order_by("pk").first()
    if found is None:
        made = Transfer(code=codes.new_code(_CODE), created_at=clock.now(), **way)
        Transfer.objects.bulk_create([made], ignore_conflicts=True)  # somebody else may make it at this moment
        found = Transfer.objects.select_for_update().filter(**way).order_by("pk").first()
    assert found is not None
    return found


def depart(box: TransferBox, *, by: Any) -> TransferBox:
    """A box leaves, alone: it goes on the transfer of its day that is under way. Its order is locked."""
    transfer = Transfer.objects.select_for_update().get(pk=box.transfer_id)
    if box.state != BoxState.ANNOUNCED:
        raise errors.WrongState
    alone = not transfer.boxes.filter(state=BoxState.ANNOUNCED).exclude(pk=box.pk).exists()
    way = {"from_place_id": transfer.from_place_id, "to_place_id": transfer.to_place_id, "due": transfer.due}
    under_way = Transfer.objects.select_for_update().filter(state=State.SENT, **way).order_by("pk").first()
    if under_way is not None or not alone:
        target = under_way or _sent(Transfer(code=codes.new_code(_CODE), created_at=clock.now(), **way), by)
        box.transfer = target
        box.save(update_fields=["transfer"])
        if alone:
            transfer.state = State.CANCELLED
            transfer.save(update_fields=["state"])
    else:
        target = _sent(transfer, by)
    _leave([box], target, by=by)
    return box


def _sent(transfer: Transfer, by: Any) -> Transfer:
    transfer.state, transfer.sent_at, transfer.sent_by = State.SENT, clock.now(), by
    transfer.save(update_fields=["state", "sent_at", "sent_by"] if transfer.pk else None)  # its boxes count themselves
    return transfer


@transaction.atomic
def send_transfer(*, transfer: Transfer, by: Any, boxes: Collection[int] | None = None) -> Transfer:
    """All announced boxes of a transfer leave (or those named by their keys); the others wait for the next.

    Raises NotYours, WrongState, NothingTicked, NoSuchBox, ChangedMeanwhile or LotRecalled.
    """
    rows = TransferBox.objects.filter(transfer=transfer, state=BoxState.ANNOUNCED)
    orders_there = set(rows.values_list("vendor_order__order_id", flat=True))
    lock_orders(orders_there)
    current = Transfer.objects.select_for_update(of=("self",)).select_related("from_place__organisation")
    locked = current.get(pk=transfer.pk)
    require(by, Right.PACK, locked.from_place.organisation)
    if locked.state != State.ANNOUNCED:
        raise errors.WrongState
    there = list(rows.select_related("vendor_order__order", "vendor_order__group").order_by("pk"))
    if not {box.vendor_order.order_id for box in there} <= orders_there:
        raise errors.ChangedMeanwhile  # another box was packed at this moment: its order is not locked
    leaving = [box for box in there if boxes is None or box.pk in boxes]
    if boxes is not None and not boxes:
        raise errors.NothingTicked
    if not leaving or (boxes is not None and len(leaving) != len(set(boxes))):
        raise errors.NoSuchBox
    _sent(locked, by)
    staying = [box.pk for box in there if box not in leaving]
    if staying:
        later = _announced(locked.from_place_id, locked.to_place_id, locked.due)
        TransferBox.objects.filter(pk__in=staying).update(transfer=later)
    _leave(leaving, locked, by=by)
    history.record(
        organisation=locked.from_place.organisation, act="transfer.sent", by=by, what=locked.code, boxes=len(leaving)
    )
    return locked


def _leave(boxes: list[TransferBox], transfer: Transfer, *, by: Any) -> None:
    """Boxes of locked orders leave with a locked transfer."""
    firsts = [box.vendor_order for box in boxes if box.vendor_order.state == VendorOrder.State.PACKED]
    for part in firsts:
        orders.leave(part, by=by)
    starts = {part.pk for part in firsts}
    lines = TransferLine.objects.filter(box__in=boxes, sent__gt=0).select_related("box").order_by("line_id")
    target = Spot(Where.TRANSIT, transfer_id=transfer.pk)
    here = Spot(Where.PLACE, place_id=transfer.from_place_id)
    moves = [
        Move(row.line_id, row.sent, units.GROUP if row.box.vendor_order_id in starts else here, target) for row in lines
    ]
    units.move(moves, by=by)
    moment = clock.now()
    for box in boxes:
        box.state, box.sent_at, box.sent_by = BoxState.SENT, moment, by
    TransferBox.objects.bulk_update(boxes, ["state", "sent_at", "sent_by"], batch_size=500)
