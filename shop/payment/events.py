"""Moments of a payment that upper rooms act on in the same transaction. The order is locked in all of them; no network."""

from __future__ import annotations

from dataclasses import dataclass

from shop.common.hooks import Hook
from shop.payment.models import PaymentAttempt, Refund


@dataclass
class LateMoney:
    """Money for an order that had ended. Whoever can take the order up again does, and says so."""

    attempt: PaymentAttempt
    taken_up: bool = False


payment_succeeded: Hook[PaymentAttempt] = Hook("payment.succeeded")
"""The purchase is paid, for the first time. No mail, no network: those are news."""

money_came_late: Hook[LateMoney] = Hook("payment.money_came_late")
"""Money came for an order that was cancelled or had run out: it is taken up again, or the money goes back."""

refund_asked: Hook[Refund] = Hook("payment.refund_asked")
"""Pieces of a paid purchase are to go back, other than those that a group has missed: what is not packed yet need not be."""

refund_succeeded: Hook[Refund] = Hook("payment.refund_succeeded")
"""The buyer has the money back."""
