"""A line that drops while a member works on a phone: nothing typed is lost; large photos are made small on the phone."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import Come
from tests.tour import facts as cast


def test_a_part_of_a_product_survives_a_line_that_breaks_while_it_is_sent(come: Come) -> None:
    visit = come(cast.MANAGER)
    page = visit.page
    address = f"{visit.facts.workspace}goods/{visit.facts.gated}/part/measures/"
    visit.open(address)
    page.fill("#id_unit_th", "โอ่งใบเล็ก")
    page.route(
        "**/part/measures/", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    page.locator(".sk-form .btn").first.click()
    page.wait_for_timeout(500)
    page.unroute("**/part/measures/")
    visit.open(address)
    expect(page.locator("#id_unit_th")).to_have_value("โอ่งใบเล็ก")
    expect(page.locator("[data-status]")).to_contain_text("เก็บไว้ในเครื่อง")
    visit.press(".sk-form .btn")
    expect(page.locator("section[aria-labelledby=p-measures]")).to_contain_text("โอ่งใบเล็ก")
    visit.open(address)
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('goods:')).length") == 0
    expect(page.locator("[data-status]")).to_be_empty()


def test_without_a_line_a_part_of_the_shop_page_stays_on_the_phone(come: Come) -> None:
    visit = come(cast.MANAGER)
    page = visit.page
    visit.open(f"{visit.facts.workspace}page/edit/story/")
    page.context.set_offline(True)
    page.fill("#id_opening", "พิมพ์กลางทะเล ไม่มีเน็ต")
    page.locator(".paper-form .btn").first.click()
    expect(page.locator("[data-status]")).to_contain_text("ตอนนี้ไม่มีเน็ต")
    expect(page.locator("#id_opening")).to_have_value("พิมพ์กลางทะเล ไม่มีเน็ต")
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("#id_opening")).to_have_value("พิมพ์กลางทะเล ไม่มีเน็ต")
    visit.press(".paper-form .btn")
    expect(page.locator(".toasts")).to_contain_text("บันทึก")


def test_a_large_photo_of_the_shop_page_is_made_small_first(come: Come, large_photo: Path) -> None:
    """Pressed at once, the form waits until the phone has made the photo small; more than 15 MB would be refused."""
    visit = come(cast.MANAGER)
    page = visit.page
    visit.open(f"{visit.facts.workspace}page/edit/banner/")
    sizes: list[int] = []
    page.on(
        "request",
        lambda request: sizes.append(len(request.post_data_buffer or b"")) if request.method == "POST" else None,
    )
    page.set_input_files("#id_photo", large_photo)
    with page.expect_navigation(timeout=60_000):
        page.locator(".paper-form .btn").first.click()
    expect(page.locator(".toasts")).to_contain_text("บันทึก")
    assert len(sizes) == 1
    assert sizes[0] < 6 * 1024 * 1024
