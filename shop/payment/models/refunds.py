"""Money that goes back, by line and quantity, and how."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Refund(models.Model):
    """One amount that goes back out of one succeeded attempt.

    It is nothing where a voucher had paid for the pieces: then only the voucher's part goes back to whoever bears it.
    """

    class Route(models.TextChoices):
        PROVIDER = "provider", _("The way it was paid")
        TRANSFER = "transfer", _("Bank transfer")
        CASH = "cash", _("Cash")

    class State(models.TextChoices):
        ASKED = "asked", _("Being sent")
        PENDING = "pending", _("On its way")
        REQUIRES_ACTION = "requires_action", _("The buyer has to name an account")
        SUCCEEDED = "succeeded", _("Given back")
        FAILED = "failed", _("Did not arrive")
        CANCELLED = "cancelled", _("Taken back")

    class Why(models.TextChoices):
        SHORT = "short", _("Goods were missing")
        RETURNED = "returned", _("Goods came back")
        CANCELLED = "cancelled", _("The order was cancelled")
        GOODS_GONE = "goods_gone", _("The money came too late, the goods were gone")
        PAID_TWICE = "paid_twice", _("Paid twice")
        MISMATCH = "mismatch", _("Another amount was paid")
        OUTSIDE = "outside", _("Made at the provider")
        OTHER = "other", _("Another reason")

    GONE = (State.FAILED, State.CANCELLED)
    WITHDRAWN = "withdrawn"
    """The reason of one that a person took back before it was made."""

    attempt = models.ForeignKey("payment.PaymentAttempt", on_delete=models.PROTECT, related_name="refunds")
    number = models.PositiveSmallIntegerField()
    amount_satang = models.BigIntegerField()
    route = models.CharField(_("Way"), max_length=20, choices=Route.choices)
    state = models.CharField(_("State"), max_length=20, choices=State.choices, default=State.ASKED)
    why = models.CharField(_("Reason"), max_length=20, choices=Why.choices)
    idempotency_key = models.CharField(max_length=80, unique=True)
    provider_ref = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    reason = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=300, blank=True)
    reference = models.CharField(_("Reference"), max_length=80, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    tries = models.PositiveSmallIntegerField(default=0)
    instead_of = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("Instead of"),
    )
    """The one that did not arrive and that this one makes good: each is made good once."""

    class Meta:
        verbose_name = _("refund")
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "number"], name="refund_number_unique"),
            models.UniqueConstraint(
                fields=["provider_ref"], condition=~models.Q(provider_ref=""), name="one_refund_per_provider_refund"
            ),
            models.CheckConstraint(condition=models.Q(amount_satang__gte=0), name="refund_amount_not_negative"),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=["asked", "pending", "requires_action", "succeeded", "failed", "cancelled"]
                ),
                name="refund_state_known",
            ),
        ]
        indexes = [
            models.Index(
                fields=["changed_at"],
                condition=models.Q(state__in=["asked", "pending", "requires_action"]),
                name="refunds_under_way",
            )
        ]

    def __str__(self) -> str:
        return self.idempotency_key

    @property
    def is_withdrawn(self) -> bool:
        """A person took it back before it was made: nobody waits for this money."""
        return self.state == self.State.CANCELLED and self.reason == self.WITHDRAWN


class RefundLine(models.Model):
    """What the amount is for: pieces of an order line, or (without a line) the delivery of a vendor order."""

    refund = models.ForeignKey(Refund, on_delete=models.CASCADE, related_name="lines")
    line = models.ForeignKey("order.Line", on_delete=models.PROTECT, null=True, blank=True, related_name="refund_lines")
    vendor_order = models.ForeignKey("order.VendorOrder", on_delete=models.PROTECT, related_name="refund_lines")
    quantity = models.PositiveIntegerField(default=0)
    amount_satang = models.BigIntegerField()
    """What the buyer gets back: price less discount."""
    discount_satang = models.BigIntegerField(default=0, db_default=0)
    """What goes back to whoever bears the discount on these pieces; with `amount_satang` it makes their price."""

    class Meta:
        verbose_name = _("refund line")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount_satang__gt=0) | models.Q(amount_satang=0, discount_satang__gt=0),
                name="refund_line_of_something",
            ),
            models.CheckConstraint(
                condition=models.Q(discount_satang=0) | models.Q(discount_satang__gt=0, line__isnull=False),
                name="refund_line_discount_on_goods",
            ),
            models.CheckConstraint(
                condition=models.Q(line__isnull=True, quantity=0) | models.Q(line__isnull=False, quantity__gt=0),
                name="refund_line_pieces_or_delivery",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.refund_id}: {self.amount_satang}"
