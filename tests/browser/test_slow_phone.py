"""One visit each on a simulated slow phone: what does not depend on the machine is held strictly, time generously.

`make phone` measures the same pages more often and holds the whole budgets; docs/performance.md has its figures.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Market
from tests.phone import budgets, device, walk
from tests.phone.device import Stuck, phone

SLACK = 3
"""Times the budget of milliseconds: tests share the machine with each other."""
HEAVY = """
async (most) => {
    const box = document.createElement("div");
    box.style.height = "500px";
    document.querySelector("main").prepend(box); /* all that is read moves down */
    const font = performance.getEntriesByType("resource").find((one) => one.name.endsWith(".woff2")).name;
    for (let sum = 0; sum < most; ) sum += (await (await fetch(font, { cache: "no-store" })).arrayBuffer()).byteLength;
    const source = [...document.scripts].find((one) => one.src.includes("htmx")).src;
    for (const again of [1, 2, 3]) await new Promise((done) => {
        document.head.append(Object.assign(document.createElement("script"), { src: `${source}?${again}`, onload: done }));
    });
}
"""
DEAD = """
() => document.addEventListener("click", (event) => { event.preventDefault(); event.stopImmediatePropagation(); }, true)
"""
Answer = TypeVar("Answer")
HELD = [name for name, stop in walk.STOPS.items() if not stop.only_informs]


def again_if_stuck(act: Callable[[], Answer]) -> Answer:
    """Twice at most, and says so: the simulated line has hung by itself, once in some hundred loads. A page that hangs twice fails."""
    try:
        return act()
    except Stuck as stuck:
        warnings.warn(str(stuck), stacklevel=2)
        return act()


@pytest.mark.parametrize("name", HELD)
def test_a_page_is_light_and_calm(chromium: Browser, open_market: Market, name: str) -> None:
    def visit() -> walk.Seen:
        fresh = walk.Seen()
        walk.visit(chromium, open_market.address, open_market.facts, name, fresh)
        return fresh

    seen = again_if_stuck(visit)
    assert [str(one) for one in budgets.weights(name, seen) if not one.met] == [], (seen.shifts, seen.first[0].files)
    assert 0 < seen.lcp[0] < SLACK * budgets.LCP_MS
    assert all(touch < SLACK * budgets.TOUCH_MS for touch in seen.touch)
    assert seen.repeat[0].unchanged >= 1, "the page itself is only asked whether it changed"
    kept = [file for _size, file in seen.repeat[0].files if file.startswith(("/static/", "/media/"))]
    assert kept == [], "nothing with a hash in its name is asked for again"


def test_the_figures_would_see_a_heavy_page(chromium: Browser, open_market: Market) -> None:
    """The control: a page within its budgets misses each of them once it is heavy, jumps, and cannot be kept."""
    as_it_is, heavy = walk.Seen(), walk.Seen()
    for seen in (as_it_is, heavy):
        with phone(chromium) as one:
            seen.first.append(one.open(f"{open_market.address}/groups/"))
            if seen is heavy:
                one.page.evaluate(HEAVY, budgets.FIRST_LOAD)
                one.settle()
                seen.first[0] = one.traffic
            seen.cls.append(one.felt()["cls"])
            one.again()
            if seen is heavy:
                one.wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
            seen.repeat.append(one.open(f"{open_market.address}/groups/"))
    assert [str(one) for one in budgets.weights("groups", as_it_is) if not one.met] == []
    assert [str(one) for one in budgets.weights("groups", heavy) if one.met] == []


@pytest.mark.parametrize("name", ["listing", "product"])
def test_a_dead_button_is_found(
    chromium: Browser, open_market: Market, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the touches: a button that does nothing answers at once, and does not pass."""
    monkeypatch.setattr(walk, "EFFECT_MS", 2_000)
    stop = walk.STOPS[name]
    touch = stop.touch
    assert touch is not None

    def press() -> None:
        with phone(chromium) as one:
            one.open(open_market.address + stop.path(open_market.facts))
            one.page.evaluate(DEAD)
            with pytest.raises(AssertionError, match="to be visible"):
                touch(one)

    again_if_stuck(press)


def test_a_page_that_hangs_says_what_it_waits_for(
    chromium: Browser, open_market: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(device, "LOADED_MS", 3_000)
    with phone(chromium) as one:
        one.page.route("**/*.css", lambda route: None)
        with pytest.raises(Stuck, match=r"/groups/ after 3000 ms: .* awaits \[.*\.css"):
            one.open(f"{open_market.address}/groups/")


PRESSED = """(edge, busy) => {
    const button = Object.assign(document.createElement("button"), { id: "pressed", textContent: "x" });
    button.style.cssText = `position: fixed; left: 0; ${edge}: 0; z-index: 99; width: 3rem; height: 3rem`;
    button.addEventListener("click", () => {
        button.style.background = "red";
        const end = performance.now() + busy;
        while (performance.now() < end);
    });
    document.body.append(button);
}"""


@pytest.mark.parametrize("edge", ["top", "bottom"])
@pytest.mark.parametrize(("busy", "least"), [(0, 1), (2_000, 2_000)], ids=["quick", "slow"])
def test_a_touch_is_measured_at_both_ends_of_the_screen(
    chromium: Browser, open_market: Market, edge: str, busy: int, least: int
) -> None:
    """Nothing else changes, so that no later frame can stand in for the one that shows the press; the slow one is the control."""
    with phone(chromium) as one:
        one.open(f"{open_market.address}/groups/")
        one.page.evaluate(f"([edge, busy]) => ({PRESSED})(edge, busy)", [edge, busy])
        one.page.wait_for_timeout(500)
        one.page.evaluate("window.__felt.slowest = 0")
        one.page.locator("#pressed").tap(no_wait_after=True)
        one.page.wait_for_timeout(1_500 + busy)
        assert least <= one.felt()["slowest"] < busy + SLACK * budgets.TOUCH_MS


def test_a_lost_picture_leaves_its_ground_and_its_words(come: Any) -> None:
    visit = come()
    visit.page.route("**/media/**", lambda route: route.abort())
    visit.open(visit.facts.goods[0].path)
    frame = visit.page.locator(".gal .pic.lost").first
    frame.wait_for()
    assert frame.get_attribute("role") == "img"
    assert frame.get_attribute("aria-label") == frame.inner_text() != ""
    box = frame.bounding_box()
    assert box is not None
    assert box["height"] > 150, "the ground keeps its size"
    assert visit.page.locator(".pic.lost img").count() == 0, "no broken sign is left"
    visit.open("/products/")
    assert visit.page.locator(".good .pic.lost").first.bounding_box()["height"] > 100  # type: ignore[index]
    assert visit.page.evaluate("document.documentElement.scrollWidth") == 360


def test_a_press_is_seen_before_its_answer(come: Any) -> None:
    visit = come()
    held: list[Any] = []
    visit.page.route("**/basket/add/**", lambda route: held.append(route))  # a builtin cannot be marked by Playwright
    visit.open(visit.facts.goods[0].path)
    button = visit.page.locator("form[action*='/basket/add/'] button:not([type=button])").locator("visible=true").first
    button.click()
    visit.page.locator("form[action*='/basket/add/'] button[aria-busy=true]").wait_for()
    held[0].continue_()
    visit.page.locator("#told a").first.wait_for()
    assert visit.page.locator("button[aria-busy=true]").count() == 0
