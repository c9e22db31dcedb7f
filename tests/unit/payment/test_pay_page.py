"""The payment page in every state: read anew each time, nothing lost, the provider asked seldom."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from PIL import Image

from shop.common import clock
from shop.fulfilment import services as work
from shop.gateways.standin.server import Standin
from shop.order.models import Order
from shop.payment import services as payments
from shop.payment.models import PaymentAttempt
from shop.payment.services import ask_seldom
from shop.theme.templatetags.market import be_datetime
from tests.market import Market, signed_in
from tests.payments import bring, place, settle, stripe

pytestmark = pytest.mark.django_db
__all__ = ["stripe"]
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def buyer(market: Market) -> Client:
    return signed_in(market.people["buyer"])


def bought(market: Market, method: str) -> Order:
    return place(market, method, user=market.people["buyer"])


def attempt(order: Order) -> PaymentAttempt:
    return order.payment_attempts.order_by("-number")[0]


def pay_page(client: Client, order: Order, query: str = "", *, look: str) -> str:
    answer = client.get(f"/orders/{order.number}/pay/{query}")
    assert answer.status_code == 200, answer.headers
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.context["page"].look == look
    return answer.content.decode()


def live(client: Client, order: Order, seen: str = "") -> Any:
    return client.get(f"/orders/{order.number}/pay/live/", {"seen": seen})


def mark_in(page: str) -> str:
    found = re.search(r'live/\?seen=([^"]+)"', page)
    assert found
    return found[1]


def look_again() -> None:
    """Ten seconds pass for the page that asks seldom."""
    cache.clear()


def made(standin: Standin, method: str = "POST") -> int:
    return sum(request["method"] == method for request in standin.requests)


# --- PromptPay --------------------------------------------------------------------------------------------------


def test_promptpay_shows_the_code_however_often_it_is_opened(market: Market, stripe: Standin, buyer: Client) -> None:
    order = bought(market, "promptpay")
    first = pay_page(buyer, order, look="qr")
    second = pay_page(buyer, order, look="qr")
    assert made(stripe) == 1, "one payment at the provider"
    assert "<svg" in first
    assert 'aria-label="คิวอาร์พร้อมเพย์ ยอด 300.00 บาท"' in first
    assert "ในแอปจะขึ้นชื่อผู้รับว่า Stripe" in first
    assert f"จ่ายได้ถึง {be_datetime(attempt(order).expires_at)}" in first, "a time of the clock, in Buddhist Era"
    left = int(re.search(r'data-left="(\d+)"', first)[1])  # type: ignore[index]
    assert 1_700 < left <= 1_800
    assert mark_in(first) == mark_in(second)


def test_the_code_can_be_kept_as_a_picture_by_its_buyer_only(market: Market, stripe: Standin, buyer: Client) -> None:
    order = bought(market, "promptpay")
    path = f"/orders/{order.number}/pay/code.png"
    assert buyer.get(path).url == f"/orders/{order.number}/pay/", "nothing to keep before it is begun"
    pay_page(buyer, order, look="qr")
    answer = buyer.get(path)
    assert (answer.headers["Content-Type"], answer.headers["Cache-Control"]) == ("image/png", "private, no-store")
    assert min(Image.open(io.BytesIO(answer.content)).size) > 300
    assert Client().get(path).status_code == 404


def test_a_waiting_page_turns_when_the_message_comes(market: Market, stripe: Standin, buyer: Client) -> None:
    order = bought(market, "promptpay")
    mark = mark_in(pay_page(buyer, order, look="qr"))
    assert live(buyer, order, mark).status_code == 204
    stripe.pay(attempt(order).provider_ref)
    assert bring(stripe) == [200] * 4
    settle()
    answer = live(buyer, order, mark)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert '<p id="pay-say" hx-swap-oob="true">ได้รับเงินแล้ว ขอบคุณที่อุดหนุน</p>' in text
    assert "data-waits" not in text
    assert buyer.get(f"/orders/{order.number}/pay/").url == f"/orders/{order.number}/?paid=1"
    assert "ได้รับเงินแล้ว" in buyer.get(f"/orders/{order.number}/?paid=1").content.decode()


def test_a_lost_message_keeps_nobody_waiting_and_the_provider_is_asked_seldom(
    market: Market, stripe: Standin, buyer: Client
) -> None:
    order = bought(market, "promptpay")
    mark = mark_in(pay_page(buyer, order, look="qr"))
    for _second in range(5):
        assert live(buyer, order, mark).status_code == 204
    assert made(stripe, "GET") == 1
    stripe.pay(attempt(order).provider_ref)
    assert live(buyer, order, mark).status_code == 204, "not asked again so soon"
    look_again()
    assert "pay-paid" in live(buyer, order, mark).content.decode()
    assert made(stripe, "GET") == 2
    assert attempt(order).state == "succeeded"


def test_a_code_that_lapsed_leads_to_another_try(market: Market, stripe: Standin, buyer: Client) -> None:
    order = bought(market, "promptpay")
    mark = mark_in(pay_page(buyer, order, look="qr"))
    stripe.expire(attempt(order).provider_ref)
    answer = live(buyer, order, mark).content.decode()
    assert "คิวอาร์นี้หมดเวลาแล้ว" in answer
    assert 'value="promptpay" checked' in answer
    pay_page(buyer, order, look="failed")
    again = buyer.post(f"/orders/{order.number}/method/", {"method": "promptpay"})
    assert again.url == f"/orders/{order.number}/pay/"
    pay_page(buyer, order, look="qr")
    assert list(order.payment_attempts.order_by("number").values_list("state", flat=True)) == [
        "failed",
        "awaiting_payer",
    ]


def test_a_bank_that_is_still_working_is_said_so(market: Market, stripe: Standin, buyer: Client) -> None:
    order = bought(market, "promptpay")
    pay_page(buyer, order, look="qr")
    stripe.act("process", attempt(order).provider_ref)
    page = pay_page(buyer, order, "?back=look", look="processing")
    assert "อย่าเพิ่งจ่ายซ้ำ" in page
    assert 'role="img"' not in page
    assert 'name="method"' not in page, "nobody is led to pay twice"


def test_no_code_is_shown_once_its_time_is_over(market: Market, stripe: Standin, buyer: Client) -> None:
    order = bought(market, "promptpay")
    pay_page(buyer, order, look="qr")
    with clock.moved_to(clock.now() + dt.timedelta(minutes=31)):
        page = pay_page(buyer, order, look="over")
        assert "อย่าเพิ่งจ่ายรายการนี้อีก" in page
        work.expire_order(order=order)
        assert "pay-expired" in live(buyer, order, mark_in(page)).content.decode()
        assert "ดูสินค้าแล้วสั่งใหม่" in pay_page(buyer, order, look="expired")


def test_another_amount_is_said_and_nothing_is_asked_again(market: Market, stripe: Standin, buyer: Client) -> None:
    order = bought(market, "promptpay")
    pay_page(buyer, order, look="qr")
    PaymentAttempt.objects.filter(order=order).update(amount_satang=29_900)
    stripe.pay(attempt(order).provider_ref)
    payments.refresh(attempt=attempt(order))
    page = pay_page(buyer, order, look="review")
    assert "ได้รับเงิน 300.00 บาท แต่คำสั่งซื้อนี้ยอด 299.00 บาท" in page
    assert 'name="method"' not in page


# --- a provider that is away --------------------------------------------------------------------------------------


def test_a_silent_provider_loses_nothing_and_heals(market: Market, stripe: Standin, buyer: Client) -> None:
    order = bought(market, "promptpay")
    stripe.fault("drop_after", "POST /v1/payment_intents")
    page = pay_page(buyer, order, look="down")
    assert "คำสั่งซื้อและของยังอยู่ครบ" in page
    assert 'value="transfer"' in page, "another way is open"
    before = len(stripe.requests)
    pay_page(buyer, order, look="starting")
    assert len(stripe.requests) == before, "not asked with every press"
    look_again()
    answer = live(buyer, order, mark_in(page))
    assert "<svg" in answer.content.decode()
    assert [thing["status"] for thing in stripe.all("payment_intent")] == ["requires_action"], "one payment"


def test_the_page_of_a_waiting_payment_needs_no_provider(market: Market, stripe: Standin, buyer: Client) -> None:
    order = bought(market, "promptpay")
    mark = mark_in(pay_page(buyer, order, look="qr"))
    stripe.fault("error_before", times=9)
    look_again()
    assert live(buyer, order, mark).status_code == 204
    pay_page(buyer, order, look="qr")


def test_a_refusal_to_begin_leads_to_other_ways(market: Market, stripe: Standin, buyer: Client) -> None:
    order = bought(market, "promptpay")
    stripe.memory.least = 100_000
    page = pay_page(buyer, order, look="refused")
    assert 'value="transfer"' in page


def test_asking_seldom_is_counted_for_each_payment(market: Market, stripe: Standin) -> None:
    one, other = place(market, "promptpay"), place(market, "promptpay", email="second@example.test")
    for order in (one, one, other):
        ask_seldom(attempt=attempt(order), seconds=10)
    assert made(stripe) == 2


# --- cards ----------------------------------------------------------------------------------------------------------


def test_a_card_is_typed_at_the_provider_by_a_plain_link(market: Market, stripe: Standin, buyer: Client) -> None:
    order = bought(market, "card")
    page = pay_page(buyer, order, look="card")
    (session,) = stripe.all("checkout.session")
    assert f'href="{session["url"]}" rel="external noreferrer"' in page
    assert 'action="http' not in page, "the policy allows forms to ourselves only"
    closed = pay_page(buyer, order, "?back=closed", look="card")
    assert "คุณออกจากหน้าจ่ายเงินโดยยังไม่ได้จ่าย" in closed


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ("no_money", "เงินในบัตรไม่พอ"),
        ("unproved", "ยืนยันตัวตนเจ้าของบัตรไม่สำเร็จ"),
        ("decline", "ธนาคารปฏิเสธบัตรนี้"),
    ],
)
def test_a_decline_is_told_in_words(market: Market, stripe: Standin, buyer: Client, act: str, words: str) -> None:
    order = bought(market, "card")
    pay_page(buyer, order, look="card")
    ref = attempt(order).provider_ref
    if act == "unproved":
        stripe.act("challenge", ref)
    stripe.act(act, ref)
    page = pay_page(buyer, order, "?back=closed", look="card")
    assert words in page
    assert "คุณออกจากหน้า" not in page
    assert "ลองอีกครั้งที่ Stripe" in page


def test_coming_back_from_the_card_page_finds_the_money(market: Market, stripe: Standin, buyer: Client) -> None:
    order = bought(market, "card")
    pay_page(buyer, order, look="card")
    assert "กำลังตรวจว่าเงินเข้าหรือยัง" in pay_page(buyer, order, "?back=paid", look="card"), "too early: it waits"
    cache.clear()
    stripe.pay(attempt(order).provider_ref)
    assert buyer.get(f"/orders/{order.number}/pay/?back=paid").url == f"/orders/{order.number}/?paid=1"


# --- cash, test, and what is over -----------------------------------------------------------------------------------


def test_cash_says_who_takes_how_much(market: Market, buyer: Client) -> None:
    order = place(market, "cod", user=market.people["buyer"], hat=2, kratip=1)
    page = pay_page(buyer, order, look="cash")
    assert "กลุ่มทอผ้าบ้านโนน" in page
    assert "550.00 บาท" in page
    assert "170.00 บาท" in page
    assert "720.00 บาท" in page


def test_a_test_payment_is_marked_everywhere(market: Market, buyer: Client) -> None:
    order = bought(market, "test")
    assert "ทดสอบ" in pay_page(buyer, order, look="test")
    declined = buyer.post(f"/orders/{order.number}/pay/", {"outcome": "declined"}, follow=True)
    assert declined.context["page"].look == "failed"
    assert "ยังไม่มีการตัดเงิน" in declined.content.decode()
    buyer.post(f"/orders/{order.number}/method/", {"method": "test"})
    pay_page(buyer, order, look="test")
    paid = buyer.post(f"/orders/{order.number}/pay/", {"outcome": "paid"}, follow=True).content.decode()
    assert "ทดสอบ" in paid
    assert attempt(order).state == "succeeded"


def test_what_is_cancelled_leads_to_the_order(market: Market, buyer: Client) -> None:
    order = bought(market, "transfer")
    work.cancel_order(order=order, by=None, reason="buyer")
    assert buyer.get(f"/orders/{order.number}/pay/").url == f"/orders/{order.number}/"
    assert live(buyer, order).status_code == 200


def test_a_post_is_no_way_to_pay_but_for_tests(market: Market, stripe: Standin, buyer: Client) -> None:
    order = bought(market, "promptpay")
    pay_page(buyer, order, look="qr")
    buyer.post(f"/orders/{order.number}/pay/", {"outcome": "paid"})
    assert attempt(order).state == "awaiting_payer"


@pytest.mark.parametrize("path", ["pay/", "pay/live/", "pay/code.png", "receipt.pdf"])
def test_somebody_elses_payment_is_not_there(market: Market, stripe: Standin, path: str) -> None:
    order = bought(market, "promptpay")
    stranger = Client()
    stranger.force_login(market.people["stranger"], backend=BACKEND)
    assert stranger.get(f"/orders/{order.number}/{path}").status_code == 404
    assert stripe.requests == [], "and nobody is asked"


@pytest.mark.parametrize(("method", "look"), [("promptpay", "qr"), ("card", "card")])
def test_a_test_key_of_stripe_moves_no_money_and_every_page_says_so(
    market: Market, stripe: Standin, buyer: Client, method: str, look: str
) -> None:
    order, mark = bought(market, method), "ทดสอบ – ไม่มีการตัดเงินจริง"
    assert mark in pay_page(buyer, order, look=look)
    assert mark in buyer.get(f"/orders/{order.number}/").content.decode()
    assert mark not in buyer.get(f"/orders/{bought(market, 'transfer').number}/").content.decode()
