"""Whose fairs and applications each address shows: the office's that holds the fair, the group's that has applied."""

from __future__ import annotations

from typing import Any

from shop.common.access import Kind
from tests.market import Market
from tests.unit.cms.fairs import apply, give, make_fair
from tests.unit.rights.entries import Entry, Filled
from tests.unit.rights.papers import other_papers, papers_of_north
from tests.unit.rights.world import World


def objects_of_fairs(market: Market) -> dict[str, dict[str, Any]]:
    """By office: the slug of its fair, a kind that can go, and an application to it; one fair that nobody sees yet."""
    found: dict[str, dict[str, Any]] = {}
    for key, province in (("north", "TH-50"), ("isan", "TH-40")):
        fair = make_fair(province=province, name_en=f"Fair of {key}")
        for group in ("north", "isan"):
            application = apply(market, fair, group)
            if group == key:
                found[key] = {"slug": fair.slug, "code": application.code, "kind": fair.kinds.get(letter="ข").pk}
        give(application, "ก1")
    found["draft"] = {"slug": make_fair(shown=False, name_en="Draft").slug}
    return found


def _office(*names: str, **more: Any) -> Any:
    """The fair of the officer's own province; administrators see every fair."""

    def own(world: World, kind: Kind) -> Filled | None:
        if kind not in (Kind.OFFICER, Kind.ADMINISTRATOR):
            return None
        return {name: world.fairs["north"][name] for name in ("slug", *names)}

    return own


def _other_office(*names: str) -> Any:
    """Another province's fair, and parts of another fair named in the own one."""

    def foreign(world: World, kind: Kind) -> list[Filled]:
        own, other = world.fairs["north"], world.fairs["isan"]
        mixed = [{"slug": own["slug"], **{name: other[name] for name in names}}] if names else []
        theirs = [] if kind is Kind.ADMINISTRATOR else [{name: other[name] for name in ("slug", *names)}]
        return [*mixed, *theirs]

    return foreign


def _nowhere(*names: str) -> Any:
    none = {"slug": "no-such-fair", "code": "NONE", "kind": 999_999_999}
    return lambda world, kind: [{name: none[name] for name in ("slug", *names)}]


def _entry(*names: str, **data: str) -> Entry:
    return Entry(own=_office(*names), foreign=_other_office(*names), hidden=_nowhere(*names), data=data)


def _of_north(world: World, kind: Kind) -> Filled | None:
    own = papers_of_north(world, kind)
    return {**own, "slug": world.fairs["north"]["slug"]} if isinstance(own, dict) else None


def _of_others(world: World, kind: Kind) -> list[Filled]:
    slug = world.fairs["north"]["slug"]
    return [{**entry, "slug": slug} for entry in other_papers(world, kind) if isinstance(entry, dict)]


def _not_shown(world: World, kind: Kind) -> list[Filled]:
    """A fair that nobody sees yet takes no applications."""
    north = world.market.groups["north"].slug
    return [{"workspace": north, "slug": slug} for slug in (world.fairs["draft"]["slug"], "no-such-fair")]


def _hidden_calendar(world: World, kind: Kind) -> list[Filled]:
    return [{"slug": world.fairs["draft"]["slug"]}, {"slug": "no-such-fair"}]


APPLICATION = {"words": "x", "contact_name": "ก", "contact_phone": "0812345678"}
FAIRS: dict[str, Entry] = {
    "fairs:calendar": Entry(own=lambda world, kind: {"slug": world.fairs["north"]["slug"]}, hidden=_hidden_calendar),
    "workspace_fairs:index": Entry(own=papers_of_north, foreign=other_papers),
    "workspace_fairs:detail": Entry(own=_of_north, foreign=_of_others, hidden=_not_shown, data=APPLICATION),
    "workspace_fairs:withdraw": Entry(own=_of_north, foreign=_of_others, hidden=_not_shown),
    "office_fairs:list": Entry(),
    "office_fairs:new": Entry(data={"name_th": ""}),
    "office_fairs:detail": _entry(),
    "office_fairs:edit": _entry(name_th=""),
    "office_fairs:publish": _entry(),
    "office_fairs:cancel": _entry(reason=""),
    "office_fairs:figures": _entry(visitors="x"),
    "office_fairs:exhibitors": _entry(),
    "office_fairs:booths": _entry(letter=""),
    "office_fairs:kind": _entry("kind", letter=""),
    "office_fairs:drop-kind": _entry("kind"),
    "office_fairs:application": _entry("code", act="wait", seen="0"),
}
