"""Pages ask a provider seldom: one waiting page must not become thirty calls."""

from __future__ import annotations

from django.core.cache import cache

from shop.payment.models import PaymentAttempt
from shop.payment.services.providers import refresh


def ask_seldom(*, attempt: PaymentAttempt, seconds: int) -> PaymentAttempt:
    """Begins or refreshes an open attempt, at most once in `seconds` however many pages show it; else it comes back as it is.

    Counted in the cache: across processes with Redis, else in each. Raises GatewayDown, GatewayRefused or NotOffered.
    """
    if not attempt.provider or not attempt.is_open or attempt.state == PaymentAttempt.State.REVIEW:
        return attempt
    if cache.add(f"payment:asked:{seconds}:{attempt.pk}:{attempt.state}", 1, seconds) is False:
        return attempt
    return refresh(attempt=attempt)
