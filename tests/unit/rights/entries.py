"""What the registry says about one address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from shop.common.access import Kind
from tests.unit.rights.world import World

Filled = dict[str, Any] | Sequence[Any]
ADMINISTRATOR = Kind.ADMINISTRATOR


def _plain(world: World, kind: Kind) -> Filled | None:
    return {}


def _none(world: World, kind: Kind) -> list[Filled]:
    return []


@dataclass(frozen=True)
class Entry:
    """`own`: what the person may open (None: this kind owns none). `foreign`, `hidden`: what is answered by 404.

    `aside` is another answer than 404 to a foreign object, with its reason; test_attacks proves that nothing happens.
    """

    own: Callable[[World, Kind], Filled | None] = _plain
    foreign: Callable[[World, Kind], list[Filled]] = _none
    hidden: Callable[[World, Kind], list[Filled]] = _none
    query: str = ""
    data: dict[str, str] = field(default_factory=dict)
    aside: str = ""


def same(**filled: Callable[[World], Any]) -> Callable[[World, Kind], Filled]:
    return lambda world, kind: {name: read(world) for name, read in filled.items()}


def only(read: Callable[[World], Filled]) -> Callable[[World, Kind], list[Filled]]:
    return lambda world, kind: [read(world)]


def own_workspace(world: World, kind: Kind) -> Filled | None:
    own = world.workspace(kind)
    return {"workspace": own.slug} if own else None


def others_workspaces(world: World, kind: Kind) -> list[Filled]:
    isan = world.market.groups["isan"]
    office = world.market.people["officer"].memberships.get().organisation
    region = world.workspace(Kind.HUB_PACKER).get_parent()  # type: ignore[union-attr]
    return [{"workspace": entry.slug} for entry in (isan, isan.get_parent(), region, office)]
