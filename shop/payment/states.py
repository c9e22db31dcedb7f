"""What may follow what in a payment attempt. `succeeded` is terminal and wins."""

from __future__ import annotations

from shop.payment.models import PaymentAttempt

S = PaymentAttempt.State
NEXT: dict[str, frozenset[str]] = {
    S.CREATED: frozenset({S.AWAITING_PAYER, S.SUCCEEDED, S.FAILED, S.CANCELLED, S.EXPIRED}),
    S.AWAITING_PAYER: frozenset({S.SUCCEEDED, S.FAILED, S.CANCELLED, S.EXPIRED}),
    S.SUCCEEDED: frozenset(),
    S.FAILED: frozenset(),
    S.CANCELLED: frozenset(),
    S.EXPIRED: frozenset(),
}
