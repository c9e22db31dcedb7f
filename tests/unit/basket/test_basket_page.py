"""The basket's page with and without scripts: exact sums, words at the line, the way back, two tabs."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

from catalogue.shelves import provinces
from shop.basket.models import Basket, Line
from shop.basket.services import COOKIE, SAVED_COOKIE
from shop.order.models import Order
from shop.partner.models import StockRecord
from shop.shipping.selectors import provinces_of
from tests.market import GUEST, PASSWORD, Market, make_group, make_product
from vendors.services import revoke_certificate

pytestmark = pytest.mark.django_db
SAME_ORIGIN = {"HTTP_SEC_FETCH_SITE": "same-origin"}
HTMX = {"HTTP_HX_REQUEST": "true"}


def put(client: Client, market: Market, **quantities: int) -> None:
    for key, quantity in quantities.items():
        client.post(f"/basket/add/{market.products[key].pk}/", {"quantity": quantity}, **SAME_ORIGIN)


def line_of(market: Market, key: str) -> Line:
    return Line.objects.get(product=market.products[key])


def act(client: Client, path: str, **data: Any) -> Any:
    """A press as the page's script sends it: with the mark of what the page showed."""
    mark = client.get("/basket/").context["basket"].mark
    return client.post(path, {"mark": mark, **data}, **HTMX)


def count_said(answer: Any) -> int:
    return int(json.loads(answer.headers["HX-Trigger"])["basket-count"]["count"])


def test_adding_by_script_says_so_and_counts(client: Client, market: Market) -> None:
    path = f"/basket/add/{market.products['hat'].pk}/"
    answer = client.post(path, {"quantity": 2, "click": "one"}, **SAME_ORIGIN, **HTMX)
    assert answer.status_code == 200
    assert count_said(answer) == 2
    body = answer.content.decode()
    assert "ใส่ตะกร้าแล้ว" in body
    assert "ไปที่ตะกร้า</a>" not in body
    assert "(2)" in body
    assert "<html" not in body


def test_the_same_click_sent_twice_adds_once(client: Client, market: Market) -> None:
    path = f"/basket/add/{market.products['hat'].pk}/"
    for click in ("a", "a", "a"):
        answer = client.post(path, {"quantity": 2, "click": click}, **SAME_ORIGIN, **HTMX)
        assert count_said(answer) == 2
    assert count_said(client.post(path, {"quantity": 2, "click": "b"}, **SAME_ORIGIN, **HTMX)) == 4
    client.post(path, {"quantity": 1}, **SAME_ORIGIN)
    client.post(path, {"quantity": 1}, **SAME_ORIGIN)
    assert line_of(market, "hat").quantity == 6


def test_a_refused_add_says_why_and_adds_nothing(client: Client, market: Market) -> None:
    path = f"/basket/add/{market.products['bag'].pk}/"
    answer = client.post(path, {"quantity": 2, "click": "a"}, **SAME_ORIGIN, **HTMX)
    assert answer.status_code == 422
    assert "เหลือ 1 ชิ้น ลดจำนวนลงแล้วลองอีกครั้ง" in answer.content.decode()
    assert Line.objects.count() == 0


def test_a_changed_number_brings_line_group_and_total(client: Client, market: Market) -> None:
    put(client, market, kratip=1, hat=1)
    line = line_of(market, "kratip")
    answer = act(client, f"/basket/lines/{line.pk}/", quantity="๓")
    body = answer.content.decode()
    assert answer.status_code == 200
    assert body.lstrip().startswith(f'<div class="row" id="line-{line.pk}">')
    assert f'id="q-{line.pk}" name="quantity" value="3"' in body
    assert '<span class="sum">360.00 บาท</span>' in body
    assert "ค่าสินค้าของกลุ่มนี้ <b>360.00 บาท</b>" in body
    assert '<td class="num total">610.00 บาท</td>' in body
    assert "กระติบข้าวเหนียว 3 ชิ้น 360.00 บาท สินค้าทั้งตะกร้า 610.00 บาท" in body
    assert body.count("หมวกใบลาน") == 0
    assert count_said(answer) == 4


def test_a_refused_number_stays_as_typed_with_the_reason_at_its_line(client: Client, market: Market) -> None:
    put(client, market, kratip=2, hat=1)
    line = line_of(market, "kratip")
    for send in (
        lambda: act(client, f"/basket/lines/{line.pk}/", quantity="77"),
        lambda: client.post(f"/basket/lines/{line.pk}/", {"quantity": "77"}),
    ):
        answer = send()
        body = answer.content.decode()
        assert answer.status_code == 422
        assert re.search(rf'id="q-{line.pk}" name="quantity" value="77"[^>]*aria-describedby="why-{line.pk}"', body)
        assert re.search(rf'id="why-{line.pk}">เหลือ 5 ชิ้น', body)
    assert line_of(market, "kratip").quantity == 2


def test_steps_work_without_scripts(client: Client, market: Market) -> None:
    put(client, market, kratip=1)
    line = line_of(market, "kratip")
    page = client.get("/basket/").content.decode()
    assert 'name="step" value="0"' in page
    assert re.search(r'name="step" value="0"[^>]* disabled', page)
    assert client.post(f"/basket/lines/{line.pk}/", {"step": "2", "quantity": "1"}).url == "/basket/"
    assert line_of(market, "kratip").quantity == 2


@pytest.mark.parametrize("scripts", [True, False])
def test_a_removal_can_be_undone_once(client: Client, market: Market, scripts: bool) -> None:
    put(client, market, kratip=3, hat=1)
    line = line_of(market, "kratip")
    if scripts:
        answer = act(client, f"/basket/lines/{line.pk}/remove/")
        body = answer.content.decode()
        assert count_said(answer) == 1
        assert '<td class="num total">250.00 บาท</td>' in body
        assert "ไม่มีของกลุ่มนี้ในตะกร้าแล้ว" in body
    else:
        moved = client.post(f"/basket/lines/{line.pk}/remove/")
        body = client.get(moved.url).content.decode()
    assert not Line.objects.filter(product=market.products["kratip"]).exists()
    found = re.search(r'name="removed" value="([^"]+)"', body)
    assert found
    for _twice in range(2):
        client.post("/basket/undo/", {"removed": found[1]}, **(HTMX if scripts else {}))
        assert line_of(market, "kratip").quantity == 3
    assert client.post("/basket/undo/", {"removed": found[1] + "x"}).status_code == 302
    assert line_of(market, "kratip").quantity == 3


def test_undoing_what_sold_out_meanwhile_says_so(client: Client, market: Market) -> None:
    put(client, market, bag=1)
    body = act(client, f"/basket/lines/{line_of(market, 'bag').pk}/remove/").content.decode()
    token = re.search(r'name="removed" value="([^"]+)"', body)
    assert token
    StockRecord.objects.filter(pk=market.stock["bag"].pk).update(num_allocated=1)
    answer = client.post("/basket/undo/", {"removed": token[1]}, **HTMX)
    assert answer.status_code == 422
    assert "สินค้านี้เพิ่งหมด" in answer.content.decode()
    assert Line.objects.count() == 0


def test_kept_goods_are_neither_counted_nor_ordered(client: Client, market: Market) -> None:
    put(client, market, kratip=2, hat=1)
    answer = act(client, f"/basket/lines/{line_of(market, 'kratip').pk}/later/")
    assert count_said(answer) == 1
    assert '<td class="num total">250.00 บาท</td>' in answer.content.decode()
    page = client.get("/basket/")
    assert [line.title_th for line in page.context["basket"].saved] == ["กระติบข้าวเหนียว"]
    client.post("/checkout/", GUEST)
    total = client.get("/checkout/confirm/").context["total"]
    assert total == 25_000 + 5_000
    client.post("/checkout/confirm/", {"method": "cod", "expected": total, "note": ""})
    assert [line.title for line in Order.objects.get().lines.all()] == ["หมวกใบลาน"]
    page = client.get("/basket/")
    assert not page.context["basket"]
    assert [line.quantity for line in page.context["basket"].saved] == [2]


def test_kept_goods_come_back_as_many_as_there_are(client: Client, market: Market) -> None:
    put(client, market, kratip=4)
    line = line_of(market, "kratip")
    client.post(f"/basket/lines/{line.pk}/later/")
    StockRecord.objects.filter(pk=market.stock["kratip"].pk).update(num_allocated=2)
    assert "เหลือ 3 ชิ้น" in client.get("/basket/").content.decode()
    answer = act(client, f"/basket/lines/{line.pk}/back/")
    assert "ใส่กลับได้ 3 ชิ้น เพราะเหลือเท่านี้" in answer.content.decode()
    assert count_said(answer) == 3
    assert (line_of(market, "kratip").quantity, line_of(market, "kratip").basket.status) == (3, Basket.OPEN)
    assert act(client, f"/basket/lines/{line.pk}/back/").status_code == 200
    assert line_of(market, "kratip").quantity == 3


def test_a_kept_good_that_left_sale_is_told_and_stays_where_it_is(client: Client, market: Market) -> None:
    put(client, market, kratip=1)
    line = line_of(market, "kratip")
    client.post(f"/basket/lines/{line.pk}/later/")
    revoke_certificate(certificate=market.certificates["north"], by=None, reason="ทดสอบ")
    page = client.get("/basket/").content.decode()
    assert "สินค้านี้เลิกขายไปแล้วหลังจากที่คุณเก็บไว้" in page
    assert f"/basket/lines/{line.pk}/back/" not in page
    answer = act(client, f"/basket/lines/{line.pk}/back/")
    assert answer.status_code == 422
    assert "ตอนนี้ยังไม่เปิดขายสินค้านี้" in answer.content.decode()
    assert line_of(market, "kratip").basket.status == Basket.SAVED


def test_kept_goods_come_along_at_login_and_belong_to_nobody_else(client: Client, market: Market) -> None:
    put(client, market, kratip=2, hat=1)
    client.post(f"/basket/lines/{line_of(market, 'kratip').pk}/later/")
    stranger = Client()
    stranger.cookies[SAVED_COOKIE] = client.cookies[COOKIE].value
    assert stranger.get("/basket/").context["basket"].saved == []
    stranger.post(f"/basket/lines/{line_of(market, 'kratip').pk}/back/")
    assert line_of(market, "kratip").basket.status == Basket.SAVED
    client.post("/auth/login/", {"login": "buyer@example.test", "password": PASSWORD})
    view = client.get("/basket/").context["basket"]
    assert ([line.title_th for line in view.lines], [line.title_th for line in view.saved]) == (
        ["หมวกใบลาน"],
        ["กระติบข้าวเหนียว"],
    )
    assert set(Basket.objects.filter(lines__isnull=False).values_list("owner__email", flat=True)) == {
        "buyer@example.test"
    }


@pytest.mark.parametrize("scripts", [True, False])
def test_taking_out_what_was_kept_can_be_undone_and_leads_back_to_the_kept(
    client: Client, market: Market, scripts: bool
) -> None:
    put(client, market, kratip=2, hat=1)
    line = line_of(market, "kratip")
    client.post(f"/basket/lines/{line.pk}/later/")
    mark = client.get("/basket/").context["basket"].mark
    more: Any = HTMX if scripts else {}
    answer = client.post(f"/basket/lines/{line.pk}/remove/", {"mark": mark}, **more)
    page = answer if scripts else client.get(answer.headers["Location"])
    assert client.get("/basket/").context["basket"].saved == []
    token = re.search(r'name="removed" value="([^"]+)"', page.content.decode())
    assert token is not None
    revoke_certificate(
        certificate=market.certificates["north"], by=None, reason="ทดสอบ"
    )  # what is kept need not be on sale
    client.post("/basket/undo/", {"removed": token[1], "mark": mark}, **more)
    view = client.get("/basket/").context["basket"]
    assert [line.title_th for line in view.lines] == ["หมวกใบลาน"]
    assert [(line.title_th, line.quantity) for line in view.saved] == [("กระติบข้าวเหนียว", 2)]


def test_goods_kept_twice_are_one_line_and_joining_offers_no_false_undo(client: Client, market: Market) -> None:
    put(client, market, kratip=2)
    answer = act(client, f"/basket/lines/{line_of(market, 'kratip').pk}/later/")
    assert "/back/" in answer.content.decode()
    put(client, market, kratip=1)
    again = Line.objects.get(product=market.products["kratip"], basket__status=Basket.OPEN)
    row = act(client, f"/basket/lines/{again.pk}/later/").content.decode()
    assert f"/basket/lines/{again.pk}/back/" not in row
    view = client.get("/basket/").context["basket"]
    assert view.lines == []
    assert [(line.title_th, line.quantity) for line in view.saved] == [("กระติบข้าวเหนียว", 3)]


def test_a_page_that_another_tab_made_old_is_answered_with_the_whole_basket(client: Client, market: Market) -> None:
    put(client, market, kratip=1, hat=1)
    mark = client.get("/basket/").context["basket"].mark
    put(client, market, bag=1)
    line = line_of(market, "kratip")
    answer = client.post(f"/basket/lines/{line.pk}/", {"quantity": "2", "mark": mark}, **HTMX)
    assert answer.headers["HX-Retarget"] == "#basket"
    body = answer.content.decode()
    assert "ตะกร้าถูกแก้ไขจากอีกหน้าต่างหนึ่ง" in body
    assert "กระเป๋ากระจูด" in body
    assert '<td class="num total">880.00 บาท</td>' in body
    Line.objects.filter(pk=line.pk).delete()
    answer = client.post(f"/basket/lines/{line.pk}/", {"quantity": "2", "mark": mark}, **HTMX)
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (200, "#basket")


def test_an_ordered_basket_takes_nothing_more(client: Client, market: Market) -> None:
    from shop.basket.errors import BasketClosed
    from shop.basket.services import add_to_basket, set_quantity

    put(client, market, hat=1)
    line = line_of(market, "hat")
    Basket.objects.filter(pk=line.basket_id).update(status=Basket.FROZEN)
    for change in (
        lambda: add_to_basket(basket=line.basket, product_id=line.product_id, quantity=1),
        lambda: set_quantity(basket=line.basket, line_id=line.pk, quantity=4),
    ):
        with pytest.raises(BasketClosed):
            change()
    assert line_of(market, "hat").quantity == 1


def test_a_postcode_shows_what_sending_costs_and_is_remembered(client: Client, market: Market) -> None:
    put(client, market, kratip=1, hat=1)
    answer = client.post("/basket/delivery/", {"postcode": "๑๐๒๒๐"}, **HTMX)
    body = answer.content.decode()
    assert answer.status_code == 200
    assert body.count("ค่าส่ง 50.00 บาท") == 2
    assert "ค่าส่งไป กรุงเทพมหานคร 2 กล่อง" in body
    assert '<td class="num total">470.00 บาท</td>' in body  # 120 + 250 + two parcels of 50
    assert '<td class="num total">470.00 บาท</td>' in client.get("/basket/").content.decode()
    answer = client.post("/basket/delivery/", {"postcode": "00000"})
    assert answer.status_code == 422
    assert "ไม่มีรหัสไปรษณีย์ 00000" in answer.content.decode()
    assert 'value="00000"' in answer.content.decode()
    assert '<td class="num total">470.00 บาท</td>' in client.get("/basket/").content.decode()


def test_a_postcode_of_two_provinces_is_quoted_for_the_dearer_and_names_both(client: Client, market: Market) -> None:
    put(client, market, kratip=1)
    answer = client.post("/basket/delivery/", {"postcode": "83000"}, **HTMX)
    body = answer.content.decode()
    names = [provinces()[code].name("th") for code in provinces_of("83000")]
    assert "ภูเก็ต" in names
    assert f"ค่าส่งไป {' หรือ '.join(names)}" in body
    answer = client.post("/basket/delivery/", {"postcode": "8300"}, **HTMX)
    assert answer.status_code == 422
    assert 'value="8300"' in answer.content.decode()


def test_a_basket_of_many_groups_leads_to_each_and_the_till_sums_them(client: Client, market: Market) -> None:
    put(client, market, kratip=1, hat=1)
    assert 'class="jump"' not in client.get("/basket/").content.decode()
    for number in range(8):
        make_group(market, f"more-{number}", f"กลุ่มเพิ่ม {number}", "TH-50")
        make_product(market, f"g{number}", f"more-{number}", title=f"กระเป๋า {number}")
        put(client, market, **{f"g{number}": 1})
    page = client.get("/basket/").content.decode()
    targets = re.findall(r'<li><a href="#(lot-[\d-]+)">', page)
    assert len(targets) == len(set(targets)) == 10
    assert all(f'<section class="lot" id="{target}"' in page for target in targets)
    till = client.get("/checkout/").content.decode()
    assert "สินค้าจาก 10 กลุ่ม" in till
    assert "1,170.00 บาท" in till  # 120 + 250 + 8 × 100
