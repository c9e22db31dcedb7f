"""Whose stories the newsroom opens: an office's editor those of its own part, nobody a page that is no story."""

from __future__ import annotations

from wagtail.models import Page

from shop.common.access import Kind
from tests.unit.rights.entries import Entry, Filled
from tests.unit.rights.world import ARTICLE, World


def _story(world: World, kind: Kind) -> Filled | None:
    return {"page_id": world.story} if kind in (Kind.EDITOR, Kind.ADMINISTRATOR) else None


def _no_story(world: World, kind: Kind) -> list[Filled]:
    """A shop page of a group, a section of the tree, and none at all."""
    other = [
        Page.objects.filter(slug=slug).order_by("pk").values_list("pk", flat=True).first()
        for slug in ("groups", "news")
    ]
    return [{"page_id": key} for key in (*other, 999_999_999)]


def _others(world: World, kind: Kind) -> list[Filled]:
    """What the department itself wrote, for the editor of an office."""
    return [] if kind is Kind.ADMINISTRATOR else [{"page_id": world.others_story}]


def _article(world: World, kind: Kind) -> Filled | None:
    return {"slug": ARTICLE}


def _no_article(world: World, kind: Kind) -> list[Filled]:
    """A story that is no article, and none at all."""
    return [{"slug": "others-story"}, {"slug": "no-such-article"}]


STORY = Entry(own=_story, foreign=_others, hidden=_no_story)
NEWSROOM: dict[str, Entry] = {
    "newsroom:press-release": Entry(data={"title": "งานผ้า"}),
    "newsroom:both": STORY,
    "newsroom:seen": STORY,
    "newsroom:english": STORY,
    "newsroom:answers": STORY,
    "knowledge:useful": Entry(own=_article, hidden=_no_article, data={"answer": "yes"}),
}
