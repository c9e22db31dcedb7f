"""Two tabs at once: nothing that was said to be in a basket gets lost, and both tabs arrive at the order."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from shop.basket import services
from shop.basket.models import Basket
from shop.order.models import Order
from tests.journeys.test_buying import SAME_ORIGIN, check_out, fill
from tests.market import GUEST, Market

pytestmark = pytest.mark.django_db


def test_the_slower_of_two_clicks_arrives_at_the_order_too(client: Client, market: Market) -> None:
    fill(client, market, hat=1)
    slower = Client()
    slower.cookies["market_basket"] = client.cookies["market_basket"].value
    slower.post("/checkout/", GUEST)
    total = slower.get("/checkout/confirm/").context["total"]
    placed = check_out(client)
    late = slower.post("/checkout/confirm/", {"method": "cod", "expected": total, "note": ""})
    order = Order.objects.get()
    assert placed.url == f"/orders/{order.number}/?new=1"
    assert late.url == f"/orders/{order.number}/"
    assert slower.get(late.url).status_code == 200


def test_a_forged_cookie_opens_no_order(client: Client, market: Market) -> None:
    fill(client, market, hat=1)
    check_out(client)
    stranger = Client()
    pk = str(Order.objects.get().basket_id)
    for forged in (pk, f"{pk}:{client.cookies['market_basket'].value.split(':')[-1][::-1]}"):
        stranger.cookies["market_basket"] = forged
        answer = stranger.post("/checkout/confirm/", {"method": "cod", "expected": 1, "note": ""})
        assert answer.url == "/basket/"
    assert stranger.get(f"/orders/{Order.objects.get().number}/").status_code == 404


def test_the_address_is_gone_from_the_screen_after_the_order(client: Client, market: Market) -> None:
    fill(client, market, hat=1)
    check_out(client)
    fill(client, market, bag=1)
    page = client.get("/checkout/").content.decode()
    assert GUEST["line1"] not in page
    assert GUEST["email"] not in page


def test_what_is_added_while_the_basket_is_ordered_lies_in_the_next_one(
    client: Client, market: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(client, market, hat=1)
    first = Basket.objects.get()
    real = services.add_to_basket

    def other_tab_orders(**words: Any) -> None:
        Basket.objects.filter(pk=first.pk).update(status=Basket.SUBMITTED)
        real(**words)

    monkeypatch.setattr(services, "add_to_basket", other_tab_orders)
    answer = client.post(f"/basket/add/{market.products['bag'].pk}/", {"quantity": 1}, **SAME_ORIGIN)
    assert answer.status_code == 302
    view = client.get("/basket/").context["basket"]
    assert [(line.product_id, line.quantity) for line in view.lines] == [(market.products["bag"].pk, 1)]
    assert first.lines.count() == 1


def test_a_refusal_without_scripts_is_a_page_with_what_was_typed(client: Client, market: Market) -> None:
    hat = market.products["hat"].pk
    product = f"http://testserver/products/hat_{hat}/"
    answer = client.post(f"/basket/add/{hat}/", {"quantity": 99}, HTTP_REFERER=product, **SAME_ORIGIN)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "เหลือ 10 ชิ้น" in page
    assert 'value="99"' in page
    assert f'href="{product}"' in page
    assert Basket.objects.filter(lines__isnull=False).count() == 0
    assert client.post(f"/basket/add/{hat}/", {"quantity": 10}, **SAME_ORIGIN).status_code == 302
