"""A counter that closes with goods on its shelf, parcels of one purchase that are not all there, a parcel opened again: who is told what."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from shop.common import clock
from shop.fulfilment import collecting, services
from shop.fulfilment.models import DeliveryPlan, Parcel
from shop.fulfilment.selectors import PurchaseState, purchase_state
from shop.order.models import Line, Order
from shop.shipping.models import Closure
from tests.hubs import Hubs, build_hubs, buy
from tests.market import Market, make_user, signed_in
from tests.unit.fulfilment.hub_pages import arrived, shelved, table, together, words_of
from tests.unit.fulfilment.packing import letters
from tests.unit.shipping.roads import at
from vendors.models import Membership, Organisation
from vendors.services import add_member

pytestmark = pytest.mark.django_db
CLOSED = "/office/delivery/closed/"


@pytest.fixture(autouse=True)
def tuesday() -> Any:
    with clock.moved_to(at(24, 11)):
        yield


@pytest.fixture
def hubs(market: Market) -> Hubs:
    return build_hubs(market)


@pytest.fixture
def office(market: Market) -> Client:
    """An officer of the department itself."""
    person = make_user("national")
    department = Organisation.objects.get(kind=Organisation.Kind.OFFICE, province=None)
    add_member(organisation=department, user=person, role="officer")
    return signed_in(person)


def page_of(market: Market, order: Order) -> str:
    return words_of(signed_in(market.people["buyer"]).get(f"/orders/{order.number}/"))


def two_parcels(market: Market, hubs: Hubs) -> tuple[Order, Parcel, Parcel]:
    """A purchase of dry and chilled goods, put together in Bangkok in two parcels."""
    order = arrived(market, hubs, {"kratip": 1, "hat": 1}, way="pickup")
    Line.objects.filter(order=order, vendor_order__group=market.groups["isan"]).update(storage="chilled")
    dry, cold = services.put_together(order=order, place=hubs.places["bangkok"], by=hubs.packers["bangkok"])
    return order, dry, cold


def test_a_parcel_is_kept_for_open_days_of_the_counter(market: Market, hubs: Hubs) -> None:
    parcel = shelved(market, hubs, {"kratip": 1})
    other = together(market, hubs, {"hat": 1}, way="pickup")
    assert parcel.keep_until == dt.date(2026, 12, 2), "seven days from Wednesday on, without the Sunday"
    Closure.objects.create(place=parcel.place, first_day=dt.date(2026, 11, 26), last_day=dt.date(2027, 1, 31))
    later = services.shelve(parcel=other, shelf="A4", by=hubs.packers["bangkok"])
    assert later.keep_until == dt.date(2027, 2, 6), "the 25th, and six days of February"


def test_closing_asks_for_the_goods_moves_their_day_and_tells_once(market: Market, hubs: Hubs, office: Client) -> None:
    parcel, coming = shelved(market, hubs, {"kratip": 1}), buy(market, hubs, {"hat": 1}, way="pickup")
    promised, hub = DeliveryPlan.objects.get(order=coming).latest, hubs.places["bangkok"]
    letters()
    facts = {"place": hub.pk, "first_day": "26/11/2569", "last_day": "31/1/2570", "reason_th": "ซ่อมอาคาร"}
    asked = office.post(CLOSED, facts)
    assert asked.status_code == 200
    assert "บนชั้นมี 1 พัสดุ กำลังจะมาอีก 1 กล่อง" in words_of(asked)
    assert 'value="ซ่อมอาคาร"' in asked.content.decode(), "what was typed is kept"
    assert not Closure.objects.filter(place=hub).exists()
    assert letters() == []
    done = office.post(CLOSED, {**facts, "sure": "1"}, follow=True)
    assert "ของที่รอรับจะเก็บไว้ให้ครบจำนวนวันเปิดเท่าเดิม" in done.content.decode()
    told = letters()
    assert sorted(letter.subject.partition("] ")[2] for letter in told) == sorted(
        f"จุดรับของปิดชั่วคราว · {order.number}" for order in (parcel.order, coming)
    )
    assert "เราจึงเก็บของไว้ให้นานขึ้นถึงวันที่ 6 กุมภาพันธ์ 2570" in told[0].body
    assert "ปิด 26 พฤศจิกายน 2569 ถึง 31 มกราคม 2570 · ซ่อมอาคาร" in told[0].body
    parcel.refresh_from_db()
    assert parcel.keep_until == dt.date(2027, 2, 6)
    assert (promised, DeliveryPlan.objects.get(order=coming).latest) == (dt.date(2026, 12, 1), dt.date(2027, 2, 1))
    page = page_of(market, parcel.order)
    assert "เราเก็บของไว้ให้ถึง 6 กุมภาพันธ์ 2570" in page
    assert "ปิด 26 พฤศจิกายน 2569 ถึง 31 มกราคม 2570 · ซ่อมอาคาร" in page
    assert letters() == []
    with clock.moved_to(at(8, 12)):
        assert services.remind_of_parcels() == 0
        bangkok = table(hubs, "bangkok")
        bangkok.post(f"parcels/{parcel.code}/return/", {"sure": "1"})
        parcel.refresh_from_db()
        assert parcel.state == Parcel.State.ON_SHELF, "the old day counts no more"
    with clock.moved_to(at(5, 2, year=2027)):
        assert services.remind_of_parcels() == 1


def test_a_manager_is_asked_in_the_own_calendar_too(market: Market, hubs: Hubs) -> None:
    hub = hubs.places["bangkok"]
    shelved(market, hubs, {"kratip": 1})
    person = make_user("manages")
    add_member(organisation=hub.organisation, user=person, role=Membership.Role.MANAGER)
    path = f"/workspace/{hub.organisation.slug}/hub/{hub.code}/calendar/close/"
    facts = {"first_day": "26/11/2569", "reason_th": "น้ำท่วม"}
    asked = signed_in(person).post(path, facts)
    assert "บนชั้นมี 1 พัสดุ" in words_of(asked)
    assert not Closure.objects.filter(place=hub).exists()
    assert signed_in(person).post(path, {**facts, "sure": "1"}).status_code == 302
    assert Closure.objects.filter(place=hub).count() == 1


def test_days_only_ever_move_back_and_untouched_buyers_hear_nothing(market: Market, hubs: Hubs, office: Client) -> None:
    parcel = shelved(market, hubs, {"kratip": 1})
    letters()
    facts = {
        "place": parcel.place_id,
        "first_day": "24/12/2569",
        "last_day": "25/12/2569",
        "reason_th": "งาน",
        "sure": "1",
    }
    office.post(CLOSED, facts)
    assert letters() == []
    office.post(CLOSED, {**facts, "first_day": "27/11/2569", "last_day": "27/11/2569"})
    assert len(letters()) == 1
    closure = Closure.objects.get(place=parcel.place, first_day=dt.date(2026, 11, 27))
    office.post(f"{CLOSED}{closure.pk}/end/")
    assert letters() == []
    parcel.refresh_from_db()
    assert parcel.keep_until == dt.date(2026, 12, 3)


def test_a_purchase_is_ready_when_all_its_parcels_stand_there(market: Market, hubs: Hubs) -> None:
    order, dry, cold = two_parcels(market, hubs)
    bangkok, code = table(hubs, "bangkok"), collecting.code_of(order.plan)
    letters()
    first = bangkok.post(f"parcels/{dry.code}/shelve/", {"shelf": "A1"}, follow=True)
    assert f"ผู้ซื้อจะได้รับอีเมลเมื่อพัสดุนี้ขึ้นชั้นด้วย: {cold.code}" in first.content.decode()
    assert letters() == [], "who is told to come finds everything"
    assert purchase_state(Order.objects.get(pk=order.pk)) is PurchaseState.PARTLY_READY
    page = page_of(market, order)
    assert "มารับของได้แล้วบางส่วน" in page
    assert "พัสดุถึงจุดรับแล้ว 1 จาก 2 ชิ้น" in page
    shown = words_of(bangkok.post("counter/", {"code": code}))
    assert "1 จาก 2 พัสดุของคำสั่งซื้อนี้" in shown
    assert cold.code in shown
    with clock.moved_to(at(25, 11)):
        bangkok.post(f"parcels/{cold.code}/shelve/", {"shelf": "C1"})
        (letter,) = letters()
        assert letter.subject.endswith(f"ของของคุณพร้อมให้มารับแล้ว · {order.number}")
        assert "ของของคุณมี 2 พัสดุ" in letter.body
        assert set(order.parcels.values_list("keep_until", flat=True)) == {dt.date(2026, 12, 3)}
        assert purchase_state(Order.objects.get(pk=order.pk)) is PurchaseState.READY
        bangkok.post("counter/hand-over/", {"code": code})
    assert set(order.parcels.values_list("state", flat=True)) == {Parcel.State.COLLECTED}


def test_a_parcel_that_was_opened_again_is_waited_for(market: Market, hubs: Hubs) -> None:
    order, dry, cold = two_parcels(market, hubs)
    bangkok = table(hubs, "bangkok")
    for parcel in (dry, cold):
        bangkok.post(f"parcels/{parcel.code}/shelve/", {"shelf": "A1"})
    assert purchase_state(Order.objects.get(pk=order.pk)) is PurchaseState.READY
    bangkok.post(f"parcels/{cold.code}/open/", {"sure": "1"})
    assert purchase_state(Order.objects.get(pk=order.pk)) is PurchaseState.PARTLY_READY
    assert "พัสดุถึงจุดรับแล้ว 1 จาก 2 ชิ้น" in page_of(market, order)
    bangkok.post(f"purchases/{order.number}/together/")
    again = order.parcels.get(state=Parcel.State.READY)
    assert "พัสดุถึงจุดรับแล้ว 1 จาก 2 ชิ้น" in page_of(market, order)
    bangkok.post(f"parcels/{again.code}/shelve/", {"shelf": "C1"})
    assert purchase_state(Order.objects.get(pk=order.pk)) is PurchaseState.READY


def test_what_is_left_after_one_was_fetched_is_not_forgotten(market: Market, hubs: Hubs) -> None:
    order, dry, cold = two_parcels(market, hubs)
    bangkok, code = table(hubs, "bangkok"), collecting.code_of(order.plan)
    bangkok.post(f"parcels/{dry.code}/shelve/", {"shelf": "A1"})
    letters()
    done = bangkok.post("counter/hand-over/", {"code": code}, follow=True)
    assert f"ยังเหลืออยู่ที่นี่และยังไม่ได้ขึ้นชั้น: {cold.code}" in done.content.decode()
    (letter,) = letters()
    assert "ยังมีอีก 1 พัสดุรอคุณอยู่ที่นั่น" in letter.body
    again = bangkok.post("counter/", {"code": code})
    assert again.status_code == 422
    assert "ส่งมอบไปแล้ว" not in words_of(again), "the code is not done with"
    bangkok.post(f"parcels/{cold.code}/shelve/", {"shelf": "C1"})
    bangkok.post("counter/hand-over/", {"code": code})
    assert set(order.parcels.values_list("state", flat=True)) == {Parcel.State.COLLECTED}


def test_opening_a_shelved_parcel_asks_first_and_the_buyer_is_told(market: Market, hubs: Hubs) -> None:
    parcel = shelved(market, hubs, {"kratip": 1})
    bangkok = table(hubs, "bangkok")
    letters()
    asked = bangkok.post(f"parcels/{parcel.code}/open/")
    assert "เปิดพัสดุที่ผู้ซื้ออาจกำลังมารับใช่ไหม" in words_of(asked)
    parcel.refresh_from_db()
    assert parcel.state == Parcel.State.ON_SHELF
    assert letters() == []
    bangkok.post(f"parcels/{parcel.code}/open/", {"sure": "1"})
    (letter,) = letters()
    assert letter.subject.endswith(f"ยังไม่ต้องมารับของตอนนี้ · {parcel.order.number}")
    bangkok.post(f"purchases/{parcel.order.number}/together/")
    again = Parcel.objects.get(state="ready")
    bangkok.post(f"parcels/{again.code}/open/")
    again.refresh_from_db()
    assert again.state == Parcel.State.OPENED, "what nobody was told of is opened at once"
    assert letters() == []


def test_a_parcel_at_another_step_is_told_as_a_parcel(market: Market, hubs: Hubs) -> None:
    parcel = together(market, hubs, {"kratip": 1})
    bangkok = table(hubs, "bangkok")
    facts = {"carrier": "KEX", "tracking": ""}
    bangkok.post(f"parcels/{parcel.code}/send/", facts)
    again = bangkok.post(f"parcels/{parcel.code}/send/", facts, follow=True)
    assert "พัสดุนี้ไปถึงขั้นอื่นแล้ว" in again.content.decode()


def test_before_it_leaves_the_buyer_reads_of_the_hub_and_not_of_a_carrier(market: Market, hubs: Hubs) -> None:
    order = buy(market, hubs, {"kratip": 1}, way="pickup")
    for part in order.vendor_orders.all():
        services.accept(vendor_order=part, by=None)
        services.pack(vendor_order=part, by=None)
    page = page_of(market, order)
    assert "เมื่อมารับได้เราจะส่งอีเมลบอก" in page
    assert "กล่องกำลังรอไปจุดกระจายสินค้า" in page
    assert "ขนส่ง" not in page
