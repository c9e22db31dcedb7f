"""Attempts to pay a purchase. "Paid" is computed from them; the order comes first, payment second."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PaymentAttempt(models.Model):
    """One attempt by one method. At most one is open per order; `succeeded` is terminal."""

    class Method(models.TextChoices):
        COD = "cod", _("Cash on delivery")
        TRANSFER = "transfer", _("Bank transfer")
        TEST = "test", _("Test payment")

    class State(models.TextChoices):
        CREATED = "created", _("Created")
        AWAITING_PAYER = "awaiting_payer", _("Waiting for the payer")
        SUCCEEDED = "succeeded", _("Paid")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")
        EXPIRED = "expired", _("Expired")

    OPEN = (State.CREATED, State.AWAITING_PAYER)

    order = models.ForeignKey("order.Order", on_delete=models.PROTECT, related_name="payment_attempts")
    number = models.PositiveSmallIntegerField()
    method = models.CharField(_("Method"), max_length=20, choices=Method.choices)
    state = models.CharField(_("State"), max_length=20, choices=State.choices, default=State.CREATED)
    amount_satang = models.BigIntegerField()
    currency = models.CharField(max_length=3, default="THB")
    idempotency_key = models.CharField(max_length=80, unique=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("payment attempt")
        ordering = ["order_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="attempt_number_unique"),
            models.UniqueConstraint(
                fields=["order"],
                condition=models.Q(state__in=["created", "awaiting_payer"]),
                name="one_open_attempt_per_order",
            ),
            models.CheckConstraint(condition=models.Q(amount_satang__gt=0), name="attempt_amount_positive"),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=["created", "awaiting_payer", "succeeded", "failed", "cancelled", "expired"]
                ),
                name="attempt_state_known",
            ),
        ]

    def __str__(self) -> str:
        return self.idempotency_key


from oscar.apps.payment.models import *
