"""The rows of a new purchase: address, order, vendor orders, lines, frozen as they were offered. Only placing calls this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import IntegrityError
from oscar.apps.address.models import Country

from shop.basket.models import Basket
from shop.basket.selectors import BasketView, GroupPart, LineView
from shop.checkout import errors
from shop.common import clock, codes
from shop.common.money import to_baht
from shop.order import links
from shop.order.models import Line, Order, ShippingAddress, VendorOrder, VendorOrderEvent
from shop.order.shares import Carried, Stretch
from shop.partner.offers import Offer
from shop.payment import services as payments
from shop.people import addresses
from shop.people.addresses import AddressData
from shop.shipping.models import Way
from shop.shipping.quotes import WayQuote
from shop.vouchers.quoting import Quoted

_NUMBER_TRIES = 5


@dataclass(frozen=True)
class Buyer:
    """Who buys: an account, or a guest with e-mail and phone."""

    email: str
    phone: str
    user: Any = None


@dataclass
class Work:
    """What is being placed: the basket, the chosen way, the order and its parts, the discount of each line by its key."""

    view: BasketView
    quote: WayQuote
    order: Order
    parts: dict[tuple[int, int], VendorOrder] = field(default_factory=dict)
    discounts: Mapping[int, int] = field(default_factory=dict)


def offer_of(line: LineView) -> Any:
    """What is offered for a line now. Raises BasketChanged when it is gone."""
    if line.offer is None:
        raise errors.BasketChanged
    return line.offer


def create_order(
    basket: Basket,
    buyer: Buyer,
    address: AddressData,
    area: addresses.Area,
    view: BasketView,
    delivery: WayQuote,
    method: str,
    note: str,
    language: str,
    quoted: Quoted | None,
) -> Order:
    """The purchase with its address, under a free number."""
    discount = quoted.satang if quoted else 0
    goods, shipping = to_baht(view.total_satang - discount), to_baht(delivery.total_satang)
    return _with_free_number(
        {
            "basket": basket,
            "user": buyer.user,
            "guest_email": "" if buyer.user else buyer.email,
            "guest_phone": "" if buyer.user else buyer.phone,
            "site_id": settings.SITE_ID,
            "currency": "THB",
            "total_incl_tax": goods + shipping,
            "total_excl_tax": goods + shipping,
            "shipping_incl_tax": shipping,
            "shipping_excl_tax": shipping,
            "shipping_address": _create_address(address, area),
            "shipping_method": _method_name(delivery),
            "shipping_code": delivery.way,
            "status": settings.OSCAR_INITIAL_ORDER_STATUS,
            "date_placed": clock.now(),
            "language": language,
            "payment_method": method,
            "pay_by": payments.pay_by(method),
            "link_nonce": links.new_nonce(),
            "link_expires_at": links.expiry(),
            "note": note[:300],
            "discount_satang": discount,
            "voucher_code": quoted.code if quoted else "",
            "discount_by": quoted.voucher.payer if quoted else None,
        }
    )


def _method_name(delivery: WayQuote) -> str:
    """The way in Thai, as it stands on papers."""
    if delivery.hub is None:
        return "ส่งตรงจากกลุ่ม"
    name = delivery.hub.name_th
    return (f"รับเองที่{name}" if delivery.way == Way.PICKUP else f"รวมพัสดุที่{name}")[:128]


def _create_address(address: AddressData, area: addresses.Area) -> ShippingAddress:
    made: ShippingAddress = ShippingAddress.objects.create(
        recipient=address.recipient,
        first_name=address.recipient,
        line1=address.line1,
        line2=address.line2,
        line3=area.subdistrict_th,
        line4=area.district_th,
        state=area.province_th,
        postcode=address.postcode,
        country=_thailand(),
        phone=address.phone,
        subdistrict_code=area.code,
        province_code=area.province_code,
    )
    return made


@lru_cache(maxsize=1)
def _thailand() -> Country:
    """The address looks at its country's name when it is written; that of this one does not change."""
    found: Country = Country.objects.get(pk="TH")
    return found


def _with_free_number(values: dict[str, Any]) -> Order:
    for _attempt in range(_NUMBER_TRIES):
        number = codes.new_code(11)
        if not Order.objects.filter(number=number).exists():
            made: Order = Order.objects.create(number=number, **values)
            return made
    raise IntegrityError("no free order number")


def create_vendor_orders(work: Work) -> None:
    """One per group and dispatching place, numbered after the purchase."""
    moment = clock.now()
    rows = [
        VendorOrder(
            number=f"{work.order.number}-{position}",
            order=work.order,
            group_id=part.group_id,
            place_id=part.place_id,
            state=VendorOrder.State.AWAITING_PAYMENT,
            state_changed_at=moment,
            created_at=moment,
            goods_satang=part.subtotal_satang,
            delivery_satang=work.quote.of(key_of(part)).price_satang,
            discount_satang=sum(work.discounts.get(line.pk, 0) for line in part.lines),
            weight_g=part.weight_g,
            carrier=work.quote.of(key_of(part)).carrier,
        )
        for position, part in enumerate(work.view.groups, start=1)
    ]
    made = VendorOrder.objects.bulk_create(rows)
    VendorOrderEvent.objects.bulk_create(
        [VendorOrderEvent(vendor_order=row, state=row.state, at=moment) for row in made]
    )
    work.parts = {(row.group_id, row.place_id): row for row in made}


def key_of(part: GroupPart) -> tuple[int, int]:
    """Group and dispatching place: what becomes one vendor order."""
    return part.group_id, part.place_id


def create_lines(work: Work) -> list[Line]:
    """A line for each line of the basket."""
    made: list[Line] = Line.objects.bulk_create(
        [_line(work, work.parts[key_of(part)], line) for part in work.view.groups for line in part.lines]
    )
    return made


def carried(work: Work) -> Carried:
    """Who earns with the way, and which hubs have the goods of each part in hand."""
    hubs: dict[int, dict[int, None]] = {part.pk: {} for part in work.parts.values()}
    stretches = []
    for leg in work.quote.legs:
        parts = tuple(work.parts[key].pk for key in leg.parts)
        stretches.append(Stretch(leg.payee_id, leg.price_satang, parts))
        if leg.kind in ("collect", "handling"):
            for part in parts:
                hubs[part][leg.payee_id] = None
    return Carried(
        tuple(stretches), {part: tuple(found) for part, found in hubs.items()}, direct=work.quote.way == Way.DIRECT
    )


def _line(work: Work, vendor_order: VendorOrder, line: LineView) -> Line:
    values = line_values(offer_of(line), line.quantity)
    discount = work.discounts.get(line.pk, 0)
    return Line(order=work.order, vendor_order=vendor_order, discount_satang=discount, **values)


def line_values(offer: Offer, quantity: int) -> dict[str, Any]:
    """The columns of an order line that follow from what was offered: names, prices and weight are frozen here."""
    unit, whole = to_baht(offer.price_satang), to_baht(offer.price_satang * quantity)
    variant_th = f" {offer.variant_th}" if offer.variant_th else ""
    variant_en = f" {offer.variant_en}" if offer.variant_en else ""
    return {
        "partner_id": offer.partner_id,
        "partner_name": offer.group_name_th[:128],
        "partner_sku": offer.partner_sku,
        "stockrecord_id": offer.stockrecord_id,
        "product_id": offer.product_id,
        "title": f"{offer.title_th}{variant_th}"[:255],
        "title_en": f"{offer.title_en}{variant_en}"[:255],
        "unit_th": offer.unit_th,
        "unit_en": offer.unit_en,
        "quantity": quantity,
        "unit_price_incl_tax": unit,
        "unit_price_excl_tax": unit,
        "line_price_incl_tax": whole,
        "line_price_excl_tax": whole,
        "line_price_before_discounts_incl_tax": whole,
        "line_price_before_discounts_excl_tax": whole,
        "status": settings.OSCAR_INITIAL_LINE_STATUS,
        "num_allocated": quantity,
        "weight_g": offer.weight_g,
        "storage": offer.storage,
        "vat_class": offer.vat_class,
        "picture_name": offer.picture_name,
    }
