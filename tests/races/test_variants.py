"""Variants share a parent: what two buyers do to two variants at the same moment must both show on it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier
from typing import Any

import pytest
from django.db import transaction

from catalogue.models import Product
from catalogue.services import add_variant
from shop.basket.models import Basket
from shop.basket.services import add_to_basket
from shop.checkout.services import Placed
from shop.common import outbox
from shop.order.models import Line
from shop.partner import services
from shop.partner.models import StockRecord
from tests.market import Market
from tests.races.test_last_piece import buy_as

pytestmark = pytest.mark.race


def give_variants(market: Market, key: str, stock: int) -> list[StockRecord]:
    """Two variants of a product; the product itself is no longer sold."""
    parent = Product.objects.get(pk=market.products[key].pk)
    place = market.stock[key].place
    market.stock[key].delete()
    variants = [add_variant(parent=parent, variant_th=name) for name in ("ใหญ่", "เล็ก")]
    return [services.set_offer(product=each, place=place, price_satang=10_000, in_stock=stock) for each in variants]


def test_both_sold_out_at_once(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    records = give_variants(race_market, "hat", 1)
    begun = Barrier(2)

    def take_last(record: StockRecord) -> None:
        begun.wait(10)
        services.reserve({record.pk: 1})

    assert at_once(take_last, records) == [None, None]
    assert not Product.objects.get(pk=race_market.products["hat"].pk).in_stock


def test_control_without_the_lock_the_parent_stays_in_stock(
    race_market: Market, at_once: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    records = give_variants(race_market, "hat", 1)
    monkeypatch.setattr(services, "_OWNERS", services._OWNERS.replace("FOR NO KEY UPDATE", ""))
    both_have_read = Barrier(2)

    def take_last(record: StockRecord) -> None:
        with transaction.atomic():
            services.reserve({record.pk: 1})
            both_have_read.wait(10)

    assert at_once(take_last, records) == [None, None]
    assert Product.objects.get(pk=race_market.products["hat"].pk).in_stock


def test_crossing_orders_of_variants_all_go_through(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    """Each order empties one variant of each of two products, or counts pieces of both: nobody waits crosswise."""
    hats, bags = give_variants(race_market, "hat", 20), give_variants(race_market, "bag", 20)
    made = []
    for number in range(40):
        basket = Basket.objects.create(status=Basket.OPEN)
        chosen = [hats[number % 2], bags[number // 2 % 2]]
        for record in chosen if number % 3 else reversed(chosen):
            add_to_basket(basket=basket, product_id=record.product_id, quantity=1)
        made.append(basket)
    results = at_once(lambda basket: buy_as(basket, 20_000 + 10_000), made, threads=16)
    assert [result for result in results if not isinstance(result, Placed)] == []
    assert set(
        StockRecord.objects.filter(pk__in=[r.pk for r in hats + bags]).values_list("num_allocated", flat=True)
    ) == {20}
    parents = Product.objects.filter(pk__in=[race_market.products["hat"].pk, race_market.products["bag"].pk])
    assert set(parents.values_list("in_stock", flat=True)) == {False}
    while outbox.work_off():
        pass
    assert list(parents.values_list("sold_count", flat=True)) == [40, 40]
    assert Line.objects.count() == 80
