"""One act that finds many pieces missing is told once, paid back once, and says what was kept and why."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from shop.common import clock
from shop.fulfilment import errors, services
from shop.fulfilment.models import Holding, Parcel, Transfer, Where
from shop.fulfilment.selectors import PurchaseState, purchase_state
from shop.fulfilment.services import Count
from shop.order.models import Line, Order, VendorOrder
from shop.payment.models import Refund
from tests.hubs import Hubs, build_hubs, buy, packed, part_of
from tests.market import Market, signed_in
from tests.unit.fulfilment.hub_pages import on_the_way, shelved, table, together, words_of
from tests.unit.fulfilment.packing import letters

pytestmark = pytest.mark.django_db


@pytest.fixture
def hubs(market: Market) -> Hubs:
    return build_hubs(market)


def to(address: str, found: list[object]) -> list[str]:
    return [str(letter.body) for letter in found if address in letter.to]  # type: ignore[attr-defined]


def page_of(market: Market, order: Order) -> str:
    return words_of(signed_in(market.people["buyer"]).get(f"/orders/{order.number}/"))


def test_a_parcel_that_came_back_is_told_once_and_the_delivery_is_kept(market: Market, hubs: Hubs) -> None:
    parcel = together(market, hubs, {"kratip": 3, "hat": 2})
    order, packer = parcel.order, hubs.packers["bangkok"]
    services.send_parcel(parcel=parcel, carrier="KEX", tracking="", by=packer)
    letters()
    services.return_parcel(parcel=parcel, by=packer)
    refund = Refund.objects.get(attempt__order=order)
    goods = sum(part.goods_satang for part in order.vendor_orders.all())
    assert refund.amount_satang == goods
    found = letters()
    own = to(market.people["buyer"].email, found)
    assert len(own) == 2, "what came back, and that the money has arrived"
    (told,) = [body for body in own if "ผู้ขนส่งนำกลับมา" in body]
    assert told.count("ผู้ขนส่งนำกลับมา") == 2
    assert "ค่าส่งไม่คืน" in told
    assert "ส่งตามเดิม" not in told
    for key in ("north", "isan"):
        (for_group,) = to(market.people[key].email, found)
        assert "ติดต่อจุดกระจายสินค้าให้ส่งของกลับ หรือไปรับเอง" in for_group
    order = Order.objects.get(pk=order.pk)
    assert purchase_state(order) is PurchaseState.CAME_BACK
    kept = sum(part.delivery_satang for part in order.vendor_orders.all())
    assert kept > 0
    page = page_of(market, order)
    assert f"รวมทั้งหมด {kept / 100:,.2f} บาท" in page or f"{kept / 100:,.2f} บาท" in page
    assert "ส่วนค่าส่งไม่คืนเพราะส่งไปแล้ว" in page
    assert "เราไม่เก็บเงิน" not in page


def test_reasons_of_a_line_stand_beside_each_other(market: Market, hubs: Hubs) -> None:
    order = buy(market, hubs, {"kratip": 3}, way="pickup")
    part, line = part_of(order, market, "north"), Line.objects.get(order=order)
    services.accept(vendor_order=part, by=None)
    services.mark_short(vendor_order=part, line_id=line.pk, available=2, reason="damaged", seen=0, by=None)
    services.pack(vendor_order=part, by=None)
    services.count_in(place=hubs.places["north"], number=part.number, counts={}, by=hubs.packers["north"])
    transfer = Transfer.objects.get(from_place=hubs.places["north"])
    services.send_transfer(transfer=transfer, by=hubs.packers["north"])
    services.count_in(
        place=hubs.places["bangkok"], number=part.number, counts={line.pk: Count(1)}, by=hubs.packers["bangkok"]
    )
    line.refresh_from_db()
    assert (line.short_quantity, line.short_reasons) == (2, {"damaged": 1, "lost": 1})
    assert str(line.why_short) == "1 ของเสียหาย, 1 หายระหว่างทาง"
    assert sorted(Refund.objects.values_list("amount_satang", flat=True)) == [12_000, 12_000]


def test_a_box_that_never_came_is_told_to_its_group_and_stands_at_the_end_of_the_way(
    market: Market, hubs: Hubs
) -> None:
    order = on_the_way(market, hubs, {"kratip": 3}, way="pickup")
    letters()
    transfer = Transfer.objects.get(to_place=hubs.places["bangkok"])
    services.close_transfer(transfer=transfer, by=hubs.packers["bangkok"])
    assert Refund.objects.get(attempt__order=order).amount_satang == Order.objects.get(pk=order.pk).total_incl_tax * 100
    found = letters()
    assert len(to(market.people["buyer"].email, found)) == 2, "what is missing, and that the money has arrived"
    (for_group,) = to(market.people["north"].email, found)
    assert "ส่งออกแล้ว แต่ไม่ถึง" in for_group
    page = page_of(market, order)
    assert page.index("ออกจากกลุ่มแล้ว") < page.index("หายระหว่างทาง", page.index("ออกจากกลุ่มแล้ว"))


def test_what_is_collected_at_the_counter_is_not_given_to_a_courier(market: Market, hubs: Hubs) -> None:
    parcel = together(market, hubs, {"kratip": 3}, way="pickup")
    desk = table(hubs, "bangkok")
    answer = desk.post(f"parcels/{parcel.code}/send/", {"carrier": "KEX", "tracking": "K1"}, follow=True)
    parcel.refresh_from_db()
    assert (parcel.state, parcel.carrier) == (Parcel.State.READY, "")
    assert answer.status_code in (200, 422)
    assert Holding.objects.get(line__order=parcel.order).where == Where.PARCEL


def test_hours_of_a_refusal_are_those_of_the_table(market: Market, hubs: Hubs) -> None:
    order = buy(market, hubs, {"kratip": 1})
    part, packer = packed(order, market, "north"), hubs.packers["north"]
    with clock.moved_to(dt.datetime.combine(clock.today(), dt.time(23, 5), tzinfo=clock.BANGKOK)):
        services.count_in(place=hubs.places["north"], number=part.number, counts={}, by=packer)
        with pytest.raises(errors.AlreadyCounted) as refused:
            services.count_in(place=hubs.places["north"], number=part.number, counts={}, by=packer)
    assert re.search(r"23\.05 น\.", str(refused.value))


def test_pieces_that_go_back_are_first_those_that_were_missing(market: Market, hubs: Hubs) -> None:
    order = buy(market, hubs, {"kratip": 2})
    part, packer = packed(order, market, "north"), hubs.packers["north"]
    line = Line.objects.get(vendor_order=part)
    facts = {"place": hubs.places["north"], "number": part.number, "line_id": line.pk, "by": packer}
    services.note_good(pieces=1, **facts)
    row = services.note_refused(pieces=1, reason="broken", **facts)
    assert (row.tally, row.refused) == (1, 1)
    row = services.note_refused(pieces=2, reason="broken", **facts)
    assert (row.tally, row.refused) == (0, 2)
    row = services.note_refused(pieces=0, reason="", **facts)
    assert (row.tally, row.refused) == (2, 0)
    with pytest.raises(errors.CountTooLarge) as refused:
        services.note_refused(pieces=3, reason="broken", **facts)
    assert "2" in str(refused.value)
    assert VendorOrder.objects.get(pk=part.pk).state == VendorOrder.State.PACKED


def test_a_shelf_parcel_names_its_own_reason(market: Market, hubs: Hubs) -> None:
    parcel = shelved(market, hubs, {"kratip": 1})
    Parcel.objects.filter(pk=parcel.pk).update(keep_until=clock.today() - dt.timedelta(days=1))
    services.return_parcel(parcel=parcel, by=hubs.packers["bangkok"])
    assert Line.objects.get().short_reasons == {"not_collected": 1}
