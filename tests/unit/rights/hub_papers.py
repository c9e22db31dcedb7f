"""Whose papers are printed: those of the packer's own hub, and a group's own boxes."""

from __future__ import annotations

from shop.common import clock
from shop.common.access import Kind
from tests.unit.rights.entries import Entry, Filled, same
from tests.unit.rights.hub_pages import entry_of_hub
from tests.unit.rights.world import World


def _of_group(**names: str) -> Entry:
    """North's own things on their way to a hub: its members, and those whom it granted to act for it."""

    def filled(world: World, key: str) -> dict[str, str]:
        return {name: world.hub_objects[key][what] for name, what in names.items()}

    def own(world: World, kind: Kind) -> Filled | None:
        if world.workspace(kind) is None:
            return None
        return {"workspace": world.market.groups["north"].slug, **filled(world, "north")}

    def foreign(world: World, kind: Kind) -> list[Filled]:
        north, isan = world.market.groups["north"].slug, world.market.groups["isan"].slug
        mine, theirs = filled(world, "north"), filled(world, "bangkok")
        return [{"workspace": isan, **mine}, {"workspace": isan, **theirs}, {"workspace": north, **theirs}]

    return Entry(own=own, foreign=foreign)


HUB_PAPERS: dict[str, Entry] = {
    "scan": Entry(own=same(code=lambda world: "000000000")),
    "hub_papers:index": entry_of_hub(),
    "hub_papers:start": entry_of_hub(data={"kind": "pick", "day": f"{clock.today()}"}),
    "hub_papers:run": entry_of_hub(code="run"),
    "hub_papers:file": entry_of_hub(code="run"),
    "hub_papers:parcel-label": entry_of_hub(code="parcel"),
    "hub_papers:box-label": entry_of_hub(number="box"),
    "hub_papers:transfer-label": entry_of_hub(code="in"),
    "hub_papers:transfer-sheet": entry_of_hub(code="in"),
    "vendor_orders:label": _of_group(number="box"),
    "vendor_orders:transfer-label": _of_group(code="in"),
    "vendor_orders:transfer-sheet": _of_group(code="in"),
}
