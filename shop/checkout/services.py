"""Placing an order: one service, one transaction (docs/algorithms/placing.md).

    take the basket (compare-and-set) → read offers → check → quote → reserve stock
        → order, vendor orders, lines → attempt

Whatever refuses rolls everything back, the basket's state too. No network, no mail, no PDF in here: those are news.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from oscar.apps.address.models import Country

from shop.basket.models import Basket
from shop.basket.selectors import BasketView, GroupPart, LineView, basket_view
from shop.checkout import errors
from shop.common import clock, codes, outbox
from shop.common.money import to_baht
from shop.fulfilment.services import plan_way, start_work
from shop.order import links
from shop.order.events import order_placed
from shop.order.models import Line, Order, ShippingAddress, VendorOrder, VendorOrderEvent
from shop.order.shares import Carried, Stretch, freeze_shares
from shop.partner import services as stock
from shop.partner.errors import OutOfStock
from shop.partner.offers import Offer
from shop.payment import services as payments
from shop.payment.models import PaymentAttempt
from shop.people import addresses
from shop.people.addresses import AddressData
from shop.shipping.errors import NotServed, UnknownAddress
from shop.shipping.fees import read_reach
from shop.shipping.models import Way
from shop.shipping.quotes import WayQuote, WayQuotes
from shop.shipping.services import Part, Quote, quote
from shop.shipping.ways import quote_ways

MOST_OPEN_ORDERS = 10
_NUMBER_TRIES = 5


@dataclass(frozen=True)
class Buyer:
    """Who buys: an account, or a guest with e-mail and phone."""

    email: str
    phone: str
    user: Any = None


@dataclass(frozen=True)
class Placed:
    """A placed order, its first payment attempt, and the secret of its link."""

    order: Order
    attempt: PaymentAttempt
    secret: str


@dataclass(frozen=True)
class Choice:
    """The way of delivery that the buyer saw and chose.

    `hub_id`: the hub that puts the goods together, of pick-up the counter (None: whichever it is). `days`: the first and the last day
    that the page showed (None: it showed none).
    """

    way: str = Way.DIRECT
    hub_id: int | None = None
    days: tuple[dt.date, dt.date] | None = None


DIRECT = Choice()


@dataclass
class _Work:
    view: BasketView
    quote: WayQuote
    order: Order
    parts: dict[tuple[int, int], VendorOrder] = field(default_factory=dict)


def quote_basket(view: BasketView, province: str, postcode: str = "", subdistrict_code: str = "") -> Quote:
    """What sending this basket directly to a province ("TH-50") costs today, where known to a postcode and a sub-district.

    Raises NotServed, NoTariff, UnknownAddress.
    """
    on = clock.today()
    reach = read_reach(on, postcode, subdistrict_code)
    if not reach.is_served:
        raise NotServed
    return quote(destination_province=province, parts=_parts_of(view), on=on, surcharge_satang=reach.surcharge_satang)


def basket_ways(view: BasketView, area: addresses.Area, postcode: str) -> WayQuotes:
    """Every way in which this basket can come to an address, as of now. Raises UnknownAddress."""
    return quote_ways(
        parts=_parts_of(view),
        postcode=postcode,
        subdistrict_code=area.code,
        province=area.province_code,
        at=clock.now(),
    )


def _parts_of(view: BasketView) -> list[Part]:
    return [Part(_key(part), part.place_province, part.weight_g, part.weights) for part in view.groups]


@transaction.atomic
def place_order(
    *,
    basket: Basket,
    buyer: Buyer,
    address: AddressData,
    method: str,
    expected_total_satang: int,
    choice: Choice = DIRECT,
    note: str = "",
    language: str = "th",
) -> Placed:
    """Places the order that the buyer saw. Raises a MarketError and leaves everything as it was when it cannot.

    `expected_total_satang` (goods and delivery) is what the page showed; another total is never charged, it is shown. So are other
    days than those of `choice`, and that its way is no longer offered.
    """
    _take(basket)
    view = _checked_view(basket)
    area = addresses.area(address.area_code)
    if area is None or address.postcode not in area.postcodes:
        raise UnknownAddress
    delivery = _chosen(view, area, address.postcode, choice)
    total = view.total_satang + delivery.total_satang
    if total != expected_total_satang:
        raise errors.PriceChanged
    if choice.days not in (None, delivery.days):
        raise errors.DaysChanged
    if method == PaymentAttempt.Method.COD and delivery.way != Way.DIRECT:
        raise errors.CashOnlyDirect
    payments.check_method(method=method, total_satang=total)
    _check_open_orders(buyer)
    _reserve(view)
    order = _create_order(basket, buyer, address, area, view, delivery, method, note, language)
    work = _Work(view=view, quote=delivery, order=order)
    _create_vendor_orders(work)
    lines = _create_lines(work)
    plan_way(order=order, quote=work.quote, vendor_orders=work.parts)
    freeze_shares(order=order, lines=lines, parts=list(work.parts.values()), way=_carried(work))
    attempt = payments.start_first(order=order, method=method, total_satang=total)
    if method == PaymentAttempt.Method.COD:
        start_work(order=order)
    Basket.objects.filter(pk=basket.pk).update(status=Basket.SUBMITTED, date_submitted=clock.now())
    order_placed.run(order)
    outbox.announce("order.placed", {"order": order.pk}, key=f"placed:{order.pk}")
    return Placed(order=order, attempt=attempt, secret=links.secret_of(order))


def _take(basket: Basket) -> None:
    """Compare-and-set: of two who place one basket, exactly one goes on."""
    if Basket.objects.filter(pk=basket.pk, status=Basket.OPEN).update(status=Basket.FROZEN) != 1:
        raise errors.BasketTaken


def _checked_view(basket: Basket) -> BasketView:
    view = basket_view(basket)
    if not view:
        raise errors.BasketEmpty
    if view.has_problems:
        raise errors.BasketChanged
    return view


def _chosen(view: BasketView, area: addresses.Area, postcode: str, choice: Choice) -> WayQuote:
    found = basket_ways(view, area, postcode).find(choice.way, choice.hub_id)
    if found is None:
        raise errors.WayNotOffered
    return found


def _check_open_orders(buyer: Buyer) -> None:
    """Nobody locks the stock up by leaving orders unpaid, or by ordering at the door again and again."""
    at_the_door = Q(payment_method=PaymentAttempt.Method.COD, vendor_orders__state=VendorOrder.State.TO_ACCEPT)
    unpaid = Q(vendor_orders__state=VendorOrder.State.AWAITING_PAYMENT)
    waiting = Order.objects.filter(unpaid | at_the_door, cancelled_at=None)
    same_guest = Q(guest_email__iexact=buyer.email) | Q(guest_phone=buyer.phone)
    mine = waiting.filter(user=buyer.user) if buyer.user else waiting.filter(same_guest, user=None)
    both = Q(guest_email__iexact=buyer.email, guest_phone=buyer.phone, user=None)
    if buyer.user is None and Order.objects.filter(both, payment_attempts__state="succeeded").exists():
        mine = waiting.filter(both)  # who has paid before is not locked out by others who name their phone or e-mail
    if mine.distinct().count() >= MOST_OPEN_ORDERS:
        raise errors.TooManyOpenOrders(most=MOST_OPEN_ORDERS)


def _reserve(view: BasketView) -> None:
    wanted: dict[int, int] = {}
    titles: dict[int, str] = {}
    for line in view.lines:
        record = _offer(line).stockrecord_id
        wanted[record] = wanted.get(record, 0) + line.quantity
        titles[record] = line.title_th
    try:
        stock.reserve(wanted)
    except OutOfStock as refusal:
        names = [titles[record] for record in refusal.facts.get("stockrecords", []) if record in titles]
        raise errors.SoldOutMeanwhile(titles=", ".join(names) or _("one of the goods")) from refusal


def _offer(line: LineView) -> Any:
    if line.offer is None:
        raise errors.BasketChanged
    return line.offer


def _create_order(
    basket: Basket,
    buyer: Buyer,
    address: AddressData,
    area: addresses.Area,
    view: BasketView,
    delivery: WayQuote,
    method: str,
    note: str,
    language: str,
) -> Order:
    goods, shipping = to_baht(view.total_satang), to_baht(delivery.total_satang)
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


def _create_vendor_orders(work: _Work) -> None:
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
            delivery_satang=work.quote.of(_key(part)).price_satang,
            weight_g=part.weight_g,
            carrier=work.quote.of(_key(part)).carrier,
        )
        for position, part in enumerate(work.view.groups, start=1)
    ]
    made = VendorOrder.objects.bulk_create(rows)
    VendorOrderEvent.objects.bulk_create(
        [VendorOrderEvent(vendor_order=row, state=row.state, at=moment) for row in made]
    )
    work.parts = {(row.group_id, row.place_id): row for row in made}


def _key(part: GroupPart) -> tuple[int, int]:
    return part.group_id, part.place_id


def _create_lines(work: _Work) -> list[Line]:
    made: list[Line] = Line.objects.bulk_create(
        [_line(work, work.parts[_key(part)], line) for part in work.view.groups for line in part.lines]
    )
    return made


def _carried(work: _Work) -> Carried:
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


def _line(work: _Work, vendor_order: VendorOrder, line: LineView) -> Line:
    return Line(order=work.order, vendor_order=vendor_order, **line_values(_offer(line), line.quantity))


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
