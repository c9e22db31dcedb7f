"""Vouchers as people meet them: typed in the basket and at the till, made by a group and by the office."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from shop.basket.models import Basket
from shop.common import clock, outbox
from shop.fund import services as fund
from shop.order.models import Order
from shop.vouchers import services
from shop.vouchers.models import Voucher
from tests.market import GUEST, Market, photo, signed_in
from tests.vouchers import fill_fund, fund_voucher, group_voucher, keepers, national, wrong

pytestmark = pytest.mark.django_db
SAME_ORIGIN = {"HTTP_SEC_FETCH_SITE": "same-origin"}
TILL = "/checkout/confirm/"


def text(response: object) -> str:
    return re.sub(r"\s+", " ", response.content.decode())  # type: ignore[attr-defined]


def fill(client: Client, market: Market) -> None:
    cache.clear()
    client.post(f"/basket/add/{market.products['hat'].pk}/", {"quantity": 2}, **SAME_ORIGIN)


def to_the_till(client: Client) -> str:
    assert client.post("/checkout/", GUEST).status_code == 302
    return text(client.get(TILL))


def order_with(client: Client, page: str, **changes: str) -> object:
    shown = dict(re.findall(r'<input type="hidden" name="(expected|way|days|voucher)" value="([^"]*)"', page))
    return client.post(TILL, {**shown, "method": "transfer", "note": "", **changes})


def test_a_buyer_types_a_code_and_reads_who_pays(client: Client, market: Market) -> None:
    fund_voucher()
    fill(client, market)
    assert "ส่วนลดนี้ออกโดย" not in text(client.get("/basket/"))
    wrong_one = client.post("/basket/voucher/", {"voucher": " fund-1O "})
    assert wrong_one.status_code == 422
    assert "ไม่พบรหัส FUND1O" in text(wrong_one)
    assert 'value=" fund-1O "' in text(wrong_one), "kept as it was typed"
    assert client.post("/basket/voucher/", {"voucher": "fund-10"}).status_code == 302
    page = text(client.get("/basket/"))
    assert "−50.00 บาท" in page
    assert "ส่วนลดนี้ออกโดยกองทุนการตลาดร่วม" in page
    till = to_the_till(client)
    assert "500.00 บาท" in till, "500.00 and 50.00 for delivery less 50.00"
    response = order_with(client, till)
    order = Order.objects.get()
    assert response.status_code == 302  # type: ignore[attr-defined]
    assert (order.discount_satang, order.total_incl_tax) == (5_000, 500)
    shown = text(client.get(f"/orders/{order.number}/"))
    assert "ส่วนลดนี้ออกโดยกองทุนการตลาดร่วม" in shown
    assert "−50.00 บาท" in shown
    assert "ในจำนวนนี้กองทุนการตลาดร่วมจ่ายแทนด้วยคูปอง 50.00 บาท" in shown
    outbox.work_off()
    letter = next(one for one in mail.outbox if one.to == [GUEST["email"]])
    html = str(letter.alternatives[0][0])  # type: ignore[index]
    assert "ส่วนลดนี้ออกโดยกองทุนการตลาดร่วม" in html
    assert "ส่วนลด" not in text(client.get("/basket/")).partition("<main")[2].partition("voucher-code")[0]
    assert wrong() == []


def test_the_till_keeps_everything_while_a_code_is_tried(client: Client, market: Market) -> None:
    group_voucher(market, amount_satang=10_000)
    fill(client, market)
    to_the_till(client)
    typed = {"voucher_do": "enter", "voucher_typed": "nope99", "note": "ฝากไว้กับยาม", "method": "transfer"}
    refused = client.post(TILL, typed)
    assert refused.status_code == 422
    assert "ไม่พบรหัส NOPE99" in text(refused)
    assert "ฝากไว้กับยาม" in text(refused)
    page = text(client.post(TILL, {**typed, "voucher_typed": "OWN10"}))
    assert "ฝากไว้กับยาม" in page
    assert market.groups["isan"].name_th in page.partition("ส่วนลดนี้ออกโดย")[2][:200]
    assert Order.objects.count() == 0
    order_with(client, page)
    assert Order.objects.get().discount_satang == 10_000


def test_ended_between_basket_and_button_takes_nothing(client: Client, market: Market) -> None:
    voucher = group_voucher(market)
    fill(client, market)
    client.post("/basket/voucher/", {"voucher": "OWN10"})
    till = to_the_till(client)
    services.end_voucher(voucher=voucher, by=market.people["isan"])
    response = order_with(client, till)
    assert response.status_code == 422  # type: ignore[attr-defined]
    assert "โปรดเอาออกเพื่อสั่งซื้อโดยไม่ใช้" in text(response)
    assert "550.00 บาท" in text(response), "the new total"
    voucher.refresh_from_db()
    assert (Order.objects.count(), voucher.uses) == (0, 0)
    assert Basket.objects.filter(status=Basket.OPEN).exists()
    assert order_with(client, text(response)).status_code == 302  # type: ignore[attr-defined]
    assert Order.objects.get().discount_satang == 0


def test_a_code_in_the_form_that_was_never_entered_counts_for_nothing(client: Client, market: Market) -> None:
    voucher = fund_voucher()
    fill(client, market)
    till = to_the_till(client)
    response = order_with(client, till, voucher="FUND10", expected="50000")
    assert response.status_code == 422  # type: ignore[attr-defined]
    voucher.refresh_from_db()
    assert (Order.objects.count(), voucher.uses) == (0, 0)


def test_guessing_is_slow(client: Client, market: Market) -> None:
    fund_voucher()
    fill(client, market)
    for number in range(10):
        client.post("/basket/voucher/", {"voucher": f"GUESS{number}"})
    late = client.post("/basket/voucher/", {"voucher": "FUND10"})
    assert late.status_code == 422
    assert "โปรดรอ 15 นาที" in text(late)
    cache.clear()


def test_a_group_makes_and_ends_its_own(market: Market) -> None:
    manager = signed_in(market.people["isan"])
    base = f"/workspace/{market.groups['isan'].slug}/vouchers/"
    day = clock.today().isoformat()
    data = {"code": "ban non 5", "what": "วันเกิดกลุ่ม", "kind": "percent", "valid_from": day, "valid_until": day}
    missing = manager.post(f"{base}new/", {**data, "most_uses": "5"})
    assert missing.status_code == 422
    assert "โปรดใส่ว่าลดเท่าไร" in text(missing)
    assert Voucher.objects.count() == 0
    assert (
        manager.post(f"{base}new/", {**data, "percent": "5", "most_uses": "5", "most_per_buyer": "1"}).status_code
        == 302
    )
    page = text(manager.get(base))
    assert "BANNON5" in page
    assert "ลดร้อยละ 5" in page
    other = f"/workspace/{market.groups['north'].slug}/vouchers/BANNON5/end/"
    assert signed_in(market.people["north"]).post(other).status_code == 404
    assert Voucher.objects.get().state == "running"
    assert manager.post(f"{base}BANNON5/end/").status_code == 302
    assert Voucher.objects.get().state == "ended"


def test_the_office_asks_and_a_second_person_decides(market: Market) -> None:
    one, two = keepers()
    asker, fund_page = signed_in(one), "/office/vouchers/new/"
    fill_fund(50_000)
    day = clock.today().isoformat()
    data = {
        "code": "NEWYEAR", "what": "ปีใหม่", "kind": "fixed", "amount": "50", "valid_from": day, "valid_until": day,
        "budget": "500.01", "most_per_buyer": "1", "network": national().pk, "document_number": "MK-2",
    }  # fmt: skip
    over = asker.post(fund_page, {**data, "file": photo()})
    assert over.status_code == 422, "never more than the fund holds"
    assert Voucher.objects.count() == 0
    assert asker.post(fund_page, {**data, "budget": "500", "file": photo(text=b"2")}).status_code == 302
    made = Voucher.objects.get()
    assert (made.state, made.budget_satang) == ("waiting", 50_000)
    assert made.spending is not None
    with pytest.raises(Exception, match="same_person"):
        fund.approve_spending(spending=made.spending, by=one)
    fund.approve_spending(spending=made.spending, by=two)
    made.refresh_from_db()
    assert made.state == "running"
    assert "NEWYEAR" in text(asker.get("/office/vouchers/"))
    assert "NEWYEAR" in text(Client().get("/fund/")), "the public books name what it is for"
    assert asker.post("/office/vouchers/NEWYEAR/end/").status_code == 302
    assert wrong() == []
