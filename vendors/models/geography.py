"""Regions and provinces are data; an administrator may move a province to another region."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Region(models.Model):
    """One of the four parts of the country."""

    code = models.SlugField(primary_key=True, max_length=20)
    name_th = models.CharField(_("Thai name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=80)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        verbose_name = _("region")

    def __str__(self) -> str:
        return self.name_th


class Province(models.Model):
    """A province by its ISO 3166-2 code, "TH-50"; the two digits are those of the interior ministry too."""

    code = models.CharField(primary_key=True, max_length=5)
    name_th = models.CharField(_("Thai name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=80)
    slug = models.SlugField(max_length=60, unique=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="provinces")

    class Meta:
        ordering = ["code"]
        verbose_name = _("province")

    def __str__(self) -> str:
        return self.name_th
