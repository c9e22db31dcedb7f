"""Transfers: goods that go from one place to another, box by box, counted on arrival."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shop.order.models import Line, VendorOrder


class Transfer(models.Model):
    """All boxes that one place brings another for one day. `code` stands on the hand-over sheet and can be scanned.

    `boxes_open` are to be sent or counted still; a trigger keeps it.
    """

    class State(models.TextChoices):
        ANNOUNCED = "announced", _("Announced")
        SENT = "sent", _("On its way")
        CLOSED = "closed", _("Counted")
        CANCELLED = "cancelled", _("Cancelled")

    code = models.CharField(_("Code"), max_length=12, unique=True)
    from_place = models.ForeignKey("vendors.Place", on_delete=models.PROTECT, related_name="transfers_out")
    to_place = models.ForeignKey("vendors.Place", on_delete=models.PROTECT, related_name="transfers_in")
    due = models.DateField(_("Due"))
    state = models.CharField(max_length=10, choices=State.choices, default=State.ANNOUNCED)
    boxes_open = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["due", "id"]
        verbose_name = _("transfer")
        constraints = [
            models.UniqueConstraint(
                fields=["from_place", "to_place", "due"],
                condition=Q(state="announced"),
                name="one_announced_transfer_a_day",
            ),
            models.CheckConstraint(condition=~Q(from_place=F("to_place")), name="a_transfer_goes_elsewhere"),
        ]
        indexes = [
            models.Index(
                fields=["to_place", "due"], condition=Q(state__in=["announced", "sent"]), name="transfers_open"
            ),
            models.Index(
                fields=["from_place", "due"], condition=Q(state__in=["announced", "sent"]), name="transfers_leaving"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class TransferBox(models.Model):
    """The goods of one vendor order within a transfer: what is scanned and counted. Its label bears the order's number."""

    class State(models.TextChoices):
        ANNOUNCED = "announced", _("Announced")
        SENT = "sent", _("On its way")
        COUNTED = "counted", _("Counted")
        MISSING = "missing", _("Never arrived")

    transfer = models.ForeignKey(Transfer, on_delete=models.CASCADE, related_name="boxes")
    vendor_order = models.ForeignKey(VendorOrder, on_delete=models.PROTECT, related_name="boxes")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ANNOUNCED)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    counted_at = models.DateTimeField(null=True, blank=True)
    counted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["vendor_order_id"]
        verbose_name = _("box of a transfer")
        constraints = [
            models.UniqueConstraint(
                fields=["vendor_order"],
                condition=Q(state__in=["announced", "sent"]),
                name="a_box_travels_once_at_a_time",
            ),
            models.UniqueConstraint(fields=["transfer", "vendor_order"], name="a_box_once_in_a_transfer"),
        ]

    def __str__(self) -> str:
        return f"{self.transfer_id}: {self.vendor_order_id}"


class TransferLine(models.Model):
    """One line in a box. `tally` and `refused` are what a person has noted so far; they count with the box (`count_in`).

    Once counted: counted + rejected + short = sent.
    """

    class Why(models.TextChoices):
        BROKEN = "broken", _("Broken or leaking")
        SPOILT = "spoilt", _("Spoilt or past its date")
        WRONG = "wrong", _("Not what was ordered")
        LABEL = "label", _("Label or certificate missing")
        OTHER = "other", _("Another reason")

    box = models.ForeignKey(TransferBox, on_delete=models.CASCADE, related_name="lines")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="transfer_lines")
    sent = models.PositiveIntegerField(default=0)
    tally = models.PositiveIntegerField(null=True, blank=True)
    refused = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=10, choices=Why.choices, blank=True)
    counted = models.PositiveIntegerField(null=True, blank=True)
    rejected = models.PositiveIntegerField(default=0)
    short = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["line_id"]
        verbose_name = _("line of a transfer")
        constraints = [
            models.UniqueConstraint(fields=["box", "line"], name="a_line_once_in_a_box"),
            models.CheckConstraint(
                condition=Q(counted=None) | Q(sent=F("counted") + F("rejected") + F("short")),
                name="what_was_sent_is_accounted_for",
            ),
            models.CheckConstraint(condition=Q(refused=0) | ~Q(reason=""), name="a_refusal_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.box_id}: {self.line_id}"
