"""A purchase (Oscar's Order) and its vendor orders: what one group must do."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _
from oscar.apps.address.abstract_models import AbstractShippingAddress
from oscar.apps.order.abstract_models import AbstractLine, AbstractOrder

from shop.common.money import to_satang
from shop.shipping.models import Way


class ShippingAddress(AbstractShippingAddress):
    """Where a purchase goes: a snapshot in words plus the official codes."""

    recipient = models.CharField(_("Recipient"), max_length=120, blank=True)
    subdistrict_code = models.CharField(max_length=6, blank=True)
    province_code = models.CharField(max_length=5, blank=True)
    phone = models.CharField(_("Phone"), max_length=10, blank=True)


class Order(AbstractOrder):
    """What the buyer bought and pays, once. Its state is derived (`shop.fulfilment.selectors`), never stored.

    `number` is random with a check digit: a name on labels, never a key. A guest opens the order by a secret
    link made from `link_nonce` and the server's key (`shop.order.links`); a new nonce ends the old link.
    """

    language = models.CharField(max_length=5, default="th")
    guest_phone = models.CharField(max_length=10, blank=True)
    link_nonce = models.CharField(max_length=32, blank=True)
    link_expires_at = models.DateTimeField(null=True, blank=True)
    pay_by = models.DateTimeField(null=True, blank=True)
    payment_method = models.CharField(max_length=20, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(max_length=40, blank=True)
    note = models.CharField(_("Note to the sellers"), max_length=300, blank=True)

    class Meta(AbstractOrder.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["basket"], condition=models.Q(basket__isnull=False), name="one_order_per_basket"
            ),
        ]
        indexes = [
            models.Index(Upper("guest_email"), condition=models.Q(user=None), name="orders_of_guest_email"),
            models.Index(fields=["guest_phone"], condition=models.Q(user=None), name="orders_of_guest_phone"),
        ]  # a guest's open orders are counted at each purchase

    @property
    def through_hubs(self) -> bool:
        """Do hubs carry it? Otherwise each group posts its own parcel."""
        return self.shipping_code in (Way.HUBS, Way.PICKUP)


class VendorOrder(models.Model):
    """One per (purchase, group, dispatching place): what one group packs and sends."""

    class State(models.TextChoices):
        AWAITING_PAYMENT = "awaiting_payment", _("Awaiting payment")
        TO_ACCEPT = "to_accept", _("To accept")
        TO_PACK = "to_pack", _("To pack")
        PACKED = "packed", _("Packed")
        HANDED_OVER = "handed_over", _("Handed over")
        DELIVERED = "delivered", _("Delivered")
        CANCELLED = "cancelled", _("Cancelled")

    number = models.CharField(_("Number"), max_length=16, unique=True)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="vendor_orders")
    group = models.ForeignKey("vendors.Organisation", on_delete=models.PROTECT, related_name="vendor_orders")
    place = models.ForeignKey("vendors.Place", on_delete=models.PROTECT, related_name="vendor_orders")
    state = models.CharField(_("State"), max_length=20, choices=State.choices, default=State.AWAITING_PAYMENT)
    state_changed_at = models.DateTimeField()
    goods_satang = models.BigIntegerField()
    delivery_satang = models.BigIntegerField(default=0)
    weight_g = models.PositiveIntegerField(default=0)
    carrier = models.CharField(_("Carrier"), max_length=60, blank=True)
    tracking = models.CharField(_("Tracking number"), max_length=60, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("vendor order")
        ordering = ["order_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["order", "group", "place"], name="one_vendor_order_per_group_and_place"),
            models.CheckConstraint(
                condition=models.Q(goods_satang__gte=0) & models.Q(delivery_satang__gte=0),
                name="vendor_order_amounts_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=[
                        "awaiting_payment",
                        "to_accept",
                        "to_pack",
                        "packed",
                        "handed_over",
                        "delivered",
                        "cancelled",
                    ]
                ),
                name="vendor_order_state_known",
            ),
        ]
        indexes = [
            models.Index(fields=["group", "state", "-created_at"], name="vendor_orders_of_group"),
            models.Index(
                fields=["order"], condition=models.Q(state="awaiting_payment"), name="vendor_orders_to_be_paid"
            ),  # the clock looks for those whose time is over, each minute
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def short_satang(self) -> int:
        """What the missing pieces cost the buyer; reads `lines`, prefetched or not."""
        return sum(line.short_satang for line in self.lines.all())

    @property
    def keeps_delivery(self) -> bool:
        """Was the way made, to a buyer who did not take the goods? Then its price is not given back; reads `lines`."""
        return any(line.came_back for line in self.lines.all())

    @property
    def due_satang(self) -> int:
        """What the buyer pays for this part: goods and delivery less what is missing.

        Once it is cancelled nothing, or the delivery where it was done.
        """
        if self.state == self.State.CANCELLED:
            return self.delivery_satang if self.keeps_delivery else 0
        return self.goods_satang + self.delivery_satang - self.short_satang


class VendorOrderEvent(models.Model):
    """What happened to a vendor order, in order, with the person (none for the market itself)."""

    vendor_order = models.ForeignKey(VendorOrder, on_delete=models.CASCADE, related_name="events")
    state = models.CharField(max_length=20, choices=VendorOrder.State.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("vendor order event")

    def __str__(self) -> str:
        return f"{self.vendor_order_id}: {self.state}"


class Line(AbstractLine):
    """One product of a purchase. `short_quantity` could not be delivered; `packed` lies in the box."""

    class Why(models.TextChoices):
        SOLD_OUT = "sold_out", _("Sold out")
        DAMAGED = "damaged", _("Damaged")
        NOT_READY = "not_ready", _("Not made in time")
        REJECTED = "rejected", _("Sent back by the hub")
        LOST = "lost", _("Lost on the way")
        NOT_COLLECTED = "not_collected", _("Not collected in time")
        CAME_BACK = "came_back", _("Brought back by the courier")
        OTHER = "other", _("Another reason")

    vendor_order = models.ForeignKey(VendorOrder, on_delete=models.PROTECT, null=True, blank=True, related_name="lines")
    title_en = models.CharField(max_length=255, blank=True)
    unit_th = models.CharField(max_length=60, blank=True)
    unit_en = models.CharField(max_length=60, blank=True)
    weight_g = models.PositiveIntegerField(default=0)
    storage = models.CharField(max_length=10, default="ambient")
    vat_class = models.CharField(max_length=20, blank=True)
    picture_name = models.CharField(max_length=64, blank=True)
    short_quantity = models.PositiveIntegerField(default=0)
    short_reasons = models.JSONField(
        default=dict, blank=True, help_text="pieces by why they are missing; they add up to short_quantity"
    )
    packed = models.BooleanField(default=False)
    lot = models.ForeignKey(
        "catalogue.Lot", on_delete=models.PROTECT, null=True, blank=True, related_name="order_lines"
    )

    class Meta(AbstractLine.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(condition=models.Q(quantity__gte=1), name="order_line_quantity_positive"),
            models.CheckConstraint(
                condition=models.Q(short_quantity__lte=models.F("quantity")), name="order_line_short_within_quantity"
            ),
        ]

    @property
    def why_short(self) -> str:
        """Why pieces are missing, each reason with its pieces when there are several."""
        found = [(text, self.short_reasons[why]) for why, text in self.Why.choices if why in self.short_reasons]
        if len(found) == 1:
            return str(found[0][0])
        return ", ".join(f"{pieces} {text}" for text, pieces in found)

    @property
    def came_back(self) -> bool:
        """Did pieces make the whole way and come back, because nobody took them?"""
        return not {self.Why.NOT_COLLECTED, self.Why.CAME_BACK}.isdisjoint(self.short_reasons)

    @property
    def to_pack(self) -> int:
        """Pieces that go into the box."""
        return int(self.quantity) - int(self.short_quantity)

    @property
    def short_satang(self) -> int:
        """What the missing pieces cost the buyer."""
        return to_satang(self.unit_price_incl_tax) * int(self.short_quantity)

    @property
    def left_satang(self) -> int:
        """What the pieces that go into the box cost."""
        return to_satang(self.unit_price_incl_tax) * self.to_pack


from oscar.apps.order.models import *
