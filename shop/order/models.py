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

_STATES = "awaiting_payment to_accept to_pack packed handed_over delivered cancelled".split()


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
    discount_satang = models.BigIntegerField(default=0, db_default=0)
    """What a voucher took off the goods: `total_incl_tax` is goods and delivery less this. Who bears it: `discount_by`."""
    voucher_code = models.CharField(max_length=24, blank=True, default="", db_default="")
    discount_by = models.ForeignKey(
        "vendors.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """The group that gives the discount, or the network whose part of the joint fund does."""

    class Meta(AbstractOrder.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(
                condition=models.Q(discount_satang=0, voucher_code="", discount_by=None)
                | (models.Q(discount_satang__gt=0, discount_by__isnull=False) & ~models.Q(voucher_code="")),
                name="order_discount_says_who_bears_it",
            ),
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
    discount_satang = models.BigIntegerField(default=0, db_default=0)
    """What a voucher takes off the goods: the sum of its lines."""
    weight_g = models.PositiveIntegerField(default=0)
    carrier = models.CharField(_("Carrier"), max_length=60, blank=True)
    tracking = models.CharField(_("Tracking number"), max_length=60, blank=True)
    created_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)
    """When its money became ready to be paid out (`shop.payouts`)."""

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
                condition=models.Q(discount_satang__gte=0, discount_satang__lte=models.F("goods_satang")),
                name="vendor_order_discount_within_goods",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=_STATES),
                name="vendor_order_state_known",
            ),
        ]
        indexes = [
            models.Index(fields=["group", "state", "-created_at"], name="vendor_orders_of_group"),
            models.Index(
                fields=["order"], condition=models.Q(state="awaiting_payment"), name="vendor_orders_to_be_paid"
            ),  # the clock looks for those whose time is over, each minute
            models.Index(
                fields=["state_changed_at"],
                condition=models.Q(released_at=None, state__in=["delivered", "cancelled"]),
                name="vendor_orders_to_be_released",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def short_satang(self) -> int:
        """The price of the missing pieces, before a discount; reads `lines`, prefetched or not."""
        return sum(line.short_satang for line in self.lines.all())

    @property
    def discount_left_satang(self) -> int:
        """What the discount takes off the pieces that are not missing; reads `lines` where there is a discount."""
        return sum(line.discount_left_satang for line in self.lines.all()) if self.discount_satang else 0

    @property
    def keeps_delivery(self) -> bool:
        """Was the way made, to a buyer who did not take the goods? Then its price is not given back; reads `lines`."""
        return any(line.came_back for line in self.lines.all())

    @property
    def due_satang(self) -> int:
        """What the buyer pays for this part: goods and delivery less what is missing and less the discount on the rest.

        Once it is cancelled nothing, or the delivery where it was done.
        """
        if self.state == self.State.CANCELLED:
            return self.delivery_satang if self.keeps_delivery else 0
        return self.goods_satang + self.delivery_satang - self.short_satang - self.discount_left_satang


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
    discount_satang = models.BigIntegerField(default=0, db_default=0)
    """What a voucher takes off the price of the whole line (`line_price_incl_tax` stays the full price); never changed."""
    lot = models.ForeignKey("catalogue.Lot", models.PROTECT, null=True, blank=True, related_name="order_lines")

    class Meta(AbstractLine.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(condition=models.Q(quantity__gte=1), name="order_line_quantity_positive"),
            models.CheckConstraint(
                condition=models.Q(short_quantity__lte=models.F("quantity")), name="order_line_short_within_quantity"
            ),
            models.CheckConstraint(condition=models.Q(discount_satang__gte=0), name="order_line_discount_not_negative"),
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
        """The price of the missing pieces, before a discount."""
        return to_satang(self.unit_price_incl_tax) * int(self.short_quantity)

    @property
    def left_satang(self) -> int:
        """The price of the pieces that go into the box, before a discount."""
        return to_satang(self.unit_price_incl_tax) * self.to_pack

    def discount_of(self, pieces: int) -> int:
        """What the discount takes off the first so many pieces: whole satang, all pieces together exactly `discount_satang`."""
        return int(self.discount_satang) * pieces // int(self.quantity)

    @property
    def discount_left_satang(self) -> int:
        """What the discount takes off the pieces that are not missing."""
        return int(self.discount_satang) - self.discount_of(int(self.short_quantity))

    @property
    def net_satang(self) -> int:
        """What the buyer pays for the whole line: price less discount."""
        return to_satang(self.line_price_incl_tax) - int(self.discount_satang)

    @property
    def short_net_satang(self) -> int:
        """What the buyer does not pay because pieces are missing: their price less their part of the discount."""
        return self.short_satang - self.discount_of(int(self.short_quantity))


class ShareRule(models.Model):
    """What somebody gets of each sale from a day on: a part of the goods' price, or satang for each parcel.

    The group that sells has the rest and no rule. Of the rules that fit a good the most specific counts (`shop.order.rules`).
    What has begun is never changed: only its last day is written, and a new row says what comes after.
    """

    class Payee(models.TextChoices):
        COOPERATIVE = "cooperative", _("Cooperative")
        HUB = "hub", _("Distribution hubs")
        FUND = "fund", _("Joint marketing fund")
        PLATFORM = "platform", _("The market")

    class Scope(models.TextChoices):
        ALL = "all", _("Everything")
        REGION = "region", _("Groups of a region")
        CATEGORY = "category", _("Goods of a category")
        ORGANISATION = "organisation", _("An organisation and all below it")

    MOST_BASIS_POINTS, MOST_FIXED_SATANG = 3_000, 10_000

    payee = models.CharField(_("Who gets it"), max_length=12, choices=Payee.choices)
    basis_points = models.PositiveIntegerField(_("Of the goods, in hundredths of a percent"), null=True, blank=True)
    fixed_satang = models.PositiveIntegerField(_("For each parcel (satang)"), null=True, blank=True)
    scope = models.CharField(_("Where it counts"), max_length=12, choices=Scope.choices, default=Scope.ALL)
    region = models.ForeignKey("vendors.Region", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    category = models.ForeignKey(
        "catalogue.Category", on_delete=models.PROTECT, null=True, blank=True, related_name="share_rules"
    )
    organisation = models.ForeignKey(
        "vendors.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="share_rules"
    )
    valid_from = models.DateField(_("From"))
    valid_until = models.DateField(_("Until (last day)"), null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("rule of shares")
        ordering = ["payee", "scope", "valid_from", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["payee", "scope", "region", "category", "organisation", "valid_from"],
                nulls_distinct=False,
                name="one_share_rule_per_day",
            ),
            models.UniqueConstraint(
                fields=["payee", "scope", "region", "category", "organisation"],
                condition=models.Q(valid_until=None),
                nulls_distinct=False,
                name="one_share_rule_without_end",
            ),
            models.CheckConstraint(
                condition=models.Q(basis_points__lte=3_000, fixed_satang=None)
                | models.Q(basis_points=None, fixed_satang__lte=10_000),
                name="share_rule_percent_or_fixed",
            ),
            models.CheckConstraint(
                condition=models.Q(scope="all", region=None, category=None, organisation=None)
                | models.Q(scope="region", region__isnull=False, category=None, organisation=None)
                | models.Q(scope="category", region=None, category__isnull=False, organisation=None)
                | models.Q(scope="organisation", region=None, category=None, organisation__isnull=False),
                name="share_rule_scope_names_its_thing",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until=None) | models.Q(valid_until__gte=models.F("valid_from")),
                name="share_rule_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payee} {self.scope} {self.valid_from}"


class LineShare(models.Model):
    """Who gets what of one line, or (without a line) of one vendor order's delivery charge.

    Written when the order is placed; what is taken back later is a row of its own with a negative amount and its cause,
    and a refund that did not arrive is another one. Rows are never changed (trigger of migration 0030).
    """

    class Kind(models.TextChoices):
        GROUP = "group", _("The group that made it")
        COOPERATIVE = "cooperative", _("Its cooperative")
        HUB = "hub", _("Distribution hubs")
        FUND = "fund", _("Joint marketing fund")
        PLATFORM = "platform", _("The market")
        DELIVERY = "delivery", _("Delivery")
        FUND_VOUCHER = "fund_voucher", _("Discount that the joint marketing fund bears")
        OWN_VOUCHER = "own_voucher", _("Discount that the group bears")

    VOUCHERS = (Kind.FUND_VOUCHER, Kind.OWN_VOUCHER)
    """What takes off: negative amounts to whoever bears the discount, so that all of a line make what its buyer pays."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="shares")
    vendor_order = models.ForeignKey(VendorOrder, on_delete=models.PROTECT, related_name="shares")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, null=True, blank=True, related_name="shares")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    payee = models.ForeignKey(
        "vendors.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="line_shares"
    )
    """None is the market itself. Of the fund it is the network whose part of the fund grows."""
    amount_satang = models.BigIntegerField()
    rule = models.ForeignKey(ShareRule, on_delete=models.PROTECT, null=True, blank=True, related_name="shares")
    cause = models.CharField(max_length=120)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("share of a line")
        ordering = ["order_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "cause", "vendor_order", "line", "kind", "payee"],
                nulls_distinct=False,
                name="one_share_per_cause",
            ),
            models.CheckConstraint(condition=~models.Q(amount_satang=0), name="share_is_something"),
            models.CheckConstraint(
                condition=models.Q(kind="delivery", line=None)
                | (~models.Q(kind="delivery") & models.Q(line__isnull=False)),
                name="share_of_a_line_or_of_delivery",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="platform", payee=None)
                | (~models.Q(kind="platform") & models.Q(payee__isnull=False)),
                name="share_has_its_payee",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vendor_order_id} {self.kind}: {self.amount_satang}"


from oscar.apps.order.models import *
