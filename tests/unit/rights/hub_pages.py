"""Whose boxes, transfers, purchases and parcels the pages of a hub show: those of the packer's own hub."""

from __future__ import annotations

from typing import Any

from shop.common.access import Kind
from tests.unit.rights.entries import Entry, Filled, others_workspaces, own_workspace
from tests.unit.rights.world import World


def _hub(world: World, key: str, names: dict[str, str], fixed: dict[str, Any]) -> dict[str, Any]:
    facts = world.hub_objects[key]
    filled = {"workspace": facts["workspace"], "hub": facts["hub"]}
    return {**filled, **{name: facts[what] for name, what in names.items()}, **fixed}


def entry_of_hub(data: dict[str, str] | None = None, fixed: dict[str, Any] | None = None, **names: str) -> Entry:
    """`names`: which thing of a hub fills which part of the address."""
    more = fixed or {}

    def own(world: World, kind: Kind) -> Filled | None:
        return _hub(world, "north", names, more) if kind is Kind.HUB_PACKER else None

    def foreign(world: World, kind: Kind) -> list[Filled]:
        """The other hub; its things under the own hub; the own things under the other hub's address; the own hub elsewhere."""
        mine, theirs = _hub(world, "north", names, more), _hub(world, "bangkok", names, more)
        north = world.market.groups["north"]
        found = [
            theirs,
            {**mine, "hub": theirs["hub"]},
            {**mine, "workspace": theirs["workspace"]},
            {**mine, "workspace": north.slug},
            {**mine, "workspace": north.get_parent().slug},
        ]
        if names:
            found.append({**theirs, "workspace": mine["workspace"], "hub": mine["hub"]})
        return [entry for entry in found if kind is not Kind.HUB_PACKER or entry != mine]

    return Entry(own=own, foreign=foreign, data=data or {})


def _own_network(world: World, kind: Kind) -> Filled | None:
    return own_workspace(world, kind) if kind is Kind.HUB_PACKER else None


def _no_networks(world: World, kind: Kind) -> list[Filled]:
    north = world.market.groups["north"]
    return [*others_workspaces(world, kind), {"workspace": north.slug}, {"workspace": north.get_parent().slug}]


_NETWORK = Entry(own=_own_network, foreign=_no_networks)


def _unknown_act(world: World, kind: Kind) -> list[Filled]:
    return [_hub(world, "north", {"code": "parcel"}, {"act": "burn"})]


_act = entry_of_hub(code="parcel", fixed={"act": "open"})
HUBS: dict[str, Entry] = {
    "hub:index": _NETWORK,
    "hub:below": _NETWORK,
    "hub:today": entry_of_hub(),
    "hub:scan": entry_of_hub(data={"code": "1"}),
    "hub:box": entry_of_hub(number="box"),
    "hub:tally": entry_of_hub(data={"step": "-1"}, number="box", line="line"),
    "hub:count": entry_of_hub(number="box"),
    "hub:transfers": entry_of_hub(),
    "hub:transfer": entry_of_hub(code="in"),
    "hub:transfer-send": entry_of_hub(code="out"),
    "hub:transfer-close": entry_of_hub(code="in"),
    "hub:purchases": entry_of_hub(),
    "hub:purchase": entry_of_hub(number="purchase"),
    "hub:together": entry_of_hub(number="purchase"),
    "hub:parcels": entry_of_hub(),
    "hub:parcel": entry_of_hub(code="parcel"),
    "hub:parcel-act": Entry(own=_act.own, foreign=_act.foreign, hidden=_unknown_act),
    "hub:counter": entry_of_hub(data={"code": "1"}),
    "hub:hand-over": entry_of_hub(data={"code": "1"}),
}
