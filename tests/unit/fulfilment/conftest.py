from __future__ import annotations

import pytest

from shop.fulfilment import services
from shop.order.models import VendorOrder
from shop.partner.services import set_offer
from tests.market import Market, make_product
from tests.unit.fulfilment.packing import buy_of_three


@pytest.fixture
def part(market: Market) -> VendorOrder:
    """North's part of a purchase of three groups: two goods, the first one three times; accepted."""
    for key, place in (("kratip", "north"), ("hat", "isan"), ("bag", "south")):
        set_offer(product=market.products[key], place=market.places[place], price_satang=12_000, in_stock=50)
    make_product(market, "mat", "north", title="เสื่อกก")
    set_offer(product=market.products["mat"], place=market.places["north"], price_satang=12_000, in_stock=50)
    user = market.people["buyer"]
    made = buy_of_three(market, user)
    return services.accept(vendor_order=made.vendor_orders.get(group=market.groups["north"]), by=None)
