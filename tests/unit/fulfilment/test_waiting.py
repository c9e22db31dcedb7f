"""How long and how often goods are held without being paid."""

from __future__ import annotations

import datetime as dt

import pytest

from shop.basket.models import Basket
from shop.basket.services import add_to_basket
from shop.checkout.errors import TooManyOpenOrders
from shop.checkout.services import MOST_OPEN_ORDERS, Buyer, place_order
from shop.common import clock
from shop.fulfilment import services
from shop.order.models import Order
from shop.partner.models import StockRecord
from shop.payment import services as payments
from shop.payment.errors import AttemptClosed
from shop.people.addresses import AddressData
from tests.market import Market

pytestmark = pytest.mark.django_db
ADDRESS = AddressData("ผู้ซื้อ ทดสอบ", "0812345678", "1 หมู่ 1", "100502", "10220")
TWO_DAYS = dt.timedelta(days=2)


def place(market: Market, *, method: str, email: str = "a@example.test", phone: str = "0812345678") -> Order:
    basket = Basket.objects.create(status=Basket.OPEN)
    add_to_basket(basket=basket, product_id=market.products["hat"].pk, quantity=1)
    buyer = Buyer(email=email, phone=phone)
    placed = place_order(
        basket=basket, buyer=buyer, address=ADDRESS, method=method, expected_total_satang=25_000 + 5_000
    )
    return placed.order


def test_choosing_again_never_prolongs_beyond_two_days_from_the_placing(market: Market) -> None:
    start = clock.now()
    with clock.moved_to(start):
        order = place(market, method="transfer")
        assert order.pay_by == start + TWO_DAYS
    with clock.moved_to(start + dt.timedelta(days=1)):
        services.choose_method(order=order, method="transfer")
        assert order.pay_by == start + TWO_DAYS
        services.choose_method(order=order, method="test")
        assert order.pay_by == start + dt.timedelta(days=1, minutes=30)
    with clock.moved_to(start + TWO_DAYS), pytest.raises(AttemptClosed):
        services.choose_method(order=order, method="transfer")


def test_a_cancelled_order_opens_no_attempt(market: Market) -> None:
    order = place(market, method="transfer")
    services.cancel_order(order=order, by=None, reason="buyer")
    with pytest.raises(AttemptClosed):
        services.choose_method(order=order, method="transfer")
    assert list(order.payment_attempts.values_list("state", flat=True)) == ["cancelled"]


@pytest.mark.parametrize("method", ["transfer", "cod"])
def test_the_eleventh_open_order_is_refused_whatever_the_e_mail(market: Market, method: str) -> None:
    StockRecord.objects.update(num_in_stock=100)
    for number in range(MOST_OPEN_ORDERS):
        place(market, method=method, email=f"hoard+{number}@example.test")
    with pytest.raises(TooManyOpenOrders):
        place(market, method=method, email="hoard+eleventh@example.test")
    assert market.stock["hat"].__class__.objects.get(pk=market.stock["hat"].pk).num_allocated == MOST_OPEN_ORDERS
    assert place(market, method=method, email="somebody@example.test", phone="0899999999").pk


def test_who_has_paid_before_is_not_locked_out_by_orders_that_others_name_them_in(market: Market) -> None:
    StockRecord.objects.update(num_in_stock=100)
    first = place(market, method="transfer", email="known@example.test", phone="0855555555")
    for number in range(MOST_OPEN_ORDERS - 1):
        place(market, method="transfer", email=f"stranger+{number}@example.test", phone="0855555555")
    with pytest.raises(TooManyOpenOrders):
        place(market, method="transfer", email="known@example.test", phone="0855555555")
    payments.confirm(attempt=first.payment_attempts.get())
    for _order in range(MOST_OPEN_ORDERS):
        place(market, method="transfer", email="known@example.test", phone="0855555555")
    with pytest.raises(TooManyOpenOrders):
        place(market, method="transfer", email="known@example.test", phone="0855555555")
