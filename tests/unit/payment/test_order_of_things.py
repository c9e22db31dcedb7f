"""What two helpers of the market do at the same moment, step by step: whoever comes in between changes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from shop.common import clock
from shop.fulfilment import services as work
from shop.gateways import trial
from shop.gateways.contract import DisputeStand, DisputeStanding
from shop.gateways.errors import GatewayRefused, NotOffered
from shop.gateways.registry import gateway
from shop.gateways.standin.server import Standin
from shop.gateways.trial import TrialGateway
from shop.order.models import Order
from shop.payment import errors, jobs, tasks
from shop.payment import services as payments
from shop.payment.models import PaymentAttempt, PaymentProblem, ProviderEvent, Refund
from shop.payment.services.refunds import left_of
from tests.market import Market
from tests.outside import AskedInTransaction
from tests.payments import attempt_of, bring, place, settle, stripe

pytestmark = pytest.mark.django_db
__all__ = ["stripe"]


def paid(market: Market, **quantities: int) -> Order:
    order = place(market, "test", **quantities)
    trial.press(attempt_of(order).provider_ref, paid=True)
    payments.refresh(attempt=order.payment_attempts.get())
    return order


def between(monkeypatch: pytest.MonkeyPatch, call: str, act: Callable[[], Any], *, after: bool = True) -> None:
    """Once, while one helper asks the provider (`after` it answered, before the answer arrives), another one does `act`."""
    original, todo = getattr(TrialGateway, call), [act]

    def interrupted(self: Any, *words: Any, **facts: Any) -> Any:
        answer = original(self, *words, **facts) if after else None
        if todo:
            todo.pop()()
        return answer if after else original(self, *words, **facts)

    monkeypatch.setattr(TrialGateway, call, interrupted)


def test_no_provider_is_asked_in_a_transaction(market: Market) -> None:
    """The guard of all tests (`tests.outside`) bites."""
    order = place(market, "test")
    with pytest.raises(AskedInTransaction), transaction.atomic():
        attempt_of(order)
    assert attempt_of(order).state == "awaiting_payer"


def test_a_refund_that_is_sent_while_refunds_are_fetched_is_ours(
    market: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was once written down a second time, as made at the provider, and the worker that sent it then failed."""
    order = paid(market, kratip=2)
    line, asked = order.lines.get(), []
    original = TrialGateway.refund

    def sent_but_not_noted() -> None:
        asked.append(payments.ask_refund(order=order, pieces={line.pk: 1}, why="returned", by=None))
        original(TrialGateway(), payments.providers._refund_order(asked[0]))

    between(monkeypatch, "refunds_of", sent_but_not_noted, after=False)
    payments.sync_refunds(attempt=order.payment_attempts.get())
    assert Refund.objects.values_list("why", "state").get() == ("returned", "succeeded")
    assert not PaymentProblem.objects.exists()
    payments.send_refund(refund=asked[0])
    assert Refund.objects.count() == 1


def test_an_old_answer_does_not_open_what_is_closed(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    order = place(market, "test")
    attempt = attempt_of(order)
    between(monkeypatch, "refresh", lambda: payments.withdraw(attempt=PaymentAttempt.objects.get(pk=attempt.pk)))
    payments.refresh(attempt=attempt)
    attempt.refresh_from_db()
    assert (attempt.state, attempt.provider_open) == ("cancelled", False)


def test_an_old_answer_says_nothing_about_what_is_paid(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    order = place(market, "test")
    attempt = attempt_of(order)

    def paid_meanwhile() -> None:
        trial.press(attempt.provider_ref, paid=True)
        payments.refresh(attempt=PaymentAttempt.objects.get(pk=attempt.pk))

    between(monkeypatch, "refresh", paid_meanwhile)
    payments.refresh(attempt=attempt)
    attempt.refresh_from_db()
    assert (attempt.state, attempt.provider_open) == ("succeeded", False)


def test_choosing_another_way_wins_over_the_clock(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    """The buyer chooses the patient way in the moment in which the clock ends the order."""
    order = place(market, "test")
    attempt_of(order)
    with clock.moved_to(clock.now() + dt.timedelta(minutes=31)):
        again = Order.objects.get(pk=order.pk)
        between(monkeypatch, "cancel", lambda: work.choose_method(order=again, method="transfer"))
        assert work.expire_order(order=order) is False
        order.refresh_from_db()
        assert (order.cancelled_at, order.payment_method) == (None, "transfer")
        assert list(order.payment_attempts.values_list("state", flat=True)) == ["expired", "awaiting_payer"]


def test_what_the_groups_work_on_is_not_paid_another_way(market: Market) -> None:
    order = place(market, "cod")
    with pytest.raises(errors.AttemptClosed):
        work.choose_method(order=order, method="transfer")
    order.refresh_from_db()
    assert (order.payment_method, order.pay_by) == ("cod", None)
    assert order.payment_attempts.get().state == "awaiting_payer"


def test_two_wrong_amounts_for_one_order_do_not_stand_in_each_other_s_way(market: Market) -> None:
    order = place(market, "test")
    first = attempt_of(order)
    PaymentAttempt.objects.filter(pk=first.pk).update(provider_open=False)  # its provider could not be told
    second = payments.begin(attempt=work.choose_method(order=order, method="test"))
    trial.TrialCharge.objects.update(amount_satang=29_000)
    for attempt in (second, first):
        trial.press(attempt.provider_ref, paid=True)
        payments.refresh(attempt=PaymentAttempt.objects.get(pk=attempt.pk))
    settle()
    assert list(order.payment_attempts.values_list("state", flat=True)) == ["succeeded", "review"]
    assert Refund.objects.values_list("attempt", "amount_satang", "why", "state").get() == (
        first.pk,
        29_000,
        "mismatch",
        "succeeded",
    )
    assert PaymentProblem.objects.filter(kind="mismatch").count() == 2


def test_what_the_payer_s_bank_has_taken_is_not_given_back_again(market: Market) -> None:
    order = paid(market, kratip=2)
    attempt = order.payment_attempts.get()
    lost = DisputeStanding("dp_1", DisputeStand.LOST, 29_000, attempt.payment_ref)
    payments.note_dispute(attempt=attempt, standing=lost)
    assert left_of(attempt) == 0
    with pytest.raises(errors.TooMuch):
        payments.ask_refund(order=order, pieces={order.lines.get().pk: 1}, why="returned", by=None, route="cash")
    payments.note_dispute(attempt=attempt, standing=DisputeStanding("dp_1", DisputeStand.WON, 29_000, ""))
    assert left_of(attempt) == 29_000


def test_what_the_provider_does_not_know_is_told_and_asked_no_more(market: Market, stripe: Standin) -> None:
    order = place(market, "promptpay")
    attempt = attempt_of(order)
    stripe.pay(attempt.provider_ref)
    bring(stripe)
    PaymentAttempt.objects.filter(pk=attempt.pk).update(provider_ref="pi_gone", payment_ref=attempt.provider_ref)
    ProviderEvent.objects.exclude(kind="payment_intent.succeeded").delete()
    settle()
    event = ProviderEvent.objects.get()
    assert (event.outcome, event.attempt_id) == ("unknown", attempt.pk)
    assert PaymentProblem.objects.get().kind == "unknown"


def test_keys_that_are_missing_for_a_while_lose_nothing(market: Market, stripe: Standin, settings: Any) -> None:
    order = place(market, "promptpay")
    attempt = attempt_of(order)
    key, settings.STRIPE_SECRET_KEY = settings.STRIPE_SECRET_KEY, ""
    with clock.moved_to(clock.now() + dt.timedelta(hours=1)):
        assert work.expire_order(order=order) is True
        tasks.withdraw_attempt.func(attempt.pk)
        assert jobs.withdraw_closed() == "0 handed out"
    attempt.refresh_from_db()
    assert (attempt.state, attempt.provider_open) == ("expired", True)
    stripe.pay(attempt.provider_ref)
    settings.STRIPE_SECRET_KEY = key
    with clock.moved_to(clock.now() + dt.timedelta(hours=2)):
        assert jobs.withdraw_closed() == "1 handed out"
        tasks.withdraw_attempt.func(attempt.pk)
    attempt.refresh_from_db()
    assert (attempt.state, attempt.provider_open) == ("succeeded", False)


def test_a_stubborn_message_is_in_nobody_s_way(
    market: Market, stripe: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More of them than are handed out at once, all for an unknown payment: the next one has its turn all the same."""
    handed: list[int] = []
    monkeypatch.setattr(jobs, "_AT_ONCE", 2)
    monkeypatch.setattr(jobs, "_hand_out", lambda task, keys: handed.extend(keys) or "")
    moment = clock.now() - dt.timedelta(minutes=5)
    facts: dict[str, Any] = {"provider": "stripe", "kind": "charge.succeeded", "object_ref": "ch_1"}
    facts |= {"happened_at": moment, "received_at": moment}
    rows = [ProviderEvent.objects.create(event_id=f"evt_{number}", tries=3, **facts) for number in range(3)]
    fresh = ProviderEvent.objects.create(event_id="evt_fresh", **{**facts, "received_at": clock.now()})
    ProviderEvent.objects.filter(pk=fresh.pk).update(received_at=moment + dt.timedelta(minutes=1))
    jobs.work_events()
    assert handed == [fresh.pk, rows[0].pk]


@pytest.mark.parametrize("refusal", [GatewayRefused, NotOffered])
def test_a_refused_withdrawal_is_final_and_a_missing_gateway_is_not(
    market: Market, monkeypatch: pytest.MonkeyPatch, refusal: type[Exception]
) -> None:
    order = place(market, "test")
    attempt = attempt_of(order)

    def no(*_words: Any, **_facts: Any) -> None:
        raise refusal

    monkeypatch.setattr(type(gateway("test")), "cancel", no)
    assert payments.withdraw_all(order=order) is (refusal is GatewayRefused)
    attempt.refresh_from_db()
    assert attempt.provider_open is (refusal is NotOffered)
