"""Whose applications and records the addresses of onboarding are asked with."""

from __future__ import annotations

from typing import Any

from shop.common.access import Kind
from tests.unit.rights.entries import ADMINISTRATOR, Entry, Filled
from tests.unit.rights.world import World


def _own_application(world: World, kind: Kind) -> Filled | None:
    return {"code": world.applications[kind].code} if kind in world.applications else None


def _others_applications(world: World, kind: Kind) -> list[Filled]:
    """A draft is its applicant's alone: not even an administrator opens it."""
    others = [entry for other, entry in world.applications.items() if other is not kind]
    drafts = [entry for entry in (*others, world.strangers_application) if entry is not None]
    return [*({"code": entry.code} for entry in drafts), {"code": "000000000"}]


def _step(entry: Filled | None, step: str = "who") -> Filled | None:
    return {**entry, "step": step} if isinstance(entry, dict) else None


def _other_steps(world: World, kind: Kind) -> list[Filled]:
    own = _step(_own_application(world, kind), "unknown")
    return [*(_step(entry) or {} for entry in _others_applications(world, kind)), *([own] if own else [])]


def _record(world: World, kind: Kind, *kinds: Kind, **more: str) -> Filled | None:
    """North's record in its own workspace, for its members and those whom it granted to act for it; `kinds` narrows that."""
    if world.workspace(kind) is None or (kinds and kind not in kinds):
        return None
    return {"workspace": world.market.groups["north"].slug, **more}


def _other_records(world: World, kind: Kind, *kinds: Kind, **more: str) -> list[Filled]:
    """Other groups, organisations that are no group, and north itself for those whose right does not reach so far."""
    north = world.market.groups["north"]
    slugs = [world.market.groups["isan"].slug, north.get_parent().slug, "none"]
    slugs += [north.slug] if _record(world, kind, *kinds) is None else []
    return [{"workspace": slug, **more} for slug in slugs]


def _entry(*kinds: Kind, **more: str) -> Entry:
    return Entry(
        own=lambda world, kind: _record(world, kind, *kinds, **more),
        foreign=lambda world, kind: _other_records(world, kind, *kinds, **more),
    )


def _below(world: World, kind: Kind) -> Filled | None:
    own, north = world.workspace(kind), world.market.groups["north"]
    return {"workspace": own.slug, "slug": north.slug} if own is not None and own.pk != north.pk else None


def _not_below(world: World, kind: Kind) -> list[Filled]:
    """Groups of others below one's own organisation, and one's own group below that of others."""
    north, isan = world.market.groups["north"], world.market.groups["isan"]
    own = world.workspace(kind) or north
    region = north.get_parent().get_parent().get_parent()
    return [
        {"workspace": own.slug, "slug": isan.slug},
        {"workspace": region.slug, "slug": north.slug},
        {"workspace": north.slug, "slug": north.slug},
    ]


def _applied(world: World, **more: str) -> dict[str, Any]:
    return {"slug": world.applied_group.slug if world.applied_group else "", **more}


def _other_provinces(world: World, kind: Kind, **more: str) -> list[Filled]:
    """The officer of one province decides nothing in another."""
    if kind is ADMINISTRATOR:
        return []
    return [{"slug": world.market.groups[key].slug, **more} for key in ("isan", "south")]


def _no_groups(world: World, kind: Kind, **more: str) -> list[Filled]:
    return [{"slug": world.market.groups["north"].get_parent().slug, **more}, {"slug": "none", **more}]


PUBLIC_PAGES = Entry()
APPLICATION = Entry(own=_own_application, foreign=_others_applications)

ENTRIES: dict[str, Entry] = {
    "apply:list": PUBLIC_PAGES,
    "apply:new": PUBLIC_PAGES,
    "apply:cooperatives": Entry(query="province=TH-50"),
    "apply:step": Entry(own=lambda world, kind: _step(_own_application(world, kind)), foreign=_other_steps),
    "apply:check": APPLICATION,
    "apply:hand-in": APPLICATION,
    "apply:delete": APPLICATION,
    "record:show": _entry(),
    "record:profile": _entry(),
    "record:support": _entry(),
    "record:training": _entry(),
    "record:edit": _entry(Kind.GROUP_MEMBER, Kind.COOPERATIVE_MEMBER),
    "record:account": _entry(Kind.GROUP_MEMBER),
    "record:remove": _entry(Kind.GROUP_MEMBER, Kind.COOPERATIVE_MEMBER, name="support", code="SUPPORT01"),
    "record:below-show": Entry(own=_below, foreign=_not_below),
    "record:below-profile": Entry(own=_below, foreign=_not_below),
    "record:below-support": Entry(own=_below, foreign=_not_below),
    "record:below-training": Entry(own=_below, foreign=_not_below),
    "vendors_office:groups": PUBLIC_PAGES,
    "vendors_office:group-profile": Entry(
        own=lambda world, kind: _applied(world), foreign=_other_provinces, hidden=_no_groups
    ),
    "vendors_office:group": Entry(own=lambda world, kind: _applied(world), foreign=_other_provinces, hidden=_no_groups),
    "vendors_office:group-decide": Entry(
        own=lambda world, kind: _applied(world, act="take"),
        foreign=lambda world, kind: _other_provinces(world, kind, act="suspend"),
        hidden=lambda world, kind: [*_no_groups(world, kind, act="close"), _applied(world, act="destroy")],
        data={"seen": "applied", "reason": "x"},
    ),
    "vendors_office:group-check": Entry(
        own=lambda world, kind: _applied(world, what="site"),
        foreign=lambda world, kind: _other_provinces(world, kind, what="site"),
        hidden=lambda world, kind: [*_no_groups(world, kind, what="site"), _applied(world, what="all")],
        data={"note": "x"},
    ),
}
