"""Fairs as people meet them: visitors, a group on its phone, an officer."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from typing import Any

import icalendar
import openpyxl
import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.test import Client

from catalogue.services import withdraw_product
from cms import services
from cms.models import BoothApplication, Fair, FairPage, RelatedPage
from shop.common import clock
from shop.partner.services import set_offer
from tests.market import Market, make_user, signed_in
from tests.unit.cms.fairs import apply, at, give, make_fair
from tests.unit.cms.telling import make_image, make_story
from vendors.models import Membership, Organisation
from vendors.services import add_member, give_grant, suspend_group

pytestmark = pytest.mark.django_db
State = BoothApplication.State


@pytest.fixture
def fair(market: Market) -> Fair:
    """Shown, with the hat weavers at ก1."""
    made = make_fair(latitude="18.787700", longitude="98.993100", hours_th="10.00–20.00 น.")
    give(apply(market, made, "isan", "hat", words="สาธิตการทอ"), "ก1")
    return made


def read(path: str = "/fairs/lanna-fair/", **query: str) -> str:
    cache.clear()  # what is kept ends with the commit of a change, which a test has none of
    answer = Client().get(path, query)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


def test_who_comes_with_what_at_todays_prices(fair: Fair, market: Market) -> None:
    html = read()
    for words in (
        "งานของดีล้านนา",
        "ลานประตูท่าแพ",
        "กลุ่มทอผ้าบ้านโนน",
        "ก1",
        "หมวกใบลาน",
        "250.00 บาท",
        "อีก 30 วัน",
    ):
        assert words in html
    set_offer(product=market.products["hat"], place=market.places["isan"], price_satang=19_900, in_stock=3)
    assert "199.00 บาท" in read()
    withdraw_product(product=market.products["hat"])
    html = read()
    assert "หมวกใบลาน" not in html
    assert "กลุ่มทอผ้าบ้านโนน" in html, "the group comes all the same"


def test_what_a_group_asks_of_the_office_is_not_told_to_visitors(fair: Fair, market: Market) -> None:
    assert "สาธิตการทอ" not in read()
    assert "สาธิตการทอ" not in read("/en/fairs/lanna-fair/")
    assert "0 จาก 1 กลุ่ม" in read(q="สาธิตการทอ"), "nor is anybody found by it"
    code = BoothApplication.objects.get().code
    officer = signed_in(market.people["officer"])
    assert "สาธิตการทอ" in officer.get(f"/office/fairs/lanna-fair/applications/{code}/").content.decode()
    own = signed_in(market.people["isan"]).get("/workspace/isan-group/fairs/lanna-fair/").content.decode()
    assert "สาธิตการทอ" in own
    assert "เฉพาะสำนักงานและกลุ่มของคุณเห็นข้อความนี้" in own
    assert "ถอนใบสมัคร" in own
    assert "ถอนความยินยอม" not in own


def test_signs_have_the_colour_of_their_kind_on_the_plan(fair: Fair, market: Market) -> None:
    give(apply(market, fair, "north", kind_id=fair.kinds.get(letter="ข").pk), "ข1")
    html = read()
    for tone, code in (("rose", "ก1"), ("turm", "ข1")):
        assert f'class="fr-sign fp-{tone}" translate="no">{code}<' in html
        assert re.search(rf'aria-label="{code} [^"]*" class="fp-{tone}"', html)


def test_a_suspended_group_is_not_shown(fair: Fair, market: Market) -> None:
    suspend_group(group=market.groups["isan"], by=None, reason="ตรวจสอบ")
    assert "กลุ่มทอผ้าบ้านโนน" not in read()


@pytest.mark.parametrize(
    ("words", "found"), [("หมวก", True), ("ก1", True), ("ขอนแก่น", True), ("ทอผ้า ขอนแก่น", True), ("กระติบ", False)]
)
def test_a_search_among_those_who_come(fair: Fair, market: Market, words: str, found: bool) -> None:
    who = re.search(r'<div id="exhibitors">.*?</section>', read(q=words), re.S)
    assert who is not None
    assert ("กลุ่มทอผ้าบ้านโนน" in who[0]) is found
    assert ("1 จาก 1 กลุ่ม" if found else "0 จาก 1 กลุ่ม") in who[0]


def test_what_anybody_typed_is_inert(market: Market) -> None:
    evil = "<script>alert(1)</script>"
    fair = make_fair(name_th=evil, venue_th=evil, hours_th=evil, address_th=evil)
    give(apply(market, fair, "north", words=evil), "ก1")
    for path in ("/fairs/lanna-fair/", "/fairs/"):
        assert evil not in read(path)
    assert evil not in read(q=evil)
    officer = signed_in(market.people["officer"])
    for path in ("/office/fairs/", "/office/fairs/lanna-fair/"):
        assert evil not in officer.get(path).content.decode()


def event(html: str) -> dict[str, Any]:
    data = re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', html, re.S)
    assert data is not None
    graph = json.loads(data[1])
    found: dict[str, Any] = next(one for one in graph["@graph"] if one["@type"] == "Event")
    return found


def test_the_picture_of_the_event_is_there(fair: Fair) -> None:
    page = FairPage.objects.get(fair=fair, locale__language_code="th")
    page.image = make_image()
    page.save_revision().publish()
    (address,) = event(read())["image"]
    assert default_storage.exists(address.partition(settings.MEDIA_URL)[2])


def test_the_event_for_machines(fair: Fair) -> None:
    first = fair.first_day.isoformat()
    found = event(read())
    assert found["name"] == "งานของดีล้านนา"
    assert found["startDate"] == f"{first}T10:00:00+07:00"
    assert found["eventStatus"] == "https://schema.org/EventScheduled"
    assert found["location"]["geo"] == {"@type": "GeoCoordinates", "latitude": 18.7877, "longitude": 98.9931}
    before = fair.starts_at
    services.change_fair(
        fair=fair, seen=Fair.objects.get().version, regions=[], by=None, starts_at=before + dt.timedelta(hours=2)
    )
    found = event(read())
    assert (found["eventStatus"], found["previousStartDate"]) == (
        "https://schema.org/EventRescheduled",
        f"{first}T10:00:00+07:00",
    )
    services.cancel_fair(fair=fair, reason="น้ำท่วม")
    html = read()
    assert event(html)["eventStatus"] == "https://schema.org/EventCancelled"
    assert "น้ำท่วม" in html
    assert "กลุ่มทอผ้าบ้านโนน" not in html


def calendar(path: str = "/fairs/lanna-fair/calendar.ics") -> tuple[bytes, Any]:
    answer = Client().get(path)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    (entry,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    return answer.content, entry


def test_the_calendar_file_is_read_by_others(market: Market) -> None:
    name = "งาน; ของดี, ล้านนา \\ ครั้งที่หนึ่ง ของกลุ่มอาชีพจากสี่ภาคทั่วประเทศไทย"
    first = dt.date(2026, 12, 31)
    with clock.moved_to(at(dt.date(2026, 12, 1), 9)):
        make_fair(
            name_th=f"{name}\r\nATTENDEE:evil",
            starts_at=at(first, 18),
            ends_at=at(dt.date(2027, 1, 1), 2),
            apply_until=first,
        )
        raw, entry = calendar()
    assert str(entry["SUMMARY"]) == f"{name} ATTENDEE:evil".replace(" ATTENDEE", "\nATTENDEE")
    assert "ATTENDEE" not in entry
    assert entry["DTSTART"].dt == dt.datetime(2026, 12, 31, 11, tzinfo=dt.UTC)
    assert entry["DTEND"].dt == dt.datetime(2026, 12, 31, 19, tzinfo=dt.UTC)
    assert str(entry["STATUS"]) == "CONFIRMED"
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    assert raw.count(b"\n") == raw.count(b"\r\n")


def test_the_calendar_of_a_cancelled_fair(fair: Fair) -> None:
    services.cancel_fair(fair=fair, reason="น้ำท่วม")
    _raw, entry = calendar("/en/fairs/lanna-fair/calendar.ics")
    assert (str(entry["STATUS"]), str(entry["SUMMARY"])) == ("CANCELLED", "Lanna Fair")


def test_nobody_sees_a_fair_that_is_not_shown(market: Market) -> None:
    make_fair(shown=False)
    for path in ("/fairs/lanna-fair/", "/en/fairs/lanna-fair/", "/fairs/lanna-fair/calendar.ics"):
        assert Client().get(path).status_code == 404
    assert "งานของดีล้านนา" not in read("/fairs/")


def test_the_index_tells_what_is_on_what_comes_and_what_was(market: Market) -> None:
    make_fair(days=40, name_th="งานไกล", name_en="Far")
    make_fair(days=20, name_th="งานใกล้", name_en="Near")
    html = read("/fairs/")
    assert html.index("งานใกล้") < html.index("งานไกล")
    with clock.moved_to(clock.now() + dt.timedelta(days=21)):
        html = read("/fairs/")
        assert html.index("กำลังจัดอยู่") < html.index("งานใกล้") < html.index("งานไกล")
    with clock.moved_to(clock.now() + dt.timedelta(days=30)):
        html = read("/fairs/")
        assert html.index("งานไกล") < html.index("งานที่ผ่านมา") < html.index("งานใกล้")


def test_afterwards_figures_and_buying_again(fair: Fair) -> None:
    with clock.moved_to(fair.ends_at + dt.timedelta(hours=1)):
        services.set_figures(fair=fair, visitors=48_200, sales_satang=1_284_550_000)
        html = read()
    for words in ("48,200", "12,845,500.00 บาท", "ซื้อต่อออนไลน์"):
        assert words in html


def test_a_page_is_kept_for_all_and_a_search_too(fair: Fair) -> None:
    for query in ({}, {"q": "หมวก"}):
        answer = Client().get("/fairs/lanna-fair/", query)
        assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"


FORM = {"words": "", "contact_name": "สมศรี", "contact_phone": "081 234 5678"}


def test_a_group_applies_on_its_phone(market: Market) -> None:
    fair, client = make_fair(), signed_in(market.people["north"])
    assert "งานของดีล้านนา" in client.get("/workspace/north-group/fairs/").content.decode()
    path = "/workspace/north-group/fairs/lanna-fair/"
    wrong = client.post(path, {"words": "เก็บไว้", "contact_phone": "12"})
    assert wrong.status_code == 422
    html = wrong.content.decode()
    assert "เก็บไว้" in html
    assert html.count('href="#id_') >= 3, "kind, name and phone are asked for"
    kind = fair.kinds.get(letter="ข").pk
    data = {**FORM, "kind": kind, "goods": [market.products["kratip"].pk]}
    for _twice in range(2):
        assert client.post(path, data).status_code == 302
    application = BoothApplication.objects.get()
    assert (application.kind_id, application.contact_phone) == (kind, "0812345678")
    assert list(application.products.all()) == [market.products["kratip"]]
    assert "ใบสมัครรอสำนักงานพิจารณา" in client.get(path).content.decode()
    client.post(path, {**FORM, "contact_name": "คำแก้ว"})
    application.refresh_from_db()
    assert (application.contact_name, application.products.count()) == ("คำแก้ว", 0)
    client.post(f"{path}withdraw/")
    application.refresh_from_db()
    assert application.state == State.WITHDRAWN


def test_a_cooperative_applies_for_its_group(market: Market) -> None:
    fair, group = make_fair(), market.groups["north"]
    path = "/workspace/north-group/fairs/lanna-fair/"
    client = signed_in(market.people["cooperative"])
    data = {**FORM, "kind": fair.kinds.all()[0].pk}
    assert client.post(path, data).status_code == 404
    give_grant(giver=group, taker=group.get_parent(), by=market.people["north"])
    assert client.post(path, data).status_code == 302
    assert BoothApplication.objects.get().group == group


def test_after_the_last_day_the_form_is_gone_and_nothing_is_taken(market: Market) -> None:
    fair, client = make_fair(), signed_in(market.people["north"])
    path = "/workspace/north-group/fairs/lanna-fair/"
    with clock.moved_to(clock.end_of_day(fair.apply_until)):
        assert "ส่งใบสมัคร" not in client.get(path).content.decode()
        answer = client.post(path, {**FORM, "kind": fair.kinds.all()[0].pk})
        assert answer.status_code == 422
    assert BoothApplication.objects.count() == 0


def office_form(**changes: str) -> dict[str, Any]:
    first = clock.today() + dt.timedelta(days=30)

    def day(after: int) -> str:
        moved = first + dt.timedelta(days=after)
        return f"{moved.day}/{moved.month}/{moved.year + 543}"

    form = {
        "name_th": "ตลาดค่ำ",
        "name_en": "Night Market",
        "summary_th": "เดินเล่นกลางคืน",
        "starts_on": day(0),
        "starts": "18:00",
        "ends_on": day(1),
        "ends": "02:00",
        "venue_th": "ข่วงเมือง",
        "province": "TH-50",
        "spot": "18.79, 98.99",
        "apply_from": day(-30),
        "apply_until": day(-5),
        "office": Organisation.objects.get(kind="office", province_id="TH-50").slug,
    }
    return {**form, **changes}


def test_a_second_click_makes_no_second_fair(market: Market) -> None:
    client = signed_in(market.people["officer"])
    answers = [client.post("/office/fairs/new/", office_form()) for _click in range(3)]
    assert [answer.headers["Location"] for answer in answers] == ["/office/fairs/night-market/booths/"] * 3
    assert (Fair.objects.count(), FairPage.objects.count()) == (1, 2)
    client.post("/office/fairs/new/", office_form(ends="01:00"))
    assert Fair.objects.count() == 2, "other hours, another fair"


def test_a_name_of_which_nothing_shows_is_none(market: Market) -> None:
    client = signed_in(market.people["officer"])
    assert client.post("/office/fairs/new/", office_form(name_th="\u202e\u200b")).status_code == 422
    assert Fair.objects.count() == 0
    turned = office_form(name_th="\u202eตลาด\u2066ค่ำ", summary_th="เดิน\u202dเล่น")
    assert client.post("/office/fairs/new/", turned).status_code == 302
    page = FairPage.objects.get(locale__language_code="th")
    assert (Fair.objects.get().name_th, page.title, page.summary) == ("ตลาดค่ำ", "ตลาดค่ำ", "เดินเล่น")


def test_words_for_the_office_are_cleaned(market: Market) -> None:
    fair, client = make_fair(), signed_in(market.people["north"])
    data = {**FORM, "kind": fair.kinds.all()[0].pk, "words": "ขอ\u202eเตา\nหนึ่งเตา"}
    assert client.post("/workspace/north-group/fairs/lanna-fair/", data).status_code == 302
    assert BoothApplication.objects.get().words == "ขอเตา\nหนึ่งเตา"


def test_an_officer_makes_a_fair_with_booths_and_gives_one(market: Market) -> None:
    client = signed_in(market.people["officer"])
    wrong = client.post("/office/fairs/new/", office_form(ends="17:00", ends_on=office_form()["starts_on"], spot="ที่นี่"))
    assert wrong.status_code == 422
    assert "เดินเล่นกลางคืน" in wrong.content.decode()
    assert Fair.objects.count() == 0
    foreign = Organisation.objects.get(kind="office", province_id="TH-40").slug
    assert client.post("/office/fairs/new/", office_form(office=foreign)).status_code == 422
    assert client.post("/office/fairs/new/", office_form()).status_code == 302
    fair = Fair.objects.get()
    assert (fair.slug, fair.last_day) == ("night-market", fair.first_day), "until two at night is the same evening"
    path = f"/office/fairs/{fair.slug}/"
    kind = {"letter": "ก", "name_th": "ทั่วไป", "number": "2", "price_satang": "1,500"}
    assert client.post(f"{path}booths/", kind).status_code == 302
    assert client.post(f"{path}booths/", kind).status_code == 422, "the letter is taken"
    assert client.post(f"{path}publish/").status_code == 302
    assert "ตลาดค่ำ" in read(f"/fairs/{fair.slug}/")
    application = apply(market, fair, "isan", "hat")
    page = f"{path}applications/{application.code}/"
    assert client.post(page, {"act": "refuse", "seen": "1", "reason": ""}).status_code == 422
    booth = fair.booths.get(code="ก2")
    assert client.post(page, {"act": "give", "seen": "1", "booth": booth.pk}).status_code == 302
    application.refresh_from_db()
    assert (application.state, application.booth) == (State.ACCEPTED, booth)
    assert client.post(page, {"act": "refuse", "seen": "1", "reason": "ช้าไป"}).status_code == 302
    application.refresh_from_db()
    assert application.state == State.ACCEPTED, "the page was older than the booth"
    second = apply(market, fair, "north")
    late = client.post(f"{path}applications/{second.code}/", {"act": "give", "seen": "1", "booth": booth.pk})
    assert late.status_code == 422
    rows = list(openpyxl.load_workbook(io.BytesIO(client.get(f"{path}exhibitors.xlsx").content)).worksheets[0].values)
    assert [row[:3] for row in rows[1:]] == [("ก2", "ทั่วไป", "กลุ่มทอผ้าบ้านโนน")]
    shown = client.get(f"{path}?state=accepted&q=ทอผ้า").content.decode()
    assert "กลุ่มทอผ้าบ้านโนน" in shown
    assert "กลุ่มจักสานบ้านดอย" not in shown


def test_an_edit_that_comes_too_late_keeps_what_was_typed(market: Market) -> None:
    fair, client = make_fair(), signed_in(market.people["officer"])
    fair.refresh_from_db()
    form = {key: value for key, value in office_form(venue_th="สนามกีฬา").items() if key not in ("office", "summary_th")}
    services.change_fair(fair=fair, seen=fair.version, regions=[], by=None, venue_th="ข่วงเมือง")
    answer = client.post("/office/fairs/lanna-fair/edit/", {**form, "seen": "1"})
    assert answer.status_code == 422
    assert "สนามกีฬา" in answer.content.decode()
    fair.refresh_from_db()
    assert fair.venue_th == "ข่วงเมือง"
    assert client.post("/office/fairs/lanna-fair/edit/", {**form, "seen": str(fair.version)}).status_code == 302
    fair.refresh_from_db()
    assert fair.venue_th == "สนามกีฬา"


def test_national_officers_run_all_fairs(market: Market) -> None:
    make_fair(province="TH-40")
    chief = make_user("chief")
    national = Organisation.objects.get(kind=Organisation.Kind.OFFICE, province=None)
    add_member(organisation=national, user=chief, role=Membership.Role.OFFICER)
    assert "งานของดีล้านนา" in signed_in(chief).get("/office/fairs/").content.decode()
    assert "งานของดีล้านนา" not in signed_in(market.people["officer"]).get("/office/fairs/").content.decode()


def test_topics_and_related_pages_stand_below_a_fair(fair: Fair, market: Market) -> None:
    story = make_story(market)
    page = FairPage.objects.get(fair=fair, locale__language_code="th")
    assert "/news/whole/" not in read()
    page.topics.set(list(story.topics.all()))
    page.related_pages.add(RelatedPage(related=story))
    page.save_revision().publish()
    html = read()
    assert 'href="/news/?topic=silk"' in html
    assert 'href="/news/whole/">ข่าวครบทุกอย่าง</a>' in html
    story.unpublish()
    assert "/news/whole/" not in read(), "what is not public any more is named nowhere"
