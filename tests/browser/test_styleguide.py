"""The style guide in a real browser: nothing is cut wrongly, nothing is too wide, axe is content, and the parts that move do."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, Route

from tests.browser.conftest import Come
from tests.browser.test_every_page import TOO_SMALL, TOO_WIDE, in_order
from tests.browser.watch import Watch

PATH = "/styleguide/"
TALL = "ที่ ปี่ ผู้ น้ำ ญี่ปุ่น กี๊ ฎุ"
CUT = """async (tall) => {
    await document.fonts.ready;
    const pen = document.createElement("canvas").getContext("2d");
    const found = [];
    let seen = 0;
    for (const one of document.querySelectorAll(".clamp-1, .clamp-2, .clamp-3, .one-line, .good .nm, .by span")) {
        const style = getComputedStyle(one);
        if (style.overflowY === "visible") { found.push(`${one.className}: is not cut at all`); continue; }
        seen += 1;
        pen.font = `${style.fontWeight} 100px ${style.fontFamily}`;  // small sizes are rounded to whole pixels
        const ink = {}, large = pen.measureText(tall), scale = parseFloat(style.fontSize) / 100;
        for (const name of ["actual", "font"]) for (const side of ["Ascent", "Descent"])
            ink[`${name}BoundingBox${side}`] = scale * large[`${name}BoundingBox${side}`];
        const half = (parseFloat(style.lineHeight) - ink.fontBoundingBoxAscent - ink.fontBoundingBoxDescent) / 2;
        const above = half + ink.fontBoundingBoxAscent, below = half + ink.fontBoundingBoxDescent;
        const top = parseFloat(style.paddingTop), bottom = parseFloat(style.paddingBottom);
        const tell = words => found.push(`${one.className || one.parentElement.className}: ${words} ${style.fontSize}/${style.lineHeight}`);
        if (ink.actualBoundingBoxAscent > above + top + .5) tell("marks above are cut");
        if (ink.actualBoundingBoxDescent > below + bottom + .5) tell("vowels below are cut");
        if (style.webkitLineClamp !== "none" && above - ink.actualBoundingBoxAscent < bottom - .5) tell("the next line is seen");
        const oneLine = style.whiteSpace === "nowrap" || style.webkitLineClamp === "1";
        if (oneLine && style.whiteSpace === "nowrap" && one.scrollHeight > one.clientHeight) tell("higher than its line");
        if (oneLine && one.clientHeight > 2 * parseFloat(style.lineHeight)) tell("more than one line");
    }
    return [seen, [...new Set(found)]];
}"""


def _open(come: Come, **options: Any) -> Page:
    visit = come(bypass_csp=True, reduced_motion="reduce", **options)
    assert visit.open(PATH).status == 200
    return visit.page


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_no_text_is_cut_wrongly(come: Come, language: str, width: int) -> None:
    page = _open(come, language=language, viewport={"width": width, "height": 800})
    seen, wrong = page.evaluate(CUT, TALL)
    assert seen >= 28
    assert wrong == []
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate(TOO_SMALL, 24) == []


def test_a_wrong_cut_is_found(come: Come) -> None:
    """The negative control: the line heights that most shops use."""
    page = _open(come)
    for height, words in (("1.4", "marks above are cut"), ("1.6", "vowels below are cut")):
        page.evaluate(
            "height => document.querySelectorAll('.clamp-2').forEach(one => one.style.lineHeight = height)", height
        )
        _seen, wrong = page.evaluate(CUT, TALL)
        assert [line for line in wrong if line.startswith("clamp-2") and words in line]
    page.evaluate("document.querySelectorAll('.clamp-2').forEach(one => one.style.paddingBottom = '1em')")
    assert [line for line in page.evaluate(CUT, TALL)[1] if "the next line is seen" in line]


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_is_content(come: Come, language: str, scheme: str) -> None:
    for width in (360, 1280):
        in_order(_open(come, language=language, color_scheme=scheme, viewport={"width": width, "height": 800}))


def test_both_schemes_stand_side_by_side_whatever_the_system_wants(come: Come) -> None:
    for scheme in ("light", "dark"):
        page = _open(come, color_scheme=scheme)
        grounds = page.evaluate(
            "['light', 'dark'].map(name => getComputedStyle(document.querySelector('.scheme-' + name)).backgroundColor)"
        )
        assert grounds == ["rgb(251, 245, 230)", "rgb(19, 21, 43)"]


def test_script_stays_text(come: Come) -> None:
    watch = Watch()
    visit = come(watch=watch)
    visit.open(PATH)
    assert visit.page.locator("main script").count() == 0
    assert "<script>alert('ผู้ซื้อ')</script>" in visit.page.inner_text("#words")
    assert watch.problems == []


def test_dialog_holds_the_focus_and_gives_it_back(come: Come) -> None:
    page = _open(come)
    opener, dialog = page.locator("[data-opens=light-ask]"), page.locator("#light-ask")
    opener.press("Enter")
    assert dialog.is_visible()
    assert page.evaluate("document.querySelector('#light-ask').matches(':modal')")
    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('#light-ask')"
        )
    page.keyboard.press("Escape")
    assert dialog.is_hidden()
    assert page.evaluate("document.activeElement.dataset.opens") == "light-ask"
    opener.click()
    dialog.get_by_role("button", name="ลบ", exact=True).click()
    assert dialog.is_hidden()


def test_without_a_script_dialog_tabs_gallery_and_quantity_work(come: Come) -> None:
    page = _open(come, java_script_enabled=False)
    page.locator("[popovertarget=light-ask]").first.click()
    assert page.locator("#light-ask").is_visible()
    page.locator("#light-ask .x").click()
    assert page.locator("#light-ask").is_hidden()
    page.locator("label[for=light-t2]").click()
    panels = page.locator(".scheme-light .tab-panel")
    assert [panels.nth(at).is_visible() for at in range(3)] == [False, True, False]
    assert page.locator("#light-n").is_visible()
    assert page.locator(".scheme-light [data-step]").first.is_hidden()


def test_tabs_and_quantity_by_keyboard(come: Come) -> None:
    page = _open(come)
    page.locator("#light-t1").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator(".scheme-light .tab-panel").nth(1).is_visible()
    plus, number = page.locator(".scheme-light [data-step='1']").first, page.locator("#light-n")
    for expected in ("3", "4"):
        plus.press("Enter")
        assert number.input_value() == expected
    for _ in range(9):
        plus.click()
    assert number.input_value() == "9", "never more than there is"
    assert page.locator("#dark-n").input_value() == "2"


def test_a_form_is_sent_once(come: Come) -> None:
    visit = come()
    visit.open("/orders/find/")
    sent: list[Route] = []
    visit.page.route(
        "**/orders/find/", lambda route: sent.append(route) if route.request.method == "POST" else route.continue_()
    )
    visit.page.fill("#id_number", "0")
    visit.page.evaluate("""() => {
        const button = document.querySelector("main form button");
        button.click();
        button.click();
        setTimeout(() => button.click(), 100);
    }""")
    visit.page.wait_for_timeout(500)
    assert len(sent) == 1
    sent[0].abort()
