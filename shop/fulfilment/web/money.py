"""The money of an order in its buyer's eyes: what came, what went back, what is on its way and what there is to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from shop.gateways.registry import in_earnest
from shop.order.models import Order
from shop.payment.models import PaymentAttempt, Refund

State, Route = Refund.State, Refund.Route


@dataclass(frozen=True)
class Back:
    """One refund: how it stands, and what the buyer has to do (mostly nothing)."""

    refund: Refund
    state: Any
    do: Any


@dataclass(frozen=True)
class Flow:
    """What came in and went back."""

    paid: list[PaymentAttempt]
    refunds: list[Refund]

    @property
    def given_back(self) -> list[Refund]:
        """What the buyer has again."""
        return [row for row in self.refunds if row.state == State.SUCCEEDED]

    @property
    def kept_satang(self) -> int:
        """Received and not given back."""
        came = sum(int(row.received_satang or 0) for row in self.paid)
        return came - sum(row.amount_satang for row in self.given_back)

    @property
    def pending_satang(self) -> int:
        """On its way back."""
        over = (State.SUCCEEDED, *Refund.GONE)
        return sum(row.amount_satang for row in self.refunds if row.state not in over)

    @property
    def is_test(self) -> bool:
        """No real money was moved."""
        return any(not in_earnest(row.provider) for row in self.paid)

    @property
    def backs(self) -> list[Back]:
        """The refunds in words; one that failed and was replaced is not told twice."""
        return [Back(row, _STATES[row.state], _to_do(row)) for row in self.refunds if row.state != State.CANCELLED]


_STATES: dict[str, Any] = {
    State.ASKED: _("is being sent"),
    State.PENDING: _("is on its way"),
    State.REQUIRES_ACTION: _("waits for your account number"),
    State.SUCCEEDED: _("has been given back"),
    State.FAILED: _("did not arrive; our staff find another way"),
    State.CANCELLED: _("was taken back"),
}
_ANSWER = _("Stripe has written to you and asks for the account. Please answer that letter, or nothing can be sent.")
_CARD = _("Your bank needs up to ten days to show it. You have nothing to do.")
_BY_HAND = _("Our staff ask you for an account and transfer the money.")


def _to_do(refund: Refund) -> Any:
    if refund.state in (State.SUCCEEDED, State.FAILED, State.CANCELLED):
        return ""
    if refund.route != Route.PROVIDER:
        return _BY_HAND
    return _ANSWER if refund.attempt.method == PaymentAttempt.Method.PROMPTPAY else _CARD


def money_of(order: Order) -> Flow:
    """Reads `order.payment_attempts`, prefetched or not, and one query for the refunds where something was paid."""
    done = [row for row in order.payment_attempts.all() if row.state == PaymentAttempt.State.SUCCEEDED]
    paid = [row for row in done if row.received_satang]
    known = {row.pk: row for row in paid}
    refunds = (
        list(Refund.objects.filter(attempt__in=known, amount_satang__gt=0).order_by("asked_at", "pk")) if paid else []
    )
    for row in refunds:
        row.attempt = known[row.attempt_id]
    return Flow(paid, refunds)
