"""Money that goes out of the fund: asked for by one person, decided by another. What the fund holds is computed from the ledger."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Spending(models.Model):
    """A sum for a purpose, with its document. `network` says out of whose part of the fund: its own and those below it."""

    class Purpose(models.TextChoices):
        ADVERTISING = "advertising", _("Advertising")
        FAIR = "fair", _("Fairs and markets")
        PICTURES = "pictures", _("Photographs and stories")
        PACKAGING = "packaging", _("Packaging and labels")
        TRAINING = "training", _("Training in selling")
        VOUCHERS = "vouchers", _("Vouchers for buyers")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        ASKED = "asked", _("Waits for a second person")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Refused")

    code = models.CharField(_("Code"), max_length=12, unique=True)
    purpose = models.CharField(_("Purpose"), max_length=12, choices=Purpose.choices)
    what = models.CharField(_("What for"), max_length=200)
    network = models.ForeignKey(
        "vendors.Organisation", on_delete=models.PROTECT, related_name="fund_spendings", verbose_name=_("Network")
    )
    amount_satang = models.BigIntegerField(_("Amount"))
    is_budget = models.BooleanField(default=False, db_default=False)
    """Set aside for vouchers: it stays in the market's books until buyers use them, and what is left over comes back."""
    payee_name = models.CharField(_("Paid to"), max_length=160)
    payee_is_person = models.BooleanField(_("A private person"), default=False)
    document_number = models.CharField(_("Number of the document"), max_length=60)
    document = models.ForeignKey("media.PrivateFile", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("State"), max_length=10, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_name = models.CharField(max_length=160)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_name = models.CharField(max_length=160, blank=True)
    reason = models.CharField(_("Reason"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("spending of the fund")
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount_satang__gt=0), name="fund_spends_something"),
            models.CheckConstraint(
                condition=~models.Q(what="") & ~models.Q(document_number="") & ~models.Q(payee_name=""),
                name="fund_spending_says_what_for",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("asked_by")),
                name="fund_spending_of_two_people",
            ),
            models.CheckConstraint(
                condition=models.Q(state="asked", decided_at=None)
                | models.Q(state__in=["approved", "refused"], decided_at__isnull=False),
                name="fund_spending_decided",
            ),
        ]

    def __str__(self) -> str:
        return self.code
