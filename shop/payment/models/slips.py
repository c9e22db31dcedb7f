"""Slips of bank transfers: a picture that helps to find the money, and no proof."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

TELLING, ONE_CHARACTER = r"^(?=.*[0-9]).{6,}$", r"^(.)\1*$"
"""A reference names one transfer when it has six characters and a digit, and not one character only: no bank's name does."""


class TransferSlip(models.Model):
    """What the buyer sent about a transfer. The same picture, or the same telling reference, is taken for one order only."""

    order = models.ForeignKey("order.Order", on_delete=models.PROTECT, related_name="slips")
    file = models.ForeignKey("media.PrivateFile", on_delete=models.PROTECT, null=True, related_name="+")
    fingerprint = models.CharField(max_length=64)
    paid_satang = models.BigIntegerField(_("Amount"), null=True, blank=True)
    paid_at = models.DateTimeField(_("When"), null=True, blank=True)
    bank_reference = models.CharField(_("Reference on the slip"), max_length=60, blank=True)
    sent_at = models.DateTimeField()

    class Meta:
        verbose_name = _("transfer slip")
        ordering = ["sent_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["fingerprint"], name="slip_picture_once"),
            models.UniqueConstraint(
                fields=["bank_reference"],
                condition=models.Q(bank_reference__regex=TELLING) & ~models.Q(bank_reference__regex=ONE_CHARACTER),
                name="slip_reference_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.fingerprint[:12]}"
