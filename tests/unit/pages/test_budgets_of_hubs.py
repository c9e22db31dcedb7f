"""A hub's pages cost the same with 500 and with 5,000 open vendor orders, and at most fifteen queries."""

from __future__ import annotations

import pytest

from shop.order.models import VendorOrder
from tests.busy_hub import fill_hub, paths_of
from tests.hubs import Hubs, build_hubs, buy, packed
from tests.market import Market
from tests.unit.fulfilment.hub_pages import table
from tests.unit.pages.test_query_budgets import count, read

pytestmark = pytest.mark.django_db
MOST = 15


def fill(market: Market, hubs: Hubs, number: int) -> None:
    part = packed(buy(market, hubs, {"kratip": 1}), market, "north")
    fill_hub(part=part, hub=hubs.places["bangkok"], first=hubs.places["north"], number=number)


def test_the_pages_of_a_hub_are_flat(market: Market) -> None:
    hubs = build_hubs(market)
    fill(market, hubs, 500)
    desk = table(hubs, "bangkok")
    paths = paths_of(desk.hub)
    for path in paths.values():
        read(desk.client, path)()
    few = {name: count(read(desk.client, path)) for name, path in paths.items()}
    fill(market, hubs, 4_500)
    assert VendorOrder.objects.count() > 5_000
    many = {name: count(read(desk.client, path)) for name, path in paths.items()}
    assert many == few
    assert {name: number for name, number in many.items() if number > MOST} == {}
