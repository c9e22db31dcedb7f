"""PromptPay and cards, with the real library against the stand-in: every end, and every silence."""

from __future__ import annotations

import datetime as dt

import pytest

from shop.common import clock
from shop.fulfilment import services as work
from shop.fulfilment.errors import BeingPaid
from shop.gateways.errors import GatewayDown, GatewayRefused
from shop.gateways.standin.server import Standin
from shop.order.models import Order
from shop.payment import errors
from shop.payment import services as payments
from shop.payment.models import Dispute, PaymentAttempt, PaymentProblem, ProviderEvent, Refund
from shop.payment.selectors import frozen_orders, paid_satang
from shop.payment.web.office.texts import for_a_person
from tests.market import Market
from tests.payments import EMAIL, attempt_of, bring, place, settle, stripe

pytestmark = pytest.mark.django_db
__all__ = ["stripe"]
LATER = dt.timedelta(minutes=31)


def parts(order: Order) -> set[str]:
    return set(order.vendor_orders.values_list("state", flat=True))


def test_promptpay_shows_a_qr_and_is_paid_in_the_bank_s_app(market: Market, stripe: Standin) -> None:
    order = place(market, "promptpay")
    attempt = attempt_of(order)
    assert (attempt.state, attempt.provider_ref[:3], parts(order)) == ("awaiting_payer", "pi_", {"awaiting_payment"})
    assert "ห้ามโอนเงิน" in attempt.show["qr"]
    intent = stripe.get(attempt.provider_ref)
    assert (intent["amount"], intent["currency"]) == (30_000, "thb")
    assert intent["metadata"] == {"attempt": f"pay:{order.number}:1", "order": order.number}
    stripe.pay(attempt.provider_ref)
    assert set(bring(stripe)) == {200}
    settle()
    assert parts(order) == {"to_accept"}
    assert paid_satang(order.pk) == 30_000


def test_a_card_is_paid_on_the_page_of_stripe(market: Market, stripe: Standin) -> None:
    order = place(market, "card")
    attempt = attempt_of(order)
    assert attempt.provider_ref.startswith("cs_")
    assert attempt.show["url"].startswith(stripe.url)
    session = stripe.get(attempt.provider_ref)
    assert session["success_url"].endswith(f"/orders/{order.number}/pay/?back=paid")
    assert session["customer_email"] == EMAIL
    stripe.decline(attempt.provider_ref)
    bring(stripe)
    settle()
    attempt.refresh_from_db()
    assert (attempt.state, attempt.reason) == ("awaiting_payer", "generic_decline")
    stripe.act("prove", attempt.provider_ref)
    bring(stripe)
    settle()
    attempt.refresh_from_db()
    assert (attempt.state, attempt.payment_ref[:3], parts(order)) == ("succeeded", "pi_", {"to_accept"})


@pytest.mark.parametrize("kind", ["error_before", "error_after", "hang_after", "drop_after"])
def test_a_start_that_is_not_answered_is_one_payment_when_it_is_tried_again(
    market: Market, stripe: Standin, kind: str
) -> None:
    order = place(market, "promptpay")
    stripe.fault(kind, "POST /v1/payment_intents", times=1, seconds=1.5)
    with pytest.raises(GatewayDown):
        attempt_of(order)
    assert order.payment_attempts.get().state == "created"
    attempt = attempt_of(order)
    assert (attempt.state, attempt.number) == ("awaiting_payer", 1)
    assert [row["id"] for row in stripe.all("payment_intent")] == [attempt.provider_ref]


def test_time_is_over_first_at_stripe_then_on_the_shelf(market: Market, stripe: Standin) -> None:
    order = place(market, "promptpay")
    attempt = attempt_of(order)
    with clock.moved_to(clock.now() + LATER):
        assert work.expire_order(order=order)
    attempt.refresh_from_db()
    assert (attempt.state, attempt.provider_open) == ("expired", False)
    assert stripe.get(attempt.provider_ref)["status"] == "canceled"
    assert parts(order) == {"cancelled"}


def test_money_that_is_quicker_than_the_cancelling_is_kept(market: Market, stripe: Standin) -> None:
    order = place(market, "promptpay")
    attempt = attempt_of(order)
    stripe.pay_late(attempt.provider_ref)
    with clock.moved_to(clock.now() + LATER):
        assert work.expire_order(order=order) is False
    order.refresh_from_db()
    assert (order.cancelled_at, parts(order), paid_satang(order.pk)) == (None, {"to_accept"}, 30_000)


def test_what_a_bank_works_on_is_neither_cancelled_nor_released(market: Market, stripe: Standin) -> None:
    order = place(market, "card")
    attempt = attempt_of(order)
    stripe.act("process", attempt.provider_ref)
    with pytest.raises(BeingPaid):
        work.cancel_order(order=order, by=None, reason="buyer")
    with clock.moved_to(clock.now() + LATER):
        assert work.expire_order(order=order) is False
    assert (parts(order), order.payment_attempts.get().state) == ({"awaiting_payment"}, "processing")
    stripe.pay(attempt.provider_ref)
    bring(stripe)
    settle()
    assert (parts(order), paid_satang(order.pk)) == ({"to_accept"}, 30_000)


def test_silent_stripe_holds_the_goods_for_a_grace_only(market: Market, stripe: Standin) -> None:
    order = place(market, "promptpay")
    attempt = attempt_of(order)
    stripe.fault("error_before", "*", times=1_000)
    with clock.moved_to(clock.now() + LATER):
        assert work.expire_order(order=order) is False
    assert parts(order) == {"awaiting_payment"}
    with clock.moved_to(clock.now() + LATER + dt.timedelta(minutes=15)):
        assert work.expire_order(order=order) is True
    assert parts(order) == {"cancelled"}
    stripe.calm()
    stripe.pay(attempt.provider_ref)
    settle()  # the clock withdraws what is still open at Stripe, and finds the money
    assert (parts(order), paid_satang(order.pk)) == ({"to_accept"}, 30_000)


def test_another_way_ends_the_first_at_stripe(market: Market, stripe: Standin) -> None:
    order = place(market, "promptpay")
    first = attempt_of(order)
    second = payments.begin(attempt=work.choose_method(order=order, method="card"))
    assert stripe.get(first.provider_ref)["status"] == "canceled"
    assert (second.number, second.state) == (2, "awaiting_payer")
    stripe.pay_late(second.provider_ref)
    with pytest.raises(errors.AttemptClosed):
        work.choose_method(order=order, method="promptpay")
    assert list(order.payment_attempts.values_list("state", flat=True)) == ["cancelled", "succeeded"]


def test_a_promptpay_refund_is_not_done_before_stripe_says_so(market: Market, stripe: Standin) -> None:
    order = place(market, "promptpay")
    stripe.pay(attempt_of(order).provider_ref)
    bring(stripe)
    settle()
    refund = payments.ask_refund(order=order, pieces={order.lines.get().pk: 1}, why="returned", by=None)
    settle()
    refund.refresh_from_db()
    assert refund.state in ("pending", "requires_action")
    assert paid_satang(order.pk) == 30_000
    assert stripe.get(refund.provider_ref)["instructions_email"] == EMAIL
    settle()
    assert len(stripe.all("refund")) == 1
    stripe.refund_succeed(refund.provider_ref)
    bring(stripe)
    settle()
    refund.refresh_from_db()
    assert (refund.state, paid_satang(order.pk)) == ("succeeded", 5_000)


@pytest.mark.parametrize(("act", "state"), [("refund_fail", "failed"), ("refund_cancel", "cancelled")])
def test_a_promptpay_refund_that_comes_back_waits_for_a_person(
    market: Market, stripe: Standin, act: str, state: str
) -> None:
    order = place(market, "promptpay")
    stripe.pay(attempt_of(order).provider_ref)
    bring(stripe)
    settle()
    refund = payments.ask_refund(order=order, pieces={order.lines.get().pk: 1}, why="returned", by=None)
    settle()
    refund.refresh_from_db()
    stripe.act(act, refund.provider_ref)
    bring(stripe)
    settle()
    refund.refresh_from_db()
    assert (refund.state, [row.kind for row in refund.problems.all()]) == (state, ["refund_failed"])
    assert paid_satang(order.pk) == 30_000
    assert for_a_person([refund]) == [refund]
    by = market.people["administrator"]
    done = payments.settle_by_hand(refund=refund, route="transfer", reference="KTB 7782", by=by)
    assert (done.state, done.amount_satang, paid_satang(order.pk)) == ("succeeded", 25_000, 5_000)
    assert for_a_person([refund, done]) == []


@pytest.mark.parametrize("kind", ["error_before", "hang_after", "drop_after"])
def test_a_refund_that_is_not_answered_is_sent_once(market: Market, stripe: Standin, kind: str) -> None:
    order = place(market, "card")
    stripe.pay(attempt_of(order).provider_ref)
    bring(stripe)
    settle()
    payments.ask_refund(order=order, pieces={order.lines.get().pk: 1}, why="returned", by=None)
    stripe.fault(kind, "POST /v1/refunds", times=1, seconds=1.5)
    settle()
    settle()
    assert [row["amount"] for row in stripe.all("refund")] == [25_000]
    assert Refund.objects.get().state == "succeeded"


def test_a_dispute_freezes_until_it_is_decided(market: Market, stripe: Standin) -> None:
    order = place(market, "card")
    attempt = attempt_of(order)
    stripe.pay(attempt.provider_ref)
    bring(stripe)
    settle()
    attempt.refresh_from_db()
    dispute = stripe.dispute(attempt.payment_ref)
    bring(stripe)
    settle()
    assert frozen_orders([order.pk]) == {order.pk}
    assert PaymentProblem.objects.get().kind == "dispute"
    with pytest.raises(errors.Disputed):
        payments.ask_refund(order=order, pieces={order.lines.get().pk: 1}, why="returned", by=None)
    stripe.act("dispute_win", dispute["id"])
    bring(stripe)
    settle()
    assert (frozen_orders([order.pk]), Dispute.objects.get().state) == (set(), "won")


def test_money_without_an_order_is_told_after_an_hour(market: Market, stripe: Standin) -> None:
    from tests.standin import client, promptpay

    stranger = client(stripe).v1.payment_intents.create(promptpay())
    stripe.pay(stranger.id)
    bring(stripe)
    settle()
    assert not PaymentProblem.objects.exists()
    with clock.moved_to(clock.now() + dt.timedelta(hours=1)):
        settle()
    assert [(row.kind, row.facts["ref"]) for row in PaymentProblem.objects.all()] == [("unknown", stranger.id)]
    assert set(ProviderEvent.objects.values_list("outcome", flat=True)) == {"unknown"}


def test_a_wrong_key_and_a_refusal_are_told_apart(market: Market, stripe: Standin, settings: object) -> None:
    order = place(market, "promptpay")
    settings.STRIPE_SECRET_KEY = "sk_test_wrong"  # type: ignore[attr-defined]
    with pytest.raises(GatewayDown):
        attempt_of(order)
    settings.STRIPE_SECRET_KEY = stripe.key  # type: ignore[attr-defined]
    PaymentAttempt.objects.filter(order=order).update(amount_satang=999)
    with pytest.raises(GatewayRefused) as refusal:
        attempt_of(order)
    assert refusal.value.facts["reason"] == "amount_too_small"
