"""Searching in a real browser: suggestions by keyboard and by finger, the results, and all of it without a script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import Come
from tests.browser.watch import Watch

WIDE = {"width": 1280, "height": 900}


@pytest.mark.parametrize("viewport", [WIDE, {"width": 360, "height": 740}], ids=["wide", "phone"])
def test_a_suggestion_is_reached_and_chosen_with_the_keyboard(come: Come, viewport: dict[str, int]) -> None:
    watch = Watch()
    visit = come(watch=watch, viewport=viewport)
    page = visit.page
    visit.open("/")
    field = page.locator("form[data-suggest] input[type=search]")
    field.focus()
    field.press_sequentially(visit.facts.word[:4])
    options = page.locator("#suggestions [role=option]")
    options.first.wait_for()
    expect(field).to_have_attribute("role", "combobox")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.locator("form[data-suggest] [role=status]")).to_contain_text(str(options.count()))
    field.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", "suggestion-0")
    expect(options.first).to_have_attribute("aria-selected", "true")
    field.press("ArrowUp")
    expect(field).not_to_have_attribute("aria-activedescendant", re.compile(".*"))
    field.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    field.press("Escape")
    expect(page.locator("#suggestions")).not_to_be_visible()
    expect(field).to_have_value(visit.facts.word[:4])
    field.press_sequentially(visit.facts.word[4:])
    options.first.wait_for()
    field.press("ArrowDown")
    address = options.first.get_attribute("data-url") or "?"
    field.press("Enter")
    page.wait_for_url(re.compile(re.escape(address) + "$"))
    assert watch.problems == []


def test_what_was_typed_before_the_script_came_is_answered(come: Come) -> None:
    """The script comes with the first step into the field; on a slow line the letters are there before it."""
    visit = come(viewport=WIDE)
    page = visit.page
    held: list[Route] = []
    page.route("**/suggest*.js", lambda route: held.append(route))
    visit.open("/")
    field = page.locator("form[data-suggest] input[type=search]")
    field.press_sequentially(visit.facts.word[:3])
    expect(field).not_to_have_attribute("role", "combobox")
    held.pop().continue_()
    page.locator("#suggestions [role=option]").first.wait_for()


def test_enter_searches_for_what_was_typed_and_shows_it_marked(come: Come) -> None:
    visit = come(viewport=WIDE)
    page = visit.page
    visit.open("/")
    field = page.locator("form[data-suggest] input[type=search]")
    field.fill(visit.facts.word)
    field.press("Enter")
    page.wait_for_url(re.compile(r"/search/\?q="))
    expect(page.locator("form[data-suggest] input[type=search]")).to_have_value(visit.facts.word)
    expect(page.locator(".good mark").first).to_have_text(visit.facts.word)


def test_searching_and_filtering_work_without_a_script(come: Come) -> None:
    visit = come(viewport=WIDE, java_script_enabled=False)
    page = visit.page
    visit.open("/")
    field = page.locator("form[data-suggest] input[type=search]")
    field.fill(visit.facts.word)
    field.press("Enter")
    page.wait_for_url(re.compile(r"/search/\?q="))
    whole = page.locator("#results").get_attribute("data-said")
    page.locator("input[name=delivery]").first.check()
    page.locator("#filters .end button").click()
    page.wait_for_url(re.compile(r"/search/\?q=.*delivery=direct"))
    expect(page.locator(".chip.sel")).to_have_count(1)
    page.locator(".chip.sel").click()
    expect(page.locator(".chip.sel")).to_have_count(0)
    assert page.locator("#results").get_attribute("data-said") == whole
