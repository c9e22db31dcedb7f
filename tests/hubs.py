"""A market with hubs for tests: a purchase of three groups that goes through two hubs to a counter, and who works there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from shop.basket.models import Basket
from shop.basket.selectors import basket_view
from shop.basket.services import add_to_basket
from shop.checkout.services import Buyer, Choice, basket_ways, place_order
from shop.fulfilment import services
from shop.gateways import trial
from shop.order.models import Order, VendorOrder
from shop.payment import services as payments
from shop.people import addresses
from shop.people.addresses import AddressData
from tests.market import Market, make_user
from tests.payments import attempt_of
from tests.unit.rights.world import HOME
from vendors.models import Membership, Organisation, Place
from vendors.services import add_member, open_place


@dataclass
class Hubs:
    """The hubs of three provinces by the group they collect from, the one of the buyer, and a packer of each."""

    places: dict[str, Place] = field(default_factory=dict)
    packers: dict[str, Any] = field(default_factory=dict)


def build_hubs(market: Market) -> Hubs:
    """A hub with counter and cold store in Chiang Mai, Khon Kaen, Phatthalung and Bangkok."""
    hubs = Hubs()
    for key, province in (("north", "TH-50"), ("isan", "TH-40"), ("south", "TH-93"), ("bangkok", "TH-10")):
        network = Organisation.objects.get(kind=Organisation.Kind.PROVINCIAL, province_id=province)
        hubs.places[key] = open_place(
            organisation=network,
            kind=Place.Kind.HUB,
            name_th=f"จุดกระจาย {key}",
            has_cold_store=True,
            has_pickup_counter=True,
        )
        hubs.packers[key] = make_user(f"packer-{key}")
        add_member(organisation=network, user=hubs.packers[key], role=Membership.Role.PACKER)
    return hubs


def buy(
    market: Market,
    hubs: Hubs,
    wanted: dict[str, int],
    *,
    way: str = "hubs",
    address: AddressData = HOME,
    counter: str = "bangkok",
) -> Order:
    """A paid purchase whose goods travel by the hubs to Bangkok, or to another address and its counter."""
    user = market.people["buyer"]
    basket = Basket.objects.create(owner=user, status=Basket.OPEN)
    for key, quantity in wanted.items():
        add_to_basket(basket=basket, product_id=market.products[key].pk, quantity=quantity)
    view = basket_view(basket)
    area = addresses.area(address.area_code)
    assert area is not None
    counter = hubs.places[counter].pk if way == "pickup" else None
    found = basket_ways(view, area, address.postcode).find(way, counter)
    assert found is not None, f"{way} is not offered"
    placed = place_order(
        basket=basket,
        buyer=Buyer(email=user.email, phone=HOME.phone, user=user),
        address=address,
        method="test",
        expected_total_satang=view.total_satang + found.total_satang,
        choice=Choice(way, found.hub_id),
    )
    attempt = attempt_of(placed.order)
    trial.press(attempt.provider_ref, paid=True)
    payments.refresh(attempt=attempt)
    return placed.order


def part_of(order: Order, market: Market, key: str) -> VendorOrder:
    """The part of one group."""
    return VendorOrder.objects.select_related("group", "order").get(order=order, group=market.groups[key])


def packed(order: Order, market: Market, key: str) -> VendorOrder:
    """The group's part, accepted and packed."""
    part = part_of(order, market, key)
    services.accept(vendor_order=part, by=None)
    services.pack(vendor_order=part, by=None)
    return part_of(order, market, key)
