"""Packing on a phone: ticks that both packers see, what is missing, the slip, and nothing of other groups anywhere."""

from __future__ import annotations

from typing import Any

import pytest

from shop.fulfilment import services
from shop.fulfilment.web.workspace.packing import slip_data
from shop.order.events import Shortfall, pieces_short
from shop.order.models import Line, VendorOrder
from shop.order.policies import vendor_order_or_404
from shop.partner.services import set_offer
from tests.market import Market, make_user, signed_in
from tests.unit.fulfilment.packing import base, letters, lines, mark
from tests.unit.rights.world import order
from vendors import history
from vendors.services import add_member

pytestmark = pytest.mark.django_db
State = VendorOrder.State


def test_ticks_are_kept_and_another_phone_sees_and_keeps_them(market: Market, part: VendorOrder) -> None:
    first, second = lines(part)
    mother, daughter = signed_in(market.people["north"]), make_user("daughter")
    add_member(organisation=market.groups["north"], user=daughter, role="packer")
    both = {"line": [first.pk, second.pk]}
    assert mother.post(f"{base(part)}tick/", {**both, "packed": [first.pk]}).url == base(part)
    page = signed_in(daughter).get(base(part)).content.decode()
    assert f'id="packed-{first.pk}" name="packed" value="{first.pk}" checked' in page
    assert "ใส่กล่องแล้ว 1 จาก 2 รายการ" in page
    signed_in(daughter).post(f"{base(part)}tick/", {**both, "packed": [second.pk]})  # her page is older
    assert list(part.lines.order_by("pk").values_list("packed", flat=True)) == [True, True]
    mother.post(f"{base(part)}tick/", {**both, "was": [first.pk, second.pk], "packed": [first.pk]})
    assert list(part.lines.order_by("pk").values_list("packed", flat=True)) == [True, False]


def test_a_line_of_another_group_is_not_ticked(market: Market, part: VendorOrder) -> None:
    other = Line.objects.get(order=part.order, product=market.products["hat"])
    signed_in(market.people["north"]).post(f"{base(part)}tick/", {"line": [other.pk], "packed": [other.pk]})
    assert not Line.objects.filter(packed=True).exists()


def test_a_shortage_is_told_and_stock_and_sums_are_put_right(market: Market, part: VendorOrder) -> None:
    letters()
    told: list[Shortfall] = []
    pieces_short.register(told.append)
    try:
        first, _second = lines(part)
        assert mark(market, part, first, "๑").status_code == 302
    finally:
        pieces_short._receivers.remove(told.append)
    first.refresh_from_db()
    record = first.stockrecord
    assert (first.short_quantity, first.short_reasons, first.num_allocated, first.to_pack) == (2, {"sold_out": 2}, 1, 1)
    assert (record.num_in_stock, record.num_allocated) == (48, 1), "what is not there is not sold to anybody else"
    assert [short.pieces for short in told] == [{first.pk: 2}]
    (letter,) = letters()
    assert letter.to == ["buyer@example.test"]
    assert "2 × กระติบข้าวเหนียว" in letter.body
    assert "รายการอื่นส่งตามเดิม" in letter.body
    assert "240.00 บาท" in letter.body
    assert history.history_of(market.groups["north"])[0].data["pieces"] == 2
    own = signed_in(market.people["north"]).get(base(part)).content.decode()
    assert "ขาด 2 จาก 3" in own
    buyer = signed_in(market.people["buyer"]).get(f"/orders/{part.order.number}/").content.decode()
    assert "ขาด 2 ไม่คิดเงิน 240.00 บาท" in buyer
    part.refresh_from_db()
    assert part.state == State.TO_PACK


@pytest.mark.parametrize("typed", ["3", "4", "-1", "", "1.5", "สอง", "999999"])
def test_a_number_that_is_no_shortage_changes_nothing(market: Market, part: VendorOrder, typed: str) -> None:
    first, _second = lines(part)
    answer = mark(market, part, first, typed)
    assert answer.status_code == 422
    assert "available" in answer.context["form"].errors
    first.refresh_from_db()
    assert (first.short_quantity, first.stockrecord.num_in_stock) == (0, 50)
    assert letters_about_shortage() == []


def letters_about_shortage() -> list[Any]:
    return [letter for letter in letters() if "ขาด" in letter.subject]


def test_a_reason_is_asked_for_and_the_number_stays(market: Market, part: VendorOrder) -> None:
    first, _second = lines(part)
    answer = mark(market, part, first, "2", reason="")
    assert answer.status_code == 422
    assert 'value="2"' in answer.content.decode()
    assert mark(market, part, first, "2", reason="because").status_code == 422


def test_sent_twice_it_counts_once(market: Market, part: VendorOrder) -> None:
    first, _second = lines(part)
    mark(market, part, first, "1")
    mark(market, part, first, "0")  # the old page: it says that nothing was short before
    first.refresh_from_db()
    assert (first.short_quantity, first.stockrecord.num_in_stock) == (2, 48)
    assert len(letters_about_shortage()) == 1
    mark(market, part, first, "0", seen=2)
    first.refresh_from_db()
    assert (first.short_quantity, first.stockrecord.num_in_stock) == (3, 47)


def test_with_nothing_left_the_shelf_is_empty(market: Market, part: VendorOrder) -> None:
    first, _second = lines(part)
    mark(market, part, first, "1", none_left="on")
    first.refresh_from_db()
    assert (first.stockrecord.num_in_stock, first.stockrecord.num_allocated) == (1, 1)
    market.products["kratip"].refresh_from_db()
    assert market.products["kratip"].in_stock is False


def test_all_short_is_cancelled_and_the_others_go_on(market: Market, part: VendorOrder) -> None:
    for line in lines(part):
        mark(market, part, line, "0")
    part.refresh_from_db()
    assert part.state == State.CANCELLED
    assert set(part.order.vendor_orders.exclude(pk=part.pk).values_list("state", flat=True)) == {"to_accept"}
    part.order.refresh_from_db()
    assert part.order.cancelled_at is None
    last = letters_about_shortage()[-1].body
    assert "1 × เสื่อกก" in last
    assert "รายการอื่นส่งตามเดิม" in last, "what other groups send"
    acts = [entry.action for entry in history.history_of(market.groups["north"])[:3]]
    assert "market.order.cancelled" in acts
    assert signed_in(market.people["north"]).get(f"{base(part)}slip.pdf").status_code == 404


def test_what_is_short_does_not_leave_stock_again(market: Market, part: VendorOrder) -> None:
    first, second = lines(part)
    mark(market, part, first, "1")
    mark(market, part, second, "0")
    services.pack(vendor_order=part, by=None)
    services.hand_over(vendor_order=part, by=None)
    for line, left in ((first, 47), (second, 49)):
        line.refresh_from_db()
        assert (line.stockrecord.num_in_stock, line.stockrecord.num_allocated) == (left, 0)
    assert (first.packed, second.packed) == (True, False)


def test_a_closed_box_is_not_short_any_more(market: Market, part: VendorOrder) -> None:
    first, _second = lines(part)
    services.pack(vendor_order=part, by=None)
    assert mark(market, part, first, "1").status_code == 302
    first.refresh_from_db()
    assert first.short_quantity == 0


def test_nothing_of_other_groups_is_on_any_page_or_paper(market: Market, part: VendorOrder) -> None:
    client, first = signed_in(market.people["north"]), lines(part)[0]
    strange = [market.products["hat"].title, market.products["bag"].title, market.groups["isan"].name_th]
    strange += [market.groups["south"].name_th, str(part.order.total_incl_tax)]
    strange += list(part.order.vendor_orders.exclude(pk=part.pk).values_list("number", flat=True))
    for path in (
        base(part),
        f"{base(part)}short/{first.pk}/",
        "/workspace/north-group/orders/",
        "/workspace/north-group/",
    ):
        page = client.get(path).content.decode()
        assert [words for words in strange if words in page] == [], path


@pytest.mark.parametrize("paper", ["", "?paper=80"])
def test_the_slip_is_a_paper_of_the_own_part(market: Market, part: VendorOrder, paper: str) -> None:
    answer = signed_in(market.people["north"]).get(f"{base(part)}slip.pdf{paper}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_the_slip_names_the_buyer_only_while_the_group_posts_it(market: Market, part: VendorOrder) -> None:
    found = vendor_order_or_404(market.groups["north"], part.number)
    data = slip_data(market.groups["north"], found, shows_address=True)
    assert data["receiver"]["phone"] == "081 234 5678"
    assert [line["title"] for line in data["lines"]] == ["กระติบข้าวเหนียว", "เสื่อกก"]
    assert (data["number"], data["pieces"]) == (part.number, "4")
    hidden = slip_data(market.groups["north"], found, shows_address=False)
    assert (hidden["receiver"], hidden["note"], hidden["cod"]) == ({}, "", False)


def test_the_next_order_is_the_longest_waiting_one(market: Market, part: VendorOrder) -> None:
    second = order(market, make_user("second"), "kratip", method="cod").order.vendor_orders.get()
    client = signed_in(market.people["north"])
    assert client.post(f"{base(part)}pack/", {"sure": [line.pk for line in lines(part)]}).url == base(part)
    page = client.get(base(part)).content.decode()
    assert f"/workspace/north-group/orders/{second.number}/" in page
    services.accept(vendor_order=second, by=None)
    services.pack(vendor_order=second, by=None)
    assert "ใบสั่งถัดไป" not in client.get(base(part)).content.decode()


def test_today_says_what_waits_and_each_is_one_tap_away(market: Market, part: VendorOrder) -> None:
    client = signed_in(market.people["north"])
    page = client.get("/workspace/north-group/").content.decode()
    assert '/workspace/north-group/orders/?state=to_pack"' in page
    assert "ใบสั่งรอจัดของ" in page
    assert "แจ้งผู้ซื้อว่าจะส่งภายใน" in page
    set_offer(product=market.products["mat"], place=market.places["north"], price_satang=12_000, in_stock=3)
    assert "เสื่อกก เหลือ 2" in client.get("/workspace/north-group/").content.decode()
    packer = make_user("packer")
    add_member(organisation=market.groups["north"], user=packer, role="packer")
    shown = signed_in(packer).get("/workspace/north-group/").content.decode()
    assert "ใบสั่งรอจัดของ" in shown
    assert "สินค้าใกล้หมด" not in shown, "goods are not a packer's work"


def test_today_is_calm_when_nothing_waits(market: Market) -> None:
    set_offer(product=market.products["kratip"], place=market.places["north"], price_satang=12_000, in_stock=50)
    page = signed_in(market.people["north"]).get("/workspace/north-group/").content.decode()
    assert "วันนี้ไม่มีอะไรค้าง" in page
