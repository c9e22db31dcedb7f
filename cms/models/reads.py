"""How often a page was read on a day."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class PageReads(models.Model):
    """A number, nothing about who."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="reads")
    day = models.DateField()
    number = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("readings of a page")
        constraints = [models.UniqueConstraint(fields=["page", "day"], name="one_sum_of_a_page_and_day")]

    def __str__(self) -> str:
        return f"{self.page_id} {self.day}: {self.number}"
