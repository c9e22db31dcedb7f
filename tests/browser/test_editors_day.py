"""An editor's day in a real browser: a release from the template, a picture with its description, handed in, sent back,
approved by the department, read by a visitor."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import Come
from tests.tour.newsroom import PUBLISHER, WRITER
from tests.tour.visit import Visit

DESK = {"width": 1280, "height": 900}
TITLE = "กลุ่มทอผ้าเปิดบ้านให้ชมกี่ทุกวันเสาร์"
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photo as an office has it."""
    path = tmp_path / "loom.jpg"
    Image.linear_gradient("L").resize((1500, 1000)).convert("RGB").save(path, "JPEG")
    return path


def ours_in_order(page: Page, part: str) -> None:
    """Axe finds nothing in our part of the page, and nothing makes it scroll sideways."""
    found = Axe().run(page, context=part, options=RULES)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
    wide = page.evaluate("document.scrollingElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 1


def write(page: Page) -> None:
    """Every part of the template gets its words."""
    editors = page.locator(".public-DraftEditor-content")
    for number in range(editors.count()):
        editors.nth(number).click()
        page.keyboard.press("Control+A")
        page.keyboard.type(f"สมาชิกกลุ่มเปิดบ้านให้ชมทุกวันเสาร์ ตอนที่ {number + 1}")


def choose_picture(page: Page, photo: Path) -> None:
    """Uploads a picture in the dialog and describes it."""
    page.locator("#id_image-chooser [data-chooser-action-choose]:visible").first.click()
    dialog = page.locator(".modal-dialog")
    dialog.locator("a[href='#tab-upload'], [role=tab]:has-text('อัป')").last.click()
    dialog.locator("input[type=file]").set_input_files(photo)
    dialog.locator("#tab-upload input[name$='title']").fill("กี่ทอผ้า")
    dialog.locator("#tab-upload button[type=submit], #tab-upload input[type=submit]").click()
    expect(dialog).to_have_count(0, timeout=15_000)
    expect(page.locator("#id_image-chooser img")).to_be_visible()
    page.fill("#id_picture_alt", "กี่ทอผ้าใต้ถุนบ้าน")


def submit(visit: Visit, action: str) -> None:
    """One of the acts behind the arrow at the foot."""
    page = visit.page
    page.locator("footer [data-w-dropdown-target='toggle']").last.click()
    visit.press(action)


def test_from_the_template_to_the_reader(come: Come, photo: Path) -> None:
    writer = come(WRITER, viewport=DESK, bypass_csp=True, reduced_motion="reduce")
    page = writer.page
    writer.open("/cms/")
    ours_in_order(page, ".ed-day")
    page.fill("#ed-title", TITLE)
    writer.press(".ed-new button")
    expect(page.locator("#id_title")).to_have_value(TITLE)
    expect(page.locator("#id_contact_name")).to_have_value(re.compile("สำนักงานสหกรณ์จังหวัด"))
    ours_in_order(page, ".ed-ready")
    submit(writer, "button[name='action-submit']")
    expect(page.locator(".ed-ready")).to_contain_text("ยังไม่มีสรุปย่อ")
    page.fill("#id_summary", "ผู้สนใจเข้าชมได้ทุกวันเสาร์ ไม่ต้องจอง")
    write(page)
    choose_picture(page, photo)
    submit(writer, "button[name='action-submit']")
    writer.open("/cms/")
    expect(page.locator("section[aria-labelledby='ed-in']")).to_contain_text(TITLE)
    publisher = come(PUBLISHER, viewport=DESK)
    publisher.open("/cms/")
    publisher.press(f"a:has-text('{TITLE}')")
    address = publisher.page.url
    reader = come()
    publisher.page.locator("footer [data-w-dropdown-target='toggle']").last.click()
    publisher.press("button[data-workflow-action-name='approve']:not([data-launch-modal='true'])")
    publisher.open(address.removeprefix(publisher.base))
    slug = publisher.page.locator("#id_slug").input_value()
    answer = reader.open(f"/news/{slug}/")
    assert answer.status == 200
    expect(reader.page.locator("h1")).to_have_text(TITLE)
    expect(reader.page.locator("main")).to_contain_text("ตอนที่ 3")


def test_thai_and_english_side_by_side_on_a_phone(come: Come) -> None:
    writer = come(WRITER, bypass_csp=True)
    writer.open("/cms/")
    ours_in_order(writer.page, ".ed-day")
    link = writer.page.locator("section[aria-labelledby='ed-drafts'] li a").first.get_attribute("href") or ""
    key = link.rstrip("/").split("/")[-2]
    writer.open(f"/cms/newsroom/{key}/")
    ours_in_order(writer.page, ".ed-both")
    expect(writer.page.frame_locator("iframe").first.locator("h1")).to_be_visible()
