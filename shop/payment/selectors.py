"""What has been paid, computed from the attempts."""

from __future__ import annotations

from django.db.models import QuerySet, Sum

from shop.payment.models import PaymentAttempt


def paid_satang(order_id: int) -> int:
    """The sum of succeeded attempts of an order."""
    rows = PaymentAttempt.objects.filter(order_id=order_id, state=PaymentAttempt.State.SUCCEEDED)
    return int(rows.aggregate(sum=Sum("amount_satang"))["sum"] or 0)


def latest_attempt(order_id: int) -> PaymentAttempt | None:
    """The newest attempt of an order."""
    return PaymentAttempt.objects.filter(order_id=order_id).order_by("-number").first()


def waiting_transfers() -> QuerySet[PaymentAttempt]:
    """Bank transfers that staff still have to match, oldest first."""
    return (
        PaymentAttempt.objects.filter(
            method=PaymentAttempt.Method.TRANSFER, state__in=PaymentAttempt.OPEN, order__cancelled_at=None
        )
        .select_related("order")
        .order_by("created_at")
    )
