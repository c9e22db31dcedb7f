"""Moments of a purchase that upper rooms act on in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shop.common.hooks import Hook
from shop.order.models import Line, Order


@dataclass
class Shortfall:
    """Pieces of lines of one purchase that will not reach the buyer, found out in one act; the lines say so already.

    `refund` is the key of what gives the money back, set by who does.
    """

    order: Order
    pieces: Mapping[int, int]
    lines: list[Line]
    by: Any
    refund: int | None = None


order_placed: Hook[Order] = Hook("order.placed")
"""Order, lines, vendor orders and reserved stock exist; nothing is paid yet."""

order_cancelled: Hook[Order] = Hook("order.cancelled")
"""The order is cancelled and its stock given back."""

order_taken_up: Hook[Order] = Hook("order.taken_up")
"""The time of a cancelled order was over before its money came, and its stock is reserved again. A receiver that raises NotAgain refuses:
the order stays cancelled and the money goes back."""

pieces_short: Hook[Shortfall] = Hook("order.pieces_short")
"""Some pieces of a purchase cannot be delivered; stock and lines say so already."""
