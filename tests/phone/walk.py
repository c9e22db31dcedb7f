"""What the phone does: opens each page cold and again, scrolls it, and touches what people touch."""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Browser, expect

from tests.phone.device import Phone, Traffic, phone
from tests.tour.facts import Facts
from tests.tour.visit import Visit

Act = Callable[[Phone], None]
EFFECT_MS = 10_000
"""So long may the effect of a touch take until the touch counts as dead; how fast it was answered is measured apart."""
UNSEEN_MS = 16.0
"""An answer quicker than this is not recorded by the browser (`durationThreshold` in device.py): it took that at most."""


@dataclass(frozen=True)
class Stop:
    """One page: its address, what is in the basket before, and what is touched on it."""

    path: Callable[[Facts], str]
    full_basket: bool = False
    touch: Act | None = None
    only_informs: bool = False


@dataclass
class Seen:
    """What several visits of one page measured."""

    lcp: list[float] = field(default_factory=list)
    lcp_what: list[str] = field(default_factory=list)
    cls: list[float] = field(default_factory=list)
    shifts: list[str] = field(default_factory=list)
    touch: list[float] = field(default_factory=list)
    first: list[Traffic] = field(default_factory=list)
    repeat: list[Traffic] = field(default_factory=list)

    def middle(self, values: list[float]) -> float:
        """The median; 0 without a value."""
        return statistics.median(values) if values else 0.0


def _tap(phone: Phone, selector: str) -> None:
    """A finger on the first shown one; where it leads to another page, that page's load is not waited for."""
    target = phone.page.locator(selector).locator("visible=true").first
    target.wait_for(timeout=10_000)
    target.scroll_into_view_if_needed()
    phone.page.wait_for_timeout(300)
    target.tap(no_wait_after=True)
    phone.page.wait_for_timeout(1_200)


def _shows(phone: Phone, selector: str) -> None:
    """What the touch was for is there: without this, a button that does nothing would be the fastest of all."""
    expect(phone.page.locator(selector).first).to_be_visible(timeout=EFFECT_MS)


def _add(phone: Phone) -> None:
    _tap(phone, "form[action*='/basket/add/'] button:not([type=button])")
    _shows(phone, "#told a")


def _filter(phone: Phone) -> None:
    _tap(phone, "[popovertarget=filters]")
    _shows(phone, "#filters:popover-open")


def _quantity(phone: Phone) -> None:
    more = phone.page.locator("main button[data-pieces='1']").first
    before = more.get_attribute("value") or ""
    _tap(phone, "main button[data-pieces]:not([disabled])")
    expect(more).not_to_have_attribute("value", before, timeout=EFFECT_MS)


def _search(phone: Phone) -> None:
    _tap(phone, "header input[type=search]")
    _shows(phone, "header input[type=search]:focus")


def _type(phone: Phone) -> None:
    _tap(phone, "#id_recipient")
    phone.page.keyboard.type("สม", delay=150)
    expect(phone.page.locator("#id_recipient")).to_have_value("สม", timeout=EFFECT_MS)
    phone.page.wait_for_timeout(500)


STOPS = {
    "home": Stop(lambda facts: "/", touch=_search),
    "home, English": Stop(lambda facts: "/en/", touch=_search),
    "listing": Stop(lambda facts: "/products/", touch=_filter),
    "category": Stop(lambda facts: f"/categories/{facts.goods[0].category}/", touch=_filter),
    "product": Stop(lambda facts: facts.goods[0].path, touch=_add),
    "group": Stop(lambda facts: facts.group, only_informs=True),
    "story": Stop(lambda facts: facts.story, only_informs=True),
    "basket": Stop(lambda facts: "/basket/", full_basket=True, touch=_quantity, only_informs=True),
    "checkout": Stop(lambda facts: "/checkout/", full_basket=True, touch=_type, only_informs=True),
}


def visit(browser: Browser, address: str, facts: Facts, name: str, seen: Seen) -> None:
    """One cold visit of a page, a touch, and one visit more from the cache."""
    stop = STOPS[name]
    with phone(browser, "en" if "English" in name else "th") as one:
        if stop.full_basket:
            Visit(one.page, address, facts).fill_basket()
        where = address + stop.path(facts)
        seen.first.append(one.open(where))
        loaded = one.felt()
        seen.lcp.append(loaded["lcp"])
        seen.lcp_what.append(loaded["lcpWhat"])
        _scroll(one)
        felt = one.felt()
        seen.cls.append(felt["cls"])
        seen.shifts.extend(felt["shifts"])
        if stop.touch is not None:
            one.page.evaluate("sessionStorage.removeItem('felt')")
            stop.touch(one)
            stored = one.page.evaluate("sessionStorage.getItem('felt')")
            seen.touch.append(json.loads(stored)[0] if stored else UNSEEN_MS)
        one.again()
        seen.repeat.append(one.open(where))


def _scroll(one: Phone) -> None:
    """Down to the end as a thumb does, so that late pictures come while they are looked at; then up again."""
    one.page.evaluate(
        """async () => {
            for (let y = 0; y < Math.min(document.body.scrollHeight, 6000); y += 400) {
                window.scrollTo(0, y);
                await new Promise((done) => setTimeout(done, 120));
            }
            window.scrollTo(0, 0);
        }"""
    )
    one.settle()
