"""Attempts to pay a purchase. "Paid" is computed from them; the order comes first, payment second."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PaymentAttempt(models.Model):
    """One attempt by one method. At most one is open per order; `succeeded` is terminal and wins over everything.

    What may follow what stands in `shop.payment.states` and, the same, in a trigger of the database.
    """

    class Method(models.TextChoices):
        PROMPTPAY = "promptpay", _("PromptPay")
        CARD = "card", _("Credit or debit card")
        TRANSFER = "transfer", _("Bank transfer")
        COD = "cod", _("Cash on delivery")
        TEST = "test", _("Test payment")
        VOUCHER = "voucher", _("Nothing to pay, the voucher covers all")

    class State(models.TextChoices):
        CREATED = "created", _("Created")
        AWAITING_PAYER = "awaiting_payer", _("Waiting for the payer")
        PROCESSING = "processing", _("Being processed")
        REVIEW = "review", _("Being looked at")
        SUCCEEDED = "succeeded", _("Paid")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")
        EXPIRED = "expired", _("Expired")

    OPEN = (State.CREATED, State.AWAITING_PAYER, State.PROCESSING, State.REVIEW)

    order = models.ForeignKey("order.Order", on_delete=models.PROTECT, related_name="payment_attempts")
    number = models.PositiveSmallIntegerField()
    method = models.CharField(_("Method"), max_length=20, choices=Method.choices)
    state = models.CharField(_("State"), max_length=20, choices=State.choices, default=State.CREATED)
    amount_satang = models.BigIntegerField()
    currency = models.CharField(max_length=3, default="THB")
    received_satang = models.BigIntegerField(null=True, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    idempotency_key = models.CharField(max_length=80, unique=True)
    provider = models.CharField(max_length=20, blank=True)
    provider_ref = models.CharField(max_length=120, blank=True)
    payment_ref = models.CharField(max_length=120, blank=True)
    provider_open = models.BooleanField(default=False)
    """The provider may still take money for it: whoever closes it must cancel there, now or later."""
    show = models.JSONField(default=dict, blank=True)
    reason = models.CharField(max_length=60, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    note = models.CharField(max_length=200, blank=True)
    bank_date = models.DateField(_("Date on the statement"), null=True, blank=True)
    bank_reference = models.CharField(_("Reference on the statement"), max_length=60, blank=True)
    """Of the line on our account's statement that was matched: one line pays one order."""

    class Meta:
        verbose_name = _("payment attempt")
        ordering = ["order_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="attempt_number_unique"),
            models.UniqueConstraint(
                fields=["order"],
                condition=models.Q(state__in=["created", "awaiting_payer", "processing", "review"]),
                name="one_open_attempt_per_order",
            ),
            models.UniqueConstraint(
                fields=["provider", "provider_ref"],
                condition=~models.Q(provider_ref=""),
                name="one_attempt_per_provider_payment",
            ),
            models.UniqueConstraint(
                fields=["bank_date", "received_satang", "bank_reference"],
                condition=~models.Q(bank_reference=""),
                name="one_attempt_per_bank_line",
            ),
            models.CheckConstraint(
                condition=(models.Q(amount_satang__gt=0) & ~models.Q(method="voucher"))
                | models.Q(amount_satang=0, method="voucher", provider="", received_satang=0),
                name="attempt_amount_positive_or_covered",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=[
                        "created",
                        "awaiting_payer",
                        "processing",
                        "review",
                        "succeeded",
                        "failed",
                        "cancelled",
                        "expired",
                    ]
                ),
                name="attempt_state_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="succeeded")
                | models.Q(received_satang__gt=0, received_at__isnull=False)
                | models.Q(method="voucher", received_at__isnull=False),
                name="succeeded_attempt_has_received",
            ),
        ]
        indexes = [
            models.Index(
                fields=["changed_at"], condition=models.Q(provider_open=True), name="attempts_open_at_provider"
            ),
            models.Index(fields=["payment_ref"], condition=~models.Q(payment_ref=""), name="attempts_by_payment_ref"),
            models.Index(fields=["received_at"], condition=models.Q(state="succeeded"), name="attempts_by_day"),
        ]

    def __str__(self) -> str:
        return self.idempotency_key

    @property
    def is_open(self) -> bool:
        """May it still become paid in the ordinary way?"""
        return self.state in self.OPEN


class CashCollection(models.Model):
    """Cash taken at the door for one vendor order, and the organisation that holds it."""

    attempt = models.ForeignKey(PaymentAttempt, on_delete=models.PROTECT, related_name="cash")
    vendor_order = models.OneToOneField("order.VendorOrder", on_delete=models.PROTECT, related_name="cash")
    holder = models.ForeignKey("vendors.Organisation", on_delete=models.PROTECT, related_name="cash_held")
    amount_satang = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("cash collected")
        constraints = [models.CheckConstraint(condition=models.Q(amount_satang__gte=0), name="cash_not_negative")]

    def __str__(self) -> str:
        return f"{self.vendor_order_id}: {self.amount_satang}"
