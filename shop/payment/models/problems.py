"""What a person has to look at: money that does not fit."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PaymentProblem(models.Model):
    """One thing that does not fit. The same one is written once (`key`)."""

    class Kind(models.TextChoices):
        MISMATCH = "mismatch", _("Another amount or currency was paid")
        PAID_TWICE = "paid_twice", _("Paid twice")
        UNKNOWN = "unknown", _("Money that belongs to no order")
        LATE = "late", _("Money came after the order had ended")
        REFUND_FAILED = "refund_failed", _("A refund did not arrive")
        REFUND_OUTSIDE = "refund_outside", _("Refunded at the provider")
        DISPUTE = "dispute", _("Disputed by the payer's bank")
        OVER_REFUNDED = "over_refunded", _("More was given back than came in")
        SLIP = "slip", _("A slip that was used before")
        DIFFERENCE = "difference", _("Our books and the provider's differ")

    kind = models.CharField(_("What"), max_length=20, choices=Kind.choices)
    key = models.CharField(max_length=160, unique=True)
    attempt = models.ForeignKey(
        "payment.PaymentAttempt", on_delete=models.PROTECT, null=True, blank=True, related_name="problems"
    )
    refund = models.ForeignKey(
        "payment.Refund", on_delete=models.PROTECT, null=True, blank=True, related_name="problems"
    )
    facts = models.JSONField(default=dict, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    how = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("payment problem")
        ordering = ["opened_at", "id"]
        indexes = [models.Index(fields=["opened_at"], condition=models.Q(closed_at=None), name="payment_problems_open")]

    def __str__(self) -> str:
        return self.key
