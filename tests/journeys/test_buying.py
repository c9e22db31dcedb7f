"""A guest fills one basket from three groups, pays once, and each group sees its own part."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from shop.common import outbox
from shop.order.models import Order, VendorOrder
from shop.partner.models import StockRecord
from tests.market import GUEST, PASSWORD, Market

SAME_ORIGIN = {"HTTP_SEC_FETCH_SITE": "same-origin"}


def fill(client: Client, market: Market, **quantities: int) -> None:
    for key, quantity in quantities.items():
        answer = client.post(f"/basket/add/{market.products[key].pk}/", {"quantity": quantity}, **SAME_ORIGIN)
        assert answer.status_code == 302


def check_out(client: Client, method: str = "cod") -> Any:
    answer = client.post("/checkout/", GUEST)
    assert answer.status_code == 302, answer.content.decode()
    page = client.get("/checkout/confirm/")
    return client.post("/checkout/confirm/", {"method": method, "expected": page.context["total"], "note": ""})


def log_in(client: Client, market: Market, name: str) -> None:
    assert client.login(email=market.people[name].email, password=PASSWORD)


@pytest.mark.django_db
def test_three_groups_one_basket_one_payment(client: Client, market: Market) -> None:
    fill(client, market, kratip=2, hat=1, bag=1)
    basket = client.get("/basket/")
    assert [part.name_th for part in basket.context["basket"].groups] == [
        "กลุ่มจักสานบ้านดอย",
        "กลุ่มทอผ้าบ้านโนน",
        "กลุ่มสตรีควนทอง",
    ]
    placed = check_out(client)
    order = Order.objects.get()
    assert placed.status_code == 302
    assert placed.url == f"/orders/{order.number}/?new=1"
    page = client.get(f"/orders/{order.number}/")
    assert page.status_code == 200
    # 240 + 250 + 390 goods; three parcels from other regions: ≤ 1 kg 50 each
    assert [part.goods_satang for part in order.vendor_orders.all()] == [24000, 25000, 39000]
    assert [part.delivery_satang for part in order.vendor_orders.all()] == [5000, 5000, 5000]
    assert order.total_incl_tax == 1030
    assert {part.state for part in order.vendor_orders.all()} == {VendorOrder.State.TO_ACCEPT}
    held = dict(StockRecord.objects.values_list("pk", "num_allocated"))
    assert [held[market.stock[key].pk] for key in ("kratip", "hat", "bag")] == [2, 1, 1]


@pytest.mark.django_db
def test_each_group_sees_only_its_own_part(client: Client, market: Market) -> None:
    fill(client, market, kratip=1, hat=1, bag=1)
    check_out(client)
    order = Order.objects.get()
    numbers = {part.group.slug: part.number for part in order.vendor_orders.select_related("group")}
    for key, group in market.groups.items():
        member = Client()
        log_in(member, market, key)
        page = member.get(f"/workspace/{group.slug}/orders/").content.decode()
        assert numbers[group.slug] in page
        for slug, number in numbers.items():
            answer = member.get(f"/workspace/{group.slug}/orders/{number}/")
            assert answer.status_code == (200 if slug == group.slug else 404)
            if slug != group.slug:
                assert number not in page
                assert member.get(f"/workspace/{slug}/orders/{number}/").status_code == 404
        assert member.get(f"/orders/{order.number}/").status_code == 404


@pytest.mark.django_db
def test_test_payment_reaches_the_groups_and_the_mail(client: Client, market: Market) -> None:
    fill(client, market, kratip=1)
    answer = check_out(client, "test")
    order = Order.objects.get()
    assert answer.url == f"/orders/{order.number}/pay/?new=1"
    assert order.vendor_orders.get().state == VendorOrder.State.AWAITING_PAYMENT
    client.post(f"/orders/{order.number}/pay/", {"outcome": "paid"})
    assert order.vendor_orders.get().state == VendorOrder.State.TO_ACCEPT
    client.post(f"/orders/{order.number}/pay/", {"outcome": "paid"})
    assert order.payment_attempts.filter(state="succeeded").count() == 1
    outbox.work_off()
    outbox.work_off()
    receivers = sorted(letter.to[0] for letter in mail.outbox)
    assert receivers == ["guest@example.test", "guest@example.test", "north@example.test"]


@pytest.mark.django_db
def test_guest_order_opens_by_secret_link_not_by_number(client: Client, market: Market) -> None:
    fill(client, market, kratip=1)
    check_out(client)
    order = Order.objects.get()
    outbox.work_off()
    letter = next(letter for letter in mail.outbox if letter.to == ["guest@example.test"])
    link = next(word for word in letter.body.split() if "key=" in word)
    stranger = Client()
    assert stranger.get(f"/orders/{order.number}/").status_code == 404
    assert stranger.get(f"/orders/{order.number}/?key=wrong").status_code == 404
    opened = stranger.get(link[link.index("/orders/") :])
    assert opened.status_code == 302
    assert opened.url == f"/orders/{order.number}/"
    assert stranger.get(opened.url).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("quantity", ["0", "-1", "1000000000", "มาก", "", "1.5", "๓"])
def test_odd_quantities(client: Client, market: Market, quantity: str) -> None:
    product = market.products["hat"]
    client.post(f"/basket/add/{product.pk}/", {"quantity": quantity}, **SAME_ORIGIN)
    count = client.get("/fragment/me/").json()["count"]
    assert count == (3 if quantity == "๓" else 0)


@pytest.mark.django_db
def test_product_that_left_sale_cannot_be_ordered(client: Client, market: Market) -> None:
    fill(client, market, kratip=1, hat=1)
    client.post("/checkout/", GUEST)
    page = client.get("/checkout/confirm/")
    from vendors.services import revoke_certificate

    revoke_certificate(certificate=market.certificates["north"], by=None, reason="ทดสอบ")
    answer = client.post("/checkout/confirm/", {"method": "cod", "expected": page.context["total"]})
    assert answer.status_code == 422
    assert "สินค้าบางรายการไม่มีตามที่เลือกไว้แล้ว" in answer.content.decode()
    assert Order.objects.count() == 0
    assert set(StockRecord.objects.values_list("num_allocated", flat=True)) <= {None, 0}
    other = Client()
    other.post(f"/basket/add/{market.products['kratip'].pk}/", {"quantity": 1}, **SAME_ORIGIN)
    assert other.get("/fragment/me/").json()["count"] == 0


@pytest.mark.django_db
def test_forged_price_and_total_are_never_charged(client: Client, market: Market) -> None:
    client.post(f"/basket/add/{market.products['bag'].pk}/", {"quantity": 1, "price": "1", "total": "1"}, **SAME_ORIGIN)
    client.post("/checkout/", {**GUEST, "total": "1"})
    answer = client.post("/checkout/confirm/", {"method": "cod", "expected": 100})
    assert answer.status_code == 422
    assert Order.objects.count() == 0


@pytest.mark.django_db
def test_two_tabs_place_one_basket_once(client: Client, market: Market) -> None:
    fill(client, market, hat=1)
    client.post("/checkout/", GUEST)
    total = client.get("/checkout/confirm/").context["total"]
    first = client.post("/checkout/confirm/", {"method": "cod", "expected": total})
    second = client.post("/checkout/confirm/", {"method": "cod", "expected": total})
    order = Order.objects.get()
    assert first.url == f"/orders/{order.number}/?new=1"
    assert second.url == f"/orders/{order.number}/"


@pytest.mark.django_db
def test_foreign_posts_do_not_fill_the_basket(market: Market) -> None:
    client = Client(enforce_csrf_checks=True)
    address = f"/basket/add/{market.products['hat'].pk}/"
    assert client.post(address, {"quantity": 1}, HTTP_SEC_FETCH_SITE="cross-site").status_code == 403
    assert client.post(address, {"quantity": 1}, HTTP_ORIGIN="https://elsewhere.example").status_code == 403
    assert client.get("/fragment/me/").json()["count"] == 0
    assert client.post(address, {"quantity": 1}, **SAME_ORIGIN).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_public_pages_answer(client: Client, market: Market, prefix: str) -> None:
    product = market.products["hat"]
    group = market.groups["north"]
    certificate = market.certificates["north"]
    for address in (
        "/",
        "/products/",
        f"/products/{product.slug}_{product.pk}/",
        "/categories/basketry/",
        "/search/?q=กระติบ",
        "/groups/",
        f"/groups/{group.slug}/",
        "/networks/",
        "/networks/chiang-mai/",
        "/certificates/",
        f"/certificates/{certificate.code}/",
        "/basket/",
        "/news/",
        "/how-to-buy/",
        "/auth/login/",
        "/auth/signup/",
        "/orders/find/",
        "/products/?page=1000000000",
    ):
        answer = client.get(prefix + address)
        assert answer.status_code == 200, f"{prefix}{address}: {answer.status_code}"
    assert client.get(prefix + "/no-such-page/").status_code == 404
