"""Stripe is away, slow, odd; the post is away. Whoever buys is told in words, nothing is lost, nothing is paid that was not."""

from __future__ import annotations

import datetime as dt
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.signing import Signer
from django.test import Client
from django.urls import reverse

from shop.basket.models import Basket
from shop.basket.services import COOKIE, add_to_basket
from shop.checkout.web.views import _SESSION
from shop.common import clock, outbox
from shop.fulfilment import services as work
from shop.gateways import patience
from shop.gateways.errors import GatewayDown
from shop.gateways.registry import gateway
from shop.gateways.standin.server import Standin
from shop.order.models import Order
from shop.partner.models import StockRecord
from shop.payment import services as payments
from shop.payment.models import PaymentAttempt
from shop.payment.selectors import paid_satang
from tests.market import GUEST, Market
from tests.money import wrong_with_money
from tests.payments import attempt_of, bring, place, settle, stripe

pytestmark = pytest.mark.django_db
__all__ = ["stripe"]
TROUBLE = ["error_before", "error_after", "drop_before", "drop_after", "rate_limit", "hang_before", "hang_after"]


def buyer(market: Market) -> Client:
    """A guest who has typed the address and has one hat in the basket."""
    basket = Basket.objects.create(status=Basket.OPEN)
    add_to_basket(basket=basket, product_id=market.products["hat"].pk, quantity=1)
    client = Client()
    client.cookies[COOKIE] = Signer(salt="market.basket").sign(str(basket.pk))
    session = client.session
    session[_SESSION] = {**GUEST, "phone": "0812345678", "line2": ""}
    session.save()
    return client


def orders_and_pays(client: Client, method: str = "promptpay") -> str:
    """Presses the button, is led to the payment; the words of the page that comes of it."""
    answer = client.post(reverse("checkout:payment"), {"method": method, "expected": 30_000, "note": ""})
    assert answer.status_code == 302
    page = client.get(answer["Location"], follow=True)
    assert page.status_code == 200
    return str(page.content.decode())


@pytest.mark.parametrize("kind", TROUBLE)
def test_who_orders_while_stripe_is_in_trouble_keeps_the_order(market: Market, stripe: Standin, kind: str) -> None:
    client = buyer(market)
    stripe.fault(kind, "POST *", times=1, seconds=1.2)
    words = orders_and_pays(client)
    order = Order.objects.get()
    assert "ระบบรับชำระเงินยังไม่ตอบ" in words
    assert order.number in words
    assert "Traceback" not in words
    assert (paid_satang(order.pk), order.payment_attempts.get().state) == (0, "created")
    assert set(order.vendor_orders.values_list("state", flat=True)) == {"awaiting_payment"}
    stripe.calm()
    cache.clear()  # two seconds later: who reloads at once is answered from what is known
    client.get(reverse("orders:pay", args=[order.number]), follow=True)
    attempt = order.payment_attempts.order_by("-number")[0]
    assert attempt.state == "awaiting_payer"
    stripe.pay(attempt.provider_ref)
    bring(stripe)
    settle()
    assert paid_satang(order.pk) == 30_000
    assert wrong_with_money(stripe) == []


@pytest.mark.parametrize("kind", ["error_before", "rate_limit", "drop_before"])
def test_stock_is_not_held_longer_than_time_and_grace(
    market: Market, stripe: Standin, settings: Any, kind: str
) -> None:
    orders_and_pays(buyer(market))
    order = Order.objects.get()
    stripe.fault(kind, "*", times=10_000)
    until = dt.timedelta(minutes=settings.PAYMENT_MINUTES["promptpay"] + settings.PAYMENT_GRACE_MINUTES)
    with clock.moved_to(order.date_placed + until - dt.timedelta(seconds=1)):
        assert work.expire_order(order=order) is False
    with clock.moved_to(order.date_placed + until + dt.timedelta(seconds=1)):
        assert work.expire_order(order=order) is True
    assert StockRecord.objects.get(pk=market.stock["hat"].pk).num_allocated == 0
    assert paid_satang(order.pk) == 0
    stripe.calm()
    settle()
    assert wrong_with_money(stripe) == []


@pytest.fixture
def black_hole() -> Iterator[str]:
    """Takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


@pytest.mark.slow
def test_no_page_waits_fifteen_seconds(market: Market, stripe: Standin, settings: Any, black_hole: str) -> None:
    """With the settings of a real market: without a limit for the page, choosing another way would take minutes."""
    client = buyer(market)
    orders_and_pays(client)
    order = Order.objects.get()
    settings.STRIPE_API_BASE, settings.STRIPE_RETRIES, settings.STRIPE_TIMEOUT = black_hole, 2, 10
    took = {}
    for name, fields in (("pay", None), ("method", {"method": "card"}), ("cancel", {})):
        began, address = time.monotonic(), reverse(f"orders:{name}", args=[order.number])
        answer = client.get(address, follow=True) if fields is None else client.post(address, fields, follow=True)
        took[name] = time.monotonic() - began
        assert answer.status_code == 200
    assert max(took.values()) < 15, took
    order.refresh_from_db()
    assert (order.cancel_reason, paid_satang(order.pk)) == ("buyer", 0)


def test_a_page_s_patience_is_one_for_all_its_calls(settings: Any, stripe: Standin, black_hole: str) -> None:
    settings.STRIPE_API_BASE, settings.STRIPE_RETRIES, settings.STRIPE_TIMEOUT = black_hole, 2, 10
    began = time.monotonic()
    with patience.at_most(1.5):
        for _call in range(4):
            with pytest.raises(GatewayDown):
                gateway("stripe").refresh("pi_1")
    assert time.monotonic() - began < 2.5
    assert patience.left() is None


@pytest.mark.parametrize(
    "answer", [b"", b"<html>502</html>", b"[]", b"{}", b"null", b'{"id": 5}', b"{" * 50, b"\xff\xfe"]
)
def test_odd_answers_are_no_answers(market: Market, stripe: Standin, settings: Any, answer: bytes) -> None:
    """Something between us and Stripe answers 200 with something else: nobody knows, nothing changes, nothing breaks."""
    order = place(market, "promptpay")
    attempt = attempt_of(order)
    with _says(answer) as address:
        settings.STRIPE_API_BASE = address
        with pytest.raises(GatewayDown):
            payments.refresh(attempt=attempt)
        assert payments.withdraw_all(order=order) is False
    attempt.refresh_from_db()
    assert (attempt.state, attempt.provider_open, paid_satang(order.pk)) == ("awaiting_payer", True, 0)


class _says:
    """A server that answers everything with the same body."""

    def __init__(self, body: bytes) -> None:
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        self.answer = head.encode() + body
        self.server = socket.create_server(("127.0.0.1", 0))
        self.thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> str:
        self.thread.start()
        return f"http://127.0.0.1:{self.server.getsockname()[1]}"

    def __exit__(self, *_trouble: object) -> None:
        self.server.shutdown(socket.SHUT_RDWR)
        self.server.close()

    def _run(self) -> None:
        while True:
            try:
                there, _address = self.server.accept()
            except OSError:
                return
            with there:
                there.recv(65_536)
                there.sendall(self.answer)


def test_another_payment_than_the_one_asked_for_is_not_believed(market: Market, stripe: Standin) -> None:
    """A cache that mixes answers up: the money of one order never pays another."""
    first, second = place(market, "promptpay"), place(market, "promptpay")
    one, two = attempt_of(first), attempt_of(second)
    stripe.pay(one.provider_ref)
    standing = gateway("stripe").refresh(one.provider_ref)
    with pytest.raises(GatewayDown):
        payments.note_standing(attempt=two, standing=standing)
    assert paid_satang(second.pk) == 0
    assert PaymentAttempt.objects.get(pk=two.pk).state == "awaiting_payer"


def test_without_post_orders_are_paid_and_letters_come_once_later(
    market: Market, stripe: Standin, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "tests.unit.payment.test_provider_in_trouble.NoPost"
    orders_and_pays(buyer(market))
    order = Order.objects.get()
    stripe.pay(order.payment_attempts.get().provider_ref)
    bring(stripe)
    settle()
    assert paid_satang(order.pk) == 30_000
    outbox.work_off(1_000)
    assert mail.outbox == []
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with clock.moved_to(clock.now() + dt.timedelta(minutes=10)):
        outbox.work_off(1_000)
        outbox.work_off(1_000)
    letters = [(letter.to[0], letter.subject) for letter in mail.outbox]
    assert len([letter for letter in letters if letter[0] == GUEST["email"]]) == 2  # placed, and paid
    assert len(letters) == len(set(letters))


class NoPost:
    """A post office that is closed."""

    def __init__(self, *_words: Any, **_facts: Any) -> None:
        raise ConnectionRefusedError("no post")
