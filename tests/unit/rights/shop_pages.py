"""Whose shop page each address shows, in the workspace and in the office."""

from __future__ import annotations

from shop.common.access import Kind
from tests.unit.rights.entries import Entry, Filled
from tests.unit.rights.papers import other_papers, papers_of_north
from tests.unit.rights.world import World


def _edit(world: World, kind: Kind) -> Filled | None:
    own = papers_of_north(world, kind)
    return {**own, "part": "story"} if isinstance(own, dict) else None


def _other_edits(world: World, kind: Kind) -> list[Filled]:
    return [{**entry, "part": "story"} for entry in other_papers(world, kind) if isinstance(entry, dict)]


def _no_part(world: World, kind: Kind) -> list[Filled]:
    return [{"workspace": world.market.groups["north"].slug, "part": "prices"}]


def _review(world: World, kind: Kind) -> Filled | None:
    if kind not in (Kind.OFFICER, Kind.ADMINISTRATOR):
        return None
    return {"pk": world.page_reviews["north"].pk}


def _other_reviews(world: World, kind: Kind) -> list[Filled]:
    return [] if kind is Kind.ADMINISTRATOR else [{"pk": world.page_reviews["isan"].pk}]


def _checking(world: World, kind: Kind) -> Filled | None:
    """Only who runs the offices; an officer of a province does not."""
    return {} if kind is Kind.ADMINISTRATOR else None


def _version(world: World, kind: Kind) -> Filled | None:
    own = papers_of_north(world, kind)
    return {**own, "key": _saved(world, "north")} if isinstance(own, dict) else None


def _other_versions(world: World, kind: Kind) -> list[Filled]:
    """Another workspace's, and another group's version named in the own one."""
    north = {"workspace": world.market.groups["north"].slug, "key": _saved(world, "isan")}
    others = [{**one, "key": _saved(world, "north")} for one in other_papers(world, kind) if isinstance(one, dict)]
    return [north, *others]


def _saved(world: World, group: str) -> int:
    """The last saving of a group's shop page."""
    revision = world.page_reviews[group].revision
    assert revision is not None
    return int(revision.pk)


PAGE = Entry(own=papers_of_north, foreign=other_papers)
REVIEW = Entry(
    own=_review,
    foreign=_other_reviews,
    hidden=lambda world, kind: [{"pk": 999_999_999}],
    data={"reason": "ขอรูป", "seen": "0-0"},
)
SHOP_PAGES: dict[str, Entry] = {
    "workspace_page:index": PAGE,
    "workspace_page:goods": Entry(own=papers_of_north, foreign=other_papers, data={"product": "1", "act": "remove"}),
    "workspace_page:edit": Entry(own=_edit, foreign=_other_edits, hidden=_no_part),
    "workspace_page:preview": PAGE,
    "workspace_page:versions": PAGE,
    "workspace_page:version": Entry(
        own=_version,
        foreign=_other_versions,
        hidden=lambda world, kind: [{"workspace": world.market.groups["north"].slug, "key": 999_999_999}],
        data={"seen": "0-0"},
    ),
    "workspace_page:publish": PAGE,
    "workspace_page:take-back": PAGE,
    "workspace_page:discard": PAGE,
    "office_pages:list": Entry(),
    "office_pages:checking": Entry(own=_checking, data={"office": "none", "on": "no"}),
    "office_pages:detail": REVIEW,
    "office_pages:preview": REVIEW,
    "office_pages:approve": REVIEW,
    "office_pages:send-back": REVIEW,
}
