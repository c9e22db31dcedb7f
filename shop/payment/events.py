"""Moments of a payment that upper rooms act on in the same transaction."""

from __future__ import annotations

from shop.common.hooks import Hook
from shop.payment.models import PaymentAttempt

payment_succeeded: Hook[PaymentAttempt] = Hook("payment.succeeded")
"""The money is there; the order is locked. No mail, no network: those are news."""
