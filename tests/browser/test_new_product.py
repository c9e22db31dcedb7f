"""A member of a group with a phone of 360 pixels: a photo, a name, a price, and the product is on sale."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import Come
from tests.browser.watch import Watch
from tests.tour import facts as cast


def test_a_product_with_a_photo_goes_on_sale(come: Come, large_photo: Path) -> None:
    watch = Watch()
    visit = come(cast.MANAGER, watch=watch)
    page = visit.page
    visit.open(f"{visit.facts.workspace}goods/")
    visit.press("a[href$='/goods/new/']")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_input_files("input[name=photo]", large_photo)
    expect(page.locator("[data-seen] img")).to_be_visible(timeout=60_000)
    page.fill("input[name=title]", "ตะกร้าจากมือถือ")
    basketry = page.locator("select[name=category] option", has_text="จักสาน").first.get_attribute("value")
    page.select_option("select[name=category]", basketry)
    page.fill("input[name=price]", "๒๕๐ บาท")
    page.fill("input[name=unit]", "ใบ")
    page.fill("input[name=weight]", "500 กรัม")
    page.fill("input[name=stock]", "8")
    expect(page.locator("[data-status]")).to_contain_text("เก็บไว้แล้ว", timeout=15_000)
    visit.press("button[value=publish]")
    assert re.search(r"/goods/\d+/$", page.url)
    expect(page.locator(".gl-head")).to_contain_text("ตะกร้าจากมือถือ")
    expect(page.locator("#p-price + *, section[aria-labelledby=p-price]").first).to_contain_text("250.00")
    visit.press("p a[href^='/products/']")
    expect(page.locator("h1")).to_have_text("ตะกร้าจากมือถือ")
    expect(page.locator("main .pic img").first).to_be_visible()
    assert watch.problems == []


def test_what_is_typed_stays_when_the_connection_drops(come: Come) -> None:
    visit = come(cast.MANAGER)
    page = visit.page
    visit.open(f"{visit.facts.workspace}goods/new/")
    page.route("**/goods/new/keep/", lambda route: route.abort())
    page.fill("input[name=title]", "พิมพ์ตอนเน็ตหลุด")
    expect(page.locator("[data-status]")).to_contain_text("เก็บไว้ในเครื่องแล้ว", timeout=15_000)
    page.unroute("**/goods/new/keep/")
    with page.expect_response("**/goods/new/keep/") as answer:
        page.evaluate("window.dispatchEvent(new Event('online'))")
    assert answer.value.status == 204
    expect(page.locator("[data-status]")).to_contain_text("เก็บไว้แล้ว")
    other = come(cast.MANAGER)
    other.open(f"{other.facts.workspace}goods/new/")
    expect(other.page.locator("input[name=title]")).to_have_value("พิมพ์ตอนเน็ตหลุด")
    other.press("button[value=forget]")


def test_without_a_script_the_form_saves_a_draft(come: Come) -> None:
    visit = come(cast.MANAGER, java_script_enabled=False)
    page = visit.page
    visit.open(f"{visit.facts.workspace}goods/new/")
    page.fill("input[name=title]", "ร่างไม่มีสคริปต์")
    page.locator("select[name=category]").select_option(index=1)
    visit.press("button[value=draft]")
    expect(page.locator(".gl-head")).to_contain_text("ร่างไม่มีสคริปต์")
    expect(page.locator(".gl-head")).to_contain_text("ร่าง")


def test_a_tap_says_what_must_stay_in_sight(come: Come) -> None:
    watch = Watch()
    visit = come(cast.MANAGER, watch=watch)
    page = visit.page
    visit.open(f"{visit.facts.workspace}goods/{visit.facts.gated}/pictures/")
    expect(page.locator(".sk-dot").first).to_be_hidden()
    box = page.locator(".sk-frame img").first.bounding_box()
    assert box is not None
    page.locator(".sk-frame img").first.click(position={"x": box["width"] * 0.8, "y": box["height"] * 0.25})
    expect(page.locator(".sk-dot").first).to_be_visible()
    visit.press("button[value=save]")
    page.locator(".sk-point summary").first.click()
    expect(page.locator("input[name$=focus_x]").first).to_have_value(re.compile("^(79|80|81)$"))
    expect(page.locator("input[name$=focus_y]").first).to_have_value(re.compile("^(24|25|26)$"))
    assert watch.problems == []
