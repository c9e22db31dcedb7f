"""Messages of Stripe, each several times, shuffled, twenty at a time, with workers beside each other: one effect each."""

from __future__ import annotations

import os
import random
import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.db.models.query import QuerySet

from shop.common import outbox
from shop.gateways.standin.server import Standin
from shop.ledger.models import Entry
from shop.order.models import VendorOrderEvent
from shop.payment import books
from shop.payment import services as payments
from shop.payment.models import PaymentAttempt, ProviderEvent, Refund
from shop.payment.services import attempts as attempt_services
from tests.market import Market
from tests.money import wrong_with_money
from tests.payments import settle, stripe
from tests.races.paying import (
    begun,
    bring_to,
    no_worker,
    ordered,
    plenty,
    served,
    without_locks,
    work_off_all,
    workers,
)

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("no_worker")]
__all__ = ["no_worker", "stripe"]
EVENTS = 500 if os.environ.get("TORTURE") else 80
PER_ORDER = 4  # created, waits for the payer, charged, succeeded
Run = Callable[..., list[Any]]


def pay_all(market: Market, standin: Standin, number: int) -> None:
    plenty(market)
    for position in range(number):
        standin.pay(begun(ordered(market, position)).provider_ref)


def test_every_message_has_one_effect(race_market: Market, stripe: Standin, at_once: Run) -> None:
    orders = EVENTS // PER_ORDER
    pay_all(race_market, stripe, orders)
    dice, messages = random.Random(7), stripe.take_webhooks()
    assert len(messages) == EVENTS
    sent = [message for message in messages for _ in range(dice.randint(1, 5))]
    dice.shuffle(sent)
    with served() as port, workers(3):
        codes = at_once(lambda message: bring_to(port, message), sent, threads=20)
    at_once(lambda _worker: work_off_all(), [1, 2, 3], threads=3)
    assert Counter(codes) == {200: len(sent)}
    assert ProviderEvent.objects.count() == EVENTS
    assert sum(ProviderEvent.objects.values_list("times", flat=True)) == len(sent)
    assert set(ProviderEvent.objects.values_list("outcome", flat=True)) == {"done"}
    assert Counter(PaymentAttempt.objects.values_list("state", flat=True)) == {"succeeded": orders}
    assert Entry.objects.filter(kind="capture").count() == orders
    assert VendorOrderEvent.objects.filter(state="to_accept").count() == orders
    mail.outbox.clear()
    at_once(lambda _worker: outbox.work_off(10_000), [1, 2, 3], threads=3)
    letters = Counter((letter.to[0], letter.subject) for letter in mail.outbox if letter.to[0].startswith("payer"))
    assert len(letters) == 2 * orders  # placed, and paid
    assert set(letters.values()) == {1}
    assert len([letter for letter in mail.outbox if letter.to == ["isan@example.test"]]) == orders
    assert wrong_with_money(stripe) == []


def test_control_without_the_lock_one_payment_is_taken_for_two(
    race_market: Market, stripe: Standin, at_once: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same message by several workers, with "look, then write": the test above must be able to fail.

    Without the books as well: their unique cause lets the second one wait until the first is done.
    """
    plenty(race_market)
    attempt = begun(ordered(race_market, 1))
    stripe.pay(attempt.provider_ref)
    without_locks(monkeypatch)
    together = threading.Barrier(4, timeout=20)

    def late(attempt: PaymentAttempt) -> PaymentAttempt:
        found = PaymentAttempt.objects.get(pk=attempt.pk)
        together.wait()  # all have looked before one writes
        return found

    monkeypatch.setattr(attempt_services, "_locked", late)
    monkeypatch.setattr(books, "post_capture", lambda paid: None)
    at_once(lambda _worker: payments.refresh(attempt=PaymentAttempt.objects.get()), [1, 2, 3, 4], threads=4)
    monkeypatch.undo()
    assert Refund.objects.filter(why="paid_twice").exists()  # what it had just received goes back
    assert wrong_with_money() != []


def test_control_without_the_unique_key_a_message_is_kept_more_than_once(
    race_market: Market, stripe: Standin, at_once: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    pay_all(race_market, stripe, 1)
    messages = stripe.take_webhooks()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE payment_providerevent DROP CONSTRAINT provider_event_once")
    create, together = QuerySet.create, threading.Barrier(6, timeout=20)

    def late(self: Any, **facts: Any) -> Any:
        if self.model is ProviderEvent:
            together.wait()  # all have looked before one writes
        return create(self, **facts)

    monkeypatch.setattr(QuerySet, "create", late)
    at_once(
        lambda _time: payments.receive(
            provider="stripe", body=messages[0][0], headers={"Stripe-Signature": messages[0][1]}
        ),
        list(range(6)),
        threads=6,
    )
    monkeypatch.undo()
    assert ProviderEvent.objects.count() == 6


def test_shuffled_messages_of_a_changing_life_end_right(race_market: Market, stripe: Standin, at_once: Run) -> None:
    """Declined, then paid; paid, then given back, then the refund fails: in any order, by several at once."""
    plenty(race_market)
    made = [begun(ordered(race_market, number, "card")) for number in range(4)]
    for attempt in made:
        stripe.decline(attempt.provider_ref)
        stripe.pay(attempt.provider_ref)
        payments.refresh(attempt=attempt)
        order = attempt.order
        payments.ask_refund(order=order, pieces={order.lines.get().pk: 1}, why="returned", by=None)
    settle()
    for refund in stripe.all("refund")[:2]:
        stripe.refund_fail(refund["id"])
    messages = stripe.take_webhooks() * 3
    random.Random(11).shuffle(messages)
    with served() as port, workers(3):
        codes = at_once(lambda message: bring_to(port, message), messages, threads=20)
    assert set(codes) == {200}
    settle()
    states = Counter(refund.state for attempt in PaymentAttempt.objects.all() for refund in attempt.refunds.all())
    assert states == {"succeeded": 2, "failed": 2}
    assert wrong_with_money(stripe) == []
