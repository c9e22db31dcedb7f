"""Where the pieces of an order line are. Every piece is in exactly one holding, at every moment: a trigger adds them up.

Only purchases that hubs carry have holdings; what a group posts itself is told by its vendor order's state
(`selectors.whereabouts` answers for both).
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shop.fulfilment.models.parcels import Parcel
from shop.fulfilment.models.transfers import Transfer
from shop.order.models import Line


class Where(models.TextChoices):
    """A place or a state that a piece can be in."""

    GROUP = "group", _("With the group")
    TRANSIT = "transit", _("On the way to a hub")
    PLACE = "place", _("At a hub")
    PARCEL = "parcel", _("In a parcel")
    BUYER = "buyer", _("With the buyer")
    SHORT = "short", _("Missing at the group")
    REJECTED = "rejected", _("Sent back by a hub")
    LOST = "lost", _("Lost on the way")
    RETURNED = "returned", _("Came back")
    CANCELLED = "cancelled", _("Cancelled")


ALIVE = frozenset({Where.GROUP, Where.TRANSIT, Where.PLACE, Where.PARCEL})
"""Where pieces are still on their way to the buyer."""

_NOWHERE = Q(transfer=None, place=None, parcel=None)


class Holding(models.Model):
    """So many pieces of a line are there."""

    line = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="holdings")
    where = models.CharField(max_length=10, choices=Where.choices)
    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, null=True, blank=True, related_name="holdings")
    place = models.ForeignKey("vendors.Place", on_delete=models.PROTECT, null=True, blank=True, related_name="holdings")
    parcel = models.ForeignKey(Parcel, on_delete=models.PROTECT, null=True, blank=True, related_name="holdings")
    quantity = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("holding")
        constraints = [
            models.UniqueConstraint(
                fields=["line", "where", "transfer", "place", "parcel"],
                nulls_distinct=False,
                name="one_holding_at_a_place",
            ),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="a_holding_holds_something"),
            models.CheckConstraint(
                condition=Q(where="transit", transfer__isnull=False, place=None, parcel=None)
                | Q(where__in=["place", "rejected"], place__isnull=False, transfer=None, parcel=None)
                | Q(where="parcel", parcel__isnull=False, transfer=None, place=None)
                | (~Q(where__in=["transit", "place", "rejected", "parcel"]) & _NOWHERE),
                name="a_holding_says_where",
            ),
        ]
        indexes = [models.Index(fields=["place", "where"], name="holdings_at_a_place")]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.line_id}: {self.where}"


class Movement(models.Model):
    """Pieces went from one holding to another: when, by whom, why. Written with each move, never changed."""

    line = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="movements")
    quantity = models.PositiveIntegerField()
    source = models.CharField(max_length=10, choices=Where.choices, blank=True)
    target = models.CharField(max_length=10, choices=Where.choices)
    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    place = models.ForeignKey("vendors.Place", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    parcel = models.ForeignKey(Parcel, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("movement")

    def __str__(self) -> str:
        return f"{self.quantity} × {self.line_id}: {self.source} → {self.target}"
