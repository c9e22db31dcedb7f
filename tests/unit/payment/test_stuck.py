"""A failure that the provider keeps as the answer to one key is the trouble of that one payment, and of nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from shop.common import clock
from shop.fulfilment import services as work
from shop.gateways.errors import GatewayDown, GatewayStuck
from shop.gateways.registry import gateway
from shop.gateways.standin.server import Standin
from shop.order import links
from shop.order.models import Order
from shop.payment import services as payments
from shop.payment.models import PaymentAttempt, PaymentProblem, ProviderEvent
from shop.payment.reconciling import reconcile
from shop.payment.selectors import paid_satang
from shop.payment.services.providers import _charge
from tests.market import Market
from tests.money import wrong_with_money
from tests.payments import attempt_of, bring, place, settle, stripe

pytestmark = pytest.mark.django_db
__all__ = ["stripe"]
START = "POST /v1/payment_intents"


def stuck(market: Market, stripe: Standin, method: str = "promptpay", email: str = "stuck@example.test") -> Order:
    """An order whose start was answered with a 500 although it was done: the key answers so for a day."""
    order = place(market, method, email=email, hat=1)
    where = START if method == "promptpay" else "POST /v1/checkout/sessions"
    stripe.fault("error_after", where)
    with pytest.raises(GatewayDown):
        attempt_of(order)
    return order


def stuck_for_nothing(market: Market, stripe: Standin, times: int = 1, email: str = "none@example.test") -> Order:
    """The same, but nothing was made: the failure alone is kept for the keys of the order's first attempts."""
    order = place(market, "promptpay", email=email, hat=1)
    attempt = order.payment_attempts.get()
    for number in range(1, times + 1):
        attempt.idempotency_key = f"pay:{order.number}:{number}"
        stripe.fault("error_after", START)
        with pytest.raises(GatewayDown):
            gateway("stripe").start(_charge(attempt))
    with stripe.memory.lock:
        for thing in stripe.memory.things.values():
            if thing["object"] == "payment_intent":
                thing["metadata"] = {}  # as if it had never been made: nothing there carries the key
    stripe.take_webhooks()
    return order


def page(order: Order) -> str:
    client = Client()
    cache.clear()  # two seconds later
    client.get(f"/orders/{order.number}/?key={links.secret_of(order)}")
    answer = client.get(reverse("orders:pay", args=[order.number]), follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("method", ["promptpay", "card"])
def test_what_was_made_all_the_same_is_taken_up(market: Market, stripe: Standin, method: str) -> None:
    order = stuck(market, stripe, method)
    attempt = attempt_of(order)
    assert (attempt.number, attempt.state, bool(attempt.show)) == (1, "awaiting_payer", True)
    stripe.pay(attempt.provider_ref)
    bring(stripe)
    settle()
    assert (paid_satang(order.pk), wrong_with_money(stripe)) == (30_000, [])


def test_where_nothing_was_made_another_key_takes_its_place(market: Market, stripe: Standin) -> None:
    order = stuck_for_nothing(market, stripe)
    attempt = attempt_of(order)
    assert (attempt.number, attempt.idempotency_key, attempt.state) == (2, f"pay:{order.number}:2", "awaiting_payer")
    first = order.payment_attempts.get(number=1)
    assert (first.state, first.reason, first.provider_open) == ("failed", "stuck", False)


def test_a_provider_that_keeps_failing_one_order_is_not_asked_for_ever(market: Market, stripe: Standin) -> None:
    order = stuck_for_nothing(market, stripe, times=3)
    attempt = attempt_of(order)
    assert (attempt.number, attempt.state, attempt.reason) == (3, "failed", "stuck")
    assert order.payment_attempts.count() == 3
    assert payments.begin(attempt=attempt).number == 3
    again = work.choose_method(order=order, method="transfer")
    assert (again.number, again.state) == (4, "awaiting_payer")


def test_one_stuck_payment_opens_no_breaker(market: Market, stripe: Standin, settings: Any) -> None:
    settings.GATEWAY_FAILURES, settings.GATEWAY_PAUSE_SECONDS = 3, 15
    order = stuck_for_nothing(market, stripe)
    charge = _charge(order.payment_attempts.get())
    for _poll in range(6):
        with pytest.raises(GatewayStuck):
            gateway("stripe").start(charge)
    assert attempt_of(place(market, "promptpay", email="other@example.test")).state == "awaiting_payer"


def test_the_sweeper_ends_an_order_whose_payment_never_came_to_be(market: Market, stripe: Standin) -> None:
    order = stuck_for_nothing(market, stripe)
    assert order.pay_by is not None
    with clock.moved_to(order.pay_by):
        assert work.expire_order(order=order) is True
    order.refresh_from_db()
    assert (order.cancel_reason, order.payment_attempts.get().provider_open) == ("expired", False)


def test_a_payment_that_turns_up_after_its_attempt_was_given_up_is_ended_there(market: Market, stripe: Standin) -> None:
    order = stuck(market, stripe)
    made = stripe.all("payment_intent")[0]
    PaymentAttempt.objects.filter(order=order).update(state="failed", reason="stuck", provider_open=False)
    bring(stripe)
    settle()
    assert stripe.get(made["id"])["status"] == "canceled"
    assert set(ProviderEvent.objects.values_list("outcome", flat=True)) == {"done"}
    assert PaymentProblem.objects.count() == 0


def lost_payment(market: Market, stripe: Standin) -> Order:
    """Paid at the bank; the message of it never comes."""
    order = place(market, "promptpay", email="lost@example.test", kratip=1)
    attempt = attempt_of(order)
    bring(stripe)
    stripe.pay(attempt.provider_ref)
    stripe.take_webhooks()
    return order


def test_one_stuck_payment_does_not_stop_the_comparison(market: Market, stripe: Standin) -> None:
    """The case of the report: its messages wait, its start is answered with the kept failure, another's message was lost."""
    order = stuck(market, stripe)
    lost = lost_payment(market, stripe)
    bring(stripe)
    report = reconcile(day=clock.today())
    assert report.unasked == []
    assert (paid_satang(lost.pk), order.payment_attempts.get().state) == (17_000, "awaiting_payer")


def test_one_thing_without_an_answer_is_told_and_the_rest_compared(market: Market, stripe: Standin) -> None:
    silent, lost = place(market, "promptpay", email="silent@example.test", hat=1), lost_payment(market, stripe)
    attempt = attempt_of(silent)
    bring(stripe)
    stripe.fault("error_before", f"GET /v1/payment_intents/{attempt.provider_ref}", times=1_000)
    report = reconcile(day=clock.today())
    assert [row.code for row in report.findings] == ["unanswered"]
    assert paid_satang(lost.pk) == 17_000
    assert (report.unasked, report.is_right, PaymentProblem.objects.count()) == ([], False, 0)


def test_where_nobody_answers_the_whole_provider_is_told(market: Market, stripe: Standin) -> None:
    attempt_of(place(market, "promptpay"))
    bring(stripe)
    stripe.fault("error_before", "*", times=1_000)
    report = reconcile(day=clock.today())
    assert (report.unasked, [row.code for row in report.findings]) == (["stripe"], [])


def test_the_buyers_page_recovers_by_itself(market: Market, stripe: Standin) -> None:
    order = stuck_for_nothing(market, stripe)
    shown = page(order)
    assert "ระบบรับชำระเงินยังไม่ตอบ" not in shown
    assert order.payment_attempts.count() == 2
    assert "<svg" in shown


def test_the_buyer_is_told_plainly_when_it_does_not(market: Market, stripe: Standin) -> None:
    order = stuck_for_nothing(market, stripe, times=3)
    shown = page(order)
    assert "ระบบรับชำระเงินเตรียมรายการนี้ให้ไม่ได้" in shown
    assert 'value="transfer"' in shown
