"""Handles for the tests of a hub's pages: a purchase on its way, and a packer with a browser."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.test import Client

from shop.fulfilment import services
from shop.fulfilment.models import Parcel, Transfer
from shop.order.models import Order, VendorOrder
from tests.hubs import Hubs, buy, packed
from tests.market import Market, signed_in


def words_of(answer: Any) -> str:
    """What a page says, without its marks, blanks put together."""
    page = answer.content.decode()
    main = page[page.index("<main") :]
    main = main[: main.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


@dataclass
class Table:
    """One hub with the browser of somebody who works there."""

    client: Client
    base: str
    hub: Any
    packer: Any

    def get(self, path: str = "") -> Any:
        return self.client.get(self.base + path)

    def post(self, path: str, data: dict[str, Any] | None = None, **more: Any) -> Any:
        return self.client.post(self.base + path, data or {}, **more)

    def scan(self, code: str) -> Any:
        return self.post("scan/", {"code": code})


def table(hubs: Hubs, key: str) -> Table:
    """The table of a hub."""
    hub, packer = hubs.places[key], hubs.packers[key]
    return Table(signed_in(packer), f"/workspace/{hub.organisation.slug}/hub/{hub.code}/", hub, packer)


def seen(part: VendorOrder, **counts: tuple[int, int, str]) -> list[str]:
    """What the counting page of a box shows, as it sends it back; by product key."""
    return [f"{line.pk}:{line.to_pack}:0:" for line in part.lines.order_by("pk")]


def on_the_way(market: Market, hubs: Hubs, wanted: dict[str, int], *, way: str = "hubs") -> Order:
    """A purchase whose boxes have been counted in by their first hubs and sent to Bangkok."""
    order = buy(market, hubs, wanted, way=way)
    for part in order.vendor_orders.order_by("pk"):
        key = next(key for key, group in market.groups.items() if group.pk == part.group_id)
        box = packed(order, market, key)
        services.count_in(place=hubs.places[key], number=box.number, counts={}, by=hubs.packers[key])
        transfer = Transfer.objects.get(from_place=hubs.places[key], boxes__vendor_order=part)
        services.send_transfer(transfer=transfer, by=hubs.packers[key])
    return order


def arrived(market: Market, hubs: Hubs, wanted: dict[str, int], *, way: str = "hubs") -> Order:
    """The same, counted in at Bangkok too."""
    order = on_the_way(market, hubs, wanted, way=way)
    for part in order.vendor_orders.order_by("pk"):
        services.count_in(place=hubs.places["bangkok"], number=part.number, counts={}, by=hubs.packers["bangkok"])
    return order


def together(market: Market, hubs: Hubs, wanted: dict[str, int], *, way: str = "hubs") -> Parcel:
    """The same, put together."""
    order = arrived(market, hubs, wanted, way=way)
    (parcel,) = services.put_together(order=order, place=hubs.places["bangkok"], by=hubs.packers["bangkok"])
    return parcel


def shelved(market: Market, hubs: Hubs, wanted: dict[str, int]) -> Parcel:
    """A parcel on the shelf A3 of Bangkok's counter."""
    parcel = together(market, hubs, wanted, way="pickup")
    return services.shelve(parcel=parcel, shelf="A3", by=hubs.packers["bangkok"])
