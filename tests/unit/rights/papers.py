"""Whose certificates each address shows, in the workspace and in the office."""

from __future__ import annotations

from shop.common.access import Kind
from tests.unit.rights.entries import Entry, Filled
from tests.unit.rights.world import World


def papers_of_north(world: World, kind: Kind) -> Filled | None:
    """North's certificates: its manager, and the cooperative's manager by grant. A packer only packs."""
    may_list = kind in (Kind.GROUP_MEMBER, Kind.COOPERATIVE_MEMBER)
    return {"workspace": world.market.groups["north"].slug} if may_list else None


def other_papers(world: World, kind: Kind) -> list[Filled]:
    """Another group, cooperatives, which hold none, and an office."""
    north, isan = world.market.groups["north"], world.market.groups["isan"]
    office = world.market.people["officer"].memberships.get().organisation
    return [*({"workspace": entry.slug} for entry in (isan, isan.get_parent(), north.get_parent(), office))]


def new_paper(entry: Filled | None) -> Filled | None:
    """The form of one scheme."""
    return {**entry, "scheme": "TCPS"} if isinstance(entry, dict) else None


def paper(which: str) -> Entry:
    """One certificate in the workspace; `which` has the state that the address is for."""

    def code(world: World) -> str:
        verified = world.market.certificates["north"]
        return str(getattr(verified if which == "verified" else world.submitted, "code", ""))

    def own(world: World, kind: Kind) -> Filled | None:
        filled = papers_of_north(world, kind)
        return {**filled, "code": code(world)} if isinstance(filled, dict) else None

    def foreign(world: World, kind: Kind) -> list[Filled]:
        north, isan = world.market.groups["north"].slug, world.market.groups["isan"].slug
        theirs = world.market.certificates["isan"].code
        return [
            {"workspace": isan, "code": theirs},
            {"workspace": north, "code": theirs},
            {"workspace": isan, "code": code(world)},
        ]

    return Entry(own=own, foreign=foreign, hidden=lambda world, kind: _same_workspace(world, "NONE"))


def _same_workspace(world: World, code: str) -> list[Filled]:
    return [{"workspace": world.market.groups["north"].slug, "code": code}]


def checked_paper() -> Entry:
    """One certificate in the office: of the officer's own province; another province's looks like not there."""

    def own(world: World, kind: Kind) -> Filled | None:
        if kind not in (Kind.OFFICER, Kind.ADMINISTRATOR):
            return None
        return {"code": world.submitted.code if world.submitted else ""}

    def foreign(world: World, kind: Kind) -> list[Filled]:
        return [] if kind is Kind.ADMINISTRATOR else [{"code": world.market.certificates["isan"].code}]

    def hidden(world: World, kind: Kind) -> list[Filled]:
        return [{"code": "NONE"}, {"code": world.draft_paper.code if world.draft_paper else ""}]

    return Entry(own=own, foreign=foreign, hidden=hidden, data={"reason": "ภาพไม่ชัด", "seen": "2"})
