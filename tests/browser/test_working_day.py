"""A group's working day on a phone of 360 pixels: a product with a photo goes on sale, three orders are packed, one of them
short, and the story is told anew. Every page on the way is in order: axe, width, targets."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import Come
from tests.browser.test_every_page import in_order
from tests.browser.watch import Watch
from tests.tour import facts as cast
from tests.tour.visit import Visit


def _bought(come: Come, pieces: int) -> str:
    """A guest's order of goods of the group alone; its number."""
    guest = come()
    guest.add(guest.facts.goods[0], pieces)
    guest.to_confirm()
    return guest.place("cod")


def _on_sale(visit: Visit, photo: Path) -> None:
    """Photo, name, price, unit, weight, stock: the product can be bought."""
    page = visit.page
    visit.open(f"{visit.facts.workspace}goods/")
    in_order(page)
    visit.press("a[href$='/goods/new/']")
    in_order(page)
    page.set_input_files("input[name=photo]", photo)
    expect(page.locator("[data-seen] img")).to_be_visible(timeout=60_000)
    page.fill("input[name=title]", "ตะกร้าของวันนี้")
    basketry = page.locator("select[name=category] option", has_text="จักสาน").first.get_attribute("value")
    page.select_option("select[name=category]", basketry)
    for name, typed in (("price", "๒๕๐ บาท"), ("unit", "ใบ"), ("weight", "500 กรัม"), ("stock", "8")):
        page.fill(f"input[name={name}]", typed)
    visit.press("button[value=publish]")
    assert re.search(r"/goods/\d+/$", page.url)
    in_order(page)
    visit.press("p a[href^='/products/']")
    expect(page.locator("h1")).to_have_text("ตะกร้าของวันนี้")
    expect(page.locator("main .pic img").first).to_be_visible()


def _packed(visit: Visit, number: str, *, missing: bool = False) -> None:
    """Accepts an order, says what is missing, ticks its line by a tap that another phone sees, and closes the box."""
    page = visit.page
    visit.open(f"{visit.facts.workspace}orders/{number}-1/")
    visit.press("form[action$='/accept/'] button")
    if missing:
        visit.press(".pk-less a")
        in_order(visit.page)
        page.fill("input[name=available]", "๒")
        page.check("input[name=reason][value=not_ready]")
        visit.press(".paper-form .btn")
        expect(page.locator(".pk-short")).to_contain_text("ขาด 1 จาก 3")
    with page.expect_response("**/tick/"):
        page.locator(".pk-line").first.click()
    expect(page.locator(".pk-count")).to_have_text("ใส่กล่องแล้ว 1 จาก 1 รายการ")
    page.reload()
    expect(page.locator(".pk-line input[type=checkbox]")).to_be_checked()
    in_order(visit.page)
    visit.press("form[action$='/pack/'] button")


def _story_told(come: Come, visit: Visit) -> None:
    """Written, looked at as a visitor sees it, sent to the officer, approved, and read by a guest."""
    page = visit.page
    visit.open(f"{visit.facts.workspace}page/")
    visit.press(".sp-parts a[href$='/edit/story/']")
    page.fill("#id_opening", "วันนี้กะปิล็อตใหม่ออกจากโอ่ง")
    visit.press(".paper-form .btn")
    visit.press(".sp-bar a[href$='/preview/']")
    expect(page.locator(".opening")).to_have_text("วันนี้กะปิล็อตใหม่ออกจากโอ่ง")
    in_order(visit.page)
    visit.press(".sp-preview form button")
    reader = come()
    reader.open(reader.facts.group)
    expect(reader.page.locator(".opening")).not_to_have_text("วันนี้กะปิล็อตใหม่ออกจากโอ่ง")
    officer = come(cast.OFFICER)
    officer.open("/office/pages/")
    name = page.locator(".ws-org b").inner_text()
    officer.press(f".papers a:has-text('{name}')")
    officer.press("form[action$='/approve/'] button")
    reader.open(f"{reader.facts.group}?again")
    expect(reader.page.locator(".opening")).to_have_text("วันนี้กะปิล็อตใหม่ออกจากโอ่ง")


def test_a_whole_day(come: Come, large_photo: Path) -> None:
    numbers = [_bought(come, pieces) for pieces in (1, 3, 1)]
    watch = Watch()
    visit = come(cast.MANAGER, watch=watch, bypass_csp=True, reduced_motion="reduce")
    _on_sale(visit, large_photo)
    visit.open(visit.facts.workspace)
    in_order(visit.page)
    visit.press(".td a[href$='state=to_accept']")
    expect(visit.page.locator("tbody")).to_contain_text(numbers[1])
    in_order(visit.page)
    for number in numbers:
        _packed(visit, number, missing=number == numbers[1])
        expect(visit.page.locator(".pk-next a")).to_be_visible()
    visit.page.fill("#tracking", "TH123456789")
    visit.press("form[action$='/hand-over/'] button")
    expect(visit.page.locator("p.state")).to_contain_text("ส่ง")
    _story_told(come, visit)
    assert watch.problems == []


def test_without_a_script_the_ticks_are_saved_by_a_button(come: Come) -> None:
    number = _bought(come, 2)
    visit = come(cast.MANAGER, java_script_enabled=False)
    visit.open(f"{visit.facts.workspace}orders/{number}-1/")
    visit.press("form[action$='/accept/'] button")
    visit.page.locator(".pk-line input[type=checkbox]").check()
    visit.press(".pk-save button")
    expect(visit.page.locator(".pk-count")).to_have_text("ใส่กล่องแล้ว 1 จาก 1 รายการ")
