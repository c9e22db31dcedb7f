"""What a group collects at the door, what it is asked before a box is closed, and how a parcel is named and put right."""

from __future__ import annotations

import datetime as dt

import pytest

from shop.common import clock
from shop.fulfilment import errors, services
from shop.fulfilment.web.workspace.packing import slip_data
from shop.order.models import Order, VendorOrder
from shop.order.policies import vendor_order_or_404
from shop.theme import formats
from tests.market import Market, signed_in
from tests.unit.fulfilment.packing import base, letters, lines, mark
from vendors import history

pytestmark = pytest.mark.django_db
State = VendorOrder.State


def test_a_box_without_its_ticks_is_asked_about_once(market: Market, part: VendorOrder) -> None:
    client, (first, second) = signed_in(market.people["north"]), lines(part)
    client.post(f"{base(part)}tick/", {"line": [first.pk, second.pk], "packed": [first.pk]})
    asked = client.post(f"{base(part)}pack/")
    assert asked.status_code == 422
    assert [line.pk for line in asked.context["unticked"]] == [second.pk]
    page = asked.content.decode()
    assert "ใส่ของครบแล้วใช่ไหม" in page
    assert page.count('name="sure"') == 1
    assert client.post(f"{base(part)}pack/", {"sure": [first.pk]}).status_code == 422, "that one was not looked at"
    part.refresh_from_db()
    second.refresh_from_db()
    assert (part.state, second.packed) == (State.TO_PACK, False), "nothing has happened yet"
    assert client.post(f"{base(part)}pack/", {"sure": [second.pk]}).url == base(part)
    part.refresh_from_db()
    second.refresh_from_db()
    assert (part.state, second.packed) == (State.PACKED, True)


def test_a_full_box_is_packed_without_a_question(market: Market, part: VendorOrder) -> None:
    first, second = lines(part)
    mark(market, part, second, "0")
    client = signed_in(market.people["north"])
    client.post(f"{base(part)}tick/", {"line": [first.pk], "packed": [first.pk]})
    assert client.post(f"{base(part)}pack/").url == base(part)


def test_delivered_a_moment_after_it_left_is_asked_about(market: Market, part: VendorOrder) -> None:
    client = signed_in(market.people["north"])
    services.pack(vendor_order=part, by=None)
    client.post(f"{base(part)}hand-over/", {"carrier": "ไปรษณีย์ไทย"})
    asked = client.post(f"{base(part)}deliver/")
    assert (asked.status_code, "ผู้ซื้อได้รับของแล้วใช่ไหม" in asked.content.decode()) == (422, True)
    part.refresh_from_db()
    assert part.state == State.HANDED_OVER
    assert client.post(f"{base(part)}deliver/", {"sure": "1"}).url == base(part)
    part.refresh_from_db()
    assert part.state == State.DELIVERED


def test_a_day_later_nobody_asks(market: Market, part: VendorOrder) -> None:
    services.pack(vendor_order=part, by=None)
    services.hand_over(vendor_order=part, by=None)
    VendorOrder.objects.filter(pk=part.pk).update(state_changed_at=clock.now() - dt.timedelta(days=1))
    assert signed_in(market.people["north"]).post(f"{base(part)}deliver/").url == base(part)
    part.refresh_from_db()
    assert part.state == State.DELIVERED


def test_the_group_sees_what_it_collects_and_a_shortage_lowers_it(market: Market, part: VendorOrder) -> None:
    first, _second = lines(part)
    page = signed_in(market.people["north"]).get(base(part)).content.decode()
    due = part.goods_satang + part.delivery_satang
    assert "ต้องเก็บเงินจากผู้รับ" in page
    assert f'class="num total">{formats.baht(due)}<' in page
    mark(market, part, first, "1")
    page = signed_in(market.people["north"]).get(base(part)).content.decode()
    assert f'class="num total">{formats.baht(due - 24_000)}<' in page
    assert signed_in(market.people["north"]).get(base(part)).context["packing"]["cash_satang"] == due - 24_000
    data = slip_data(
        market.groups["north"], vendor_order_or_404(market.groups["north"], part.number), shows_address=True
    )
    assert (data["cod"], data["collect"]) == (True, formats.baht(due - 24_000))
    cash = signed_in(market.people["buyer"]).get(f"/orders/{part.order.number}/pay/").content.decode()
    assert formats.baht(due - 24_000) in cash, "the buyer is told the same"


def test_nothing_is_collected_for_what_is_paid_or_cancelled(market: Market, part: VendorOrder) -> None:
    client = signed_in(market.people["north"])
    for line in lines(part):
        mark(market, part, line, "0")
    assert "ต้องเก็บเงินจากผู้รับ" not in client.get(base(part)).content.decode()
    Order.objects.filter(pk=part.order_id).update(payment_method="promptpay")
    VendorOrder.objects.filter(pk=part.pk).update(state=State.TO_PACK)
    assert "ต้องเก็บเงินจากผู้รับ" not in client.get(base(part)).content.decode()


def test_a_part_of_which_nothing_is_left_costs_no_delivery(market: Market, part: VendorOrder) -> None:
    buyer, order = signed_in(market.people["buyer"]), part.order
    whole = buyer.get(f"/orders/{order.number}/").context
    assert (whole["short_satang"], whole["dropped_satang"]) == (0, 0)
    for line in lines(part):
        mark(market, part, line, "0")
    told = buyer.get(f"/orders/{order.number}/").context
    assert (told["short_satang"], told["dropped_satang"]) == (48_000, part.delivery_satang)
    assert told["total_satang"] == whole["total_satang"] - 48_000 - part.delivery_satang
    rest = order.vendor_orders.exclude(pk=part.pk)
    assert told["total_satang"] == sum(each.goods_satang + each.delivery_satang for each in rest)
    assert "เก็บเงินปลายทาง" in told["method_text"]


def test_an_order_of_which_nothing_is_left_collects_nothing(market: Market, part: VendorOrder) -> None:
    for each in part.order.vendor_orders.all():
        for line in each.lines.all():
            services.mark_short(vendor_order=each, line_id=line.pk, available=0, reason="sold_out", seen=0, by=None)
    answer = signed_in(market.people["buyer"]).get(f"/orders/{part.order.number}/")
    assert (answer.context["total_satang"], answer.context["method_text"]) == (0, "")
    page = answer.content.decode()
    assert 'class="num total">0.00 บาท<' in page
    assert "เก็บเงินปลายทาง" not in page


def test_short_lines_say_and_cost_what_is_left(market: Market, part: VendorOrder) -> None:
    first, second = lines(part)
    mark(market, part, first, "2")
    mark(market, part, second, "0")
    services.pack(vendor_order=part, by=None)
    page = signed_in(market.people["north"]).get(base(part)).content.decode()
    assert '<b>2</b> × กระติบข้าวเหนียว</span><span class="num">240.00 บาท</span>' in page
    assert '<b>0</b> × เสื่อกก</span><span class="num">0.00 บาท</span>' in page


@pytest.mark.parametrize(
    ("state", "title"),
    [("to_accept", "ของที่ต้องแพ็ก"), ("to_pack", "ของที่ต้องแพ็ก"), ("delivered", "ของในกล่อง"), ("cancelled", "สินค้า")],
)
def test_the_heading_says_what_the_lines_are(market: Market, part: VendorOrder, state: str, title: str) -> None:
    VendorOrder.objects.filter(pk=part.pk).update(state=state)
    answer = signed_in(market.people["north"]).get(base(part))
    assert answer.context["packing"]["title"] == title
    assert f"<b>{title}</b>" in answer.content.decode()


def test_carrier_and_number_are_seen_and_put_right_until_it_has_arrived(market: Market, part: VendorOrder) -> None:
    client = signed_in(market.people["north"])
    services.pack(vendor_order=part, by=None)
    client.post(f"{base(part)}hand-over/", {"carrier": "ไปรษณีย์ไทย", "tracking": "EB123"})
    assert "EB123" in client.get(base(part)).content.decode()
    letters()
    assert client.post(f"{base(part)}parcel/", {"carrier": "ไปรษณีย์ไทย", "tracking": "EB124"}).url == base(part)
    part.refresh_from_db()
    assert (part.carrier, part.tracking, part.state) == ("ไปรษณีย์ไทย", "EB124", State.HANDED_OVER)
    (letter,) = letters()
    assert (letter.to, "EB124" in letter.body) == (["buyer@example.test"], True)
    entry = history.history_of(market.groups["north"])[0]
    assert (entry.action, entry.data["before"]) == ("market.order.parcel", "ไปรษณีย์ไทย EB123")
    client.post(f"{base(part)}parcel/", {"carrier": "ไปรษณีย์ไทย", "tracking": "EB124"})
    assert letters() == [], "nothing differs, nobody is told"
    services.deliver(vendor_order=part, by=None)
    page = client.get(base(part)).content.decode()
    assert "EB124" in page
    assert f"{base(part)}parcel/" not in page
    client.post(f"{base(part)}parcel/", {"carrier": "x", "tracking": "y"})
    part.refresh_from_db()
    assert part.tracking == "EB124"


@pytest.mark.parametrize("typed", [{"tracking": "9" * 61}, {"carrier": "ก" * 61}, {"carrier": " "}])
def test_too_long_or_no_carrier_is_told_and_what_was_typed_stays(
    market: Market, part: VendorOrder, typed: dict[str, str]
) -> None:
    client, data = signed_in(market.people["north"]), {"carrier": "รถของกลุ่ม", "tracking": "A1", **typed}
    services.pack(vendor_order=part, by=None)
    for act, state in (("hand-over", State.PACKED), ("parcel", State.HANDED_OVER)):
        before = VendorOrder.objects.values_list("carrier", "tracking").get(pk=part.pk)
        answer = client.post(f"{base(part)}{act}/", data)
        assert (answer.status_code, list(answer.context["parcel_form"].errors)) == (422, list(typed))
        assert data["carrier"].strip() in answer.content.decode()
        part.refresh_from_db()
        assert (part.state, (part.carrier, part.tracking)) == (state, before)
        if act == "hand-over":
            services.hand_over(vendor_order=part, by=None, carrier="ไปรษณีย์ไทย")
    with pytest.raises(errors.WordsTooLong):
        services.correct_parcel(vendor_order=part, carrier="x" * 61, tracking="", by=None)
