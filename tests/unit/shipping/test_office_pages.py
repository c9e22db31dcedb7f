"""The office's pages of delivery and a hub's calendar, as people use them: what is typed is kept, refusals are words."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client

from shop.common import clock
from shop.shipping.models import Closure, HubDay, HubFee, ServiceArea, Tariff
from shop.shipping.tables import Table, read_table
from tests.market import Market, make_user, signed_in
from tests.unit.shipping.roads import ask, at, close, hub, part, the
from vendors.history import history_of
from vendors.models import Organisation, Place
from vendors.services import add_member

pytestmark = pytest.mark.django_db
FEES = "/office/delivery/fees/collect/"
TARIFFS = "/office/delivery/tariffs/ambient-same_region/"


@pytest.fixture(autouse=True)
def tuesday() -> Any:
    with clock.moved_to(at(24, 11)):
        yield


@pytest.fixture
def office(market: Market) -> Client:
    """An officer of the department itself."""
    person = make_user("national")
    add_member(
        organisation=Organisation.objects.get(kind=Organisation.Kind.OFFICE, province=None), user=person, role="officer"
    )
    return signed_in(person)


@pytest.fixture
def north(market: Market) -> tuple[Client, Place]:
    """Who manages the network of Chiang Mai, and its hub."""
    place = hub("TH-50")
    person = make_user("manages")
    add_member(organisation=place.organisation, user=person, role="manager")
    return signed_in(person), place


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def filled(client: Client, path: str, **changes: Any) -> dict[str, Any]:
    """What the form of a page would send, with changes."""
    form = client.get(path).context["form"]
    data = {}
    for name in form.fields:
        value = form[name].value()
        if value not in (None, False, ""):
            data[name] = "on" if value is True else value
    return {key: value for key, value in {**data, **changes}.items() if value is not None}


def test_a_fee_is_changed_as_people_type(office: Client) -> None:
    data = filled(office, FEES, **{"price-0": "๗.๕๐ บาท", "valid_from": "4 ม.ค. 2570"})
    answer = office.post(FEES, data, follow=True)
    assert "บันทึกแล้ว มีผลตั้งแต่วันที่คุณเลือก" in text_of(answer)
    rows = HubFee.objects.filter(service="collect", max_weight_g=5000).order_by("valid_from")
    assert [(row.price_satang, row.valid_until) for row in rows] == [(500, dt.date(2027, 1, 3)), (750, None)]
    assert "ตั้งไว้ล่วงหน้า" in text_of(answer)
    assert "ตั้งแต่ 4 มกราคม 2570" in text_of(answer)
    home = text_of(office.get("/office/delivery/"))
    assert "4 มกราคม 2570 รับของจากกลุ่ม" in home
    assert "เปลี่ยนเรื่องการส่ง มีผลตั้งแต่วันที่กำหนด รับของจากกลุ่ม · 4 มกราคม 2570" in home
    assert "national" in home
    office.post(f"{FEES}take-back/", {"seen": read_table(Table("fees", ("collect", "")), clock.today()).seen})
    assert HubFee.objects.filter(service="collect").count() == 3
    assert not HubFee.objects.filter(service="collect").exclude(valid_until=None).exists()


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("price-0", "-5", "ราคาต้องไม่ต่ำกว่าศูนย์"),
        ("price-0", "ห้าบาท", "ใส่ราคา"),
        ("price-0", "", "ใส่ราคาของขั้นนี้"),
        ("price-1", "4", "ของที่หนักกว่าต้องไม่ถูกกว่า"),
        ("weight-1", "5 กก.", "มีซ้ำสองแถว"),
        ("weight-1", "", "ใส่ว่าราคานี้ใช้กับน้ำหนักไม่เกินเท่าไร"),
        ("valid_from", "23/11/2569", "ผ่านไปแล้ว"),
        ("valid_from", "31/2/2570", "วัน/เดือน/ปี"),
        ("valid_from", "1/1/3570", "พ.ศ."),
        ("seen", "0" * 16, "มีคนอื่นแก้เรื่องนี้"),
    ],
)
def test_wrong_input_is_told_and_kept(office: Client, field: str, typed: str, words: str) -> None:
    before = list(HubFee.objects.order_by("pk").values())
    data = filled(office, FEES, **{"price-2": "77", "valid_from": "4/1/2570", field: typed})
    answer = office.post(FEES, data)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert 'value="77"' in answer.content.decode(), "what was typed stays"
    assert list(HubFee.objects.order_by("pk").values()) == before


def test_a_tariff_is_never_for_nothing(office: Client) -> None:
    answer = office.post(TARIFFS, filled(office, TARIFFS, **{"price-0": "0", "valid_from": "4/1/2570"}))
    assert answer.status_code == 422
    assert "ราคาต้องมากกว่า" in text_of(answer)
    assert not Tariff.objects.filter(valid_from__gt=clock.today()).exists()


def test_two_officers_at_once(office: Client, market: Market) -> None:
    """Who saves second sees that somebody was there before, and nothing of theirs is written."""
    other = signed_in(market.people["administrator"])
    mine = filled(office, FEES, **{"price-0": "6", "valid_from": "4/1/2570"})
    theirs = filled(other, FEES, **{"price-0": "7", "valid_from": "5/1/2570"})
    assert other.post(FEES, theirs).status_code == 302
    answer = office.post(FEES, mine)
    assert answer.status_code == 422
    assert "มีคนอื่นแก้เรื่องนี้ระหว่างที่คุณกำลังกรอก" in text_of(answer)
    assert list(HubFee.objects.filter(valid_from__gt=clock.today()).values_list("price_satang")) == [(700,)]


def test_an_area_is_added_changed_and_ended(office: Client) -> None:
    new = "/office/delivery/areas/new/"
    facts = {"begins": "๑๐๒๒๐", "surcharge_satang": "30", "name_th": "สายไหม", "valid_from": "25/11/2569"}
    assert office.post(new, filled(office, new, **facts)).headers["Location"].endswith("/areas/postcode-10220/")
    own = "/office/delivery/areas/postcode-10220/"
    assert "เพิ่ม 30.00 บาท ต่อพัสดุ" in text_of(office.get(own))
    again = office.post(new, filled(office, new, **facts))
    assert again.status_code == 422
    assert "มีคนอื่นแก้" in text_of(again)
    seen = read_table(Table("areas", ("postcode", "10220")), clock.today()).seen
    assert office.post(f"{own}end/", {"seen": seen, "valid_from": "1/1/2570"}).status_code == 302
    row = ServiceArea.objects.get(prefix="10220")
    assert (row.valid_from, row.valid_until) == (dt.date(2026, 11, 25), dt.date(2026, 12, 31))
    wrong = office.post(new, filled(office, new, **{**facts, "begins": "99999"}))
    assert "ไม่มีที่อยู่ในประเทศไทยที่ขึ้นต้นด้วย 99999" in text_of(wrong)


def test_a_quote_shows_the_change_before_it_counts(office: Client) -> None:
    hub("TH-50")
    hub("TH-10", has_pickup_counter=True)
    office.post(FEES, filled(office, FEES, **{"price-0": "9", "valid_from": "4/1/2570"}))
    asked = {"origin": "TH-50", "postcode": "10220", "grams": "๕๐๐ กรัม", "storage": "ambient", "time": "10.00"}
    before = text_of(office.get("/office/delivery/try/", {**asked, "day": "3/1/2570"}))
    after = text_of(office.get("/office/delivery/try/", {**asked, "day": "4/1/2570"}))
    assert "61.00 บาท · 1 กล่อง" in before
    assert "65.00 บาท · 1 กล่อง" in after
    assert re.search(r"รับของจากกลุ่ม จุดเชียงใหม่.*?9\.00 บาท", after)
    assert "ไม่เกิน 5,000 กรัม" in after
    bad = text_of(office.get("/office/delivery/try/", {**asked, "postcode": "1022", "day": "4/1/2570"}))
    assert "รหัสไปรษณีย์มี 5 หลัก" in bad or "ห้าหลัก" in bad or "5 หลัก" in bad


def test_closed_days_in_the_office(office: Client) -> None:
    path = "/office/delivery/closed/"
    facts = {"first_day": "25/11/2569", "last_day": "", "reason_th": "หยุดพิเศษ"}
    assert office.post(path, facts).status_code == 302
    closure = Closure.objects.get(reason_th="หยุดพิเศษ")
    assert (closure.place, closure.first_day, closure.last_day) == (None, dt.date(2026, 11, 25), dt.date(2026, 11, 25))
    twice = office.post(path, facts)
    assert twice.status_code == 422
    assert "ช่วงนั้นมีวันหยุดอยู่แล้ว: หยุดพิเศษ" in text_of(twice)
    assert office.post(f"{path}{closure.pk}/end/").status_code == 302
    assert not Closure.objects.filter(reason_th="หยุดพิเศษ").exists()


def test_a_manager_sets_the_days_of_the_own_hub(north: tuple[Client, Place]) -> None:
    client, place = north
    hub("TH-10")
    path = f"/workspace/{place.organisation.slug}/hub/{place.code}/calendar/"
    assert client.get(f"/workspace/{place.organisation.slug}/hub-days/").headers["Location"] == path
    assert "ทำงานเหมือนจุดอื่น ๆ" in text_of(client.get(path))
    data = filled(client, path, **{"bring-2": "", "leaves-2": None, "bring-3": "๙.๓๐", "valid_from": "24/11/2569"})
    assert client.post(path, data).status_code == 302
    assert HubDay.objects.get(place=place, weekday=3).bring_until == dt.time(9, 30)
    assert the(ask([part("TH-50", 500)]), "hubs").of((1, 1001)).stops[0].due == dt.date(2026, 11, 26)
    wrong = client.post(path, filled(client, path, **{"until-1": "7.00", "valid_from": "1/12/2569"}))
    assert wrong.status_code == 422
    assert "เวลาปิดต้องอยู่หลังเวลาเปิด" in text_of(wrong)
    assert 'value="7.00"' in wrong.content.decode()
    closing = {"first_day": "26/11/2569", "last_day": "26/11/2569", "reason_th": "น้ำท่วม"}
    assert client.post(f"{path}close/", closing).status_code == 302
    assert the(ask([part("TH-50", 500)]), "hubs").of((1, 1001)).stops[0].due == dt.date(2026, 11, 27)
    closed = Closure.objects.get(place=place)
    holiday = Closure.objects.filter(place=None, first_day__gt=clock.today()).first()
    assert holiday is not None
    assert client.post(f"{path}open/{holiday.pk}/").status_code == 404, "the country's holidays are not theirs"
    assert client.post(f"{path}open/{closed.pk}/").status_code == 302
    assert not Closure.objects.filter(place=place).exists()
    acts = [entry.action for entry in history_of(place.organisation)[:3]]
    assert acts == ["market.delivery.open_again", "market.delivery.closed", "market.delivery.changed"]


def test_other_hubs_and_the_office_are_not_theirs(north: tuple[Client, Place]) -> None:
    client, place = north
    other = hub("TH-10")
    for path in (
        f"/workspace/{other.organisation.slug}/hub/{other.code}/calendar/",
        f"/workspace/{place.organisation.slug}/hub/{other.code}/calendar/",
        "/office/delivery/",
        FEES,
    ):
        assert client.get(path).status_code == 404, path
    packer = make_user("packs")
    add_member(organisation=place.organisation, user=packer, role="packer")
    own = f"/workspace/{place.organisation.slug}/hub/{place.code}/calendar/"
    closing = {"first_day": "26/11/2569", "reason_th": "ปิด"}
    assert signed_in(packer).get(own).status_code == 404
    assert signed_in(packer).post(f"{own}close/", closing).status_code == 404
    assert not Closure.objects.filter(place=place).exists()


@pytest.mark.parametrize("kind", ["tariffs", "fees", "times", "areas", "weeks"])
def test_every_list_says_what_holds(office: Client, kind: str) -> None:
    hub("TH-50")
    page = office.get(f"/office/delivery/{kind}/")
    assert page.status_code == 200
    for row in page.context["rows"]:
        assert office.get(f"/office/delivery/{kind}/{row['key']}/").status_code == 200


def test_a_week_in_which_goods_come_and_never_leave_is_refused(north: tuple[Client, Place]) -> None:
    client, place = north
    path = f"/workspace/{place.organisation.slug}/hub/{place.code}/calendar/"
    never = {f"leaves-{day}": None for day in range(7)}
    answer = client.post(path, filled(client, path, **never, valid_from="24/11/2569"))
    assert answer.status_code == 422
    assert "กลุ่มนำของมาที่นี่ได้แต่ไม่มีวันที่ของออก" in text_of(answer)
    assert not HubDay.objects.filter(place=place).exists()
    counter_only = {f"bring-{day}": "" for day in range(7)}
    data = filled(client, path, **never, **counter_only, valid_from="24/11/2569")
    assert client.post(path, data).status_code == 302, "a counter alone takes nothing in from groups"


def test_a_postcode_of_another_province_names_its_own(office: Client) -> None:
    asked = {
        "origin": "TH-50",
        "postcode": "50200",
        "province": "TH-10",
        "grams": "500",
        "storage": "ambient",
        "day": "24/11/2569",
    }
    page = office.get("/office/delivery/try/", asked)
    assert page.status_code == 422
    names = [str(name) for _key, name in page.context["form"].fields["origin"].choices]
    assert len(names) == 77
    assert "" not in names
    assert "รหัสไปรษณีย์นี้ใช้ใน เชียงใหม่ เลือกหนึ่งจังหวัด" in text_of(page)


def test_who_changed_what_is_empty_in_its_own_words(office: Client) -> None:
    page = text_of(office.get("/office/delivery/"))
    assert "ยังไม่มีใครแก้ราคา เวลา หรือวันทำการ" in page
    assert "หน้าร้าน" not in page.split("ใครเปลี่ยนอะไร")[-1]


def test_a_closed_counter_says_until_when() -> None:
    hub("TH-50")
    counter = hub("TH-10", has_pickup_counter=True)
    close(dt.date(2026, 11, 30), dt.date(2027, 1, 31), counter)
    assert ask([part("TH-50", 500)]).why_not("pickup", counter.pk) == "ปิดถึงวันที่ 31 มกราคม 2570"
