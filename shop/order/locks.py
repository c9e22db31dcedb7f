"""How rows are locked, in one place: the order first, then its attempts, then stock in the order of its key."""

from __future__ import annotations

from shop.order.models import Order


def lock_order(order_id: int) -> Order:
    """The order, locked until the transaction ends. Everything that changes an order begins here."""
    return Order.objects.select_for_update().get(pk=order_id)
