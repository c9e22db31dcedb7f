"""A box is closed and leaves its group: to a carrier, or to the hub that collects."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import F

from shop.common import clock, outbox
from shop.fulfilment import errors
from shop.fulfilment.models import TransferBox, Where
from shop.fulfilment.services import orders, transfers, units
from shop.fulfilment.services.units import Move, Spot
from shop.order.models import VendorOrder

State = VendorOrder.State


@transaction.atomic
def pack(*, vendor_order: VendorOrder, by: Any, sure: Collection[int] | None = None) -> VendorOrder:
    """Everything lies in the box: all lines are ticked. What goes through the hubs is announced to the first of them.

    `sure` are the lines (by their keys) without a tick that the person has looked at and found in the box; None is
    somebody who does not tick. Raises NotAllTicked for any other, or WrongState.
    """
    moved = orders.move_one(vendor_order, State.PACKED, by)
    open_lines = set(moved.lines.filter(short_quantity__lt=F("quantity"), packed=False).values_list("pk", flat=True))
    if sure is not None and not open_lines <= set(sure):
        raise errors.NotAllTicked
    moved.lines.filter(short_quantity__lt=F("quantity"), packed=False).update(packed=True)
    transfers.announce_box(moved)
    return moved


@transaction.atomic
def hand_over(*, vendor_order: VendorOrder, by: Any, carrier: str = "", tracking: str = "") -> VendorOrder:
    """The box has left the group: what was reserved is taken out of stock. Raises WrongState, LotRecalled or WordsTooLong.

    Through the hubs it goes on the transfer of its day; else to the carrier, whose name and number the buyer is told.
    """
    current = orders.locked(vendor_order, by, State.PACKED)
    orders.name_parcel(current, carrier, tracking)
    stop = transfers.next_stop(current)
    if stop is None:
        orders.leave(current, by=by)
        outbox.announce("vendor_order.handed_over", {"vendor_order": current.pk}, key=f"sent:{current.pk}")
        return current
    box = TransferBox.objects.select_related("vendor_order__order", "vendor_order__group").filter(
        vendor_order=current, state=TransferBox.State.ANNOUNCED
    )
    announced = box.first() or transfers.announce_box(current)
    if announced is not None:
        transfers.depart(announced, by=by)
    else:
        _already_there(current, by=by)
    current.refresh_from_db()
    return current


def _already_there(vendor_order: VendorOrder, *, by: Any) -> None:
    """The goods were kept in the hub itself: they are counted in as they are."""
    stop = transfers.next_stop(vendor_order)
    assert stop is not None
    orders.leave(vendor_order, by=by)
    here = Spot(Where.PLACE, place_id=stop.place_id)
    rows = vendor_order.lines.filter(short_quantity__lt=F("quantity")).order_by("pk")
    units.move([Move(line.pk, line.to_pack, units.GROUP, here) for line in rows], by=by)
    stop.reached_at = clock.now()
    stop.save(update_fields=["reached_at"])
    transfers.announce_box(vendor_order)
