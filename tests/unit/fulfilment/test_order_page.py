"""The order page: each group's way with dates, what is to do, and the link of a guest that ends and is sent anew."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from shop.common import clock, outbox
from shop.fulfilment import services
from shop.fulfilment.web.timeline import steps
from shop.order import links
from shop.order.models import Order
from tests.market import GUEST, Market

pytestmark = pytest.mark.django_db
SAME_ORIGIN = {"HTTP_SEC_FETCH_SITE": "same-origin"}
SENT = "หากมีคำสั่งซื้อที่ใช้อีเมล"


def buy(client: Client, market: Market, method: str = "cod", **quantities: int) -> Order:
    for key, quantity in quantities.items():
        client.post(f"/basket/add/{market.products[key].pk}/", {"quantity": quantity}, **SAME_ORIGIN)
    client.post("/checkout/", GUEST)
    total = client.get("/checkout/confirm/").context["total"]
    client.post("/checkout/confirm/", {"method": method, "expected": total, "note": ""})
    return Order.objects.order_by("-pk")[0]


def letters_to(address: str) -> list[Any]:
    outbox.work_off()
    return [letter for letter in mail.outbox if letter.to == [address]]


def link_in(letter: Any) -> str:
    found = re.search(r"/orders/\S+\?key=\S+", letter.body)
    assert found
    return found[0]


def test_each_group_has_its_own_way(client: Client, market: Market) -> None:
    order = buy(client, market, kratip=1, hat=1)
    first, second = order.vendor_orders.order_by("pk")
    services.accept(vendor_order=first, by=None)
    services.pack(vendor_order=first, by=None)
    services.hand_over(vendor_order=first, by=None, carrier="ไปรษณีย์ไทย", tracking="EB473124829TH")
    first.refresh_from_db()
    assert [step.kind for step in steps(order, first)] == ["done", "done", "done", "done", "now", "next"]
    assert [step.kind for step in steps(order, second)] == ["done", "now", "next", "next", "next", "next"]
    assert all(step.at for step in steps(order, first)[:5])
    page = client.get(f"/orders/{order.number}/").content.decode()
    assert "EB473124829TH" in page
    assert page.count("กลุ่มได้รับคำสั่งซื้อแล้ว จ่ายเงินตอนรับของ") == 2
    assert page.count('aria-current="step"') == 2


def test_a_cancelled_part_ends_there(client: Client, market: Market) -> None:
    order = buy(client, market, "transfer", hat=1)
    services.cancel_order(order=order, by=None, reason="buyer")
    part = order.vendor_orders.get()
    assert [step.kind for step in steps(order, part)] == ["done", "bad"]
    assert 'class="ev-bad"' in client.get(f"/orders/{order.number}/").content.decode()


def test_a_transfer_says_exactly_what_to_pay_and_where(client: Client, market: Market, settings: Any) -> None:
    order = buy(client, market, "transfer", hat=2)
    page = client.get(f"/orders/{order.number}/").content.decode()
    assert settings.BANK_ACCOUNT["number"] in page
    assert 'data-copy="550.00"' in page  # 2 × 250 and one parcel of 50
    letter = letters_to(GUEST["email"])[0]
    look = letter.alternatives[0]
    assert look.mimetype == "text/html"
    assert "550.00 บาท" in look.content
    assert settings.BANK_ACCOUNT["number"] in look.content
    assert "550.00 บาท" in letter.body


def test_an_ended_link_leads_to_a_new_one_and_stays_dead(client: Client, market: Market) -> None:
    order = buy(client, market, hat=1)
    old = link_in(letters_to(GUEST["email"])[0])
    Order.objects.filter(pk=order.pk).update(link_expires_at=clock.now() - dt.timedelta(minutes=1))
    guest = Client()
    answer = guest.get(old)
    assert answer.status_code == 410
    assert "ลิงก์นี้หมดอายุแล้ว" in answer.content.decode()
    assert GUEST["recipient"] not in answer.content.decode()
    assert guest.get(f"/orders/{order.number}/?key=wrong").status_code == 404
    mail.outbox.clear()
    answer = guest.post("/orders/link/", {"email": GUEST["email"].upper()})
    assert SENT in answer.content.decode()
    (letter,) = letters_to(GUEST["email"])
    new = link_in(letter)
    assert new != old
    assert guest.get(old).status_code == 404
    assert guest.get(new).status_code == 302
    assert guest.get(f"/orders/{order.number}/").status_code == 200


def test_a_living_link_is_sent_again_as_it_is(client: Client, market: Market) -> None:
    order = buy(client, market, hat=1)
    secret = links.secret_of(order)
    Client().post("/orders/link/", {"email": GUEST["email"]})
    outbox.work_off()
    order.refresh_from_db()
    assert links.secret_of(order) == secret
    assert client.get(f"/orders/{order.number}/").status_code == 200


def test_the_answer_never_tells_who_has_ordered(client: Client, market: Market) -> None:
    buy(client, market, hat=1)
    outbox.work_off()
    mail.outbox.clear()
    known = Client().post("/orders/link/", {"email": GUEST["email"]})
    unknown = Client().post("/orders/link/", {"email": "nobody@example.test"})
    plain = [
        re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())
        .replace(GUEST["email"], "X")
        .replace("nobody@example.test", "X")
        for answer in (known, unknown)
    ]
    assert known.status_code == unknown.status_code == 200
    assert plain[0] == plain[1]
    outbox.work_off()
    assert [letter.to for letter in mail.outbox] == [[GUEST["email"]]]


def test_an_accounts_orders_are_not_sent(client: Client, market: Market) -> None:
    client.login(email="buyer@example.test", password="talat-test-2569")
    order = buy(client, market, hat=1)
    outbox.work_off()
    mail.outbox.clear()
    Client().post("/orders/link/", {"email": "buyer@example.test"})
    outbox.work_off()
    assert (order.user_id, mail.outbox) == (market.people["buyer"].pk, [])


def test_asking_often_is_stopped_and_one_letter_is_enough(client: Client, market: Market) -> None:
    buy(client, market, hat=1)
    outbox.work_off()
    mail.outbox.clear()
    with clock.moved_to(clock.now()):  # one letter for each ten minutes of the clock
        answers = [client.post("/orders/link/", {"email": GUEST["email"]}).status_code for _ in range(7)]
        assert answers == [200] * 5 + [422] * 2
        outbox.work_off()
    assert len(mail.outbox) == 1
