"""How a purchase travels: decided and frozen when the order is placed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shop.order.models import Order, VendorOrder
from shop.shipping.models import Way


class DeliveryPlan(models.Model):
    """One for each purchase: its way, the hub that puts it together, and what the buyer was promised.

    `code_nonce` makes the pick-up code (`shop.fulfilment.collecting`): a second secret beside the order's link, never on
    a label. `code_digest` finds the plan by a typed code without keeping the code itself.

    `pieces_here` lie in the hub, in no parcel; `boxes_coming` (vendor orders) are still to come to it. Triggers keep both, so nobody
    writes them (docs/decisions/064).
    """

    order = models.OneToOneField(Order, on_delete=models.CASCADE, related_name="plan")
    way = models.CharField(_("Delivery"), max_length=10, choices=Way.choices)
    hub = models.ForeignKey("vendors.Place", on_delete=models.PROTECT, null=True, blank=True, related_name="plans")
    parcels = models.PositiveSmallIntegerField(_("Parcels"))
    earliest = models.DateField(_("At the earliest"))
    latest = models.DateField(_("At the latest"))
    code_nonce = models.CharField(max_length=32, blank=True)
    code_digest = models.CharField(max_length=40, blank=True, db_index=True)
    pieces_here = models.PositiveIntegerField(default=0, editable=False)
    boxes_coming = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("delivery plan")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(way="direct", hub=None) | models.Q(way__in=["hubs", "pickup"], hub__isnull=False),
                name="a_hub_where_hubs_carry",
            ),
            models.CheckConstraint(condition=models.Q(latest__gte=models.F("earliest")), name="promise_in_order"),
        ]
        indexes = [
            models.Index(
                fields=["hub", "latest", "order"],
                condition=models.Q(pieces_here__gt=0, boxes_coming=0),
                name="purchases_to_put_together",
            ),
            models.Index(
                fields=["hub", "latest", "order"],
                condition=models.Q(pieces_here__gt=0, boxes_coming__gt=0),
                name="purchases_that_wait",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.way}"

    @property
    def through_hubs(self) -> bool:
        """Do hubs carry it? Otherwise each group posts its own parcel."""
        return self.way != Way.DIRECT


class DeliveryLeg(models.Model):
    """What one stretch of the way costs and who earns it, in satang; the legs of an order add up to its delivery charge."""

    class Kind(models.TextChoices):
        POST = "post", _("Posted by the group")
        COLLECT = "collect", _("Taken in by the hub")
        TRUNK = "trunk", _("From hub to hub")
        HANDLING = "handling", _("Put together")
        COURIER = "courier", _("By courier to the door")
        COUNTER = "counter", _("Handed over at the counter")

    plan = models.ForeignKey(DeliveryPlan, on_delete=models.CASCADE, related_name="legs")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    from_place = models.ForeignKey("vendors.Place", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    to_place = models.ForeignKey("vendors.Place", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    payee = models.ForeignKey("vendors.Organisation", on_delete=models.PROTECT, related_name="delivery_legs")
    price_satang = models.PositiveIntegerField()
    carrier = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["plan_id", "position"]
        verbose_name = _("leg of a delivery")
        constraints = [models.UniqueConstraint(fields=["plan", "position"], name="one_leg_at_a_position")]

    def __str__(self) -> str:
        return f"{self.kind} {self.price_satang}"


class Stop(models.Model):
    """A hub on the way of one vendor order, in order; `due` is the day on which the goods should be there.

    `is_unpacked` (of the first one): the group is still to pack it; a trigger keeps it.
    """

    vendor_order = models.ForeignKey(VendorOrder, on_delete=models.CASCADE, related_name="stops")
    position = models.PositiveSmallIntegerField()
    place = models.ForeignKey("vendors.Place", on_delete=models.PROTECT, related_name="stops")
    due = models.DateField(_("Due"))
    reached_at = models.DateTimeField(_("Counted in"), null=True, blank=True)
    is_unpacked = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["vendor_order_id", "position"]
        verbose_name = _("stop")
        constraints = [models.UniqueConstraint(fields=["vendor_order", "position"], name="one_stop_at_a_position")]
        indexes = [
            models.Index(fields=["place", "due"], condition=models.Q(reached_at=None), name="stops_still_to_come"),
            models.Index(fields=["place", "due"], condition=models.Q(is_unpacked=True), name="stops_not_packed"),
        ]

    def __str__(self) -> str:
        return f"{self.vendor_order_id} {self.position}: {self.place_id}"
