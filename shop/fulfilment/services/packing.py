"""Packing line by line: what lies in the box already, and what there is not enough of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from shop.common import clock, outbox
from shop.fulfilment import errors
from shop.fulfilment.services import orders, settling, units
from shop.fulfilment.services.settling import Missing
from shop.fulfilment.services.units import Move
from shop.order.models import Line, VendorOrder
from shop.partner import services as stock
from vendors import history

State = VendorOrder.State
GROUP_REASONS = (Line.Why.SOLD_OUT, Line.Why.DAMAGED, Line.Why.NOT_READY, Line.Why.OTHER)
"""Why a group has not got a piece; the other reasons are found out on the way."""


@transaction.atomic
def tick_lines(*, vendor_order: VendorOrder, packed: Mapping[int, bool], by: Any) -> VendorOrder:
    """Notes which lines (by their keys) lie in the box; lines that are not named stay as they are.

    Every other phone sees it with its next page. Raises NoSuchLine, NotYours or WrongState.
    """
    current = orders.locked(vendor_order, by, State.TO_PACK)
    own = set(current.lines.values_list("pk", flat=True))
    if not set(packed) <= own:
        raise errors.NoSuchLine
    for value in (True, False):
        keys = [key for key, ticked in packed.items() if ticked is value]
        Line.objects.filter(pk__in=keys).exclude(packed=value).update(packed=value)
    return current


@transaction.atomic
def mark_short(
    *, vendor_order: VendorOrder, line_id: int, available: int, reason: str, seen: int, by: Any, none_left: bool = False
) -> Line:
    """Of a line only `available` pieces can be packed; `seen` is how many were short before, on the person's page.

    The missing pieces leave stock and reservation: they are not there, so nobody else may buy them either. With
    `none_left` the good is sold out. The buyer is told, the money follows the hook; a vendor order of which nothing is
    left is cancelled. A shortage that was told is not taken back. Raises NoSuchLine, NotYours, WrongQuantity,
    ChangedMeanwhile or WrongState.
    """
    current = orders.locked(vendor_order, by, State.TO_ACCEPT, State.TO_PACK)
    line = current.lines.select_for_update(of=("self",)).filter(pk=line_id).first()
    if line is None:
        raise errors.NoSuchLine
    if line.short_quantity != seen:
        raise errors.ChangedMeanwhile
    pieces = line.to_pack - available
    if available < 0 or pieces <= 0 or reason not in GROUP_REASONS:
        raise errors.WrongQuantity
    held = min(pieces, line.num_allocated or 0)
    line.num_allocated = (line.num_allocated or 0) - held
    line.packed = False
    line.save(update_fields=["num_allocated", "packed"])
    if line.stockrecord_id is not None:
        stock.consume({line.stockrecord_id: held} if held else {})
        if none_left:
            stock.close_shelf([line.stockrecord_id])
    if line.holdings.exists():
        units.move([Move(line.pk, pieces, units.GROUP, units.SHORT)], by=by)
    settling.miss(order=current.order, missing=[Missing(line.pk, pieces, reason)], by=by)
    history.record(
        organisation=current.group, act="order.short", by=by, what=current.number, title=line.title, pieces=pieces
    )
    settling.cancel_empty(current, by)
    return line


@transaction.atomic
def correct_parcel(*, vendor_order: VendorOrder, carrier: str, tracking: str, by: Any) -> bool:
    """Puts right who carries a box that has left, and its number, until it is delivered; False when nothing differs.

    The buyer gets the letter with the number anew. Raises NotYours, WordsTooLong or WrongState.
    """
    current = orders.locked(vendor_order, by, State.HANDED_OVER)
    before = (current.carrier, current.tracking)
    if before == (carrier, tracking):
        return False
    orders.name_parcel(current, carrier, tracking)
    history.record(
        organisation=current.group, act="order.parcel", by=by, what=current.number, before=" ".join(before).strip()
    )
    mark = int(clock.now().timestamp() * 1000)
    outbox.announce("vendor_order.handed_over", {"vendor_order": current.pk}, key=f"sent:{current.pk}:{mark}")
    return True
