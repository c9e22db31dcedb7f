"""A fair in a real browser: the office announces it and enters its booths, a group applies on a phone, gets a booth on the plan,
and a visitor finds it there."""

from __future__ import annotations

import datetime as dt
import re

from playwright.sync_api import Page, expect

from shop.common import clock
from tests.browser.conftest import Come
from tests.browser.test_every_page import in_order
from tests.tour import facts as cast
from tests.tour.visit import Visit

DESK = {"width": 1280, "height": 900}
NAME, GROUP_COMES = "ตลาดนัดของดีริมคลอง", "เอาของสดมาเช้าวันงาน"


def day(later: int) -> str:
    """As an officer types it."""
    on = clock.today() + dt.timedelta(days=later)
    return f"{on.day}/{on.month}/{on.year + 543}"


def announce(officer: Visit) -> str:
    """Makes the fair, refused once for its dates; the address of its office page."""
    page = officer.page
    officer.open("/office/fairs/new/")
    page.fill("#id_name_th", NAME)
    page.fill("#id_summary_th", "ของดีจากทุกภาคริมคลอง")
    page.locator("#id_office").select_option(index=1)
    page.fill("#id_starts_on", day(40))
    page.fill("#id_starts", "10:00")
    page.fill("#id_ends_on", day(39))
    page.fill("#id_ends", "20:00")
    page.fill("#id_venue_th", "ลานริมคลอง")
    page.locator("#id_province").select_option(index=1)
    page.fill("#id_apply_from", day(-1))
    page.fill("#id_apply_until", day(30))
    officer.press(".fr-form .btn")
    expect(page.locator(".errors li")).to_have_count(1)
    expect(page.locator("#id_name_th")).to_have_value(NAME)
    in_order(page)
    page.fill("#id_ends_on", day(42))
    officer.press(".fr-form .btn")
    page.wait_for_url(re.compile("/office/fairs/[^/]+/booths/$"))
    return page.url.removeprefix(officer.base).removesuffix("booths/")


def enter_booths(officer: Visit) -> None:
    page = officer.page
    page.fill("#id_letter", "ก")
    page.fill("#id_name_th", "ของกิน")
    page.fill("#id_number", "6")
    page.fill("#id_price_satang", "1,500")
    officer.press(".fr-form .btn")
    expect(page.locator(".fr-plan svg")).to_be_visible()
    in_order(page)


def apply(group: Visit) -> None:
    """With the first good of its own, on a phone."""
    group.open(f"{group.facts.workspace}fairs/")
    group.press(f"a:has-text('{NAME}')")
    page = group.page
    if page.locator("select#id_kind").count():
        page.locator("#id_kind").select_option(index=1)
    else:
        page.locator("input[name=kind]").first.check()
    page.locator("input[name=goods]").first.check()
    page.fill("#id_words", GROUP_COMES)
    page.fill("#id_contact_name", "ป้าแดง")
    page.fill("#id_contact_phone", "0812345678")
    in_order(page)
    group.press(".fr-form .btn")
    expect(page.locator("main")).to_contain_text("รอ")


def booth_of(page: Page) -> str:
    """As the group reads it."""
    found = re.search(r"บูธของคุณคือ (\S+)", page.locator("main").inner_text())
    assert found
    return found[1]


def test_from_the_announcement_to_a_visitor_at_the_booth(come: Come) -> None:
    officer, group = come(cast.CHIEF, viewport=DESK), come(cast.MANAGER)
    path = announce(officer)
    enter_booths(officer)
    slug = path.rstrip("/").rsplit("/", 1)[1]
    visitor = come()
    assert visitor.open(f"/fairs/{slug}/").status == 404, "nobody sees it before it is shown"
    officer.open(path)
    officer.press("form[action$='/publish/'] .btn")
    apply(group)
    officer.open(f"{path}?state=submitted")
    officer.press(".fr-rows h3 a")
    name = officer.page.locator("h1").inner_text()
    officer.page.locator("#id_booth").select_option(index=2)
    officer.press("button[value=give]")
    group.page.reload()
    booth = booth_of(group.page)
    assert visitor.open(f"/fairs/{slug}/").status == 200
    page = visitor.page
    expect(page.locator("h1")).to_have_text(NAME)
    expect(page.locator(".fr-plan svg")).to_be_visible()
    expect(page.locator("main")).to_contain_text(booth)
    expect(page.locator("main")).to_contain_text(name)
    expect(page.locator("main")).not_to_contain_text(GROUP_COMES)  # written to the office, not to everybody
    in_order(page)
    visitor.open(f"/fairs/{slug}/?q={name[:12]}")
    expect(page.locator("main")).to_contain_text(booth)
    visitor.open(f"/fairs/{slug}/?q=ไม่มีใครชื่อนี้")
    expect(page.locator("main")).to_contain_text("ไม่พบกลุ่มในงานที่ตรงกับคำค้น")
