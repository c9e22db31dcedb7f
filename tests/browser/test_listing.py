"""A listing in a real browser: filters without a reload, the way back, the sheet of the phone, and all of it without a script."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Come
from tests.browser.watch import Watch

WIDE = {"width": 1280, "height": 900}


def settled(page: Page) -> None:
    expect(page.locator("#results[aria-busy]")).to_have_count(0)


def stays(page: Page) -> None:
    """Marks the document: the mark is gone after a reload."""
    page.evaluate("document.documentElement.dataset.mark = 'here'")


def is_the_same(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.dataset.mark === 'here'"))


def test_filters_change_results_counts_and_address_in_place(come: Come) -> None:
    watch = Watch()
    visit = come(watch=watch, viewport=WIDE)
    page = visit.page
    visit.open("/products/")
    stays(page)
    whole = page.locator("#results").get_attribute("data-said")
    page.locator("input[name=region]").first.check()
    expect(page).to_have_url(re.compile(r"/products/\?region=\w+$"))
    settled(page)
    expect(page.locator(".chip.sel")).to_have_count(1)
    expect(page.locator("input[name=region]").first).to_be_checked()
    expect(page.locator("input[name=region]").first).to_be_focused()
    found = page.locator("#results").get_attribute("data-said") or ""
    assert found != whole
    expect(page.locator("#listing-said")).to_have_text(found)
    page.select_option("#sort", "price")
    expect(page).to_have_url(re.compile(r"\?region=\w+&sort=price$"))
    settled(page)
    page.locator(".chip.sel").click()
    expect(page).to_have_url(re.compile(r"/products/\?sort=price$"))
    settled(page)
    expect(page.locator("input[name=region]").first).not_to_be_checked()
    assert page.locator("#results").get_attribute("data-said") == whole
    assert is_the_same(page)
    assert watch.problems == []


def test_back_brings_filters_and_place(come: Come) -> None:
    visit = come(viewport=WIDE)
    page = visit.page
    visit.open("/products/")
    page.locator("input[name=region]").first.check()
    expect(page).to_have_url(re.compile("region="))
    settled(page)
    page.evaluate("scrollTo(0, 900)")
    address = page.url
    page.locator(".pages a[rel=next]").click()
    expect(page).to_have_url(re.compile("page=2"))
    settled(page)
    page.go_back()
    expect(page).to_have_url(address)
    settled(page)
    expect(page.locator(".chip.sel")).to_have_count(1)
    page.wait_for_timeout(300)
    assert page.evaluate("scrollY") >= 700
    page.evaluate("scrollTo(0, 700)")
    before = page.evaluate("scrollY")
    page.locator("#results .good").nth(6).click()
    expect(page).to_have_url(re.compile(r"_\d+/$"))
    page.go_back()
    expect(page).to_have_url(address)
    expect(page.locator(".chip.sel")).to_have_count(1)
    page.wait_for_timeout(300)
    assert abs(page.evaluate("scrollY") - before) < 250


def test_the_sheet_stays_open_and_says_how_many(come: Come) -> None:
    visit = come()
    page = visit.page
    visit.open("/products/")
    expect(page.locator("#filters")).not_to_be_visible()
    page.locator("#results [popovertarget=filters]").click()
    tick = page.locator("input[name=scheme]").nth(1)
    tick.scroll_into_view_if_needed()
    at = page.evaluate("document.getElementById('filters').scrollTop")
    tick.check()
    expect(page).to_have_url(re.compile("scheme="))
    settled(page)
    expect(page.locator("#filters")).to_be_visible()
    assert abs(page.evaluate("document.getElementById('filters').scrollTop") - at) < 60
    number = re.sub(r"\D", "", page.locator("#results").get_attribute("data-said") or "")
    expect(page.locator("#filters .end button")).to_contain_text(number)
    page.locator("#filters .end button").click()
    expect(page.locator("#filters")).not_to_be_visible()
    expect(page.locator(".chip .cnt")).to_have_text("1")


def test_everything_works_without_a_script(come: Come) -> None:
    visit = come(viewport=WIDE, java_script_enabled=False)
    page = visit.page
    visit.open("/products/")
    page.locator("input[name=region]").first.check()
    page.select_option("#sort", "price")
    page.locator("#filters .end button").click()
    expect(page).to_have_url(re.compile(r"region=\w+.*sort=price"))
    expect(page.locator(".chip.sel")).to_have_count(1)
    page.locator(".chip.sel").click()
    expect(page.locator(".chip.sel")).to_have_count(0)
    visit.open(visit.facts.group)
    links = page.locator("[data-share] a")
    expect(links).to_have_count(3)
    expect(links.first).to_have_attribute(
        "href", re.compile(r"^https://social-plugins\.line\.me/lineit/share\?url=http%3A%2F%2F")
    )
    expect(page.locator("[data-share] button")).to_have_count(2)
    expect(page.locator("[data-share] button").first).not_to_be_visible()


def test_the_link_is_copied_and_the_phones_own_sheet_opens(come: Come) -> None:
    visit = come()
    page = visit.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.add_init_script("navigator.share = (what) => { window.shared = what; return Promise.resolve(); }")
    visit.open(visit.facts.story)
    page.locator("[data-share-copy] button").click()
    expect(page.locator(".share-said")).to_contain_text("คัดลอกลิงก์แล้ว")
    assert page.evaluate("navigator.clipboard.readText()").endswith(visit.facts.story)
    page.locator("[data-share-sheet] button").click()
    shared = page.evaluate("window.shared")
    assert shared["url"].endswith(visit.facts.story)
    assert shared["title"] == page.locator("h1").inner_text()
