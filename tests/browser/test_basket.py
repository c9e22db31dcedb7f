"""Changing the basket in place: by touch on a small phone, by keyboard, in two tabs, and without scripts."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.browser.conftest import Come
from tests.browser.test_keyboard import Keyboard
from tests.browser.watch import Watch
from tests.tour.visit import Visit

TOUCH = {"has_touch": True, "is_mobile": True}


def satang(locator: Locator) -> int:
    """The first amount in a text: "1,234.50 บาท" → 123450."""
    found = re.search(r"([\d,]+)\.(\d\d)", locator.inner_text())
    assert found
    return int(found[1].replace(",", "")) * 100 + int(found[2])


def row(visit: Visit, number: int) -> Locator:
    return visit.page.locator(".lot .row", has_text=visit.facts.goods[number].name)


def check_sums(visit: Visit) -> None:
    """Lines, groups and the whole agree with each other."""
    page = visit.page
    lines = [satang(one) for one in page.locator(".lot .row .sum").all()]
    groups = [satang(one) for one in page.locator(".lot > footer b").all()]
    assert sum(lines) == sum(groups) == satang(page.locator("#basket-sum tbody .num").first)


def test_by_touch(come: Come) -> None:
    watch = Watch()
    visit = come(watch=watch, **TOUCH)
    page = visit.page
    visit.fill_basket()
    visit.open("/basket/")
    price = satang(row(visit, 0).locator(".sum"))
    plus = row(visit, 0).locator("[data-pieces='1']")
    for _tap in range(3):
        plus.tap()
    expect(page.locator("[data-me-count]").first).to_have_text("7")
    expect(row(visit, 0).locator("input[name=quantity]")).to_have_value("4")
    assert satang(row(visit, 0).locator(".sum")) == 4 * price
    check_sums(visit)
    expect(page.locator("#basket-say")).to_contain_text(visit.facts.goods[0].name)
    row(visit, 1).get_by_role("button", name="นำออก").tap()
    expect(page.locator(".row.out")).to_have_count(1)
    expect(page.locator("[data-me-count]").first).to_have_text("6")
    check_sums(visit)
    page.locator(".row.out button").tap()
    expect(row(visit, 1).locator("input[name=quantity]")).to_be_focused()
    expect(page.locator("[data-me-count]").first).to_have_text("7")
    check_sums(visit)
    row(visit, 0).get_by_role("button", name="เก็บไว้ก่อน").tap()
    kept = page.locator("#basket-saved .row")
    expect(kept).to_contain_text(visit.facts.goods[0].name)
    expect(page.locator("[data-me-count]").first).to_have_text("3")
    kept.get_by_role("button", name="ใส่ตะกร้า").tap()
    expect(row(visit, 0).locator("input[name=quantity]")).to_have_value("4")
    expect(page.locator("#basket-saved")).to_be_hidden()
    page.fill("#to-postcode", "10220")
    page.locator("#to-go").tap()
    expect(page.locator("#basket-say")).to_contain_text("กรุงเทพมหานคร")
    whole = sum(satang(one) for one in page.locator("#basket-sum tbody .num").all())
    assert satang(page.locator("#basket-sum .total")) == satang(page.locator("#basket-pay .fig")) == whole
    assert watch.problems == []


def test_by_keyboard_the_focus_stays_where_the_hand_is(come: Come) -> None:
    visit = come()
    page, keys = visit.page, Keyboard(visit)
    visit.fill_basket()
    visit.open("/basket/")
    keys.reach("[data-pieces='1']")
    keys.press("Enter")
    keys.press("Enter")
    expect(page.locator("[data-me-count]").first).to_have_text("6")
    keys.look()
    assert page.evaluate("document.activeElement.matches(\"[data-pieces='1']\")")
    page.locator("input[name=quantity]").first.focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("9999")
    keys.press("Enter")
    expect(page.locator(".row.bad")).to_have_count(1)
    keys.look()
    field = page.locator("input[name=quantity]").first
    expect(field).to_be_focused()
    expect(field).to_have_value("9999")
    described = field.get_attribute("aria-describedby")
    assert described
    expect(page.locator(f"#{described}")).to_be_visible()
    expect(page.locator("[data-me-count]").first).to_have_text("6")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("2")
    keys.press("Enter")
    expect(page.locator(".row.bad")).to_have_count(0)
    expect(page.locator("[data-me-count]").first).to_have_text("5")
    keys.reach("form[action$='/remove/'] button")
    keys.press("Enter")
    expect(page.locator(".row.out button")).to_be_focused()
    keys.look()
    keys.press("Enter")
    expect(page.locator(".row.out")).to_have_count(0)
    expect(page.locator("input[name=quantity]:focus")).to_have_count(1)
    keys.look()
    expect(page.locator("[data-me-count]").first).to_have_text("5")
    check_sums(visit)


def test_two_tabs(come: Come) -> None:
    visit = come()
    page = visit.page
    visit.fill_basket()
    visit.open("/basket/")
    visit.add(visit.facts.goods[1], 2)
    row(visit, 0).locator("[data-pieces='1']").click()
    expect(page.locator("#basket-say")).to_contain_text("อีกหน้าต่างหนึ่ง")
    expect(row(visit, 0).locator("input[name=quantity]")).to_have_value("2")
    expect(row(visit, 1).locator("input[name=quantity]")).to_have_value("3")
    check_sums(visit)


def test_a_double_click_on_the_list_adds_one(come: Come) -> None:
    watch = Watch()
    visit = come(watch=watch)
    visit.open("/products/")
    visit.page.locator("form.quick button").first.dblclick()
    expect(visit.page.locator("#told .ok")).to_be_visible()
    expect(visit.page.locator("[data-me-count]").first).to_have_text("1")
    visit.page.wait_for_timeout(900)  # a second press after a while is a second piece
    visit.page.locator("form.quick button").first.click()
    expect(visit.page.locator("[data-me-count]").first).to_have_text("2")
    assert watch.problems == []


def test_without_scripts(come: Come) -> None:
    visit = come(java_script_enabled=False)
    page = visit.page
    visit.fill_basket()
    visit.open("/basket/")
    visit.press(f"#{row(visit, 0).get_attribute('id')} [data-pieces='1']")
    expect(row(visit, 0).locator("input[name=quantity]")).to_have_value("2")
    row(visit, 0).locator("input[name=quantity]").fill("9999")
    row(visit, 0).locator("input[name=quantity]").press("Enter")
    expect(page.locator(".row.bad")).to_have_count(1)
    expect(row(visit, 0).locator("input[name=quantity]")).to_have_value("9999")
    visit.press(f"#{row(visit, 1).get_attribute('id')} form[action$='/remove/'] button")
    expect(row(visit, 1)).to_have_count(0)
    visit.press(".undo button")
    expect(row(visit, 1)).to_have_count(1)
    visit.press(f"#{row(visit, 1).get_attribute('id')} form[action$='/later/'] button")
    expect(page.locator("#basket-saved .row")).to_have_count(1)
    visit.press("#basket-saved form[action$='/back/'] button")
    expect(row(visit, 1)).to_have_count(1)
    check_sums(visit)


def test_the_till_shows_the_sum_as_soon_as_the_place_is_known(come: Come) -> None:
    watch = Watch()
    visit = come(watch=watch, **TOUCH)
    page = visit.page
    visit.fill_basket()
    visit.open("/checkout/")
    before = satang(page.locator("#till-bar summary"))
    visit.fill_address()
    expect(page.locator("#till-say")).to_contain_text("ค่าส่ง")
    after = satang(page.locator("#till-bar summary"))
    assert after > before
    visit.press("main form:has(#id_recipient) button[type=submit]")
    button = page.locator("#pay button[type=submit]")
    expect(button).to_have_text(re.compile(rf"^สั่งซื้อ {after / 100:,.2f} บาท$"))
    assert watch.problems == []
