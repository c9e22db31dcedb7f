"""Reading purchases and vendor orders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext

from shop.order.models import Line, LineShare, Order, VendorOrder
from shop.theme import formats
from vendors.models import Organisation


def with_parts(orders: QuerySet[Order]) -> QuerySet[Order]:
    """Orders with address, vendor orders and their lines: four queries, however many."""
    lines = Line.objects.order_by("pk")
    parts = VendorOrder.objects.select_related("group__picture", "place").prefetch_related(
        Prefetch("lines", queryset=lines)
    )
    return orders.select_related("shipping_address").prefetch_related(Prefetch("vendor_orders", queryset=parts))


def orders_of(user: Any) -> QuerySet[Order]:
    """The purchases of a person, newest first."""
    return Order.objects.filter(user=user).order_by("-date_placed", "-pk")


def vendor_orders_of(organisation_id: int) -> QuerySet[VendorOrder]:
    """What one group has to do, newest first; never another group's part of the same purchase."""
    return VendorOrder.objects.filter(group_id=organisation_id).order_by("-created_at", "-pk")


@dataclass(frozen=True)
class Discount:
    """What a voucher took off an order's goods, by which code, and who pays for it."""

    code: str
    satang: int
    bearer: Any
    by_fund: bool

    def name(self, language: str) -> str:
        """Who pays, in words; the fund as a whole, whichever network's part of it."""
        if self.by_fund:
            return gettext("the joint marketing fund")
        return formats.pick(self.bearer.name_th, self.bearer.name_en, language)


def discount_of(order: Order) -> Discount | None:
    """The discount of an order, None without one. No query without one; with one `discount_by` is read.

    Of one line: `Line.discount_satang` of its full price `line_price_incl_tax`, `Line.discount_of(pieces)` of some pieces; of a vendor
    order: `VendorOrder.discount_satang`. What went back with a refund: `RefundLine.discount_satang`.
    """
    bearer = order.discount_by if order.discount_satang else None
    if bearer is None:
        return None
    return Discount(order.voucher_code, int(order.discount_satang), bearer, bearer.kind in Organisation.NETWORKS)


def earned_by(vendor_order: VendorOrder, organisation_id: int) -> int:
    """Satang that an organisation has of a vendor order now: its parts of goods and delivery less the discount it gives; one query."""
    rows = LineShare.objects.filter(vendor_order=vendor_order, payee=organisation_id).exclude(kind__in=_OF_FUND)
    return int(rows.aggregate(sum=Sum("amount_satang"))["sum"] or 0)


_OF_FUND = (LineShare.Kind.FUND, LineShare.Kind.FUND_VOUCHER)
_TO_DO = (VendorOrder.State.TO_ACCEPT, VendorOrder.State.TO_PACK)


def next_to_do(organisation_id: int, *, but: int | None = None) -> VendorOrder | None:
    """What a group works on next: the longest waiting order to accept or to pack."""
    rows = VendorOrder.objects.filter(group_id=organisation_id, state__in=_TO_DO)
    if but is not None:
        rows = rows.exclude(pk=but)
    return rows.order_by("created_at", "pk").first()


@dataclass(frozen=True)
class StateInNumbers:
    """How many vendor orders are in one state, and what their goods are worth."""

    state: str
    label: str | Promise
    number: int
    goods_satang: int


def orders_in_numbers(path: str) -> list[StateInNumbers]:
    """The vendor orders of all groups below a path of the network, in sums: no purchase and no buyer is named."""
    rows = VendorOrder.objects.filter(group__path__startswith=path).order_by().values_list("state")
    found = {state: (number, worth) for state, number, worth in rows.annotate(Count("pk"), Sum("goods_satang"))}
    return [StateInNumbers(value, label, *found[value]) for value, label in VendorOrder.State.choices if value in found]


@dataclass(frozen=True)
class Piece:
    """One product of a purchase with the whole number of it; `product_id` is None for what left the catalogue."""

    product_id: int | None
    title_th: str
    title_en: str
    quantity: int

    def name(self, english: bool) -> str:
        """The name as it stood on the order."""
        return (self.title_en if english else "") or self.title_th


def pieces_of(order: Order) -> list[Piece]:
    """What a purchase held, one entry a product, in the order of its lines."""
    rows = Line.objects.filter(order=order).order_by("pk").values_list("product_id", "title", "title_en", "quantity")
    found: dict[Any, Piece] = {}
    for product_id, title, title_en, quantity in rows:
        key = product_id or title
        before = found[key].quantity if key in found else 0
        found[key] = Piece(product_id, title, title_en, before + quantity)
    return list(found.values())
