"""Cash that an organisation took at the door and has handed in to the market."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class CashHandIn(models.Model):
    """A sum that came to the market's bank account. The database refuses to change or delete it; what was wrong is reversed."""

    code = models.CharField(max_length=12, unique=True)
    holder = models.ForeignKey("vendors.Organisation", on_delete=models.PROTECT, related_name="cash_handed_in")
    amount_satang = models.BigIntegerField(_("Amount"))
    reference = models.CharField(_("Reference of the bank"), max_length=60)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=160)
    token = models.CharField(max_length=40, unique=True)
    """Of the form that was sent: the same form sent twice is one sum."""

    class Meta:
        verbose_name = _("cash handed in")
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount_satang__gt=0), name="cash_handed_in_is_something"),
            models.CheckConstraint(condition=~models.Q(reference=""), name="cash_handed_in_says_how"),
        ]

    def __str__(self) -> str:
        return self.code
