"""Placing an order: one service, one transaction (docs/algorithms/placing.md).

    take the basket (compare-and-set) → read offers → check → quote → reserve stock
        → order, vendor orders, lines → voucher → attempt

Whatever refuses rolls everything back, the basket's state too. No network, no mail, no PDF in here: those are news.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from shop.basket.models import Basket
from shop.basket.selectors import BasketView, basket_view
from shop.checkout import errors
from shop.checkout.writing import (
    Buyer,
    Work,
    carried,
    create_lines,
    create_order,
    create_vendor_orders,
    key_of,
    offer_of,
)
from shop.common import clock, outbox
from shop.fulfilment.services import plan_way, start_work
from shop.order import links
from shop.order.events import order_placed
from shop.order.models import Line, Order, VendorOrder
from shop.order.shares import freeze_shares
from shop.partner import services as stock
from shop.partner.errors import OutOfStock
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
from shop.vouchers.quoting import Quoted
from shop.vouchers.quoting import quote as quote_voucher
from shop.vouchers.taking import take as take_voucher

__all__ = ["DIRECT", "MOST_OPEN_ORDERS", "Buyer", "Choice", "Placed", "basket_ways", "place_order", "quote_basket"]

MOST_OPEN_ORDERS = 10


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
    return [Part(key_of(part), part.place_province, part.weight_g, part.weights) for part in view.groups]


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
    voucher: str = "",
) -> Placed:
    """Places the order that the buyer saw. Raises a MarketError and leaves everything as it was when it cannot.

    `expected_total_satang` (goods and delivery less what `voucher`, a code, takes off) is what the page showed; another total is never
    charged, it is shown. So are other days than those of `choice`, and that its way is no longer offered. With nothing left to pay
    the order is paid at once, whatever `method` says.
    """
    _take(basket)
    view = _checked_view(basket)
    area = addresses.area(address.area_code)
    if area is None or address.postcode not in area.postcodes:
        raise UnknownAddress
    delivery = _chosen(view, area, address.postcode, choice)
    quoted = quote_voucher(voucher, view, language) if voucher else None
    total = view.total_satang + delivery.total_satang - (quoted.satang if quoted else 0)
    if total != expected_total_satang:
        raise errors.PriceChanged
    if choice.days not in (None, delivery.days):
        raise errors.DaysChanged
    method = _checked_method(method, total, delivery)
    _check_open_orders(buyer)
    _reserve(view)
    order = create_order(basket, buyer, address, area, view, delivery, method, note, language, quoted)
    work = Work(view=view, quote=delivery, order=order, discounts=quoted.lines if quoted else {})
    create_vendor_orders(work)
    lines = create_lines(work)
    plan_way(order=order, quote=work.quote, vendor_orders=work.parts)
    _share(work, lines, quoted)
    attempt = _first_attempt(order, method, total)
    Basket.objects.filter(pk=basket.pk).update(status=Basket.SUBMITTED, date_submitted=clock.now())
    order_placed.run(order)
    outbox.announce("order.placed", {"order": order.pk}, key=f"placed:{order.pk}")
    return Placed(order=order, attempt=attempt, secret=links.secret_of(order))


def _share(work: Work, lines: list[Line], quoted: Quoted | None) -> None:
    """Freezes who gets what; the voucher is taken last, so that others who want it wait as short as can be."""
    parts, bearer = list(work.parts.values()), quoted.share_kind if quoted else ""
    freeze_shares(order=work.order, lines=lines, parts=parts, way=carried(work), bearer=bearer)
    if quoted:
        take_voucher(order=work.order, quoted=quoted)


def _checked_method(method: str, total: int, delivery: WayQuote) -> str:
    """The way of paying, as it is noted on the order. Raises CashOnlyDirect and what `check_method` raises."""
    if not total:
        return PaymentAttempt.Method.VOUCHER
    if method == PaymentAttempt.Method.COD and delivery.way != Way.DIRECT:
        raise errors.CashOnlyDirect
    payments.check_method(method=method, total_satang=total)
    return method


def _first_attempt(order: Order, method: str, total: int) -> PaymentAttempt:
    if method == PaymentAttempt.Method.VOUCHER:
        return payments.settle_covered(order=order)
    attempt = payments.start_first(order=order, method=method, total_satang=total)
    if method == PaymentAttempt.Method.COD:
        start_work(order=order)
    return attempt


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
        record = offer_of(line).stockrecord_id
        wanted[record] = wanted.get(record, 0) + line.quantity
        titles[record] = line.title_th
    try:
        stock.reserve(wanted)
    except OutOfStock as refusal:
        names = [titles[record] for record in refusal.facts.get("stockrecords", []) if record in titles]
        raise errors.SoldOutMeanwhile(titles=", ".join(names) or _("one of the goods")) from refusal
