"""What the form of a page asks: dates of our years, nobody's newer words replaced unseen, files that one may use."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from cms.models import Course, NewsPage
from cms.services.editors import collection_of, shared_collection
from cms.services.releases import begin_english
from cms.training_selectors import may_read_document
from media.models import MarketDocument
from shop.common import clock
from tests.newsroom import ISAN, NORTH, Newsroom, draft, open_newsroom, section
from tests.unit.cms.telling import make_document
from tests.unit.cms.test_editors import act, fields
from vendors.models import Organisation

pytestmark = pytest.mark.django_db
FAR = "ห่างจากวันนี้มากเกินไป"


@pytest.fixture
def room(db: None) -> Newsroom:
    return open_newsroom()


def newest(page: NewsPage) -> Any:
    """The page as it was saved last."""
    return NewsPage.objects.get(pk=page.pk).get_latest_revision_as_object()


@pytest.mark.parametrize(
    "typed", ["2569-11-28", "28/11/2569", "28/11/2026", "2026-11-28", "๒๘/๑๑/๒๕๖๙", "28 พ.ย. 2569"]
)
def test_both_eras_are_one_day(room: Newsroom, typed: str) -> None:
    page = draft(room, "north", NORTH)
    assert act(room.clients["north"], page, published_on=typed).status_code == 302
    assert newest(page).published_on == dt.date(2026, 11, 28)


@pytest.mark.parametrize("typed", ["28/11/3112", "0001-01-01", "9999-12-31", "28/11/1483"])
@pytest.mark.parametrize("field", ["published_on", "go_live_at", "expire_at"])
def test_a_year_far_away_is_refused_and_kept_on_the_page(room: Newsroom, field: str, typed: str) -> None:
    page = draft(room, "north", NORTH)
    before = page.latest_revision_id
    sent = typed if field == "published_on" else f"{typed} 10:00"
    html = act(room.clients["north"], page, **{field: sent, "title": "ชื่อใหม่"}).content.decode()
    assert FAR in html
    assert f'value="{sent}"' in html
    assert 'value="ชื่อใหม่"' in html
    assert NewsPage.objects.get(pk=page.pk).latest_revision_id == before


@pytest.mark.parametrize("typed", ["2569-12-01 10:00", "01/12/2569 10:00", "1/12/2026 10.00 น.", "๑ ธ.ค. ๒๕๖๙ 10:00"])
def test_a_planned_moment_is_of_our_years(room: Newsroom, typed: str) -> None:
    page = draft(room, "north", NORTH)
    with clock.moved_to(dt.datetime(2026, 11, 28, 9, 0, tzinfo=clock.BANGKOK)):
        assert act(room.clients["north"], page, go_live_at=typed).status_code == 302
    assert newest(page).go_live_at == dt.datetime(2026, 12, 1, 10, 0, tzinfo=clock.BANGKOK)
    html = room.clients["north"].get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert 'value="01/12/2026 10:00"' in html, "as it is read again"
    assert act(room.clients["north"], page).status_code == 302
    assert newest(page).go_live_at == dt.datetime(2026, 12, 1, 10, 0, tzinfo=clock.BANGKOK)


@pytest.mark.parametrize("typed", ["01/12/2569 25:00", "soon", "32/12/2569 10:00"])
def test_what_is_no_moment_is_refused(room: Newsroom, typed: str) -> None:
    page = draft(room, "north", NORTH)
    answer = act(room.clients["north"], page, go_live_at=typed)
    assert "23/11/2569" in answer.content.decode()
    assert newest(page).go_live_at is None


def test_a_course_is_named_by_its_buddhist_year() -> None:
    starts = dt.datetime(2026, 12, 28, 9, 0, tzinfo=clock.BANGKOK)
    assert str(Course(name_th="สองครั้ง", starts_at=starts)) == "สองครั้ง (28/12/2569)"


def opened(client: Client, page: NewsPage) -> dict[str, str]:
    """The form as a browser has it open."""
    return fields(client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode())


def test_the_second_of_two_editors_is_refused_keeps_the_words_and_can_go_on(room: Newsroom) -> None:
    room.join("other", NORTH)
    page = draft(room, "north", NORTH)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    first, second = opened(room.clients["north"], page), opened(room.clients["other"], page)
    assert room.clients["north"].post(address, {**first, "title": "ของคนแรก"}).status_code == 302
    number = page.revisions.count()
    answer = room.clients["other"].post(address, {**second, "title": "ของคนที่สอง"})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "หลังจากคุณเปิดหน้าไว้" in html
    assert "north.writer" in html
    assert 'value="ของคนที่สอง"' in html
    assert newest(page).title == "ของคนแรก"
    assert page.revisions.count() == number
    again = fields(html)
    assert room.clients["other"].post(address, again).status_code == 302, "seen, and sent once more"
    assert newest(page).title == "ของคนที่สอง"
    assert "ของคนแรก" in [row.content["title"] for row in page.revisions.all()]


def test_one_person_in_two_windows_is_not_refused(room: Newsroom) -> None:
    page = draft(room, "north", NORTH)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    first = opened(room.clients["north"], page)
    second = opened(room.clients["north"], page)
    assert room.clients["north"].post(address, {**first, "title": "หนึ่ง"}).status_code == 302
    assert room.clients["north"].post(address, {**second, "title": "สอง"}).status_code == 302
    assert newest(page).title == "สอง"


def test_a_forged_version_is_no_crash(room: Newsroom) -> None:
    page = draft(room, "north", NORTH)
    for forged in ("²", "9" * 40, "-1", "x"):
        assert act(room.clients["north"], page, loaded_revision_id=forged).status_code == 302


def attached(document: MarketDocument) -> dict[str, str]:
    """The block of attachments with one file, as the form sends it."""
    return {
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "attachments",
        "body-0-id": "",
        "body-0-value-count": "1",
        "body-0-value-0-deleted": "",
        "body-0-value-0-order": "0",
        "body-0-value-0-type": "item",
        "body-0-value-0-id": "",
        "body-0-value-0-value-document": str(document.pk),
        "body-0-value-0-value-title": "แผน",
    }


def test_a_file_of_others_is_refused_by_the_form(room: Newsroom) -> None:
    page, document = draft(room, "north", NORTH), make_document()
    answer = act(room.clients["north"], page, **attached(document))
    assert "ไม่มีสิทธิ์ใช้" in answer.content.decode()
    assert not newest(page).body
    document.collection = shared_collection()
    document.save()
    assert act(room.clients["north"], page, **attached(document)).status_code == 302
    assert newest(page).body[0].value[0]["document"] == document


def test_a_file_that_the_department_put_there_stays(room: Newsroom) -> None:
    page, document = draft(room, "north", NORTH), make_document()
    page.body = [("attachments", [{"document": document, "title": "แผน"}])]
    page.save_revision(user=room.people["publisher"], clean=False)
    answer = act(room.clients["north"], page, **attached(document), title="ของกรมอยู่ต่อ")
    assert answer.status_code == 302
    assert newest(page).title == "ของกรมอยู่ต่อ"


def test_a_file_is_public_while_a_page_that_is_up_shows_it(room: Newsroom) -> None:
    document = make_document()
    document.collection = shared_collection()
    document.save()
    browsers = {"": Client(), "north": room.clients["north"], "isan": room.clients["isan"]}

    def served() -> list[str]:
        return [name for name, one in browsers.items() if one.get(document.url).status_code == 200]

    assert served() == ["north", "isan"], "uploaded, used nowhere"
    values = {"summary": "สั้น", "published_on": clock.today()}
    page = NewsPage(title="ข่าว", slug="with-file", live=False, **values)
    page.body = [("attachments", [{"document": document, "title": "แผน"}])]
    section(NORTH).add_child(instance=page)
    assert served() == ["north", "isan"], "a draft"
    page.save_revision().publish()
    assert served() == ["", "north", "isan"]
    with CaptureQueriesContext(connection) as queries:
        assert may_read_document(document, AnonymousUser())
    assert len(queries) == 1
    NewsPage.objects.get(pk=page.pk).unpublish()
    assert served() == ["north", "isan"], "withdrawn"


def test_a_file_of_another_province_is_not_there(room: Newsroom) -> None:
    document = make_document()
    office = Organisation.objects.get(kind=Organisation.Kind.OFFICE, province=ISAN)
    document.collection = collection_of(office.name_th)
    document.save()
    assert room.clients["north"].get(document.url).status_code == 404
    assert room.clients["isan"].get(document.url).status_code == 200


def test_a_form_without_its_parts_is_the_senders_mistake(room: Newsroom) -> None:
    page = draft(room, "north", NORTH)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert room.clients["north"].post(address, {}).status_code == 400
    assert newest(page).title == page.title


def test_a_second_translation_is_refused(room: Newsroom) -> None:
    page = draft(room, "north", NORTH)
    begin_english(page=Page.objects.get(pk=page.pk), by=room.people["north"])
    address = f"/cms/api/main/pages/{page.pk}/action/copy_for_translation/"
    answer = room.clients["north"].post(address, {"locale": "en"}, content_type="application/json")
    assert answer.status_code == 400
    assert NewsPage.objects.filter(locale__language_code="en").count() == 1


def test_reports_open_in_excel(room: Newsroom) -> None:
    draft(room, "north", NORTH)
    answer: Any = room.clients["north"].get(reverse("wagtailadmin_reports:aging_pages") + "?export=csv")
    assert answer.headers["Content-Type"].startswith("text/csv")
    text = b"".join(answer.streaming_content)
    assert text.startswith("\ufeff".encode())
    assert text.count("\ufeff".encode()) == 1


def test_words_of_the_editors_pages(room: Newsroom) -> None:
    page = draft(room, "north", NORTH)
    page.get_workflow().start(page, room.people["north"])
    NewsPage.objects.filter(pk=page.pk).update(latest_revision_created_at=timezone.now() - dt.timedelta(minutes=2))
    north = room.clients["north"]
    edit = north.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "สรุปยอด" not in edit
    assert str(NewsPage._meta.get_field("summary").verbose_name) == "สรุปย่อ"
    assert str(NewsPage._meta.verbose_name_plural) == "ข่าว"
    day = north.get("/cms/").content.decode()
    assert "minute" not in day
    reports = ("workflow", "workflow_tasks", "aging_pages")
    told = "".join(north.get(reverse(f"wagtailadmin_reports:{name}")).content.decode() for name in reports)
    for words in ("Last published before", "Requested by", "Needs changes", "ดาวโหลด", ">Status<", ">Task<"):
        assert words not in told, words
    for name in ("wagtailimages:index", "wagtaildocs:index"):
        assert "ทำไม" not in north.get(reverse(name)).content.decode()
