"""Signed messages: as the real library checks them, and with everything that can happen to them on the way."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
import stripe

from shop.gateways.standin.server import SECRET, Standin
from tests.standin import client, promptpay


class Shop:
    """A door for messages that writes down what comes; it answers what `answers` says, then 200."""

    def __init__(self) -> None:
        self.got: list[tuple[bytes, str]] = []
        self.answers: list[int] = []
        shop = self

        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                shop.got.append((body, self.headers["Stripe-Signature"]))
                self.send_response(shop.answers.pop(0) if shop.answers else 200)
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                return None

        self.server = HTTPServer(("127.0.0.1", 0), Door)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}/webhooks/stripe/"

    @property
    def ids(self) -> list[str]:
        return [json.loads(body)["id"] for body, _ in self.got]


@pytest.fixture
def shop() -> Iterator[Shop]:
    made = Shop()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def sending(shop: Shop) -> Iterator[Standin]:
    with Standin(webhook_url=shop.url, retry=0.05) as running:
        yield running


def pay(standin: Standin) -> list[str]:
    """One payment; the ids of its four events."""
    before = len(standin.events())
    standin.pay(client(standin).v1.payment_intents.create(promptpay()).id)
    return [event["id"] for event in standin.events()[before:]]


def test_the_library_trusts_a_message(standin: Standin) -> None:
    pay(standin)
    told = [stripe.Webhook.construct_event(body, header, SECRET) for body, header in standin.take_webhooks()]
    assert [event.type for event in told] == [
        "payment_intent.created",
        "payment_intent.requires_action",
        "charge.succeeded",
        "payment_intent.succeeded",
    ]
    assert told[-1].data.object["amount_received"] == 45_000
    assert told[0].data.object["status"] == "requires_payment_method", "as it was then, not as it is now"
    assert (told[-1].livemode, told[-1].api_version) == (False, stripe.api_version)
    assert standin.take_webhooks() == []


@pytest.mark.parametrize("odd", ["forge", "stale"])
def test_the_library_refuses_odd_messages(standin: Standin, odd: str) -> None:
    event = pay(standin)[-1]
    body, header = standin.message(event, **{odd: True})
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(body, header, SECRET)
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(standin.message(event)[0] + b" ", standin.message(event)[1], SECRET)


def test_a_message_may_say_that_money_is_real(standin: Standin) -> None:
    body, header = standin.message(pay(standin)[-1], live=True)
    assert stripe.Webhook.construct_event(body, header, SECRET).livemode is True


def test_messages_come_in_order_and_once(shop: Shop, sending: Standin) -> None:
    sent = pay(sending)
    assert sending.settle()
    assert shop.ids == sent
    assert [event["pending_webhooks"] for event in sending.events()] == [0] * 4
    for body, header in shop.got:
        stripe.Webhook.construct_event(body, header, SECRET)


def test_what_the_shop_did_not_take_comes_again(shop: Shop, sending: Standin) -> None:
    shop.answers = [500, 200, 400, 503]
    sent = pay(sending)
    assert sending.settle()
    assert (set(shop.ids), len(shop.got)) == (set(sent), 4 + 3)
    assert [entry["status"] for entry in sending.delivery.log][:5] == [500, 200, 400, 503, 200]
    assert sending.memory.undelivered == {}


def test_a_shop_that_is_closed_is_given_up_after_a_while(shop: Shop) -> None:
    with Standin(webhook_url="http://127.0.0.1:9/", retry=0.01, attempts=3) as closed:
        sent = pay(closed)
        assert closed.settle()
        assert [entry["status"] for entry in closed.delivery.log] == [0] * 12
        assert list(closed.memory.undelivered) == sent


def _repeated(sending: Standin) -> None:
    sending.delivery.turn(repeat=3)


def _lost(sending: Standin) -> None:
    sending.delivery.turn(lose=4)


@pytest.mark.parametrize(("turn", "times"), [(_repeated, 3), (_lost, 0)])
def test_repeated_and_lost(shop: Shop, sending: Standin, turn: Callable[[Standin], None], times: int) -> None:
    turn(sending)
    sent = pay(sending)
    assert sending.settle()
    assert Counter(shop.ids) == Counter(dict.fromkeys(sent * bool(times), times))
    sending.calm()
    sending.resend(sent[0])
    assert sending.settle()
    assert Counter(shop.ids)[sent[0]] == times + 1


def test_held_and_let_go_backwards(shop: Shop, sending: Standin) -> None:
    sending.delivery.turn(hold=True)
    sent = pay(sending)
    time.sleep(0.3)
    assert shop.got == []
    sending.delivery.release("reversed", repeat=2)
    assert sending.settle()
    assert shop.ids == [event for event in reversed(sent) for _ in range(2)]


def test_shuffled_is_everything_in_another_order(shop: Shop, sending: Standin) -> None:
    sending.delivery.turn(hold=True)
    sent = [event for _ in range(5) for event in pay(sending)]
    sending.delivery.release("shuffled")
    assert sending.settle()
    assert sorted(shop.ids) == sorted(sent)
    assert shop.ids != sent


def test_delayed_and_overtaking(shop: Shop, sending: Standin) -> None:
    sending.delivery.turn(delay=0.3, spread=0.5)
    began = time.monotonic()
    sent = [event for _ in range(3) for event in pay(sending)]
    while not shop.got and time.monotonic() - began < 5:
        time.sleep(0.01)
    assert time.monotonic() - began >= 0.3
    assert sending.settle()
    assert sorted(shop.ids) == sorted(sent)
    assert shop.ids != sent


def test_the_next_ones_are_forged_stale_and_live(shop: Shop, sending: Standin) -> None:
    sending.delivery.turn(hold=True, forge=1, live=2)
    pay(sending)
    sending.delivery.release()
    assert sending.settle()
    assert [entry["odd"] for entry in sending.delivery.log] == [["forge", "live"], ["live"], [], []]
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(*shop.got[0], SECRET)
    assert [json.loads(body)["livemode"] for body, _ in shop.got] == [True, True, False, False]


def test_several_workers_bring_everything(shop: Shop) -> None:
    with Standin(webhook_url=shop.url, workers=8) as busy:
        sent = [event for _ in range(10) for event in pay(busy)]
        assert busy.settle(30)
    assert sorted(shop.ids) == sorted(sent)
