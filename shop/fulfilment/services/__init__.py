"""What groups and the market do with placed orders."""

from shop.fulfilment.services.orders import (
    MOST_DAYS_OF_LINKS,
    MOST_LINKS,
    accept,
    ask_for_links,
    cancel_order,
    choose_method,
    deliver,
    expire_order,
    hand_over,
    note_lots,
    pack,
    renew_links,
    start_work,
)
from shop.fulfilment.services.packing import mark_short, tick_lines

__all__ = [
    "MOST_DAYS_OF_LINKS",
    "MOST_LINKS",
    "accept",
    "ask_for_links",
    "cancel_order",
    "choose_method",
    "deliver",
    "expire_order",
    "hand_over",
    "mark_short",
    "note_lots",
    "pack",
    "renew_links",
    "start_work",
    "tick_lines",
]
