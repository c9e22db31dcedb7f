"""An editor's day: the first page, a release from the template, what is missing, two languages, two editors at once."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from cms import reads
from cms.models import NewsPage, PageReads
from cms.readiness import problems_of
from cms.services import publish_news
from cms.services.releases import begin_english
from shop.common import clock
from tests.newsroom import NORTH, SECRET, Newsroom, draft, open_newsroom, section
from tests.unit.cms.test_editors import act

pytestmark = pytest.mark.django_db
WRITTEN = '[{"type":"text","value":"<p>คำ</p>"}]'


@pytest.fixture
def room(db: None) -> Newsroom:
    return open_newsroom()


def begin(room: Newsroom, who: str, title: str) -> NewsPage:
    """The button of the first page."""
    answer = room.clients[who].post(reverse("newsroom:press-release"), {"title": title})
    assert answer.status_code == 302
    return NewsPage.objects.latest("pk")


def test_a_release_from_the_template_stands_in_the_right_place(room: Newsroom) -> None:
    page = begin(room, "north", "งานผ้าเชียงใหม่")
    assert page.get_parent().pk == section(NORTH).pk
    assert (page.live, page.owner, page.province_id) == (False, room.people["north"], NORTH)
    assert page.contact_name.startswith("สำนักงานสหกรณ์จังหวัด")
    html = room.clients["north"].get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "ยังมีส่วนของแบบฟอร์มที่รอเขียน" in html
    national = begin(room, "publisher", "งานผ้าเชียงใหม่")
    assert national.get_parent().slug == "news"
    assert national.slug != page.slug, "an address is taken once"


def test_without_a_title_nothing_is_begun(room: Newsroom) -> None:
    answer = room.clients["north"].post(reverse("newsroom:press-release"), {"title": " \u200b "}, follow=True)
    assert "ตั้งชื่อข่าวก่อน" in answer.content.decode()
    assert not NewsPage.objects.exists()


def test_a_second_click_begins_no_second_release(room: Newsroom) -> None:
    first, again = begin(room, "north", "งานผ้า"), begin(room, "north", "งานผ้า")
    assert again.pk == first.pk
    assert NewsPage.objects.count() == 1
    first.save_revision(clean=False)
    assert begin(room, "north", "งานผ้า").pk != first.pk, "what was written on is left alone"


def test_signs_that_turn_the_writing_are_not_kept(room: Newsroom) -> None:
    page = begin(room, "north", "งานผ้า")
    assert act(room.clients["north"], page, title="งาน\u202eผ้า", summary="สรุป\u2066ข่าว").status_code == 302
    latest = NewsPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert (latest.title, latest.summary) == ("งานผ้า", "สรุปข่าว")
    refused = act(room.clients["north"], page, title="\u202e\u200b")
    assert refused.status_code == 200
    assert list(refused.context["form"].errors) == ["title"]
    assert NewsPage.objects.get(pk=page.pk).get_latest_revision_as_object().title == "งานผ้า"


def test_a_title_with_script_stays_words(room: Newsroom) -> None:
    page = begin(room, "north", "<script>alert(1)</script> งาน")
    for path in ("/cms/", reverse("wagtailadmin_pages:edit", args=[page.pk])):
        assert "<script>alert(1)" not in room.clients["north"].get(path).content.decode()


def test_the_template_as_it_is_cannot_be_handed_in_and_nothing_is_lost(room: Newsroom) -> None:
    page = begin(room, "north", "งานผ้า")
    answer = act(room.clients["north"], page, title="ชื่อใหม่ที่พิมพ์ไว้", **{"action-submit": "1"})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "ชื่อใหม่ที่พิมพ์ไว้" in html
    assert "ยังไม่มีสรุปย่อ" in html or "ฟิลด์นี้จำเป็น" in html
    assert not page.workflow_states.exists()
    answer = act(room.clients["north"], page, title="ชื่อใหม่ที่พิมพ์ไว้")
    assert answer.status_code == 302, "a draft is always saved"
    assert NewsPage.objects.get(pk=page.pk).get_latest_revision_as_object().title == "ชื่อใหม่ที่พิมพ์ไว้"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"summary": ""}, "ยังไม่มีสรุปย่อ"),
        ({"body": [("text", '<p>a <a href="">b</a></p>')]}, "มีลิงก์ที่ไม่ได้ใส่ปลายทาง"),
        ({"body": [("text", '<p>a <a href="https://x.test"> </a></p>')]}, "มีลิงก์ที่ไม่มีข้อความให้กด"),
        ({"body": [("text", "<h3>ย่อย</h3><p>a</p>")]}, "มีหัวข้อย่อยก่อนหัวข้อใหญ่"),
        ({"body": [("text", "<h2> </h2><p>a</p>")]}, "มีหัวข้อที่ว่างอยู่"),
        ({"body": [("text", "<p>(เขียนที่นี่: อะไร)</p>")]}, "รอเขียน"),
        ({"body": [("text", '<h2>ใหญ่</h2><h3>ย่อย</h3><p><a linktype="page" id="3">b</a></p>')]}, ""),
    ],
)
def test_what_is_missing(room: Newsroom, changes: dict[str, Any], words: str) -> None:
    page = draft(room, "north", NORTH)
    for name, value in changes.items():
        setattr(page, name, value)
    found = [str(problem.text) for problem in problems_of(page)]
    assert len(found) == bool(words)
    assert words in "".join(found)


def test_what_is_not_ready_is_not_published_by_anybody(room: Newsroom) -> None:
    page = draft(room, "north", NORTH)
    state = page.get_workflow().start(page, room.people["north"])
    page.summary = ""
    page.save()
    page.save_revision(clean=False)
    answer = act(room.clients["publisher"], page, **{"action-publish": "1"})
    assert answer.status_code == 200
    path = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.current_task_state_id])
    room.clients["publisher"].post(path)
    room.clients["publisher"].post(f"/cms/bulk/wagtailcore/page/publish/?id={page.pk}&next=/cms/")
    assert not NewsPage.objects.get(pk=page.pk).live


def test_the_first_page_tells_what_is_whose(room: Newsroom) -> None:
    mine = begin(room, "north", "ร่างของเชียงใหม่")
    begin(room, "isan", SECRET)
    handed = draft(room, "north", NORTH, title="ส่งแล้วรอตรวจ", slug="handed")
    handed.get_workflow().start(handed, room.people["north"])
    with CaptureQueriesContext(
        connection,
    ) as queries:
        html = room.clients["north"].get("/cms/").content.decode()
        few = len(queries)
    assert mine.title in html
    assert "ส่งแล้วรอตรวจ" in html
    assert SECRET not in html
    waiting = room.clients["publisher"].get("/cms/").content.decode()
    assert "ส่งแล้วรอตรวจ" in waiting
    assert "รอท่านตรวจ" in waiting
    for number in range(4):
        begin(room, "north", f"อีกเรื่อง {number}")
    with CaptureQueriesContext(connection) as queries:
        html = room.clients["north"].get("/cms/").content.decode()
        few = len(queries)
    assert mine.title in html
    assert "ส่งแล้วรอตรวจ" in html
    assert SECRET not in html
    waiting = room.clients["publisher"].get("/cms/").content.decode()
    assert "ส่งแล้วรอตรวจ" in waiting
    assert "รอท่านตรวจ" in waiting
    for number in range(4):
        begin(room, "north", f"อีกเรื่อง {number}")
    with CaptureQueriesContext(connection) as queries:
        room.clients["north"].get("/cms/")
        many = len(queries)
    assert many <= few + 2, "no query for each draft"


def test_readings_are_counted_without_a_person(room: Newsroom, settings: Any) -> None:
    settings.COUNT_READINGS = True
    page = publish_news(title="อ่านกัน", summary="x", body=[], published_on=clock.today(), slug="read")
    browser = {"user-agent": "Mozilla/5.0 (Android 14)"}
    for _again in range(3):
        assert Client().get("/news/read/", headers=browser).status_code == 200
    Client().get("/news/read/", headers={"user-agent": "Googlebot/2.1"})
    Client().get("/news/none/", headers=browser)
    reads.write_down(now=True)
    assert reads.write_down(now=True) == 0
    assert list(PageReads.objects.values_list("page_id", "day", "number")) == [(page.pk, clock.today(), 3)]
    assert "3 ครั้ง" in room.clients["publisher"].get("/cms/").content.decode()


def test_thai_and_english_side_by_side(room: Newsroom) -> None:
    page = draft(room, "north", NORTH, title="คู่ภาษา")
    address = reverse("newsroom:both", args=[page.pk])
    assert "ยังไม่มีฉบับภาษาอังกฤษ" in room.clients["north"].get(address).content.decode()
    assert room.clients["isan"].get(address).status_code == 404
    assert room.clients["isan"].post(reverse("newsroom:english", args=[page.pk])).status_code == 404
    answer = room.clients["north"].post(reverse("newsroom:english", args=[page.pk]))
    made = NewsPage.objects.get(locale__language_code="en")
    assert answer.headers["Location"] == reverse("wagtailadmin_pages:edit", args=[made.pk])
    assert made.get_parent().pk == section(NORTH, "en").pk
    assert not made.live
    assert begin_english(page=Page.objects.get(pk=page.pk), by=room.people["north"]).pk == made.pk
    html = room.clients["north"].get(address).content.decode()
    assert html.count("<iframe") == 2
    seen = room.clients["north"].get(reverse("newsroom:seen", args=[page.pk]))
    assert "คู่ภาษา" in seen.content.decode()
    assert seen.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_the_second_of_two_editors_is_told(room: Newsroom) -> None:
    room.join("other", NORTH)
    page = draft(room, "north", NORTH)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    first, second = (room.clients[name].get(address).content.decode() for name in ("north", "other"))
    ping = re.search(r"/cms/editing-sessions/ping/wagtailcore/page/\d+/\d+/", second)
    assert ping
    told = room.clients["other"].post(ping[0], {"is_editing": "1"}).json()
    assert [one["user"] for one in told["other_sessions"]] == ["north.writer"], "who else has the page open"
    assert first
    act(room.clients["north"], page, title="ของคนแรก")
    loaded = re.search(r'name="loaded_revision_id" value="(\d+)"', second)
    told = room.clients["other"].post(ping[0], {"revision_id": loaded[1] if loaded else page.latest_revision_id}).json()
    newer = [one["revision_id"] for one in told["other_sessions"]]
    assert NewsPage.objects.get(pk=page.pk).latest_revision_id in newer, "that a newer version was saved meanwhile"
    assert page.revisions.count() >= 2, "the version of the first stays among the versions"
