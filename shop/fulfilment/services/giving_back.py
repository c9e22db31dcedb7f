"""What is given back before it was packed is not packed: the group's part of the order ends, its goods go back to the shelf."""

from __future__ import annotations

from typing import Any

from shop.fulfilment.services import orders
from shop.order.models import Order, VendorOrder
from shop.payment.selectors import refundable_parts
from vendors import history

State = VendorOrder.State


def stop_what_is_given_back(*, order: Order, by: Any) -> list[VendorOrder]:
    """Ends the vendor orders of a locked order that nobody has packed yet and of which every piece goes back."""
    given = [part.pk for part in refundable_parts(order) if not any(line.left for line in part.lines)]
    rows = VendorOrder.objects.select_for_update(of=("self",)).filter(pk__in=given)
    parts = list(rows.filter(state__in=[State.TO_ACCEPT, State.TO_PACK]).select_related("group").order_by("pk"))
    orders.give_up(parts, by)
    for part in parts:
        history.record(organisation=part.group, act="order.cancelled", by=by, what=part.number)
    return parts
