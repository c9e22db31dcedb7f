"""Stops of searching: results, filters on a phone, suggestions, nothing found, and what the office keeps for it."""

from __future__ import annotations

from tests.tour import facts as cast
from tests.tour.stop import Stop, at
from tests.tour.visit import Visit


def _word(visit: Visit) -> str:
    """What many goods of the demo market hold."""
    return "rice" if visit.prefix else "ข้าว"


def _search_filters(visit: Visit) -> None:
    visit.open(f"/search/?q={_word(visit)}&region=north&region=northeast&delivery=direct")
    opener = visit.page.locator("[popovertarget=filters]:not([popovertargetaction=hide])")
    if opener.is_visible():
        opener.click()


def _suggestions(visit: Visit) -> None:
    """Three letters are typed, and the second suggestion is reached with the arrow keys."""
    visit.open("/")
    visit.page.locator("input[type=search]").first.press_sequentially(visit.facts.word[:3])
    visit.page.locator("#suggestions [role=option]").first.wait_for()
    for _ in range(2):
        visit.page.locator("input[type=search]").first.press("ArrowDown")


SEARCHING = (
    at("search", lambda visit: f"/search/?q={_word(visit)}"),
    Stop("search-filters", _search_filters),
    Stop("search-suggestions", _suggestions),
    at("search-nothing", "/search/?q=qqqqqqqq"),
    at("office-search", "/office/search/", cast.ADMINISTRATOR),
    at("office-boosts", "/office/search/boosts/", cast.ADMINISTRATOR),
)
