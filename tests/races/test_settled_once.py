"""Officers with a form each, at the same moment: a failed refund is made good once, and its pieces go back once."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from shop.gateways import trial
from shop.order.models import Order
from shop.payment import errors
from shop.payment import services as payments
from shop.payment.audit import violations
from shop.payment.models import Refund
from shop.payment.selectors import paid_satang
from shop.payment.services import refunds as refund_services
from tests.market import Market
from tests.payments import attempt_of, place
from tests.races.paying import no_worker, without_locks

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("no_worker")]
__all__ = ["no_worker"]
OFFICERS = 8
Run = Callable[..., list[Any]]


def failed(market: Market) -> Refund:
    """One piece of two, 120.00 of 290.00, that did not arrive the way it was paid."""
    order = place(market, "test", kratip=2)
    attempt = attempt_of(order)
    trial.press(attempt.provider_ref, paid=True)
    payments.refresh(attempt=attempt)
    refund = payments.ask_refund(order=order, pieces={order.lines.get().pk: 1}, why="returned", by=None)
    return payments.refund_refused(refund=refund, reason="account_closed")


def settle(refund: Refund, number: int, by: Any) -> Refund:
    return payments.settle_refund(
        refund=refund, route="transfer", reference=f"OFF{number}", by=by, token=f"{number:032x}"
    )


def test_eight_officers_make_a_failed_refund_good_once(race_market: Market, at_once: Run) -> None:
    refund, by = failed(race_market), race_market.people["administrator"]
    results = at_once(lambda number: settle(refund, number, by), list(range(1, OFFICERS + 1)), OFFICERS)
    assert Counter(type(result) for result in results) == {Refund: 1, errors.RefundClosed: OFFICERS - 1}
    assert (paid_satang(refund.attempt.order_id), violations()) == (17_000, [])


def test_the_same_pieces_anew_and_instead_of_the_failed_one_go_back_once(race_market: Market, at_once: Run) -> None:
    refund, by = failed(race_market), race_market.people["administrator"]
    order = Order.objects.get(pk=refund.attempt.order_id)
    line = order.lines.get().pk

    def act(number: int) -> Refund:
        if number % 2:
            return settle(refund, number, by)
        return payments.ask_refund(order=order, pieces={line: 2}, why="returned", by=by, route="transfer")

    results = at_once(act, list(range(1, OFFICERS + 1)), OFFICERS)
    assert sum(isinstance(result, Refund) for result in results) == 1
    told = {type(result) for result in results if not isinstance(result, Refund)}
    assert told <= {errors.RefundClosed, errors.GivenMeanwhile, errors.TooManyPieces, errors.TooMuch}
    assert violations() == []


def test_control_who_only_looks_whether_it_was_done_gives_it_back_twice(
    race_market: Market, at_once: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it was: without the lock, without the link, and only the payment's rest looked at."""
    refund, by = failed(race_market), race_market.people["administrator"]
    numbers, together = iter(range(5, 50)), threading.Barrier(2, timeout=20)

    def again(old: Refund, route: str, by: Any) -> Refund:
        assert payments.left_of(old.attempt) >= old.amount_satang
        together.wait()
        return Refund.objects.create(
            attempt=old.attempt, number=next(numbers), amount_satang=old.amount_satang, route=route, state="pending",
            why=old.why, idempotency_key=f"refund:control:{threading.get_ident()}", note=f"instead of {old}",
            asked_at=old.asked_at, changed_at=old.changed_at,
        )  # fmt: skip

    monkeypatch.setattr(refund_services, "_again", again)
    without_locks(monkeypatch)
    results = at_once(
        lambda number: payments.settle_by_hand(refund=refund, route="cash", reference=str(number), by=by), [1, 2], 2
    )
    assert [result.state for result in results] == ["succeeded", "succeeded"]
    assert "no refund that failed is settled twice" in {row.check for row in violations()}
