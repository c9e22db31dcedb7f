"""Many want the last pieces at once: exactly what is there is sold, never one more."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.db.models.functions import Coalesce

from shop.basket.models import Basket
from shop.basket.services import add_to_basket
from shop.checkout import errors, services
from shop.checkout.services import Buyer, Placed, place_order
from shop.common.errors import MarketError
from shop.order.models import Order
from shop.partner.models import StockRecord
from shop.people.addresses import AddressData
from tests.market import Market

pytestmark = pytest.mark.race
ADDRESS = AddressData("ผู้ซื้อ ทดสอบ", "0812345678", "1 หมู่ 1", "100502", "10220")
BUYERS = 2000 if os.environ.get("TORTURE") else 500
PIECES = 20


def baskets(market: Market, key: str, number: int) -> list[Basket]:
    made = []
    for _ in range(number):
        basket = Basket.objects.create(status=Basket.OPEN)
        add_to_basket(basket=basket, product_id=market.products[key].pk, quantity=1)
        made.append(basket)
    return made


def buy_as(basket: Basket, total_satang: int) -> Placed:
    return place_order(
        basket=basket,
        buyer=Buyer(email=f"b{basket.pk}@example.test", phone=f"08{basket.pk:08d}"),
        address=ADDRESS,
        method="cod",
        expected_total_satang=total_satang,
    )


def buy(basket: Basket) -> Placed:
    return buy_as(basket, 25000 + 5000)


def test_five_hundred_orders_for_twenty_pieces(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    record = race_market.stock["hat"]
    StockRecord.objects.filter(pk=record.pk).update(num_in_stock=PIECES)
    results = at_once(buy, baskets(race_market, "hat", BUYERS))
    placed = [result for result in results if isinstance(result, Placed)]
    refused = [result for result in results if isinstance(result, MarketError)]
    record.refresh_from_db()
    assert len(placed) == PIECES
    assert len(refused) == BUYERS - PIECES, [
        result for result in results if not isinstance(result, (Placed, MarketError))
    ]
    assert {type(result) for result in refused} <= {errors.SoldOutMeanwhile, errors.BasketChanged}
    assert record.num_allocated == PIECES
    assert Order.objects.count() == PIECES
    assert Basket.objects.filter(status=Basket.OPEN).count() == BUYERS - PIECES


def test_control_without_the_condition_it_oversells(
    race_market: Market, at_once: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same buyers with "look, then write" instead of one conditional update: the test must be able to fail."""
    record = race_market.stock["hat"]
    StockRecord.objects.filter(pk=record.pk).update(num_in_stock=3)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE partner_stockrecord DROP CONSTRAINT never_more_reserved_than_there_is")

    def naive(wanted: dict[int, int]) -> None:
        for pk, quantity in wanted.items():
            row = StockRecord.objects.get(pk=pk)
            time.sleep(0.05)
            assert row.num_in_stock - (row.num_allocated or 0) >= quantity
            StockRecord.objects.filter(pk=pk).update(num_allocated=Coalesce(F("num_allocated"), 0) + quantity)

    monkeypatch.setattr(services.stock, "reserve", naive)
    at_once(buy, baskets(race_market, "hat", 20), threads=10)
    record.refresh_from_db()
    assert record.num_allocated > 3


def test_two_baskets_in_opposite_order_do_not_deadlock(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    StockRecord.objects.update(num_in_stock=1000)
    made = []
    for number in range(40):
        basket = Basket.objects.create(status=Basket.OPEN)
        keys = ["kratip", "hat", "bag"]
        for key in keys if number % 2 else reversed(keys):
            add_to_basket(basket=basket, product_id=race_market.products[key].pk, quantity=1)
        made.append(basket)

    results = at_once(lambda basket: buy_as(basket, 76000 + 15000), made, threads=16)
    assert [result for result in results if not isinstance(result, Placed)] == []
    assert set(StockRecord.objects.values_list("num_allocated", flat=True)) == {40}


def test_one_basket_placed_by_many_tabs_is_one_order(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    basket = baskets(race_market, "hat", 1)[0]
    results = at_once(lambda _tab: buy(basket), list(range(20)), threads=20)
    assert len([result for result in results if isinstance(result, Placed)]) == 1
    assert {type(result) for result in results if not isinstance(result, Placed)} == {errors.BasketTaken}
    assert Order.objects.count() == 1


def test_control_without_compare_and_set_two_tabs_are_two_orders(
    race_market: Market, at_once: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without taking the basket, only the database's unique basket stands in the way; without that too, it is doubled."""
    basket = baskets(race_market, "hat", 1)[0]
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX IF EXISTS one_order_per_basket")
    monkeypatch.setattr(services, "_take", lambda basket: None)
    at_once(lambda _tab: buy(basket), list(range(6)), threads=6)
    assert Order.objects.count() > 1
