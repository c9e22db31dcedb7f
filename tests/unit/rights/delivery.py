"""Prices, times and days of delivery: the department itself and administrators; a hub's days also its network's managers."""

from __future__ import annotations

import datetime as dt

from shop.common import clock
from shop.common.access import Kind
from shop.shipping.models import Closure
from tests.unit.rights.entries import Entry, Filled
from tests.unit.rights.world import World
from vendors.models import Organisation, Place
from vendors.services import open_place


def _hub(world: World, network: Organisation | None = None) -> Place:
    """A hub of the network that the packer of the world serves, or of another one."""
    own = network or world.workspace(Kind.HUB_PACKER)
    assert own is not None
    known = Place.objects.filter(organisation=own, kind=Place.Kind.HUB).first()
    return known or open_place(
        organisation=own,
        kind=Place.Kind.HUB,
        name_th="จุดทดสอบ",
        name_en="Hub",
        province=world.market.groups["north"].province,
    )


def _closure(world: World, place: Place | None = None) -> Closure:
    day = clock.today() + dt.timedelta(days=9)
    return Closure.objects.get_or_create(place=place, first_day=day, last_day=day, defaults={"reason_th": "ปิด"})[0]


def _office(filled: Filled, nothing: list[Filled], **data: str) -> Entry:
    """For administrators; an officer of a province finds nothing there."""

    def own(world: World, kind: Kind) -> Filled | None:
        return None if kind is Kind.OFFICER else filled

    def foreign(world: World, kind: Kind) -> list[Filled]:
        return [filled] if kind is Kind.OFFICER else []

    return Entry(own=own, foreign=foreign, hidden=lambda world, kind: nothing, data=data)


def _reopening() -> Entry:
    def own(world: World, kind: Kind) -> Filled | None:
        return None if kind is Kind.OFFICER else {"pk": _closure(world).pk}

    def foreign(world: World, kind: Kind) -> list[Filled]:
        return [{"pk": _closure(world).pk}] if kind is Kind.OFFICER else []

    return Entry(own=own, foreign=foreign, hidden=lambda world, kind: [{"pk": 999_999_999}])


def _of_hub(*, closes: bool = False) -> Entry:
    """Packers and administrators do not set a hub's days: only who manages its network (test_hub_calendar)."""

    def foreign(world: World, kind: Kind) -> list[Filled]:
        network = world.workspace(Kind.HUB_PACKER)
        assert network is not None
        above = network.get_parent()
        found = []
        for owner in (network, above):
            place = _hub(world, owner)
            filled = {"workspace": owner.slug, "code": place.code}
            found.append({**filled, "pk": _closure(world, place).pk} if closes else filled)
        return found

    return Entry(own=lambda world, kind: None, foreign=foreign)


def _hubs_of(world: World, kind: Kind) -> list[Filled]:
    network = world.workspace(Kind.HUB_PACKER)
    assert network is not None
    return [{"workspace": entry.slug} for entry in (network, network.get_parent(), world.market.groups["north"])]


_AREA = {"kind": "areas", "key": "postcode-84320"}
_NO_KIND, _NO_KEY = {"kind": "secrets", "key": "all"}, {"kind": "tariffs", "key": "ambient-moon"}
DELIVERY: dict[str, Entry] = {
    "office_delivery:home": _office({}, []),
    "office_delivery:try": _office({}, []),
    "office_delivery:closed": _office({}, [], first_day="26/11/2590", reason_th="ปิด"),
    "office_delivery:open-again": _reopening(),
    "office_delivery:list": _office({"kind": "tariffs"}, [{"kind": "secrets"}]),
    "office_delivery:table": _office({"kind": "tariffs", "key": "ambient-same_region"}, [_NO_KIND, _NO_KEY]),
    "office_delivery:end": _office(_AREA, [_NO_KIND, {"kind": "areas", "key": "postcode-99"}]),
    "office_delivery:take-back": _office(_AREA, [_NO_KIND, _NO_KEY]),
    "hub_calendar:hubs": Entry(own=lambda world, kind: None, foreign=_hubs_of),
    "hub_calendar:show": _of_hub(),
    "hub_calendar:close": _of_hub(),
    "hub_calendar:open": _of_hub(closes=True),
    "hub_calendar:take-back": _of_hub(),
    "hub_calendar:usual": _of_hub(),
}
