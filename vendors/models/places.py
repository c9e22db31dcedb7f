"""Places where goods are: workshops of groups, hubs of networks."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from vendors.models.geography import Province
from vendors.models.organisation import Organisation


class Place(models.Model):
    """A place run by an organisation. Stock lies in places; a hub also collects, forwards and hands over."""

    class Kind(models.TextChoices):
        WORKSHOP = "workshop", _("Workshop")
        HUB = "hub", _("Distribution hub")

    code = models.CharField(_("Code"), max_length=12, unique=True)
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind.choices)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="places")
    name_th = models.CharField(_("Thai name"), max_length=160)
    name_en = models.CharField(_("English name"), max_length=160, blank=True)
    province = models.ForeignKey(Province, on_delete=models.PROTECT, related_name="places")
    address_th = models.CharField(_("Address"), max_length=250, blank=True)
    subdistrict_code = models.CharField(max_length=6, blank=True)
    postcode = models.CharField(_("Postcode"), max_length=5, blank=True)
    phone = models.CharField(_("Phone"), max_length=10, blank=True)
    hours_th = models.CharField(_("Hours (Thai)"), max_length=120, blank=True)
    hours_en = models.CharField(_("Hours (English)"), max_length=120, blank=True)
    cutoff_weekdays = models.JSONField(_("Cut-off days"), default=list, help_text="0 = Monday")
    has_cold_store = models.BooleanField(_("Cold store"), default=False)
    has_pickup_counter = models.BooleanField(_("Pick-up counter"), default=False)
    is_open = models.BooleanField(_("Open"), default=True)

    class Meta:
        verbose_name = _("place")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name_th
