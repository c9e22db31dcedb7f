"""Moments of a purchase that upper rooms act on in the same transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from shop.common.hooks import Hook
from shop.order.models import Line, Order


@dataclass(frozen=True)
class ShortLine:
    """Pieces of a line that the group has not got, told now; earlier ones of the same line were told before."""

    line: Line
    pieces: int
    by: Any


order_placed: Hook[Order] = Hook("order.placed")
"""Order, lines, vendor orders and reserved stock exist; nothing is paid yet."""

order_cancelled: Hook[Order] = Hook("order.cancelled")
"""The order is cancelled and its stock given back."""

line_short: Hook[ShortLine] = Hook("order.line_short")
"""Some pieces of a line cannot be delivered; stock and line say so already."""
