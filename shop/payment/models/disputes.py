"""Disputes: the payer's bank takes the money back until somebody decides. They freeze what is owed for the order."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Dispute(models.Model):
    """One dispute about one succeeded attempt."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        WON = "won", _("Decided for us")
        LOST = "lost", _("Decided for the payer")

    attempt = models.ForeignKey("payment.PaymentAttempt", on_delete=models.PROTECT, related_name="disputes")
    provider_ref = models.CharField(max_length=120, unique=True)
    state = models.CharField(_("State"), max_length=20, choices=State.choices, default=State.OPEN)
    amount_satang = models.BigIntegerField()
    reason = models.CharField(max_length=60, blank=True)
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("dispute")
        ordering = ["opened_at", "id"]
        constraints = [models.CheckConstraint(condition=models.Q(amount_satang__gt=0), name="dispute_amount_positive")]

    def __str__(self) -> str:
        return self.provider_ref
