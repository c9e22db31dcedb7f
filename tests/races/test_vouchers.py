"""Many want one voucher at once: it is used as often as it may be, and whoever comes too late is charged nothing."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import F

from shop.basket.models import Basket
from shop.basket.selectors import basket_view
from shop.basket.services import add_to_basket
from shop.checkout.services import Buyer, Placed, place_order
from shop.common.errors import MarketError
from shop.fulfilment import services as work
from shop.order.models import Order
from shop.partner.models import StockRecord
from shop.payment.models import PaymentAttempt
from shop.vouchers import errors, taking
from shop.vouchers.models import Voucher, VoucherUse
from tests.market import Market
from tests.payments import ADDRESS, place
from tests.vouchers import fund_voucher, wrong

pytestmark = pytest.mark.race
BUYERS = 1000 if os.environ.get("TORTURE") else 200


def baskets(market: Market, number: int) -> list[Basket]:
    """Of three goods in turn: who wants the same good waits for its stock already, and would hide a race for the voucher."""
    StockRecord.objects.update(num_in_stock=number * 2)
    keys, made = list(market.products), []
    for position in range(number):
        basket = Basket.objects.create(status=Basket.OPEN)
        add_to_basket(basket=basket, product_id=market.products[keys[position % len(keys)]].pk, quantity=1)
        made.append(basket)
    return made


def buy(basket: Basket, *, user: Any = None, code: str = "FUND10") -> Placed:
    goods = basket_view(basket).total_satang
    return place_order(
        basket=basket,
        buyer=Buyer(email=f"b{basket.pk}@example.test", phone=f"08{basket.pk:08d}", user=user),
        address=ADDRESS,
        method="transfer",
        expected_total_satang=goods + 5_000 - 2_500,
        voucher=code,
    )


def test_two_hundred_at_once_on_a_voucher_for_one(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    voucher = fund_voucher(amount_satang=2_500, most_uses=1)
    waiting = baskets(race_market, BUYERS)
    results = at_once(buy, waiting)
    placed = [result for result in results if isinstance(result, Placed)]
    refused = [result for result in results if isinstance(result, MarketError)]
    assert (len(placed), len(refused)) == (1, BUYERS - 1), [one for one in results if not isinstance(one, MarketError)]
    assert {type(one) for one in refused} == {errors.VoucherUsedUp}
    voucher.refresh_from_db()
    assert (voucher.uses, voucher.given_satang, VoucherUse.objects.count()) == (1, 2_500, 1)
    assert (Order.objects.count(), PaymentAttempt.objects.count()) == (1, 1), "no loser has an order or a payment"
    assert sum(row.num_allocated or 0 for row in StockRecord.objects.all()) == 1, "nor holds anything"
    assert Basket.objects.filter(pk__in=[one.pk for one in waiting], status=Basket.OPEN).count() == BUYERS - 1
    assert wrong() == []


def test_the_budget_is_never_passed(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    voucher = fund_voucher(amount_satang=2_500, most_uses=None, budget_satang=12_499)
    results = at_once(buy, baskets(race_market, 40))
    assert sum(isinstance(one, Placed) for one in results) == 4, "four times 25.00 of 124.99"
    voucher.refresh_from_db()
    assert (voucher.uses, voucher.given_satang) == (4, 10_000)
    assert wrong() == []


def test_two_tabs_of_one_buyer_use_it_once(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    fund_voucher(amount_satang=2_500)
    buyer = race_market.people["buyer"]
    waiting = baskets(race_market, 6)
    Basket.objects.filter(pk__in=[one.pk for one in waiting]).update(owner=buyer)
    results = at_once(lambda basket: buy(basket, user=buyer), waiting)
    assert sum(isinstance(one, Placed) for one in results) == 1
    assert {type(one) for one in results if not isinstance(one, Placed)} == {errors.VoucherUsedByYou}
    assert Order.objects.count() == 1
    assert wrong() == []


def test_given_back_and_taken_at_the_same_time(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    voucher = fund_voucher(amount_satang=2_500, most_uses=5)
    for number in range(5):
        place(
            race_market, "transfer", voucher="FUND10", email=f"first{number}@example.test", phone=f"081000000{number}"
        )
    acts: list[Callable[[], Any]] = [
        *(lambda order=order: work.cancel_order(order=order, by=None, reason="buyer") for order in Order.objects.all()),
        *(lambda basket=basket: buy(basket) for basket in baskets(race_market, 20)),
    ]
    at_once(lambda act: act(), acts)
    voucher.refresh_from_db()
    assert voucher.uses == VoucherUse.objects.filter(returned_at=None).count() <= 5
    assert wrong() == []


def test_control_looking_first_gives_it_to_many(
    race_market: Market, at_once: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same buyers with "look, then write" and without the net of the database: the test must be able to fail."""
    voucher = fund_voucher(amount_satang=2_500, most_uses=1)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE vouchers_voucher DROP CONSTRAINT voucher_never_used_more_often")

    def naive(row: Voucher, satang: int, _day: Any) -> None:
        current = Voucher.objects.get(pk=row.pk)
        time.sleep(0.05)
        if current.uses >= (current.most_uses or 0):
            raise errors.VoucherUsedUp
        Voucher.objects.filter(pk=row.pk).update(uses=F("uses") + 1, given_satang=F("given_satang") + satang)

    monkeypatch.setattr(taking, "_count", naive)
    at_once(buy, baskets(race_market, 20), threads=10)
    voucher.refresh_from_db()
    assert voucher.uses > 1
    assert VoucherUse.objects.count() > 1
