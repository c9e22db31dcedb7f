"""Money goes back once, however many people give it back at the same moment, and whatever else takes it."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Sum

from shop.common import clock
from shop.common.hooks import Hook
from shop.fulfilment import services as work
from shop.fulfilment.errors import WrongState
from shop.gateways.contract import DisputeStand, DisputeStanding
from shop.gateways.standin.server import Standin
from shop.payment import errors
from shop.payment import services as payments
from shop.payment.models import PaymentAttempt, PaymentProblem, Refund
from shop.payment.selectors import captured_satang, refunded_satang
from shop.payment.services import refunds as refund_services
from tests.market import Market
from tests.money import disputed, wrong_with_money
from tests.payments import settle, stripe
from tests.races.paying import no_worker, ordered, paid_at, plenty, send_all, without_locks

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("no_worker")]
__all__ = ["no_worker", "stripe"]
Run = Callable[..., list[Any]]


def piece(attempt: PaymentAttempt) -> Refund:
    """One piece of the only line."""
    order = attempt.order
    return payments.ask_refund(order=order, pieces={order.lines.get().pk: 1}, why="returned", by=None)


def travel(attempt: PaymentAttempt) -> Refund:
    """A quarter of the delivery."""
    order = attempt.order
    part = order.vendor_orders.get()
    return payments.ask_refund(
        order=order, pieces={}, delivery={part.pk: part.delivery_satang // 4}, why="other", by=None
    )


def given(attempt: PaymentAttempt) -> int:
    rows = Refund.objects.filter(attempt=attempt).exclude(state__in=Refund.GONE)
    return int(rows.aggregate(sum=Sum("amount_satang"))["sum"] or 0)


def test_fifty_refunds_of_one_order_at_once_are_what_was_paid(
    race_market: Market, stripe: Standin, at_once: Run
) -> None:
    plenty(race_market)
    attempt = paid_at(stripe, ordered(race_market, 1, "card", hat=10))
    acts = [piece] * 40 + [travel] * 10
    results = at_once(
        lambda act: act(attempt), [act for pair in zip(acts, acts[::-1], strict=True) for act in pair][:50]
    )
    refused = Counter(type(result) for result in results if not isinstance(result, Refund))
    assert set(refused) <= {errors.TooManyPieces, errors.TooMuch}
    assert sum(refused.values()) == 50 - 14
    assert given(attempt) == attempt.received_satang == captured_satang(attempt.order_id)
    at_once(lambda _worker: send_all(), [1, 2, 3, 4], threads=4)
    settle()
    assert Counter(Refund.objects.values_list("state", flat=True)) == {"succeeded": 14}
    assert refunded_satang(attempt.order_id) == sum(row["amount"] for row in stripe.all("refund"))
    assert wrong_with_money(stripe) == []


def test_control_without_the_lock_more_goes_back_than_came(
    race_market: Market, stripe: Standin, at_once: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same people with "look, then write", and without the number, which is unique for its attempt."""
    plenty(race_market)
    attempt = paid_at(stripe, ordered(race_market, 1, "card"))
    numbers, together = iter(range(1, 100)), threading.Barrier(6, timeout=20)

    def late(attempt: PaymentAttempt, amount: int, why: str, *_facts: Any) -> Refund:
        number = next(numbers)
        together.wait()  # all have looked before one writes
        moment = clock.now()
        facts: dict[str, Any] = {"number": number, "idempotency_key": f"refund:control:{number}", "why": why}
        facts |= {"amount_satang": amount, "route": "provider", "asked_at": moment, "changed_at": moment}
        return Refund.objects.create(attempt=attempt, **facts)

    without_locks(monkeypatch)
    monkeypatch.setattr(refund_services, "_create", late)
    monkeypatch.setattr(
        refund_services, "refund_asked", Hook("control.refund_asked")
    )  # what follows locks stock itself
    at_once(lambda _person: piece(attempt), list(range(6)), threads=6)
    monkeypatch.undo()
    assert given(attempt) > int(attempt.received_satang or 0)
    assert any("more goes back than came" in sentence for sentence in wrong_with_money())


def test_a_refund_and_a_dispute_at_once_do_not_both_take_it(race_market: Market, stripe: Standin, at_once: Run) -> None:
    plenty(race_market)
    for number in range(4):
        attempt = paid_at(stripe, ordered(race_market, number, "card", hat=3))

        def dispute(attempt: PaymentAttempt = attempt) -> Any:
            stripe.dispute(attempt.payment_ref)
            return payments.sync_disputes(attempt=attempt)

        acts: list[Callable[[], Any]] = [lambda attempt=attempt: payments.send_refund(refund=piece(attempt))] * 4  # type: ignore[misc]
        acts.insert(number, dispute)
        results = at_once(lambda act: act(), acts, threads=5)
        assert [type(each) for each in results if isinstance(each, Exception) and not _expected(each)] == []
        settle()
        attempt.refresh_from_db()
        assert refunded_satang(attempt.order_id) + disputed(attempt) <= captured_satang(attempt.order_id)
        assert disputed(attempt) > 0
    assert wrong_with_money(stripe) == []


def _expected(result: Any) -> bool:
    return isinstance(result, (errors.Disputed, errors.TooManyPieces, errors.TooMuch))


def test_while_a_lost_dispute_is_noted_cash_is_not_given_beside_it(
    race_market: Market, stripe: Standin, at_once: Run
) -> None:
    """A person at the counter does not ask the provider: only our own books stand in the way."""
    plenty(race_market)
    attempt = paid_at(stripe, ordered(race_market, 1, "card", hat=3))
    whole = int(attempt.received_satang or 0)
    lost = DisputeStanding("dp_race", DisputeStand.LOST, whole, attempt.payment_ref)
    line = attempt.order.lines.get()

    def cash(_person: int) -> Refund:
        return payments.ask_refund(order=attempt.order, pieces={line.pk: 1}, why="returned", by=None, route="cash")

    acts: list[Any] = [lambda: cash(1), lambda: payments.note_dispute(attempt=attempt, standing=lost), lambda: cash(2)]
    results = at_once(lambda act: act(), acts * 3, threads=9)
    before = [result for result in results if isinstance(result, Refund)]
    assert {type(result) for result in results if isinstance(result, Exception)} <= {
        errors.Disputed,
        errors.TooMuch,
        errors.TooManyPieces,
    }
    assert len(before) <= 3  # those that were asked for before it was known
    with pytest.raises(errors.TooMuch):
        cash(3) if len(before) < 3 else piece_of_delivery(attempt)


def piece_of_delivery(attempt: PaymentAttempt) -> Refund:
    part = attempt.order.vendor_orders.get()
    return payments.ask_refund(
        order=attempt.order, pieces={}, delivery={part.pk: 100}, why="other", by=None, route="cash"
    )


def test_a_missing_piece_and_a_refund_of_it_at_once_go_back_once(
    race_market: Market, stripe: Standin, at_once: Run
) -> None:
    plenty(race_market)
    for number in range(4):
        attempt = paid_at(stripe, ordered(race_market, number, "card", hat=2))
        part = attempt.order.vendor_orders.get()
        line = part.lines.get()

        def missing(part: Any = part, line: Any = line) -> Any:
            return work.mark_short(vendor_order=part, line_id=line.pk, available=0, reason="sold_out", seen=0, by=None)

        acts: list[Any] = [lambda attempt=attempt: piece(attempt)] * 3
        acts.insert(number % 3, missing)
        results = at_once(lambda act: act(), acts, threads=4)
        late = [each for each in results if isinstance(each, WrongState)]  # all was given back first: nothing is packed
        assert [each for each in results if isinstance(each, Exception) and not _expected(each)] == late
        settle()
        attempt.refresh_from_db()
        line.refresh_from_db()
        part.refresh_from_db()
        pieces = sum(row.quantity for refund in attempt.refunds.all() for row in refund.lines.all() if row.line_id)
        assert (line.short_quantity, pieces <= 2, part.state) == (0 if late else 2, True, "cancelled")
        told = PaymentProblem.objects.filter(key__startswith=f"refund_failed:short:{line.pk}:").exists()
        assert pieces == 2 or told
        assert given(attempt) <= int(attempt.received_satang or 0)
    assert wrong_with_money(stripe) == []
