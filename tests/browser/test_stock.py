"""Stock and prices of many goods with a phone of 360 pixels: by taps, by keys, and without a script."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Come
from tests.browser.watch import Watch
from tests.tour import facts as cast


def test_three_stocks_and_a_price_are_changed_at_once(come: Come) -> None:
    watch = Watch()
    visit = come(cast.MANAGER, watch=watch)
    page = visit.page
    visit.open(f"{visit.facts.workspace}goods/")
    visit.press("a[href$='/goods/stock/']")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    rows = page.locator(".st-row")
    stock = [rows.nth(at).locator("input[name$=-stock]") for at in range(3)]
    for at, field in enumerate(stock):
        field.fill(str(20 + at))
    plus = rows.nth(0).locator("[data-by='1']")
    box = plus.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 44
    plus.click()
    plus.click()
    expect(stock[0]).to_have_value("22")
    rows.nth(1).locator("[data-by='-1']").press("Enter")
    expect(stock[1]).to_have_value("20")
    price = rows.nth(1).locator("input[name$=-price]")
    price.focus()
    price.press("Control+a")
    page.keyboard.type("๑๓๕ บาท")
    expect(page.locator("[data-count] b")).to_have_text("3")
    names = [rows.nth(at).locator("legend").inner_text() for at in range(3)]
    visit.press(".st-bar .btn")
    for at, (name, value) in enumerate(zip(names, ("22", "20", "22"), strict=True)):
        expect(rows.nth(at).locator("legend")).to_have_text(name)
        expect(stock[at]).to_have_value(value)
    expect(price).to_have_value("135")
    expect(page.locator("[data-count]")).to_be_hidden()
    assert watch.problems == []


def test_what_cannot_be_comes_back_beside_its_field(come: Come) -> None:
    visit = come(cast.MANAGER)
    page = visit.page
    visit.open(f"{visit.facts.workspace}goods/stock/")
    price = page.locator("input[name$=-price]").first
    price.fill("ฟรี")
    price.press("Enter")
    expect(page.locator(".errors li")).to_have_count(1)
    expect(page.locator("#errors")).to_be_focused()
    page.locator(".errors a").click()
    expect(page.locator("input[name$=-price]").first).to_be_focused()
    expect(page.locator("input[name$=-price]").first).to_have_value("ฟรี")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_a_script_the_table_saves(come: Come) -> None:
    visit = come(cast.MANAGER, java_script_enabled=False)
    page = visit.page
    visit.open(f"{visit.facts.workspace}goods/stock/")
    expect(page.locator("[data-by]").first).to_be_hidden()
    page.locator("input[name$=-stock]").nth(3).fill("๓๓")
    visit.press(".st-bar .btn")
    expect(page.locator("input[name$=-stock]").nth(3)).to_have_value("33")
