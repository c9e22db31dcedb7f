"""Moments of a purchase that upper rooms act on in the same transaction."""

from __future__ import annotations

from shop.common.hooks import Hook
from shop.order.models import Order

order_placed: Hook[Order] = Hook("order.placed")
"""Order, lines, vendor orders and reserved stock exist; nothing is paid yet."""

order_cancelled: Hook[Order] = Hook("order.cancelled")
"""The order is cancelled and its stock given back."""
