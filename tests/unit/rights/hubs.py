"""What lies in two hubs of the rights tests: one of the hub packer's network, one of somebody else's."""

from __future__ import annotations

from typing import Any

from shop.common import clock
from shop.fulfilment import services
from shop.fulfilment.models import Transfer
from shop.fulfilment.papers.services import start_paper
from shop.order.models import Order
from shop.people.addresses import AddressData
from tests.hubs import Hubs, build_hubs, buy, packed
from tests.market import Market

CHIANG_MAI = AddressData("ธนกร มีสุข", "0891112222", "9 หมู่ 4 ถนนสายเอก", "500101", "50200")


def objects_of_hubs(market: Market) -> dict[str, dict[str, Any]]:
    """By hub ("north", "bangkok"): its network, code, a list, a box to count, transfers in and out, a purchase, a parcel."""
    hubs = build_hubs(market)
    return {"north": _of_north(market, hubs), "bangkok": _of_bangkok(market, hubs)}


def _counted(market: Market, hubs: Hubs, order: Order, key: str) -> Order:
    services.count_in(place=hubs.places[key], number=packed(order, market, key).number, counts={}, by=hubs.packers[key])
    return order


def _of_north(market: Market, hubs: Hubs) -> dict[str, Any]:
    hub, by = hubs.places["north"], hubs.packers["north"]
    at_home = {"way": "pickup", "address": CHIANG_MAI, "counter": "north"}
    waiting = packed(buy(market, hubs, {"kratip": 2}), market, "north")
    _counted(market, hubs, buy(market, hubs, {"kratip": 1}), "north")
    purchase = _counted(market, hubs, buy(market, hubs, {"kratip": 1}, **at_home), "north")
    ready = _counted(market, hubs, buy(market, hubs, {"kratip": 1}, **at_home), "north")
    (parcel,) = services.put_together(order=ready, place=hub, by=by)
    return {
        "workspace": hub.organisation.slug,
        "hub": hub.code,
        "box": waiting.number,
        "line": waiting.lines.get().pk,
        "in": Transfer.objects.get(to_place=hub, boxes__vendor_order=waiting).code,
        "out": Transfer.objects.get(from_place=hub).code,
        "purchase": purchase.number,
        "parcel": parcel.code,
        "run": start_paper(place=hub, kind="pick", day=clock.today(), by=by).code,
    }


def _of_bangkok(market: Market, hubs: Hubs) -> dict[str, Any]:
    hub, by = hubs.places["bangkok"], hubs.packers["bangkok"]

    def sent() -> Order:
        order = _counted(market, hubs, buy(market, hubs, {"hat": 1}), "isan")
        transfer = Transfer.objects.get(from_place=hubs.places["isan"], state="announced")
        services.send_transfer(transfer=transfer, by=hubs.packers["isan"])
        return order

    arrived, coming = sent(), sent()
    services.count_in(place=hub, number=arrived.vendor_orders.get().number, counts={}, by=by)
    (parcel,) = services.put_together(order=arrived, place=hub, by=by)
    transfer = Transfer.objects.get(to_place=hub, boxes__vendor_order__order=coming)
    return {
        "workspace": hub.organisation.slug,
        "hub": hub.code,
        "box": coming.vendor_orders.get().number,
        "line": coming.lines.get().pk,
        "in": transfer.code,
        "out": transfer.code,
        "purchase": coming.number,
        "parcel": parcel.code,
        "run": start_paper(place=hub, kind="pick", day=clock.today(), by=by).code,
    }
