"""What follows when pieces do not arrive, or all have: line, money and vendor order, in the transaction of the move."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Sum

from shop.common import outbox
from shop.fulfilment.models import Holding, Where
from shop.fulfilment.models.units import ALIVE
from shop.fulfilment.services.orders import move_all
from shop.order.events import Shortfall, pieces_short
from shop.order.models import Line, Order, VendorOrder
from shop.payment import services as payments
from vendors import history

State = VendorOrder.State


@dataclass(frozen=True)
class Missing:
    """So many pieces of a line will not reach the buyer, and why (`Line.Why`)."""

    line_id: int
    pieces: int
    reason: str


def miss(*, order: Order, missing: Sequence[Missing], by: Any) -> None:
    """Pieces of a locked order will not reach the buyer: the lines say so, the money follows the hook, the buyer is told once."""
    if not missing:
        return
    keys = {one.line_id for one in missing}
    locked = Line.objects.select_for_update(of=("self",)).filter(pk__in=keys, order=order).order_by("pk")
    lines = {line.pk: line for line in locked}
    pieces: dict[int, int] = dict.fromkeys(keys, 0)
    for one in missing:
        line = lines[one.line_id]
        line.short_quantity += one.pieces
        line.short_reasons[one.reason] = line.short_reasons.get(one.reason, 0) + one.pieces
        pieces[one.line_id] += one.pieces
    Line.objects.bulk_update(lines.values(), ["short_quantity", "short_reasons"])
    short = Shortfall(order=order, pieces=pieces, lines=list(lines.values()), by=by)
    pieces_short.run(short)
    first = short.lines[0]
    told = [[one.line_id, one.pieces, one.reason] for one in missing]
    facts = {"order": order.pk, "missing": told, "refund": short.refund}
    outbox.announce("pieces.short", facts, key=f"short:{first.pk}:{first.short_quantity}")


def cancel_empty(part: VendorOrder, by: Any) -> bool:
    """A vendor order of which nothing is left ends; False while something is."""
    if any(line.to_pack for line in part.lines.all()):
        return False
    move_all([part], State.CANCELLED, by)
    history.record(organisation=part.group, act="order.cancelled", by=by, what=part.number)
    payments.settle_cash(order_id=part.order_id)
    return True


def settle(*, order: Order, by: Any) -> None:
    """Ends the vendor orders of a locked order of which nothing is on its way any more: delivered, or nothing arrived."""
    rows = VendorOrder.objects.select_for_update(of=("self",)).filter(order=order, state=State.HANDED_OVER)
    parts = list(rows.select_related("group").order_by("pk"))
    held: dict[int, dict[str, int]] = defaultdict(dict)
    sums = Holding.objects.filter(line__vendor_order__in=parts).values_list("line__vendor_order_id", "where")
    for part_id, where, pieces in sums.annotate(Sum("quantity")):
        held[part_id][where] = pieces
    for part in parts:
        where = held[part.pk]
        if ALIVE & where.keys():
            continue
        if where.get(Where.BUYER):
            move_all([part], State.DELIVERED, by)
        else:
            cancel_empty(part, by)
