"""Writes of this room, by act: releasing what was held, bank details, batches, cash that is handed in."""

from __future__ import annotations

from shop.payouts.services.accounts import confirm_account, enter_account, verify_account
from shop.payouts.services.batches import (
    approve_batch,
    bounce_item,
    confirm_item,
    make_batch,
    mark_sent,
    withdraw_batch,
)
from shop.payouts.services.releasing import release, release_due

__all__ = [
    "approve_batch",
    "bounce_item",
    "confirm_account",
    "confirm_item",
    "enter_account",
    "make_batch",
    "mark_sent",
    "release",
    "release_due",
    "verify_account",
    "withdraw_batch",
]
