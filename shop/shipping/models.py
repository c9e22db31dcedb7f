"""Tariffs are dated rows: what a parcel of a weight costs over a zone, from a day on."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Zone(models.TextChoices):
    """How far a parcel goes."""

    SAME_PROVINCE = "same_province", _("Same province")
    SAME_REGION = "same_region", _("Same region")
    OTHER_REGION = "other_region", _("Another region")


class Tariff(models.Model):
    """Price in satang of one parcel up to `max_weight_g` in `zone`, in force from `valid_from` until `valid_until`."""

    carrier = models.CharField(_("Carrier"), max_length=60)
    zone = models.CharField(_("Zone"), max_length=20, choices=Zone.choices)
    max_weight_g = models.PositiveIntegerField(_("Up to (grams)"))
    price_satang = models.PositiveIntegerField(_("Price (satang)"))
    valid_from = models.DateField(_("From"))
    valid_until = models.DateField(_("Until (last day)"), null=True, blank=True)

    class Meta:
        ordering = ["zone", "max_weight_g"]
        verbose_name = _("tariff")
        constraints = [
            models.UniqueConstraint(
                fields=["carrier", "zone", "max_weight_g", "valid_from"], name="one_tariff_per_step_and_day"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until=None) | models.Q(valid_until__gte=models.F("valid_from")),
                name="tariff_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.carrier} {self.zone} ≤ {self.max_weight_g} g"


from oscar.apps.shipping.models import *
