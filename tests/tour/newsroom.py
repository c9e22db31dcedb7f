"""The stops of an editor's day: the first page, a release being written, Thai and English side by side, the approval."""

from __future__ import annotations

from tests.tour.stop import Stop, at
from tests.tour.visit import Visit

WRITER, PUBLISHER = "editor.x@example.test", "editor@example.test"


def _draft(visit: Visit) -> None:
    """The first of the own drafts."""
    visit.open("/cms/")
    visit.open(str(visit.page.locator("section[aria-labelledby='ed-drafts'] li a").first.get_attribute("href")))


def _both(visit: Visit) -> None:
    _draft(visit)
    key = visit.page.url.rstrip("/").split("/")[-2]
    visit.open(f"/cms/newsroom/{key}/")


NEWSROOM = (
    at("newsroom", "/cms/", WRITER),
    Stop("newsroom-release", _draft, WRITER),
    Stop("newsroom-both", _both, WRITER),
    at("newsroom-publisher", "/cms/", PUBLISHER),
)
