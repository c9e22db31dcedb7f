"""Comparisons of our books with the providers', by day."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ReconciliationRun(models.Model):
    """One comparison of one day in Thailand. `findings` is what remained, `repaired` what was only late."""

    day = models.DateField(_("Day"))
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    findings = models.JSONField(default=list)
    repaired = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    unasked = models.JSONField(default=list)
    """Providers that did not answer: of them nothing is known yet."""

    class Meta:
        verbose_name = _("comparison with the providers")
        ordering = ["-day", "-id"]
        indexes = [models.Index(fields=["-day", "-id"], name="reconciliations_by_day")]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}: {len(self.findings)}"
