"""Packing line by line: what lies in the box already, and what there is not enough of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from shop.common import outbox
from shop.fulfilment import errors
from shop.fulfilment.services import orders
from shop.order.events import ShortLine, line_short
from shop.order.locks import lock_order
from shop.order.models import Line, VendorOrder
from shop.partner import services as stock
from vendors import history
from vendors.policies import Right, require

State = VendorOrder.State


def _locked(vendor_order: VendorOrder, by: Any, *states: str) -> VendorOrder:
    """The vendor order in one of `states`, for somebody who may pack still. Raises NotYours or WrongState."""
    lock_order(vendor_order.order_id)
    rows = VendorOrder.objects.select_for_update(of=("self",)).select_related("group")
    current = rows.get(pk=vendor_order.pk)
    if by is not None:
        require(by, Right.PACK, current.group)
    if current.state not in states:
        raise errors.WrongState
    return current


@transaction.atomic
def tick_lines(*, vendor_order: VendorOrder, packed: Mapping[int, bool], by: Any) -> VendorOrder:
    """Notes which lines (by their keys) lie in the box; lines that are not named stay as they are.

    Every other phone sees it with its next page. Raises NoSuchLine, NotYours or WrongState.
    """
    current = _locked(vendor_order, by, State.TO_PACK)
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
    current = _locked(vendor_order, by, State.TO_ACCEPT, State.TO_PACK)
    line = current.lines.select_for_update(of=("self",)).filter(pk=line_id).first()
    if line is None:
        raise errors.NoSuchLine
    if line.short_quantity != seen:
        raise errors.ChangedMeanwhile
    pieces = line.to_pack - available
    if available < 0 or pieces <= 0 or reason not in Line.Why.values:
        raise errors.WrongQuantity
    held = min(pieces, line.num_allocated or 0)
    line.short_quantity += pieces
    line.short_reason = reason
    line.num_allocated = (line.num_allocated or 0) - held
    line.packed = False
    line.save(update_fields=["short_quantity", "short_reason", "num_allocated", "packed"])
    if line.stockrecord_id is not None:
        stock.consume({line.stockrecord_id: held} if held else {})
        if none_left:
            stock.close_shelf([line.stockrecord_id])
    told = {"line": line.pk, "pieces": pieces, "reason": reason}
    line_short.run(ShortLine(line=line, pieces=pieces, by=by))
    outbox.announce("line.short", told, key=f"short:{line.pk}:{line.short_quantity}")
    history.record(
        organisation=current.group, act="order.short", by=by, what=current.number, title=line.title, pieces=pieces
    )
    if not any(each.to_pack for each in current.lines.all()):
        orders.move_all([current], State.CANCELLED, by)
        history.record(organisation=current.group, act="order.cancelled", by=by, what=current.number)
    return line
