"""A hub's pages as its people use them: scan, count, put together, send or shelve, hand over."""

from __future__ import annotations

import datetime as dt

import pytest

from shop.common import clock
from shop.fulfilment import collecting, services
from shop.fulfilment.models import Holding, Parcel, Transfer, TransferLine, Where
from shop.order.models import Line, Order
from tests.hubs import Hubs, build_hubs, buy, packed, part_of
from tests.market import Market
from tests.unit.fulfilment.hub_pages import arrived, on_the_way, seen, shelved, table, together, words_of
from tests.unit.fulfilment.packing import letters
from vendors.models import Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def hubs(market: Market) -> Hubs:
    return build_hubs(market)


def where(order: Order) -> dict[str, int]:
    found: dict[str, int] = {}
    for spot, pieces in Holding.objects.filter(line__order=order).values_list("where", "quantity"):
        found[spot] = found.get(spot, 0) + pieces
    return found


def test_a_box_is_scanned_and_counted_and_the_page_says_where_it_goes(market: Market, hubs: Hubs) -> None:
    order = buy(market, hubs, {"kratip": 3})
    box = packed(order, market, "north")
    north = table(hubs, "north")
    scanned = north.scan(f" {box.number.lower()} ")
    assert scanned.url == f"{north.base}boxes/{box.number}/"
    page = words_of(north.get(f"boxes/{box.number}/"))
    assert "กระติบข้าวเหนียว" in page
    assert "ครบทั้งหมด 3 ชิ้น" in page
    done = north.post(f"boxes/{box.number}/count/", {"seen": seen(box)})
    assert done.url == f"{north.base}scan/?box={box.number}"
    assert where(order) == {Where.PLACE: 3}
    after = words_of(north.client.get(done.url))
    onward = Transfer.objects.get(from_place=north.hub)
    assert "ไปต่อที่ จุดกระจาย bangkok" in after
    assert onward.code in after
    again = north.scan(box.number)
    assert again.status_code == 422
    assert "กล่องนี้นับไปแล้ว โดย packer-north" in words_of(again)
    assert f'value="{box.number}"' in again.content.decode(), "the field is kept"
    twice = north.post(f"boxes/{box.number}/count/", {"seen": seen(box)}, follow=True)
    assert "กล่องนี้นับไปแล้ว" in twice.content.decode()
    assert where(order) == {Where.PLACE: 3}


def test_taps_are_kept_and_differences_are_asked_about_before_they_are_final(market: Market, hubs: Hubs) -> None:
    order = on_the_way(market, hubs, {"kratip": 3, "hat": 2})
    part = part_of(order, market, "north")
    line = part.lines.get()
    bangkok, box = table(hubs, "bangkok"), f"boxes/{part.number}/"
    for _tap in range(2):
        assert bangkok.post(f"{box}tally/{line.pk}/", {"step": "-1"}).url == bangkok.base + box
    assert 'name="pieces" inputmode="numeric" maxlength="6" autocomplete="off" value="1"' in (
        bangkok.get(box).content.decode()
    ), "another phone, or the same one with a new battery, sees it"
    bangkok.post(f"{box}tally/{line.pk}/", {"what": "good", "pieces": "๒"})
    no_reason = bangkok.post(f"{box}tally/{line.pk}/", {"what": "refused", "pieces": "1", "reason": ""})
    assert no_reason.status_code == 422
    assert "บอกเหตุผลที่ส่ง “กระติบข้าวเหนียว” คืน" in words_of(no_reason)
    too_many = bangkok.post(f"{box}tally/{line.pk}/", {"what": "good", "pieces": "9"})
    assert too_many.status_code == 422
    assert "ส่งมา 3 ชิ้น แต่คุณบันทึก 9 ชิ้น" in words_of(too_many)
    assert 'value="9"' in too_many.content.decode(), "what was typed is kept"
    bangkok.post(f"{box}tally/{line.pk}/", {"what": "refused", "pieces": "1", "reason": "broken"})
    bangkok.post(f"{box}tally/{line.pk}/", {"step": "-1"})
    row = TransferLine.objects.get(line=line, box__transfer__to_place=bangkok.hub)
    assert (row.tally, row.refused, row.reason) == (1, 1, "broken")
    noted = f"{line.pk}:1:1:broken"
    asked = bangkok.post(f"{box}count/", {"seen": [noted]})
    assert asked.status_code == 200
    assert "ได้ของดี 1 จาก 3 ชิ้น ส่งคืน 1 ชิ้น · แตกหรือรั่ว ไม่อยู่ในกล่อง 1" in words_of(asked)
    assert where(order) == {Where.TRANSIT: 5}, "nothing is final yet"
    bangkok.post(f"{box}count/", {"seen": [noted], "sure": "1"})
    assert where(order) == {Where.TRANSIT: 2, Where.PLACE: 1, Where.REJECTED: 1, Where.LOST: 1}


def test_what_another_phone_noted_meanwhile_is_not_passed_over(market: Market, hubs: Hubs) -> None:
    order = on_the_way(market, hubs, {"kratip": 3})
    part = part_of(order, market, "north")
    line, bangkok = part.lines.get(), table(hubs, "bangkok")
    page_of_the_first = seen(part)
    bangkok.post(f"boxes/{part.number}/tally/{line.pk}/", {"step": "-1"})
    answer = bangkok.post(f"boxes/{part.number}/count/", {"seen": page_of_the_first})
    assert answer.status_code == 422
    assert "มีคนอื่นเพิ่งแก้รายการนี้" in words_of(answer)
    assert where(order) == {Where.TRANSIT: 3}


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("", "ไม่ใช่รหัสของตลาด"),
        ("ไข่เจียว", "ไม่ใช่รหัสของตลาด"),
        ("0" * 400, "ไม่ใช่รหัสของตลาด"),
        ("https://market.example/b/1'--", "ไม่ใช่รหัสของตลาด"),
    ],
)
def test_what_is_no_code_is_told_on_the_same_page(market: Market, hubs: Hubs, code: str, words: str) -> None:
    answer = table(hubs, "north").scan(code)
    assert answer.status_code == 422
    assert words in words_of(answer)


def test_codes_of_other_hubs_are_told_in_words_and_their_pages_are_not_there(market: Market, hubs: Hubs) -> None:
    order = buy(market, hubs, {"kratip": 1, "hat": 1})
    box = packed(order, market, "north")
    isan = table(hubs, "isan")
    answer = isan.scan(box.number)
    assert "ต้องไปจุดกระจาย north" in words_of(answer)
    assert isan.get(f"boxes/{box.number}/").status_code == 404
    assert isan.post(f"boxes/{box.number}/count/", {"seen": seen(box)}).status_code == 404
    transfer = Transfer.objects.get()
    assert "ไม่มีใบโอนรหัสนี้ที่มาที่นี่หรือออกจากที่นี่" in words_of(isan.scan(transfer.code))
    assert isan.get(f"transfers/{transfer.code}/").status_code == 404
    assert isan.get(f"purchases/{order.number}/").status_code == 404
    assert isan.post(f"purchases/{order.number}/together/", {"sure": "1"}).status_code == 404
    waiting = part_of(order, market, "isan")
    assert "กลุ่มยังไม่ได้กดว่าแพ็กกล่องนี้เสร็จ" in words_of(isan.scan(waiting.number))
    other = table(hubs, "north")
    assert isan.client.get(other.base).status_code == 404
    assert where(order) == {Where.GROUP: 2}


def test_a_transfer_is_sent_with_the_ticked_boxes_and_closed_after_two_questions(market: Market, hubs: Hubs) -> None:
    orders = [buy(market, hubs, {"kratip": 1}) for _number in range(3)]
    parts = [packed(order, market, "north") for order in orders]
    north, bangkok = table(hubs, "north"), table(hubs, "bangkok")
    for part in parts:
        services.count_in(place=north.hub, number=part.number, counts={}, by=north.packer)
    transfer = Transfer.objects.get(from_place=north.hub)
    boxes = list(transfer.boxes.order_by("pk"))
    assert bangkok.post(f"transfers/{transfer.code}/send/", {"box": [boxes[0].pk]}).status_code == 404
    assert "เลือกอย่างน้อย" not in words_of(north.get(f"transfers/{transfer.code}/"))
    north.post(f"transfers/{transfer.code}/send/", {"box": [boxes[0].pk, boxes[1].pk], "which": "ticked"})
    transfer.refresh_from_db()
    assert (transfer.state, transfer.boxes.count()) == (Transfer.State.SENT, 2)
    assert Transfer.objects.get(from_place=north.hub, state="announced").boxes.get().vendor_order == parts[2]
    services.count_in(place=bangkok.hub, number=parts[0].number, counts={}, by=bangkok.packer)
    assert north.post(f"transfers/{transfer.code}/close/", {"sure": "1"}).status_code == 404
    asked = bangkok.post(f"transfers/{transfer.code}/close/")
    assert parts[1].number in words_of(asked)
    assert where(orders[1]) == {Where.TRANSIT: 1}, "the first question changes nothing"
    bangkok.post(f"transfers/{transfer.code}/close/", {"sure": "1", "boxes": ""})
    assert where(orders[1]) == {Where.TRANSIT: 1}, "a box that the person has not seen missing is not given up"
    bangkok.post(f"transfers/{transfer.code}/close/", {"sure": "1", "boxes": str(boxes[1].pk)})
    assert where(orders[1]) == {Where.LOST: 1}
    late = bangkok.scan(parts[1].number)
    assert "กล่องนี้ถูกปิดเป็นของหายไปแล้ว" in words_of(late)


def test_put_together_send_correct_and_deliver(market: Market, hubs: Hubs) -> None:
    order = on_the_way(market, hubs, {"kratip": 3, "hat": 2})
    bangkok = table(hubs, "bangkok")
    first, second = order.vendor_orders.order_by("pk")
    bangkok.post(f"boxes/{first.number}/count/", {"seen": seen(first)})
    waits = words_of(bangkok.get(f"scan/?box={first.number}"))
    assert "วางรวมกับของคำสั่งซื้อเดียวกัน" in waits
    assert "อีก 1 กล่องกำลังมา" in waits
    assert bangkok.post(f"purchases/{order.number}/together/").url == f"{bangkok.base}purchases/{order.number}/"
    assert not Parcel.objects.exists()
    bangkok.post(f"boxes/{second.number}/count/", {"seen": seen(second)})
    assert "ของคำสั่งซื้อนี้มาครบแล้ว" in words_of(bangkok.get(f"scan/?box={second.number}"))
    page = words_of(bangkok.get(f"purchases/{order.number}/"))
    assert "รวมเป็นพัสดุ 5 ชิ้น" in page
    made = bangkok.post(f"purchases/{order.number}/together/")
    parcel = Parcel.objects.get()
    assert made.url == f"{bangkok.base}parcels/{parcel.code}/"
    twice = bangkok.post(f"purchases/{order.number}/together/", follow=True)
    assert "เพิ่งรวมเป็นพัสดุไปเมื่อครู่" in twice.content.decode()
    assert Parcel.objects.count() == 1
    wrong = bangkok.post(f"parcels/{parcel.code}/send/", {"carrier": "ไปรษณีย์ไทย", "tracking": "EB123456789TH"})
    assert wrong.status_code == 422
    assert "เลขนี้ไม่ใช่เลขพัสดุไปรษณีย์ไทย" in words_of(wrong)
    assert "EB123456789TH" in wrong.content.decode()
    letters()
    bangkok.post(f"parcels/{parcel.code}/send/", {"carrier": "ไปรษณีย์ไทย", "tracking": "eb 1234 5678 5 th"})
    parcel.refresh_from_db()
    assert (parcel.state, parcel.tracking) == (Parcel.State.SENT, "EB123456785TH")
    sent = bangkok.get(f"parcels/{parcel.code}/").content.decode()
    assert "https://track.thailandpost.co.th/?trackNumber=EB123456785TH" in sent
    assert len(letters()) == 1
    bangkok.post(f"parcels/{parcel.code}/correct/", {"carrier": "KEX", "tracking": "K1"})
    parcel.refresh_from_db()
    assert (parcel.carrier, parcel.tracking) == ("KEX", "K1")
    asked = bangkok.post(f"parcels/{parcel.code}/deliver/")
    assert "ผู้ซื้อได้รับของแล้วใช่ไหม" in words_of(asked)
    assert where(order) == {Where.PARCEL: 5}
    bangkok.post(f"parcels/{parcel.code}/deliver/", {"sure": "1"})
    assert where(order) == {Where.BUYER: 5}


def test_a_parcel_is_opened_again_and_comes_back(market: Market, hubs: Hubs) -> None:
    parcel = together(market, hubs, {"kratip": 3})
    bangkok = table(hubs, "bangkok")
    bangkok.post(f"parcels/{parcel.code}/open/")
    assert where(parcel.order) == {Where.PLACE: 3}
    bangkok.post(f"purchases/{parcel.order.number}/together/")
    again = Parcel.objects.get(state="ready")
    bangkok.post(f"parcels/{again.code}/send/", {"carrier": "KEX", "tracking": ""})
    bangkok.post(f"parcels/{again.code}/return/", {"sure": "1"})
    assert where(parcel.order) == {Where.RETURNED: 3}
    assert Line.objects.get().short_reasons == {"came_back": 3}
    assert bangkok.post(f"parcels/{again.code}/burn/").status_code == 404


def test_handed_over_at_the_counter_to_somebody_else(market: Market, hubs: Hubs) -> None:
    parcel = shelved(market, hubs, {"kratip": 3})
    bangkok, code = table(hubs, "bangkok"), collecting.code_of(parcel.order.plan)
    shown = bangkok.post("counter/", {"code": code.lower()})
    page = words_of(shown)
    assert "พัสดุของ ญาณิศา ผู้พัฒน์" in page
    assert "ชั้นวาง A3" in page
    assert bangkok.scan(code).status_code == 200, "the one field reads it too"
    letters()
    done = bangkok.post("counter/hand-over/", {"code": code, "collected_by": "หลานสาว"}, follow=True)
    assert "ส่งมอบพัสดุ 1 ชิ้นแล้ว" in done.content.decode()
    parcel.refresh_from_db()
    assert (parcel.state, parcel.collected_by) == (Parcel.State.COLLECTED, "หลานสาว")
    assert len(letters()) == 1
    twice = bangkok.post("counter/hand-over/", {"code": code}, follow=True)
    assert "ส่งมอบไปแล้ว" in twice.content.decode()
    assert "ส่งมอบไปแล้ว" in words_of(bangkok.post("counter/", {"code": code}))
    assert letters() == []


def test_wrong_codes_are_limited_by_person_and_hub_and_right_ones_are_not_counted(market: Market, hubs: Hubs) -> None:
    parcel = shelved(market, hubs, {"kratip": 1})
    bangkok, isan = table(hubs, "bangkok"), table(hubs, "isan")
    code = collecting.code_of(parcel.order.plan)
    assert isan.post("counter/", {"code": code}).status_code == 422, "a right code opens nothing at another counter"
    for _number in range(12):
        assert bangkok.post("counter/", {"code": code}).status_code == 200
    wrong = collecting.code_of(parcel.order.plan.__class__(order_id=1, code_nonce="x"))
    for number in range(11):
        path = ("counter/", "scan/", "counter/hand-over/")[number % 3]
        answer = words_of(bangkok.post(path, {"code": wrong}))
        assert ("ใส่รหัสผิดหลายครั้งเกินไป" in answer) == (number == 10)
    assert "ใส่รหัสผิดหลายครั้งเกินไป" in words_of(bangkok.post("counter/", {"code": code}))
    assert bangkok.post("counter/hand-over/", {"code": code}).status_code == 422
    parcel.refresh_from_db()
    assert parcel.state == Parcel.State.ON_SHELF
    assert isan.post("counter/", {"code": wrong}).status_code == 422
    assert "ไม่มีพัสดุของรหัสนี้" in words_of(isan.post("counter/", {"code": wrong})), "another person still tries"


def test_not_collected_in_time_is_reminded_once_listed_and_taken_back(market: Market, hubs: Hubs) -> None:
    parcel = shelved(market, hubs, {"kratip": 3})
    bangkok = table(hubs, "bangkok")
    letters()
    assert services.remind_of_parcels() == 0
    early = bangkok.post(f"parcels/{parcel.code}/return/", {"sure": "1"}, follow=True)
    assert "ต้องเก็บไว้ให้ถึงวันที่กำหนด" in early.content.decode()
    kept = clock.start_of_day(parcel.keep_until or clock.today()) + dt.timedelta(hours=9)
    with clock.moved_to(kept - dt.timedelta(days=2)):
        assert services.remind_of_parcels() == 1
        assert services.remind_of_parcels() == 0
        (letter,) = letters()
        assert "ของยังรอคุณอยู่" in letter.subject
        assert letters() == []
    with clock.moved_to(kept + dt.timedelta(days=1)):
        day = words_of(bangkok.get())
        assert "ไม่มีคนมารับตามกำหนด" in day
        assert parcel.code in day
        assert parcel.code in words_of(bangkok.get("parcels/?which=past"))
        assert "พัสดุกลับมาอยู่ที่นี่แล้วใช่ไหม" in words_of(bangkok.post(f"parcels/{parcel.code}/return/"))
        bangkok.post(f"parcels/{parcel.code}/return/", {"sure": "1"})
    assert where(parcel.order) == {Where.RETURNED: 3}


def test_a_closed_hub_says_so_and_hands_over_what_is_there(market: Market, hubs: Hubs) -> None:
    parcel = shelved(market, hubs, {"kratip": 3})
    Place.objects.filter(pk=hubs.places["bangkok"].pk).update(is_open=False)
    bangkok = table(hubs, "bangkok")
    assert "จุดนี้ปิดแล้ว" in words_of(bangkok.get())
    code = collecting.code_of(parcel.order.plan)
    bangkok.post("counter/hand-over/", {"code": code})
    assert where(parcel.order) == {Where.BUYER: 3}


def test_today_says_what_comes_and_what_is_ready(market: Market, hubs: Hubs) -> None:
    on_the_way(market, hubs, {"kratip": 3})
    ready = arrived(market, hubs, {"hat": 2})
    unpacked = buy(market, hubs, {"kratip": 1})
    services.accept(vendor_order=part_of(unpacked, market, "north"), by=None)
    bangkok, north = table(hubs, "bangkok"), table(hubs, "north")
    due = Transfer.objects.get(to_place=bangkok.hub, state="sent").due
    with clock.moved_to(clock.start_of_day(due) + dt.timedelta(hours=9)):
        page = words_of(bangkok.get())
        assert "1 กล่องวันนี้" in page
        assert "0 กล่องมาช้า" in page
        assert "1 รวมได้เลย" in page
        assert ready.number in page
        assert "เครือข่ายกลุ่มอาชีพจังหวัดเชียงใหม่ 1 กล่อง · กำลังเดินทาง" in page
        late = words_of(north.get())
        assert "ควรมาถึงแล้ว แต่กลุ่มยังไม่แพ็ก กลุ่มจักสานบ้านดอย 1 กล่อง" in late
    with clock.moved_to(clock.start_of_day(due) + dt.timedelta(days=1, hours=9)):
        assert "1 กล่องมาช้า" in words_of(bangkok.get())
        desk = words_of(bangkok.client.get(f"/workspace/{bangkok.hub.organisation.slug}/"))
        assert "1 กล่องที่ต้องมาถึงวันนี้ มาช้า 1 กล่อง" in desk
