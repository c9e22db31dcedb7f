"""Vouchers as people meet them: typed in the basket and at the till, made by a group and by the office."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from shop.basket.models import Basket
from shop.common import clock, outbox
from shop.fulfilment import services as work
from shop.fund import services as fund
from shop.ledger.selectors import balance_of
from shop.ledger.services import credit, debit, post
from shop.order.models import Order
from shop.vouchers import services
from shop.vouchers.models import Voucher
from shop.vouchers.web import applying
from tests.market import GUEST, Market, make_user, photo, signed_in
from tests.vouchers import fill_fund, fund_voucher, group_voucher, keepers, national, wrong
from vendors.services import add_member

pytestmark = pytest.mark.django_db
SAME_ORIGIN = {"HTTP_SEC_FETCH_SITE": "same-origin"}
TILL = "/checkout/confirm/"


def text(response: object) -> str:
    return re.sub(r"\s+", " ", response.content.decode())  # type: ignore[attr-defined]


def typed(day: dt.date) -> str:
    """As people write it, in the Buddhist Era: 31/12/2569."""
    return f"{day:%d/%m}/{day.year + 543}"


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
    other = Client()
    other.post(f"/basket/add/{market.products['hat'].pk}/", {"quantity": 2}, **SAME_ORIGIN)
    assert other.post("/basket/voucher/", {"voucher": "FUND10"}).status_code == 302, "behind the same address"
    client.session.flush()
    client.cookies.pop("sessionid", None)
    again = client.post("/basket/voucher/", {"voucher": "FUND10"})
    assert again.status_code == 422, "the basket counts, not the session"
    cache.clear()


def test_an_address_has_a_far_higher_limit_that_no_account_meets(
    client: Client, market: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (applying.TRIES_OF_ADDRESS, applying.HOUR) == (200, 3_600)
    monkeypatch.setattr(applying, "TRIES_OF_ADDRESS", 12)
    fund_voucher()
    cache.clear()
    for _basket in range(3):
        guesser = Client()
        guesser.post(f"/basket/add/{market.products['hat'].pk}/", {"quantity": 1}, **SAME_ORIGIN)
        for number in range(4):
            assert "ไม่พบรหัส" in text(guesser.post("/basket/voucher/", {"voucher": f"GUESS{number}"}))
    client.post(f"/basket/add/{market.products['hat'].pk}/", {"quantity": 2}, **SAME_ORIGIN)
    guest = client.post("/basket/voucher/", {"voucher": "FUND10"})
    assert guest.status_code == 422
    assert "เข้าสู่ระบบเพื่อใช้คูปอง" in text(guest)
    buyer = signed_in(market.people["buyer"])
    buyer.post(f"/basket/add/{market.products['hat'].pk}/", {"quantity": 2}, **SAME_ORIGIN)
    assert buyer.post("/basket/voucher/", {"voucher": "FUND10"}).status_code == 302
    elsewhere = client.post("/basket/voucher/", {"voucher": "FUND10"}, REMOTE_ADDR="203.0.113.9")
    assert elsewhere.status_code == 302, "few tries of one's own lock nobody"
    cache.clear()


@pytest.mark.parametrize(
    "copied", ["TH\u200bAI", "\u202eTHAI\u202c", "ＴＨＡＩ", "t\u00adh\u2060ai", "TH\u2010AI", " th ai\u00a0"]
)
def test_a_code_copied_with_signs_that_nobody_sees_counts(client: Client, market: Market, copied: str) -> None:
    fund_voucher("THAI")
    fill(client, market)
    assert client.post("/basket/voucher/", {"voucher": copied}).status_code == 302
    assert "−50.00 บาท" in text(client.get("/basket/"))


def test_the_days_of_a_voucher_are_typed_in_either_era_and_kept_when_refused(market: Market) -> None:
    manager = signed_in(market.people["isan"])
    base = f"/workspace/{market.groups['isan'].slug}/vouchers/"
    first, last = clock.today(), clock.today() + dt.timedelta(days=30)
    assert f'value="{typed(first)}"' in text(manager.get(f"{base}new/"))
    data = {"code": "ERA1", "what": "ปีใหม่", "kind": "percent", "percent": "๕", "most_uses": "5", "most_per_buyer": "1"}
    buddhist = {"valid_from": typed(first), "valid_until": typed(last)}
    refused = manager.post(f"{base}new/", {**data, **buddhist, "percent": ""})
    assert refused.status_code == 422
    assert f'value="{typed(last)}"' in text(refused), "what was typed stays"
    for far in ("31/12/3112", "9999-12-31", f"1/1/{first.year + 6}", f"1/1/{first.year + 6 + 543}"):
        response = manager.post(f"{base}new/", {**data, **buddhist, "valid_until": far})
        assert response.status_code == 422, far
        assert "ห่างจากวันนี้มากเกินไป" in text(response), far
        if far == "31/12/3112":
            assert "ปี พ.ศ. 3112 (ค.ศ. 2569)" in text(response), "in the era in which it was typed"
    assert Voucher.objects.count() == 0
    assert manager.post(f"{base}new/", {**data, **buddhist}).status_code == 302
    picker = {"valid_from": f"{first.year + 543}-{first:%m-%d}", "valid_until": f"{last:%d/%m/%Y}"}
    assert manager.post(f"{base}new/", {**data, **picker, "code": "ERA2"}).status_code == 302
    assert set(Voucher.objects.values_list("valid_from", "valid_until")) == {(first, last)}
    assert set(Voucher.objects.values_list("basis_points", flat=True)) == {500}


def test_a_list_says_what_has_not_begun_is_used_up_or_over(client: Client, market: Market) -> None:
    manager = signed_in(market.people["isan"])
    base = f"/workspace/{market.groups['isan'].slug}/vouchers/"
    later = clock.today() + dt.timedelta(days=3)
    data = {"code": "LATER", "what": "ปีใหม่", "kind": "fixed", "amount": "10", "most_uses": "5"}
    said = manager.post(f"{base}new/", {**data, "valid_from": typed(later), "valid_until": typed(later)}, follow=True)
    assert "ผู้ซื้อใช้คูปอง LATER ได้ตั้งแต่วันที่" in text(said)
    group_voucher(market, "ONCE", most_uses=1)
    group_voucher(market, "RUNS")
    group_voucher(market, "ENDS")
    with clock.moved_to(clock.now() - dt.timedelta(days=9)):
        group_voucher(market, "PAST")
    manager.post(f"{base}ENDS/end/")
    fill(client, market)
    client.post("/basket/voucher/", {"voucher": "ONCE"})
    order_with(client, to_the_till(client))
    assert Voucher.objects.get(code="ONCE").uses == 1
    keeper, _other = keepers()
    for page in (text(manager.get(base)), text(signed_in(keeper).get("/office/vouchers/"))):
        badges = dict(re.findall(r'<b id="v-(\w+)" translate="no">\w+</b><span>([^<]+)</span>', page))
        assert badges == {
            "LATER": "ยังไม่เริ่ม", "ONCE": "ใช้ครบแล้ว", "RUNS": "ใช้ได้", "ENDS": "สิ้นสุดแล้ว", "PAST": "หมดเขตแล้ว",
        }  # fmt: skip


def test_the_form_asks_for_what_is_accepted(market: Market) -> None:
    manager = signed_in(market.people["isan"])
    new = f"/workspace/{market.groups['isan'].slug}/vouchers/new/"
    page = text(manager.get(new))
    assert "ต้องใส่อย่างน้อยหนึ่งอย่าง" in page
    assert "ลดให้ครึ่งราคา" in page, "what a fixed sum does with a small basket"
    day = typed(clock.today())
    data = {"code": "HALF", "what": "ปีใหม่", "kind": "fixed", "amount": "500", "valid_from": day, "valid_until": day}
    refused = manager.post(new, data)
    assert refused.status_code == 422
    assert "โปรดระบุว่าใช้ได้กี่ครั้ง" in text(refused)
    for field, value, says in (
        ("most_uses", "0", "จำนวนต้องไม่น้อยกว่า 1"),
        ("percent", "10.005", "ร้อยละมีทศนิยมได้ไม่เกินสองตำแหน่ง"),
        ("percent", "101", "โปรดใส่ร้อยละตั้งแต่ 0 ถึง 100"),
        ("percent", "มาก", "โปรดใส่ร้อยละเป็นตัวเลข"),
    ):
        response = manager.post(new, {**data, "kind": "percent", "most_uses": "1", "percent": "5", field: value})
        assert response.status_code == 422, (field, value)
        assert says in text(response), (field, value)
    assert Voucher.objects.count() == 0
    assert manager.post(new, {**data, "budget": "1000"}).status_code == 302
    keeper, _other = keepers()
    assert "จะลดให้เต็มราคาสินค้า" in text(signed_in(keeper).get("/office/vouchers/new/"))


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


def test_what_a_voucher_did_not_need_goes_back_to_the_networks_that_gave_it(
    client: Client, market: Market, settings: Any
) -> None:
    settings.DEMO = True  # where no second factor is asked for
    one, two = keepers()
    gave = {market.groups[key].get_parent().get_parent(): satang for key, satang in (("isan", 8_400), ("north", 1_500))}
    for network, satang in gave.items():
        lines = [debit("platform", "bank", satang), credit(f"org:{network.code}", "fund", satang)]
        post(cause=f"correction:fund-{network.code}", kind="correction", lines=lines)
    day = clock.today().isoformat()
    data = {
        "code": "BOTH", "what": "ปีใหม่", "kind": "fixed", "amount": "50.01", "valid_from": day, "valid_until": day,
        "budget": "90", "most_per_buyer": "1", "network": national().pk, "document_number": "MK-3", "file": photo(),
    }  # fmt: skip
    assert signed_in(one).post("/office/vouchers/new/", data).status_code == 302
    spending = Voucher.objects.get().spending
    assert spending is not None
    assert signed_in(two).post(f"/office/fund/{spending.code}/", {"decision": "approve"}).status_code == 302
    fill(client, market)
    client.post("/basket/voucher/", {"voucher": "BOTH"})
    order_with(client, to_the_till(client))
    assert Order.objects.get().discount_satang == 5_001
    assert signed_in(one).post("/office/vouchers/BOTH/end/").status_code == 302
    assert services.return_rest(voucher=Voucher.objects.get()) == 0, "ending it did that"
    left = {network: -balance_of(f"org:{network.code}", "fund") for network in gave}
    assert list(left.values()) == [8_400 - 7_636 + 3_393, 1_500 - 1_364 + 606], "76.36 and 13.64 given, 39.99 came back"
    assert balance_of(f"org:{national().code}", "fund") == 0
    page = text(client.get("/fund/"))
    assert "กันไว้แล้วไม่ได้ใช้" in page
    assert page.count("จ่ายให้ ผู้ซื้อที่ใช้คูปอง") == 2, "where it was set aside, not where it came back"
    assert "ทั้งประเทศ" not in page.partition("ตามภาค")[2].partition("ทุกรายการ")[0], "who gave nothing gets nothing"
    work.cancel_order(order=Order.objects.get(), by=None, reason="buyer")
    assert services.return_rest(voucher=Voucher.objects.get()) == 5_001
    assert [-balance_of(f"org:{network.code}", "fund") for network in gave] == [8_400, 1_500], "all back: as it was"


@pytest.mark.parametrize(
    ("code", "bearer", "gets"), [("OWN10", "กลุ่มของคุณออกให้", 45_000), ("FUND10", "กองทุนการตลาดร่วมออกให้", 50_000)]
)
def test_the_group_reads_the_discount_and_what_it_gets(
    client: Client, market: Market, code: str, bearer: str, gets: int
) -> None:
    group_voucher(market)
    fund_voucher()
    fill(client, market)
    client.post("/basket/voucher/", {"voucher": code})
    order_with(client, to_the_till(client))
    part = Order.objects.get().vendor_orders.get()
    manager = signed_in(market.people["isan"])
    page = text(manager.get(f"/workspace/{market.groups['isan'].slug}/orders/{part.number}/"))
    assert f'ส่วนลด <b translate="no">{code}</b>' in page
    assert "−50.00 บาท" in page
    assert bearer in page
    got = sum(row.amount_satang for row in part.shares.filter(payee=market.groups["isan"]))
    assert got == gets
    assert f'กลุ่มได้จากคำสั่งซื้อนี้ รวมค่าส่ง</th> <td class="num total">{gets / 100:,.2f} บาท' in page
    packer = make_user("packs-only")
    add_member(organisation=market.groups["isan"], user=packer, role="packer")
    told = text(signed_in(packer).get(f"/workspace/{market.groups['isan'].slug}/orders/{part.number}/"))
    assert code in told
    assert "กลุ่มได้จากคำสั่งซื้อนี้" not in told
