"""A buyer's way through placing, paying and giving back, in a process of its own that ends by kill -9 at a chosen step.

`serve` reads one order per line from standard input as JSON, forks a child for each, and answers with one line: how the child ended,
how many steps it had come and which of them each act had. A step is the moment before or after a statement that writes, a
commit, and a call of the provider. What is handed to a worker dies with the child: nothing but the database is left of it.
Run by `tests.crash` for `tests.races.test_killed`, on a database of its own, against a stand-in for Stripe.
"""

from __future__ import annotations

import functools
import gc
import json
import os
import signal
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection, connections
from django.test.utils import override_settings

from shop.basket.models import Basket
from shop.basket.selectors import basket_view
from shop.basket.services import add_to_basket
from shop.checkout.services import Buyer, place_order, quote_basket
from shop.fulfilment import services as work
from shop.gateways.standin.delivery import signature
from shop.gateways.stripe import StripeGateway
from shop.gateways.stripe import _client as stripe_client
from shop.order.models import Order
from shop.payment import services as payments
from shop.payment.models import PaymentAttempt, ProviderEvent, Refund
from tests.outside import CALLS
from tests.payments import ADDRESS

_WRITES = ("INSERT", "UPDATE", "DELETE", "WITH")


class Steps:
    """Counts, and ends the process by the signal that nothing can catch."""

    def __init__(self, until: int, pipe: int) -> None:
        self.until, self.pipe, self.number = until, pipe, 0
        self.acts: dict[str, tuple[int, int]] = {}

    @contextmanager
    def act(self, name: str) -> Iterator[None]:
        """What is done within it belongs together, in a buyer's or a worker's eyes."""
        first = self.number + 1
        yield
        self.acts[name] = (first, self.number)

    def tell(self) -> None:
        """How far it came, to the process that waits for it."""
        os.write(self.pipe, json.dumps({"steps": self.number, "acts": self.acts}).encode())

    def step(self) -> None:
        self.number += 1
        if self.number == self.until:
            self.tell()
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, call: Callable[..., Any]) -> Callable[..., Any]:
        """The same call with a step before and one after it."""

        @functools.wraps(call)
        def stepped(*words: Any, **facts: Any) -> Any:
            self.step()
            answer = call(*words, **facts)
            self.step()
            return answer

        return stepped

    def statement(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        """Django's wrapper around every statement."""
        if not str(sql).lstrip().upper().startswith(_WRITES):
            return execute(sql, params, many, context)
        return self.around(execute)(sql, params, many, context)


def control(name: str, **given: Any) -> Any:
    """Asks the stand-in."""
    body = json.dumps(given).encode() if given else None
    asked = urllib.request.Request(f"{settings.STRIPE_API_BASE}/_control/{name}", data=body)
    with urllib.request.urlopen(asked, timeout=20) as answer:
        return json.load(answer)


def place(order: dict[str, Any]) -> PaymentAttempt:
    """A basket and its order."""
    number = order["number"]
    basket = Basket.objects.create(status=Basket.OPEN)
    for product in order["products"]:
        add_to_basket(basket=basket, product_id=product, quantity=1)
    view = basket_view(basket)
    return place_order(
        basket=basket,
        buyer=Buyer(email=f"payer{number}@example.test", phone=f"08{number:08d}"),
        address=ADDRESS,
        method=order["method"],
        expected_total_satang=view.total_satang + quote_basket(view, "TH-10").total_satang,
    ).attempt


def hear(attempt: PaymentAttempt) -> None:
    """The money, and Stripe's messages about it."""
    control("act", act="pay", id=attempt.provider_ref)
    events = [event.to_dict() for event in stripe_client().v1.events.list({"limit": 20}).data]
    for event in events[::-1]:  # the newest stands first
        if event["data"]["object"].get("metadata", {}).get("attempt") == str(attempt):
            body = json.dumps(event).encode()
            header = signature(settings.STRIPE_WEBHOOK_SECRET, body, event["created"])
            payments.receive(provider="stripe", body=body, headers={"Stripe-Signature": header})


def work_off(attempt: PaymentAttempt) -> None:
    """What the worker does with the messages."""
    for waiting in ProviderEvent.objects.filter(attempt_key=str(attempt), outcome="waiting"):
        payments.work_off(event=waiting)


def ask_back(attempt: PaymentAttempt) -> int:
    """One piece and its delivery."""
    order = Order.objects.get(pk=attempt.order_id)
    line = order.lines.order_by("pk")[0]
    part = line.vendor_order
    return payments.ask_refund(
        order=order, pieces={line.pk: 1}, delivery={part.pk: part.delivery_satang}, why="returned", by=None
    ).pk


def live(order: dict[str, Any], steps: Steps) -> None:
    """One of the lives of an order."""
    with steps.act("place"):
        attempt = place(order)
    with steps.act("begin"):
        attempt = payments.begin(attempt=attempt)
    if order["life"] == "leaves":
        with steps.act("cancel"):
            work.cancel_order(order=attempt.order, by=None, reason="buyer")
        return
    if order["life"] == "changes":
        with steps.act("choose"):
            attempt = work.choose_method(order=attempt.order, method="promptpay")
        with steps.act("begin again"):
            attempt = payments.begin(attempt=attempt)
    with steps.act("hear"):
        hear(attempt)
    with steps.act("work off"):
        work_off(attempt)
    with steps.act("ask back"):
        refund = ask_back(attempt)
    with steps.act("send back"):
        payments.send_refund(refund=Refund.objects.select_related("attempt").get(pk=refund))


def _child(order: dict[str, Any], pipe: int) -> None:
    steps = Steps(order["until"], pipe)
    for name in CALLS:
        setattr(StripeGateway, name, steps.around(getattr(StripeGateway, name)))
    connection.ensure_connection()
    connection._commit = steps.around(connection._commit)
    with connection.execute_wrapper(steps.statement):
        live(order, steps)
    steps.tell()


def serve() -> None:
    """Until there are no more lines. The first is lived by this process itself: what it has loaded, its children have."""
    worker = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}  # what it would do stands in the life
    override_settings(TASKS=worker, STRIPE_RETRIES=0).enable()
    live(json.loads(sys.stdin.readline()), Steps(0, 0))
    connections.close_all()
    gc.freeze()
    _answer(ended=0, steps=0, acts={})
    for line in sys.stdin:
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                _child(json.loads(line), writing)
                os._exit(0)
            except BaseException:
                import traceback

                traceback.print_exc()
                os._exit(1)
        os.close(writing)
        _pid, status = os.waitpid(child, 0)
        told = json.loads(os.read(reading, 4_096) or b'{"steps": 0, "acts": {}}')
        os.close(reading)
        ended = -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
        _answer(ended=ended, **told)


def _answer(**facts: Any) -> None:
    print(json.dumps(facts), flush=True)
