"""What the races about money share: a market behind real HTTP, workers beside it, and orders that wait for their money."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.db import connection
from django.db.models import QuerySet

from shop.gateways.errors import GatewayDown
from shop.gateways.standin.server import Standin
from shop.order.models import Order
from shop.partner.models import StockRecord
from shop.payment import services as payments
from shop.payment.models import PaymentAttempt, ProviderEvent, Refund
from shop.payment.services import attempts as attempt_services
from shop.payment.services import disputes as dispute_services
from shop.payment.services import refunds as refund_services
from tests.market import Market
from tests.payments import place


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Requests of a test are nobody's news."""


@contextmanager
def served() -> Iterator[int]:
    """The market on a free port of this machine; every request has a thread and a connection of its own."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), _Quiet, connections_override=None)
    server.daemon_threads = True
    server.set_app(WSGIHandler())
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def bring_to(port: int, message: tuple[bytes, str]) -> int:
    """Posts one message of Stripe; the status of the answer."""
    there = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    body, header = message
    try:
        there.request(
            "POST", "/webhooks/stripe/", body, {"Content-Type": "application/json", "Stripe-Signature": header}
        )
        answer = there.getresponse()
        answer.read()
        return answer.status
    finally:
        there.close()


@contextmanager
def workers(number: int) -> Iterator[None]:
    """So many workers, each of which works off everything that waits, beside each other and in each other's way."""
    done = threading.Event()

    def work() -> None:
        try:
            while not done.wait(0.01):
                work_off_all()
        finally:
            connection.close()

    threads = [threading.Thread(target=work, daemon=True) for _ in range(number)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        done.set()
        for thread in threads:
            thread.join(60)


def work_off_all() -> None:
    """Every message that waits now."""
    for event in ProviderEvent.objects.filter(outcome="waiting"):
        payments.work_off(event=event)


def send_all() -> None:
    """Every refund that is on its way."""
    for refund in Refund.objects.select_related("attempt").filter(route="provider", state="asked"):
        try:
            payments.send_refund(refund=refund)
        except GatewayDown:
            continue


def plenty(market: Market, key: str = "hat", pieces: int = 100_000) -> None:
    """Enough on the shelf."""
    StockRecord.objects.filter(pk=market.stock[key].pk).update(num_in_stock=pieces)


def ordered(market: Market, number: int, method: str = "promptpay", **quantities: int) -> Order:
    """One order of a buyer of its own."""
    return place(
        market, method, email=f"payer{number}@example.test", phone=f"08{number:08d}", **(quantities or {"hat": 1})
    )


def begun(order: Order) -> PaymentAttempt:
    """Its payment, made at the provider."""
    return payments.begin(attempt=order.payment_attempts.order_by("-number")[0])


def without_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same code with "look, then write"."""
    for module in (attempt_services, refund_services, dispute_services):
        monkeypatch.setattr(module, "lock_order", lambda order_id: Order.objects.get(pk=order_id))
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_options: self)


@pytest.fixture
def no_worker(settings: Any) -> None:
    """Tasks are worked off by the test."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


def paid_at(standin: Standin, order: Order) -> PaymentAttempt:
    """Paid, and noted here."""
    attempt = begun(order)
    standin.pay(attempt.provider_ref)
    return payments.refresh(attempt=attempt)
