"""The purchase with the keyboard alone: everything is reached, the focus is always seen and never lost."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from shop.order.models import Order
from tests.browser.conftest import Come, Market
from tests.browser.test_purchase import check_order
from tests.browser.watch import Watch
from tests.tour.visit import LINE, PHONE, RECIPIENT, TAMBON, Visit

MOST_STEPS = 150
SETTLING = 10
"""Tenths of a second until a sheet that slides has come to rest."""
FOCUS = """() => {
    const control = document.activeElement;
    if (!control || control === document.body || control === document.documentElement) return {lost: true};
    const hidden = control.classList.contains("vh");
    const shown = hidden ? control.closest("label") : control;
    const style = getComputedStyle(shown), box = shown.getBoundingClientRect();
    const middle = [Math.max(1, Math.min(innerWidth - 1, box.x + box.width / 2)), box.y + Math.min(box.height / 2, 40)];
    const top = document.elementFromPoint(...middle);
    return {
        lost: false,
        what: control.outerHTML.slice(0, 160),
        outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
        covered: !(top && (shown.contains(top) || top.contains(shown))),
    };
}"""


@dataclass
class Keyboard:
    """A visitor's keyboard. Each step looks at where the focus has gone."""

    visit: Visit

    def press(self, key: str) -> None:
        """One key, then the focus must be somewhere and seen."""
        self.visit.page.keyboard.press(key)
        self.look()

    def look(self) -> None:
        """The focus is on something, that is drawn around and not covered: as soon as what moves has come to rest."""
        for _try in range(SETTLING):
            focus = self.visit.page.evaluate(FOCUS)
            if not focus["lost"] and focus["outline"] >= 2 and not focus["covered"]:
                return
            self.visit.page.wait_for_timeout(100)
        assert not focus["lost"], f"{self.visit.page.url}: the focus is lost"
        assert focus["outline"] >= 2, f"{self.visit.page.url}: the focus is not seen on {focus['what']}"
        assert not focus["covered"], f"{self.visit.page.url}: the focus is covered: {focus['what']}"

    def reach(self, selector: str) -> None:
        """Tab by Tab to the first element that matches."""
        for _step in range(MOST_STEPS):
            self.press("Tab")
            if self.visit.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"{self.visit.page.url}: {selector} is not reached by Tab")

    def leave_by(self, key: str) -> None:
        """A key that leads to another page."""
        with self.visit.page.expect_navigation(wait_until=self.visit.until):
            self.visit.page.keyboard.press(key)

    def put_in(self, pieces: int) -> None:
        """Enter puts it into the basket: the page stays and says so, the masthead counts, the focus stays."""
        before = self.visit.page.evaluate("document.activeElement.outerHTML")
        self.press("Enter")
        expect(self.visit.page.locator("[data-me-count]").first).to_have_text(str(pieces))
        expect(self.visit.page.locator("#told .ok")).to_be_visible()
        assert self.visit.page.evaluate("document.activeElement.outerHTML") == before

    def write(self, selector: str, text: str) -> None:
        """To a field, and types."""
        self.reach(selector)
        self.visit.page.keyboard.type(text)
        self.look()


def _to_a_full_basket(visit: Visit, keys: Keyboard) -> None:
    """Three goods: through front page and category, with a changed number, and a variant."""
    facts = visit.facts
    visit.open("/")
    keys.reach(f"a[href='/categories/{facts.goods[0].category}/']")
    keys.leave_by("Enter")
    keys.reach(f"a.good[href='{facts.goods[0].path}']")
    keys.leave_by("Enter")
    keys.reach(".buybar .btn")
    keys.put_in(1)
    visit.open(facts.goods[1].path)
    keys.reach("#quantity")
    keys.press("ArrowUp")
    keys.put_in(3)
    visit.open(facts.variant.path)
    keys.reach("input[name=variant]")
    while visit.page.evaluate("document.activeElement.value") != str(facts.variant.pk):
        keys.press("ArrowDown")
    keys.reach(".buybar .btn")
    keys.put_in(4)
    visit.open("/")
    keys.reach("header a[href='/basket/']")
    keys.leave_by("Enter")


def test_the_purchase_with_the_keyboard_alone(come: Come, open_market: Market) -> None:
    watch = Watch()
    visit = come(watch=watch)
    visit.until = "networkidle"
    page, keys = visit.page, Keyboard(visit)
    _to_a_full_basket(visit, keys)
    keys.reach("input[name=quantity]")
    page.keyboard.type("3")
    keys.press("Enter")
    expect(page.locator("[data-me-count]").first).to_have_text("6")
    keys.look()
    assert page.evaluate("document.activeElement.matches('input[name=quantity]')")
    expect(page.locator("input[name=quantity]").first).to_have_value("3")
    keys.reach("a[href='/checkout/']")
    keys.leave_by("Enter")
    keys.write("#id_recipient", RECIPIENT)
    keys.write("#id_phone", PHONE)
    keys.write("#id_email", "keyboard@example.test")
    keys.write("#id_line1", LINE)
    keys.write("#area_query", TAMBON)
    expect(page.locator("#area_list [role=option]").first).to_have_text(re.compile(r"^ต\.บางคนที อ\.บางคนที"))
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(page.locator("[data-area-chosen]")).to_have_text("ต.บางคนที อ.บางคนที จ.สมุทรสงคราม")
    keys.reach("form:has(#id_recipient) > button[type=submit]")
    keys.leave_by("Enter")
    keys.reach("input[name=method]")
    page.keyboard.press("Space")
    while page.evaluate("document.activeElement.value") != "cod":
        keys.press("ArrowDown")
    keys.reach("#pay button[type=submit]")
    keys.leave_by("Enter")
    number = page.url.split("/orders/")[1].split("/")[0]
    check_order(visit, open_market, number, (3, 2, 1))
    assert watch.problems == []


def test_errors_take_the_focus_and_lead_to_their_field(come: Come) -> None:
    visit = come()
    page, keys = visit.page, Keyboard(visit)
    visit.fill_basket()
    visit.open("/checkout/")
    keys.write("#id_recipient", RECIPIENT)
    keys.leave_by("Enter")
    keys.look()
    assert page.evaluate("document.activeElement.id") == "errors"
    keys.reach("a[href='#id_phone']")
    keys.press("Enter")
    assert page.evaluate("document.activeElement.id") == "id_phone"
    expect(page.locator("#id_recipient")).to_have_value(RECIPIENT)


def test_skip_link_leads_past_the_menus(come: Come) -> None:
    visit = come()
    visit.open("/products/")
    keys = Keyboard(visit)
    keys.reach("a.skip")
    keys.press("Enter")
    assert visit.page.evaluate("document.activeElement.id") == "main"
    keys.press("Tab")
    assert visit.page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_filter_sheet_opens_and_closes_by_keyboard(come: Come) -> None:
    visit = come()
    visit.open("/products/")
    page, keys = visit.page, Keyboard(visit)
    keys.reach("[popovertarget=filters]")
    page.keyboard.press("Enter")
    expect(page.locator("#filters")).to_be_visible()
    expect(page.locator("#filters :focus")).to_have_count(1)  # the sheet takes the focus once it is open
    keys.look()
    keys.reach("#filters input[name=region]")
    keys.press("Space")
    page.keyboard.press("Escape")
    expect(page.locator("#filters")).to_be_hidden()
    keys.look()


@pytest.mark.parametrize(
    ("flaw", "words"),
    [
        ("*{outline:none!important}", "not seen"),
        ("footer{position:fixed;inset:0;z-index:99}", "covered"),
    ],
)
def test_a_hidden_focus_is_found(come: Come, flaw: str, words: str) -> None:
    """The negative control."""
    visit = come(bypass_csp=True)
    visit.open("/orders/find/")
    visit.page.add_style_tag(content=flaw)
    with pytest.raises(AssertionError, match=words):
        Keyboard(visit).reach("#id_number")


def test_enter_uses_the_code_in_its_box_and_orders_elsewhere(come: Come, open_market: Market) -> None:
    watch = Watch()
    visit = come(watch=watch)
    visit.until = "networkidle"
    page, keys = visit.page, Keyboard(visit)
    visit.fill_basket()
    visit.to_confirm()
    orders = open_market.ask(Order.objects.count)
    total = page.locator("#pay button[type=submit]").inner_text()
    keys.write("#voucher-code", "NOSUCH1")
    page.keyboard.press("Enter")
    expect(page.locator("#voucher-why")).to_contain_text("NOSUCH1")
    keys.look()
    assert page.evaluate("document.activeElement.id") == "voucher-code", "where it is put right"
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("RUAMJAI")
    page.keyboard.press("Enter")
    expect(page.locator("#voucher b")).to_have_text("RUAMJAI")
    keys.look()
    assert page.locator("#pay button[type=submit]").inner_text() != total
    assert open_market.ask(Order.objects.count) == orders, "a code orders nothing"
    keys.reach("#pay input[name=method]")
    keys.leave_by("Enter")
    assert "/orders/" in page.url or "/pay" in page.url
    assert open_market.ask(Order.objects.count) == orders + 1
    assert open_market.ask(lambda: Order.objects.latest("pk").voucher_code) == "RUAMJAI"
    assert [one for one in watch.problems if "422" not in one] == [], "but for the code that nobody knows"
