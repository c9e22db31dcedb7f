"""Trainings as people meet them: the public page, the workspace, the office at the door, papers and files."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from typing import Any

import icalendar
import openpyxl
import pypdfium2
import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.test import Client

from cms import services
from cms.models import Course, Registration, TrainingMaterial, TrainingPage
from media.models import MarketDocument
from shop.common import clock
from tests.market import Market, signed_in
from tests.unit.cms.trainings import make, register
from vendors.services import give_grant

pytestmark = pytest.mark.django_db
State = Registration.State
NAME = 'ถ่ายภาพ <script>alert(1)</script>; "มือถือ", กับ\\แสง'
SLUG = "photos-of-goods-with-a-phone"


def text_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    words = "".join(page.get_textpage().get_text_range() for page in document)
    return re.sub(r"\s", "", words)


def data_of(html: str) -> dict[str, Any]:
    (block,) = re.findall(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', html, re.S)
    (event,) = [row for row in json.loads(block)["@graph"] if row["@type"] == "EducationEvent"]
    return dict(event)


def test_the_public_page_tells_seats_and_no_names(market: Market) -> None:
    course = make(market, name_th=NAME)
    visitor = Client()
    assert "เหลือ 2 ที่" in visitor.get(f"/trainings/{SLUG}/").content.decode()
    register(market, course, "สมหญิง ใจดี", "บุญมี", "คำปัน")
    cache.clear()  # what a commit does: the version of kept pages grows
    html = visitor.get(f"/trainings/{SLUG}/").content.decode()
    assert "เต็มแล้ว ลงชื่อสำรองได้" in html
    assert "สำรอง 1 คน" in html
    assert "สมหญิง" not in html
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html
    assert f"{course.first_day.year + 543}" in html
    event = data_of(html)
    assert (event["startDate"], event["eventStatus"]) == (
        course.starts_at.astimezone(clock.BANGKOK).isoformat(),
        "https://schema.org/EventScheduled",
    )
    assert event["location"]["address"]["addressRegion"] == "เชียงใหม่"
    assert "Photos of goods with a phone" in visitor.get(f"/en/trainings/{SLUG}/").content.decode()
    assert SLUG in visitor.get("/trainings/").content.decode()
    services.cancel_course(course=course, reason="ฝน <b>ตก</b>", by=market.people["officer"])
    cache.clear()
    html = visitor.get(f"/trainings/{SLUG}/").content.decode()
    assert "ฝน &lt;b&gt;ตก&lt;/b&gt;" in html
    assert data_of(html)["eventStatus"] == "https://schema.org/EventCancelled"


def test_the_calendar_file_is_read_by_others(market: Market) -> None:
    course = make(market, name_th=NAME)
    answer = Client().get(f"/trainings/{SLUG}/calendar.ics")
    assert answer["Content-Type"] == "text/calendar"
    assert max(len(line) for line in answer.content.split(b"\r\n")) <= 75
    (event,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert (str(event["SUMMARY"]), event["DTSTART"].dt, event["DTEND"].dt, str(event["STATUS"])) == (
        NAME,
        course.starts_at,
        course.ends_at,
        "CONFIRMED",
    )
    assert str(event["LOCATION"]) == "ห้องประชุมสำนักงานสหกรณ์จังหวัด · เชียงใหม่"
    assert Client().get("/trainings/none/calendar.ics").status_code == 404


def test_a_group_registers_on_its_page_and_keeps_what_it_typed(market: Market) -> None:
    course, member = make(market), signed_in(market.people["north"])
    group = market.groups["north"]
    url = f"/workspace/{group.slug}/trainings/{course.code}/"
    assert member.get(f"/trainings/{SLUG}/register/").headers["Location"] == url
    wrong = {"name_1": "สมหญิง", "phone_1": "12", "phone_2": "0812345678"}
    answer = member.post(url, wrong)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="สมหญิง"' in html
    assert 'href="#id_phone_1"' in html
    assert 'href="#id_name_2"' in html
    assert course.registrations.count() == 0
    right = {"name_1": "สมหญิง", "phone_1": "081-234-5678", "is_me": "on", "name_2": "บุญมี", "name_3": "คำปัน"}
    assert member.post(url, right).status_code == 302
    assert member.post(url, right).status_code == 422
    rows = list(course.registrations.order_by("pk").values_list("name", "state", "phone", "person_id"))
    assert rows == [
        ("สมหญิง", "registered", "0812345678", market.people["north"].pk),
        ("บุญมี", "registered", "", None),
        ("คำปัน", "waiting", "", None),
    ]
    html = member.get(url).content.decode()
    assert html.count("/ticket/") == 3
    row = course.registrations.get(name="บุญมี")
    ticket = member.get(f"{url}{row.code}/ticket/").content.decode()
    assert f"{row.code[:3]}-{row.code[3:6]}-{row.code[6:]}" in ticket
    assert f"/trainings/ticket/{row.secret}/" in ticket
    passed = Client().get(f"/trainings/ticket/{row.secret}/")
    assert "บุญมี" in passed.content.decode()
    assert passed["Referrer-Policy"] == "no-referrer"
    assert signed_in(market.people["officer"]).get(f"/trainings/ticket/{row.secret}/").status_code == 302
    member.post(f"{url}{row.code}/cancel/")
    assert course.registrations.get(name="คำปัน").state == State.REGISTERED


def test_a_cooperative_registers_for_its_group_by_the_grant_alone(market: Market) -> None:
    course, group = make(market), market.groups["north"]
    client = signed_in(market.people["cooperative"])
    url = f"/workspace/{group.slug}/trainings/{course.code}/"
    assert client.post(url, {"name_1": "สมหญิง"}).status_code == 404
    grant = give_grant(giver=group, taker=group.get_parent())
    assert client.post(url, {"name_1": "สมหญิง"}).status_code == 302
    assert course.registrations.get().registered_by == market.people["cooperative"]
    grant.revoked_at = clock.now()
    grant.save()
    assert client.post(url, {"name_1": "บุญมี"}).status_code == 404
    assert course.registrations.count() == 1


def test_the_door_counts_says_why_not_and_takes_back(market: Market) -> None:
    course, other = make(market, seats=1), make(market, name_th="บัญชี", up=False)
    seat, waits = register(market, course, "สมหญิง", "บุญมี")
    (elsewhere,) = register(market, other, "คำปัน")
    officer, url = signed_in(market.people["officer"]), f"/office/trainings/{course.code}/"
    with clock.moved_to(course.starts_at):
        answer = officer.post(f"{url}scan/", {"code": f"https://example.test/trainings/ticket/{seat.secret}/"})
        assert answer.headers["Location"] == f"{url}scan/?done={seat.code}"
        assert "สมหญิง" in officer.get(answer.headers["Location"]).content.decode()
        for code, words in (
            (seat.secret, "เช็กชื่อไปแล้วเมื่อ 09.00 น."),
            (elsewhere.code, "บัตรนี้เป็นของการอบรมอื่น: บัญชี"),
            (waits.code, "อยู่ในรายชื่อสำรอง"),
            ("<b>1", "ไม่พบบัตรที่ใช้รหัสนี้"),
        ):
            refused = officer.post(f"{url}scan/", {"code": code})
            assert (refused.status_code, words in refused.content.decode()) == (422, True), words
        assert "&lt;b&gt;1" in refused.content.decode()
        officer.post(f"{url}scan/", {"code": waits.code, "let_in": "yes"})
        officer.post(f"{url}{waits.code}/undo/")
        officer.post(f"{url}attend/", {"entry": [seat.code, waits.code]})
        officer.post(f"{url}walk-in/", {"name": "มาลี", "group": market.groups["isan"].slug})
        assert officer.post(f"{url}walk-in/", {"name": ""}).status_code == 422
        officer.post(f"{url}walk-in/", {"name": "มาลี", "group": market.groups["north"].slug})
        assert officer.post(f"{url}{elsewhere.code}/undo/").status_code == 404
    found = set(course.registrations.values_list("name", "state"))
    assert found == {("สมหญิง", "attended"), ("บุญมี", "attended"), ("มาลี", "attended")}
    assert market.groups["north"].trainings.get().people == 3


def test_certificate_list_and_sheet(market: Market) -> None:
    course = make(market, name_th="ถ่ายภาพสินค้า")
    row, _absent = register(market, course, "สมหญิง ใจดี", "=1+1")
    group, officer = market.groups["north"], signed_in(market.people["officer"])
    member = signed_in(market.people["north"])
    paper = f"/workspace/{group.slug}/trainings/{course.code}/{row.code}/certificate/"
    with clock.moved_to(course.starts_at):
        services.check_in(course=course, code=row.code, by=market.people["officer"])
        assert member.get(paper).status_code == 404
    with clock.moved_to(course.ends_at + dt.timedelta(hours=1)):
        words = text_of(member.get(paper).content)
        row.refresh_from_db()
        code = f"{row.certificate[:5]}-{row.certificate[5:]}" if row.certificate else ""
        for part in ("วุฒิบัตร", "สมหญิงใจดี", "ถ่ายภาพสินค้า", group.name_th, code):
            assert part in words, part
        listed = text_of(officer.get(f"/office/trainings/{course.code}/list/").content)
        assert "สมหญิงใจดี" in listed
        assert "0812345678" in listed
        book = openpyxl.load_workbook(io.BytesIO(officer.get(f"/office/trainings/{course.code}/sheet/").content))
        rows = list(book.active.values)
        assert rows[1][1:4] == ("สมหญิง ใจดี", "0812345678", group.name_th)
        assert rows[2][1] == "'=1+1"
        checked = Client().get(f"/trainings/certificate/{row.certificate}/").content.decode()
        assert "วุฒิบัตรนี้เป็นของจริง" in checked
        assert "ส••• ใ•••" in checked
        assert "สมหญิง" not in checked
        services.undo_attendance(registration=row, by=market.people["officer"])
        assert Client().get(f"/trainings/certificate/{row.certificate}/").status_code == 404
        assert member.get(paper).status_code == 404


def test_materials_are_served_to_whom_the_page_shows_them(market: Market) -> None:
    course = make(market)
    (row,) = register(market, course, "สมหญิง")
    document = MarketDocument(title="เอกสาร")
    document.file.save("notes.txt", ContentFile(b"12"))
    page = TrainingPage.objects.get(course=course, locale__language_code="th")
    page.materials = [TrainingMaterial(document=document, title="สรุป <i>บทเรียน</i>")]
    page.save_revision().publish()
    people = {key: signed_in(market.people[key]) for key in ("north", "isan", "officer")} | {"": Client()}

    def served() -> list[str]:
        return [key for key, client in people.items() if client.get(document.url).status_code == 200]

    assert served() == ["officer"]
    with clock.moved_to(course.starts_at):
        services.check_in(course=course, code=row.code, by=market.people["officer"])
        assert served() == ["officer"]
    with clock.moved_to(course.ends_at):
        assert served() == ["north", "officer"]
        own = people["north"].get(f"/workspace/{market.groups['north'].slug}/trainings/{course.code}/")
        assert "สรุป &lt;i&gt;บทเรียน" in own.content.decode()
        assert document.url not in Client().get(f"/trainings/{SLUG}/").content.decode()
        page.materials_for = TrainingPage.MaterialsFor.ALL
        page.save_revision().publish()
        cache.clear()
        assert served() == ["north", "isan", "officer", ""]
        assert document.url in Client().get(f"/trainings/{SLUG}/").content.decode()


FORM = {
    "name_th": "บัญชีครัวเรือน",
    "name_en": "Household books",
    "first_day": "20/12/2569",
    "first_time": "9.00",
    "last_day": "",
    "last_time": "๑๖.๓๐",
    "venue_th": "ห้องประชุม",
    "province": "TH-50",
    "online_url": "",
    "seats": "๓๐",
    "register_from": "1/12/2569",
    "register_until": "19/12/2569",
    "for_whom": "some",
    "open_to": ["TH-50", "TH-51"],
}


def test_a_new_training_is_opened_clicked_twice_and_named(market: Market) -> None:
    officer = signed_in(market.people["officer"])
    form = {**FORM, "office": market.people["officer"].memberships.get().organisation.slug}
    with clock.moved_to(dt.datetime(2026, 11, 27, 3, tzinfo=dt.UTC)):
        past = officer.post("/office/trainings/new/", {**form, "first_day": "20/12/2560"}).content.decode()
        assert "วันนี้ผ่านไปแล้ว การอบรมใหม่ต้องเริ่มวันนี้หรือหลังจากนี้" in past
        assert "ต้องปิดรับลงชื่อก่อนการอบรมจบ" not in past
        assert officer.post("/office/trainings/new/", {**form, "name_th": "\u202e\u200b"}).status_code == 422
        assert Course.objects.count() == 0
        turned = {**form, "name_th": "บัญชี\u202eครัวเรือน"}
        answers = [officer.post("/office/trainings/new/", turned) for _click in range(3)]
        course = Course.objects.get()
        assert {answer.headers["Location"] for answer in answers} == {f"/office/trainings/{course.code}/"}
        assert course.name_th == "บัญชีครัวเรือน"
        detail = officer.get(f"/office/trainings/{course.code}/")
        assert detail.status_code == 200
        assert f'href="/office/trainings/{course.code}/publish/"' in detail.content.decode()
        officer.post("/office/trainings/new/", {**turned, "seats": "31"})
        assert Course.objects.count() == 2, "other seats, another training"
    course.refresh_from_db()
    with clock.moved_to(course.starts_at + dt.timedelta(hours=1)):
        late = officer.post(f"/office/trainings/{course.code}/edit/", {**form, "seats": "40", "seen": course.version})
        assert late.status_code == 302, "one that has begun may still be put right"


def test_an_office_makes_changes_and_puts_up(market: Market) -> None:
    officer = signed_in(market.people["officer"])
    office = market.people["officer"].memberships.get().organisation
    with clock.moved_to(dt.datetime(2026, 11, 27, 3, tzinfo=dt.UTC)):
        wrong = {**FORM, "office": office.slug, "online_url": "javascript:alert(1)", "last_time": "8.00", "open_to": []}
        refused = officer.post("/office/trainings/new/", wrong)
        assert refused.status_code == 422
        for field in ("online_url", "last_time", "open_to"):
            assert f'href="#id_{field}' in refused.content.decode(), field
        assert Course.objects.count() == 0
        made = officer.post("/office/trainings/new/", {**FORM, "office": office.slug})
        course = Course.objects.get()
        assert made.headers["Location"] == f"/office/trainings/{course.code}/"
        assert (course.starts_at.isoformat(), course.ends_at.isoformat()) == (
            "2026-12-20T02:00:00+00:00",
            "2026-12-20T09:30:00+00:00",
        )
        assert sorted(course.open_to.values_list("pk", flat=True)) == ["TH-50", "TH-51"]
        url = f"/office/trainings/{course.code}/"
        words = {"summary_th": "เรียน", "programme_th": "เช้า <script>x</script>\nบ่าย"}
        assert officer.post(f"{url}publish/", words).status_code == 302
        page = TrainingPage.objects.get(course=course, locale__language_code="th")
        assert page.programme == "<p>เช้า &lt;script&gt;x&lt;/script&gt;</p><p>บ่าย</p>"
        changed = {**FORM, "office": office.slug, "seats": "31", "seen": "0"}
        assert officer.post(f"{url}edit/", changed).status_code == 302
        stale = officer.post(f"{url}edit/", {**changed, "seats": "40"})
        assert stale.status_code == 422
        assert 'value="40"' in stale.content.decode()
        course.refresh_from_db()
        assert course.seats == 31
        isan_office = {**FORM, "office": "somebody-else"}
        assert officer.post("/office/trainings/new/", isan_office).status_code == 422
        assert officer.post(f"{url}cancel/", {"reason": " "}).status_code == 422
        assert officer.post(f"{url}cancel/", {"reason": "ฝนตก"}).status_code == 302
    course.refresh_from_db()
    assert course.cancel_reason == "ฝนตก"
