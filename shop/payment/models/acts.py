"""What people of the office did with money. Written in the transaction of the act, and never changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class MoneyAct(models.Model):
    """One act of one person, with what stood before and after. The database refuses to change or delete it.

    Only the link to the person may go, when they leave; their name at that time stays.
    """

    class What(models.TextChoices):
        CONFIRMED = "confirmed", _("Noted that the money came")
        ACCEPTED = "accepted", _("Accepted another amount as paid")
        RETURNED = "returned", _("Sent the whole payment back")
        REFUNDED = "refunded", _("Gave money back")
        SETTLED = "settled", _("Gave the money back by hand")
        WITHDRAWN = "withdrawn", _("Took a refund back before it was made")
        CLOSED = "closed", _("Closed what was to be looked at")

    what = models.CharField(_("What"), max_length=20, choices=What.choices)
    order = models.ForeignKey("order.Order", on_delete=models.PROTECT, null=True, related_name="money_acts")
    attempt = models.ForeignKey("payment.PaymentAttempt", on_delete=models.PROTECT, null=True, related_name="acts")
    refund = models.ForeignKey("payment.Refund", on_delete=models.PROTECT, null=True, related_name="acts")
    problem = models.ForeignKey("payment.PaymentProblem", on_delete=models.PROTECT, null=True, related_name="acts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    note = models.CharField(_("Note"), max_length=300, blank=True)
    token = models.CharField(max_length=40, blank=True)
    """Of the form that was sent: the same form sent twice is one act."""

    class Meta:
        verbose_name = _("act with money")
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["token"], condition=~models.Q(token=""), name="one_act_per_form"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.at:%Y-%m-%d %H:%M}"
