"""Parcels: what a hub has put together for one purchase."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shop.common import clock
from shop.order.models import Order


class Parcel(models.Model):
    """All goods of a purchase that travel together from a hub to the buyer. `code` stands on the label, `shelf` at the counter.

    `to_counter`: it waits to be collected, as the plan of its purchase says; else it goes to a door.
    """

    class State(models.TextChoices):
        READY = "ready", _("Put together")
        SENT = "sent", _("With the carrier")
        ON_SHELF = "on_shelf", _("Ready to be collected")
        DELIVERED = "delivered", _("Delivered")
        COLLECTED = "collected", _("Collected")
        RETURNED = "returned", _("Came back")
        OPENED = "opened", _("Opened again")

    code = models.CharField(_("Code"), max_length=12, unique=True)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="parcels")
    place = models.ForeignKey("vendors.Place", on_delete=models.PROTECT, related_name="parcels")
    storage = models.CharField(max_length=10)
    weight_g = models.PositiveIntegerField(default=0)
    to_counter = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.READY)
    state_changed_at = models.DateTimeField()
    carrier = models.CharField(_("Carrier"), max_length=60, blank=True)
    tracking = models.CharField(_("Tracking number"), max_length=60, blank=True)
    shelf = models.CharField(_("Shelf"), max_length=20, blank=True)
    keep_until = models.DateField(_("Kept until"), null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    collected_by = models.CharField(_("Collected by"), max_length=120, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["created_at", "id"]
        verbose_name = _("parcel")
        indexes = [
            models.Index(
                fields=["place", "to_counter", "created_at", "id"], condition=Q(state="ready"), name="parcels_ready"
            ),
            models.Index(
                fields=["place", "keep_until", "id"], condition=Q(state="on_shelf"), name="parcels_on_a_shelf"
            ),
            models.Index(
                fields=["place", "created_at", "id"], condition=Q(state="sent"), name="parcels_with_a_carrier"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_past(self) -> bool:
        """True when it stands on the shelf and its day is over."""
        return self.state == self.State.ON_SHELF and self.keep_until is not None and self.keep_until < clock.today()


class ParcelEvent(models.Model):
    """What happened to a parcel, in order, with the person (none for the market itself)."""

    parcel = models.ForeignKey(Parcel, on_delete=models.CASCADE, related_name="events")
    state = models.CharField(max_length=10, choices=Parcel.State.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("parcel event")

    def __str__(self) -> str:
        return f"{self.parcel_id}: {self.state}"
