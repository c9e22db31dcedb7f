"""Lots: what was made at one time, of what."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.models.goods import Product, RawMaterial


class Lot(models.Model):
    """What was made at one time: the code stands on the label, `/trace/<code>/` tells where it came from."""

    code = models.CharField(_("Lot code"), max_length=12, unique=True)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="lots")
    made_on = models.DateField(_("Made on"))
    best_before = models.DateField(_("Best before"), null=True, blank=True)
    quantity = models.PositiveIntegerField(_("Pieces made"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    recalled_at = models.DateTimeField(null=True, blank=True)
    recalled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    recall_reason = models.TextField(_("Reason"), blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-made_on", "-id"]
        verbose_name = _("lot")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(best_before=None) | models.Q(best_before__gte=models.F("made_on")),
                name="lot_days_in_order",
            ),
            models.CheckConstraint(condition=models.Q(quantity__gte=1), name="lot_quantity_positive"),
        ]

    def __str__(self) -> str:
        return self.code


class LotMaterial(models.Model):
    """One raw material of a lot: the group's own, of another group (and its lot) or bought in."""

    lot = models.ForeignKey(Lot, on_delete=models.CASCADE, related_name="materials")
    name_th = models.CharField(_("Raw material"), max_length=120)
    name_en = models.CharField(_("Raw material (English)"), max_length=120, blank=True)
    origin = models.CharField(_("Origin"), max_length=10, choices=RawMaterial.Origin.choices)
    group = models.ForeignKey("vendors.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    province = models.ForeignKey("vendors.Province", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    source = models.ForeignKey(Lot, on_delete=models.PROTECT, null=True, blank=True, related_name="used_in")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("raw material of a lot")

    def __str__(self) -> str:
        return self.name_th
