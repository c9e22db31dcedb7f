"""Prices and stock: what is shown, what is held, and that more than there is can never be held."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.models import Product
from catalogue.services import add_variant, withdraw_product
from shop.common import clock
from shop.partner import services
from shop.partner.errors import GroupNotApproved, OutOfStock, PriceNotPositive, ReservationLost, StockBelowReserved
from shop.partner.models import Partner, StockRecord
from shop.partner.selectors import stock_left
from shop.partner.strategy import MarketStrategy
from tests.unit.catalogue import world
from vendors import events

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _world() -> Any:
    world.base()
    with clock.moved_to(world.NOON):
        yield


def record_of(goods: Product) -> StockRecord:
    return StockRecord.objects.get(product=goods)


def test_offer_shows_on_product_and_parent() -> None:
    maker = world.certified_group()
    goods = world.product(maker, price=None, publish=False)
    place = world.workshop(maker)
    large, small = add_variant(parent=goods, variant_th="ใหญ่"), add_variant(parent=goods, variant_th="เล็ก")
    services.set_offer(product=large, place=place, price_satang=30_050, in_stock=0)
    services.set_offer(product=small, place=place, price_satang=10_000, in_stock=2)
    goods.refresh_from_db()
    assert (goods.price_from_satang, goods.price_to_satang, goods.in_stock) == (10_000, 30_050, True)
    withdraw_product(product=small)
    services.refresh_offer([small.pk])
    goods.refresh_from_db()
    assert (goods.price_from_satang, goods.in_stock) == (30_050, False)


def test_all_or_nothing() -> None:
    maker = world.certified_group()
    many, few = world.product(maker, stock=10), world.product(maker, stock=1)
    first, second = record_of(many), record_of(few)
    with pytest.raises(OutOfStock) as refusal:
        services.reserve({second.pk: 2, first.pk: 3})
    assert refusal.value.facts["stockrecords"] == [second.pk]
    assert stock_left([many.pk, few.pk]) == {many.pk: 10, few.pk: 1}


def test_the_last_piece_turns_the_product_sold_out_and_back() -> None:
    goods = world.product(world.certified_group(), stock=2)
    record = record_of(goods)
    services.reserve({record.pk: 2})
    goods.refresh_from_db()
    assert not goods.in_stock
    services.release({record.pk: 1})
    goods.refresh_from_db()
    assert goods.in_stock
    services.consume({record.pk: 1})
    record.refresh_from_db()
    assert (record.num_in_stock, record.num_allocated) == (1, 0)


def test_reserving_many_is_one_query() -> None:
    maker = world.certified_group()
    wanted = {record_of(world.product(maker)).pk: 1 for _ in range(6)}
    with CaptureQueriesContext(
        connection,
    ) as queries:
        services.reserve(wanted)
    assert len([query for query in queries if "stockrecord" in query["sql"]]) == 1


@pytest.mark.parametrize("quantity", [0, -1, 1.5, "2", True])
def test_odd_quantities_are_refused(quantity: Any) -> None:
    record = record_of(world.product(world.certified_group()))
    with pytest.raises(ValueError, match="quantity"):
        services.reserve({record.pk: quantity})


def test_releasing_what_is_not_held_is_refused() -> None:
    record = record_of(world.product(world.certified_group()))
    for act in (services.release, services.consume):
        with pytest.raises(ReservationLost):
            act({record.pk: 1})


def test_the_database_itself_is_the_net() -> None:
    record = record_of(world.product(world.certified_group(), stock=3))
    for change in ({"num_allocated": 4}, {"num_allocated": -1}, {"price": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            StockRecord.objects.filter(pk=record.pk).update(**change)


def test_offers_are_checked() -> None:
    maker = world.certified_group()
    goods = world.product(maker, stock=3)
    place = world.workshop(maker)
    services.reserve({record_of(goods).pk: 2})
    with pytest.raises(StockBelowReserved):
        services.set_offer(product=goods, place=place, price_satang=100, in_stock=1)
    with pytest.raises(PriceNotPositive):
        services.set_offer(product=goods, place=place, price_satang=0, in_stock=5)


def test_only_approval_makes_a_partner() -> None:
    maker = world.group()
    Partner.objects.filter(group=maker).delete()
    goods = world.product(maker, price=None, publish=False)
    with pytest.raises(GroupNotApproved):
        services.set_offer(product=goods, place=world.workshop(maker), price_satang=100, in_stock=1)
    with transaction.atomic():
        events.group_approved.run(maker)
    services.set_offer(product=goods, place=world.workshop(maker), price_satang=100, in_stock=1)


def test_strategy_follows_interval_and_stock() -> None:
    maker = world.certified_group()
    goods = world.product(maker, stock=1)
    strategy = MarketStrategy()
    assert strategy.fetch_for_product(goods).availability.is_available_to_buy
    services.reserve({record_of(goods).pk: 1})
    goods = Product.objects.get(pk=goods.pk)
    assert not strategy.fetch_for_product(goods).availability.is_available_to_buy
    uncertified = world.product(world.group())
    assert not strategy.fetch_for_product(uncertified).availability.is_available_to_buy


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    stock=st.integers(0, 12),
    acts=st.lists(st.tuples(st.sampled_from(["reserve", "release", "consume"]), st.integers(1, 5)), max_size=20),
)
def test_never_oversold_in_any_order_of_acts(stock: int, acts: list[tuple[str, int]]) -> None:
    record = record_of(world.product(world.certified_group(), stock=stock))
    held, sold = 0, 0
    for act, quantity in acts:
        may = quantity <= (stock - sold - held if act == "reserve" else held)
        try:
            getattr(services, act)({record.pk: quantity})
        except (OutOfStock, ReservationLost):
            assert not may
            continue
        assert may
        held += quantity if act == "reserve" else -quantity
        sold += quantity if act == "consume" else 0
        record.refresh_from_db()
        assert (record.num_in_stock, record.num_allocated or 0) == (stock - sold, held)
        assert held + sold <= stock
