"""Where money goes, as buyers read it; and the office's rules with what they would change."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client

from shop.common import clock
from shop.order.models import ShareRule
from shop.order.rules import pick, read_rules
from shop.payment import services as payments
from tests.market import Market, signed_in
from tests.payments import place

pytestmark = pytest.mark.django_db
NEW = "/office/shares/new/"


def text(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def address(market: Market, key: str = "hat") -> str:
    product = market.products[key]
    return f"/products/{product.slug}_{product.pk}/"


def test_a_product_says_where_its_price_goes(client: Client, market: Market) -> None:
    html = client.get(address(market)).content.decode()
    told = text(html[html.index('id="money"') :])
    for words in ("กลุ่มผู้ผลิต 90 225.00", "จุดกระจายสินค้า 4 10.00", "ตลาดร่วม 3 7.50", "สหกรณ์ต้นสังกัด 2 5.00",
                  "กองทุนการตลาดร่วม 1 2.50", "ราคาหนึ่งชิ้น 100 250.00"):  # fmt: skip
        assert words in told, words
    drawn = re.search(r'<svg class="sh-coins".*?</svg>', html, re.S)
    assert drawn is not None
    assert drawn[0].count("<path") == 5
    assert "กลุ่มผู้ผลิต 90" in drawn[0], "in words for who cannot see it"


def test_an_order_says_what_was_frozen_and_what_is_left(market: Market) -> None:
    buyer = signed_in(market.people["buyer"])
    order = place(market, "transfer", user=market.people["buyer"], kratip=2)
    payments.confirm(attempt=order.payment_attempts.get())
    path = f"/orders/{order.number}/"
    html = buyer.get(path).content.decode()
    told = text(html[html.index("sh-lot") :])
    assert "216.00" in told
    assert "สินค้าและค่าส่ง 100 290.00" in told
    assert str(market.groups["north"].name_th) in told
    payments.ask_refund(order=order, pieces={order.lines.get().pk: 1}, why="returned", by=None)
    html = buyer.get(path).content.decode()
    told = text(html[html.index("sh-lot") :])
    assert "108.00" in told
    assert "สินค้าและค่าส่ง 100 170.00" in told


def test_the_office_looks_before_it_writes(market: Market) -> None:
    admin = signed_in(market.people["administrator"])
    day = clock.today() + dt.timedelta(days=3)
    asked = {"payee": "fund", "percent": "3", "scope": "organisation", "organisation": market.groups["isan"].code}
    asked["valid_from"] = f"{day.day}/{day.month}/{day.year + 543}"
    looked = admin.post(NEW, {**asked, "look": ""})
    told = text(looked.content.decode())
    assert "สินค้า 1 รายการจะแบ่งราคาต่างจากเดิม (ตรวจดู 1 รายการ)" in told
    assert "กองทุนการตลาดร่วม 2.50 7.50" in told
    assert "กลุ่มผู้ผลิต 225.00 220.00" in told
    assert ShareRule.objects.count() == 4, "nothing is written by looking"
    assert re.findall(r"<caption>(.*?)</caption>", looked.content.decode()) == ["หมวกใบลาน · 250.00 บาท"]
    today = clock.today()
    for refused in (f"{today.day}/{today.month}/{today.year + 543}", "1/1/2569"):
        early = admin.post(NEW, {**asked, "valid_from": refused, "look": ""})
        assert early.status_code == 422, refused
        assert "<caption>" not in early.content.decode()
        assert "กติกาเริ่มได้เร็วที่สุดพรุ่งนี้" in text(early.content.decode())
    for percent, says in (
        ("0.001", "ร้อยละมีทศนิยมได้ไม่เกินสองตำแหน่ง"),
        ("30.01", "โปรดใส่ร้อยละตั้งแต่ 0 ถึง 30"),
        ("มาก", "โปรดใส่ร้อยละเป็นตัวเลข"),
    ):
        wrong = admin.post(NEW, {**asked, "percent": percent, "look": ""})
        assert wrong.status_code == 422, percent
        assert says in text(wrong.content.decode()), percent
    written = admin.post(NEW, {**asked, "write": ""})
    assert written.status_code == 302
    rule = ShareRule.objects.get(organisation=market.groups["isan"])
    assert (rule.basis_points, rule.valid_from, rule.made_by) == (300, day, market.people["administrator"])
    known, sellers = read_rules([market.groups["isan"].pk])
    picked = pick(known, day=day, seller=sellers[market.groups["isan"].pk], category_path="")
    assert picked["fund"].pk == rule.pk
    assert "225.00" in text(admin.get(address(market)).content.decode()), (
        "the page of today says what today's orders keep"
    )
    again = admin.post(NEW, {**asked, "write": ""})
    assert again.status_code == 422
    assert "โปรดยกเลิกกติกานั้นก่อน" in text(again.content.decode())
    assert admin.post(f"/office/shares/{rule.pk}/drop/").status_code == 302
    assert ShareRule.objects.count() == 4


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"percent": ""}, "อย่างใดอย่างหนึ่ง"),
        ({"fixed": "5"}, "อย่างใดอย่างหนึ่ง"),
        ({"scope": "region"}, "โปรดระบุว่ารายการใด"),
        ({"scope": "organisation", "organisation": "NOBODY"}, "ไม่มีองค์กรที่ใช้รหัสนี้"),
        ({"valid_from": "1/1/2569"}, "เริ่มได้เร็วที่สุดพรุ่งนี้"),
    ],
)
def test_what_the_form_refuses(market: Market, changed: dict[str, str], words: str) -> None:
    admin = signed_in(market.people["administrator"])
    day = clock.today() + dt.timedelta(days=3)
    asked = {"payee": "fund", "percent": "3", "scope": "all", "valid_from": f"{day.day}/{day.month}/{day.year}"}
    answer = admin.post(NEW, {**asked, **changed, "write": ""})
    assert answer.status_code == 422
    assert words in text(answer.content.decode())
    assert ShareRule.objects.count() == 4
