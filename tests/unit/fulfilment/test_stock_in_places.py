"""Goods of a group lie at its workshop and in a hub: each place has its own stock, and each order takes from one."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from shop.fulfilment import services
from shop.fulfilment.models import Holding, TransferBox, Where
from shop.partner.models import StockRecord
from shop.partner.services import set_offer
from tests.hubs import Hubs, build_hubs, buy, packed, part_of
from tests.market import Market

pytestmark = pytest.mark.django_db


@pytest.fixture
def hubs(market: Market) -> Hubs:
    return build_hubs(market)


def stock(market: Market, place: object) -> tuple[int, int]:
    record = StockRecord.objects.get(product=market.products["kratip"], place=place)
    return record.num_in_stock, record.num_allocated or 0


def test_what_lies_in_a_hub_is_sold_from_there_and_the_workshop_keeps_its_own(market: Market, hubs: Hubs) -> None:
    workshop, hub = market.places["north"], hubs.places["north"]
    set_offer(product=market.products["kratip"], place=workshop, price_satang=12_000, in_stock=2)
    set_offer(product=market.products["kratip"], place=hub, price_satang=12_000, in_stock=5)
    order = buy(market, hubs, {"kratip": 4}, way="pickup")
    part = part_of(order, market, "north")
    assert part.place == hub
    assert (stock(market, workshop), stock(market, hub)) == ((2, 0), (5, 4))
    packed(order, market, "north")
    assert not TransferBox.objects.exists(), "nothing travels to where it lies already"
    services.hand_over(vendor_order=part, by=None)
    assert (stock(market, workshop), stock(market, hub)) == ((2, 0), (1, 0))
    holding = Holding.objects.get(line__order=order)
    assert (holding.where, holding.place, holding.quantity) == (Where.PLACE, hub, 4)
    box = TransferBox.objects.get(vendor_order=part)
    assert (box.state, box.transfer.from_place, box.transfer.to_place) == ("announced", hub, hubs.places["bangkok"])


def test_no_place_promises_more_than_it_has(market: Market, hubs: Hubs) -> None:
    """The database refuses it, whoever writes."""
    set_offer(product=market.products["kratip"], place=hubs.places["north"], price_satang=12_000, in_stock=5)

    def promise_six() -> None:
        with transaction.atomic():
            StockRecord.objects.filter(place=hubs.places["north"]).update(num_allocated=6)

    with pytest.raises(IntegrityError):
        promise_six()
