"""Two tabs of one visitor at the same moment: nothing is doubled, nothing is lost, nothing is ordered that was put aside."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest

from shop.basket.errors import BasketClosed
from shop.basket.models import Basket, Line
from shop.basket.services import add_to_basket, save_for_later, take_back
from shop.checkout import errors
from shop.checkout.services import Buyer, Placed, place_order
from shop.order.models import Order
from shop.people.addresses import AddressData
from tests.market import Market

pytestmark = pytest.mark.race
ADDRESS = AddressData("ผู้ซื้อ ทดสอบ", "0812345678", "1 หมู่ 1", "100502", "10220")


def test_one_click_sent_twenty_times_adds_once(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    basket = Basket.objects.create(status=Basket.OPEN)
    hat = race_market.products["hat"].pk
    at_once(lambda _n: add_to_basket(basket=basket, product_id=hat, quantity=2, click="same"), range(20))
    assert Line.objects.get(basket=basket).quantity == 2


def test_keeping_and_taking_back_at_once_keeps_every_piece(
    race_market: Market, at_once: Callable[..., list[Any]]
) -> None:
    basket, saved = Basket.objects.create(status=Basket.OPEN), Basket.objects.create(status=Basket.SAVED)
    add_to_basket(basket=basket, product_id=race_market.products["hat"].pk, quantity=3)
    pk = Line.objects.get(basket=basket).pk
    moves = itertools.cycle((save_for_later, take_back))
    results = at_once(lambda move: move(basket=basket, saved=saved, line_id=pk), [next(moves) for _ in range(20)])
    assert [one for one in results if isinstance(one, Exception)] == []
    assert Line.objects.get().quantity == 3


def test_a_line_put_aside_while_ordering_is_either_ordered_or_kept(
    race_market: Market, at_once: Callable[..., list[Any]]
) -> None:
    for _round in range(8):
        basket, saved = Basket.objects.create(status=Basket.OPEN), Basket.objects.create(status=Basket.SAVED)
        add_to_basket(basket=basket, product_id=race_market.products["hat"].pk, quantity=1)
        pk = Line.objects.get(basket=basket).pk

        def act(what: str, basket: Basket = basket, saved: Basket = saved, pk: int = pk) -> Any:
            if what == "keep":
                return save_for_later(basket=basket, saved=saved, line_id=pk)
            return place_order(
                basket=basket,
                buyer=Buyer(email=f"b{basket.pk}@example.test", phone=f"089{basket.pk:07d}"),
                address=ADDRESS,
                method="cod",
                expected_total_satang=25_000 + 5_000,
            )

        placed, kept = at_once(act, ["place", "keep"])
        if isinstance(placed, Placed):
            assert isinstance(kept, BasketClosed)
            assert Line.objects.filter(basket=saved).count() == 0
        else:
            assert isinstance(placed, (errors.BasketEmpty, errors.PriceChanged))
            assert kept == pk
            assert Line.objects.get(basket=saved).quantity == 1
            assert not Order.objects.filter(basket=basket).exists()
