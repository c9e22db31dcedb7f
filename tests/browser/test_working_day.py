"""A day at a group's desk with a phone of 360 pixels: three orders packed, one of them short, and the story is told anew."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Come
from tests.browser.watch import Watch
from tests.tour import facts as cast
from tests.tour.visit import Visit


def _bought(come: Come, pieces: int) -> str:
    """A guest's order of goods of the group alone; its number."""
    guest = come()
    guest.add(guest.facts.goods[0], pieces)
    guest.to_confirm()
    return guest.place("cod")


def _narrow(visit: Visit) -> None:
    assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), visit.page.url


def _packed(visit: Visit, number: str, *, missing: bool = False) -> None:
    """Accepts an order, says what is missing, ticks its line by a tap that another phone sees, and closes the box."""
    page = visit.page
    visit.open(f"{visit.facts.workspace}orders/{number}-1/")
    visit.press("form[action$='/accept/'] button")
    if missing:
        visit.press(".pk-less a")
        _narrow(visit)
        page.fill("input[name=available]", "๒")
        page.check("input[name=reason][value=not_ready]")
        visit.press(".paper-form .btn")
        expect(page.locator(".pk-short")).to_contain_text("ขาด 1 จาก 3")
    with page.expect_response("**/tick/"):
        page.locator(".pk-line").first.click()
    expect(page.locator(".pk-count")).to_have_text("ใส่กล่องแล้ว 1 จาก 1 รายการ")
    page.reload()
    expect(page.locator(".pk-line input[type=checkbox]")).to_be_checked()
    _narrow(visit)
    visit.press("form[action$='/pack/'] button")


def test_three_orders_are_packed_and_one_is_short(come: Come) -> None:
    numbers = [_bought(come, pieces) for pieces in (1, 3, 1)]
    watch = Watch()
    visit = come(cast.MANAGER, watch=watch)
    visit.open(visit.facts.workspace)
    _narrow(visit)
    visit.press(".td a[href$='state=to_accept']")
    expect(visit.page.locator("tbody")).to_contain_text(numbers[1])
    for number in numbers:
        _packed(visit, number, missing=number == numbers[1])
        expect(visit.page.locator(".pk-next a")).to_be_visible()
    visit.page.fill("#tracking", "TH123456789")
    visit.press("form[action$='/hand-over/'] button")
    expect(visit.page.locator("p.state")).to_contain_text("ส่ง")
    assert watch.problems == []


def test_without_a_script_the_ticks_are_saved_by_a_button(come: Come) -> None:
    number = _bought(come, 2)
    visit = come(cast.MANAGER, java_script_enabled=False)
    visit.open(f"{visit.facts.workspace}orders/{number}-1/")
    visit.press("form[action$='/accept/'] button")
    visit.page.locator(".pk-line input[type=checkbox]").check()
    visit.press(".pk-save button")
    expect(visit.page.locator(".pk-count")).to_have_text("ใส่กล่องแล้ว 1 จาก 1 รายการ")


def test_a_story_is_written_looked_at_approved_and_read(come: Come) -> None:
    watch = Watch()
    visit = come(cast.MANAGER, watch=watch)
    page = visit.page
    visit.open(f"{visit.facts.workspace}page/")
    visit.press(".sp-parts a[href$='/edit/story/']")
    page.fill("#id_opening", "วันนี้กะปิล็อตใหม่ออกจากโอ่ง")
    visit.press(".paper-form .btn")
    visit.press(".sp-bar a[href$='/preview/']")
    expect(page.locator(".opening")).to_have_text("วันนี้กะปิล็อตใหม่ออกจากโอ่ง")
    _narrow(visit)
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
    assert watch.problems == []
