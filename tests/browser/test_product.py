"""The product page under fingers and keys: pictures, quantity, options, delivery, and a picture that does not come."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Come
from tests.browser.watch import Watch


def test_the_picture_opens_large_and_the_keys_close_it(come: Come) -> None:
    visit = come()
    page = visit.page
    visit.open(visit.facts.goods[0].path)
    dialog = page.locator("dialog.zoom")
    expect(dialog).to_be_hidden()
    page.locator("[data-zoom]").first.click()
    expect(dialog).to_be_visible()
    picture = dialog.locator(".zoom-in img")
    assert picture.get_attribute("alt")
    page.locator("[data-larger]").click()
    expect(page.locator("[data-larger]")).to_have_attribute("aria-pressed", "true")
    assert picture.bounding_box()["width"] > page.viewport_size["width"]  # type: ignore[index]
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.locator("[data-zoom]").first).to_be_focused()


def test_pictures_are_swiped_and_the_small_ones_lead_to_them(come: Come) -> None:
    visit = come()
    page = visit.page
    visit.open("/products/")
    path = _with_pictures(page)
    visit.open(path)
    slides, small = page.locator(".slides"), page.locator(".thumbs a")
    small.nth(1).click()
    expect(small.nth(1)).to_have_attribute("aria-current", "true")
    page.wait_for_function("el => Math.round(el.scrollLeft / el.clientWidth) === 1", arg=slides.element_handle())
    slides.evaluate("el => el.scrollTo({left: 0, behavior: 'instant'})")
    expect(small.nth(0)).to_have_attribute("aria-current", "true")


def _with_pictures(page: Page) -> str:
    """The first good of the listing that has more than one picture."""
    for path in page.locator("a.good").evaluate_all("all => all.map(one => one.getAttribute('href'))"):
        if 'class="thumbs"' in page.request.get(page.url.split("/products/")[0] + path).text():
            return str(path)
    raise AssertionError("no good with several pictures on the first page")


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_delivery_is_told_for_a_postcode(come: Come, script: bool) -> None:
    visit = come(java_script_enabled=script)
    page = visit.page
    visit.open(visit.facts.goods[0].path)
    page.fill("#postcode", "99999")
    page.locator(".ship button").click()
    expect(page.locator("#delivery .err")).to_contain_text("ไม่มีรหัสไปรษณีย์ 99999")
    page.fill("#postcode", "50200")
    page.locator(".ship button").click()
    expect(page.locator("#delivery")).to_contain_text("เชียงใหม่ 50200")
    expect(page.locator("#delivery")).to_contain_text(re.compile(r"\d+\.00 บาท"))
    assert ("?postcode=" in page.url) is not script


def test_plus_and_minus_and_the_chosen_option(come: Come) -> None:
    visit = come()
    page = visit.page
    visit.open(visit.facts.variant.path)
    page.locator(".buybar [data-step='1']").click()
    expect(page.locator("#quantity")).to_have_value("2")
    label = page.locator(".opt label:has(input:enabled)").last
    label.click()
    price = label.locator("input").get_attribute("data-price")
    expect(page.locator(".tag [data-price]")).to_have_text(str(price))


def test_a_picture_that_does_not_come_leaves_a_tidy_ground(come: Come) -> None:
    watch = Watch()
    visit = come(watch=watch)
    page = visit.page

    def lose(route: Route) -> None:
        route.fulfill(status=200, body=b"no picture", content_type="image/webp")

    page.route("**/media/pictures/**", lose)
    visit.open(visit.facts.goods[0].path)
    first = page.locator(".slides .pic.lost").first
    expect(first).to_be_visible()
    box = first.bounding_box()
    assert box is not None
    assert box["width"] > 300
    assert box["height"] > 200
    assert first.locator("img").count() == 0, "no torn icon"
    assert first.get_attribute("aria-label") == first.text_content() != ""
