"""The stand-in with the real library: payments of both kinds, from the first call to the money."""

from __future__ import annotations

from typing import Any

import pytest
import stripe

from shop.gateways.standin.server import Standin
from tests.standin import card, checkout, client, promptpay


def kinds(standin: Standin) -> list[str]:
    return [event["type"] for event in standin.events()]


def test_promptpay_waits_for_the_bank_and_is_paid(standin: Standin, stripe_api: Any) -> None:
    intent = stripe_api.payment_intents.create(promptpay())
    shown = intent.next_action.promptpay_display_qr_code
    assert (intent.status, intent.amount, intent.currency, intent.amount_received) == (
        "requires_action",
        45_000,
        "thb",
        0,
    )
    assert intent.metadata["order"] == "T-1"
    assert shown.hosted_instructions_url == f"{standin.url}/bank/{intent.id}"
    assert (shown.image_url_png, shown.image_url_svg) == (
        f"{standin.url}/qr/{intent.id}.png",
        f"{standin.url}/qr/{intent.id}.svg",
    )
    standin.pay(intent.id)
    paid = stripe_api.payment_intents.retrieve(
        intent.id, {"expand": ["latest_charge.balance_transaction", "payment_method"]}
    )
    line = paid.latest_charge.balance_transaction
    assert (paid.status, paid.amount_received, paid.next_action) == ("succeeded", 45_000, None)
    assert paid.payment_method.type == paid.latest_charge.payment_method_details.type == "promptpay"
    assert (line.type, line.reporting_category, line.amount, line.fee, line.net) == (
        "payment",
        "charge",
        45_000,
        743,
        44_257,
    )
    assert kinds(standin) == [
        "payment_intent.created",
        "payment_intent.requires_action",
        "charge.succeeded",
        "payment_intent.succeeded",
    ]


def test_the_qr_is_plain_words_that_no_bank_can_pay(stripe_api: Any) -> None:
    data = stripe_api.payment_intents.create(promptpay()).next_action.promptpay_display_qr_code.data
    assert data.startswith("ทดสอบ – ห้ามโอนเงิน")
    assert not data.startswith("0002")
    assert "A000000677010111" not in data


def test_a_lapsed_qr_asks_for_another_way(standin: Standin, stripe_api: Any) -> None:
    intent = stripe_api.payment_intents.create(promptpay())
    standin.expire(intent.id)
    seen = stripe_api.payment_intents.retrieve(intent.id)
    assert (seen.status, seen.last_payment_error.code) == (
        "requires_payment_method",
        "payment_intent_payment_attempt_expired",
    )
    assert kinds(standin)[-1] == "payment_intent.payment_failed"
    again = stripe_api.payment_intents.confirm(intent.id, {"payment_method_data": promptpay()["payment_method_data"]})
    assert again.status == "requires_action"


def test_a_slow_bank(standin: Standin, stripe_api: Any) -> None:
    intent = stripe_api.payment_intents.create(promptpay())
    standin.act("process", intent.id)
    assert stripe_api.payment_intents.retrieve(intent.id).status == "processing"
    standin.pay(intent.id)
    assert kinds(standin)[-3:] == ["payment_intent.processing", "charge.succeeded", "payment_intent.succeeded"]


def test_cancelling_before_and_after_the_money(standin: Standin, stripe_api: Any) -> None:
    open_, paid = stripe_api.payment_intents.create(promptpay()), stripe_api.payment_intents.create(promptpay())
    standin.pay(paid.id)
    gone = stripe_api.payment_intents.cancel(open_.id, {"cancellation_reason": "abandoned"})
    assert (gone.status, gone.cancellation_reason) == ("canceled", "abandoned")
    with pytest.raises(stripe.InvalidRequestError) as refused:
        stripe_api.payment_intents.cancel(paid.id)
    assert (refused.value.http_status, refused.value.code) == (400, "payment_intent_unexpected_state")
    assert stripe_api.payment_intents.retrieve(paid.id).status == "succeeded"


@pytest.mark.parametrize(("answer", "error"), [("refused", stripe.InvalidRequestError), ("error", stripe.APIError)])
def test_money_that_comes_while_we_cancel(
    standin: Standin, stripe_api: Any, answer: str, error: type[Exception]
) -> None:
    intent = stripe_api.payment_intents.create(promptpay())
    standin.pay_late(intent.id, answer)
    with pytest.raises(error):
        stripe_api.payment_intents.cancel(intent.id, {}, {"idempotency_key": "end:1"})
    assert stripe_api.payment_intents.retrieve(intent.id).status == "succeeded"
    assert "payment_intent.canceled" not in kinds(standin)


def test_cards_without_a_page(standin: Standin, stripe_api: Any) -> None:
    assert stripe_api.payment_intents.create(card()).status == "succeeded"
    with pytest.raises(stripe.CardError) as declined:
        stripe_api.payment_intents.create(card(payment_method="pm_card_chargeDeclinedInsufficientFunds"))
    assert (declined.value.code, declined.value.error.decline_code) == ("card_declined", "insufficient_funds")
    asked = stripe_api.payment_intents.create(
        card(payment_method="pm_card_threeDSecure2Required", return_url="http://shop.example/")
    )
    assert asked.next_action.redirect_to_url.url == f"{standin.url}/3ds/{asked.id}"
    standin.act("prove", asked.id)
    seen = stripe_api.payment_intents.retrieve(asked.id, {"expand": ["latest_charge"]})
    assert seen.latest_charge.payment_method_details.card.three_d_secure.result == "authenticated"
    assert [charge["paid"] for charge in standin.all("charge")] == [True, False, True]


def test_checkout_is_paid(standin: Standin, stripe_api: Any) -> None:
    session = stripe_api.checkout.sessions.create(checkout())
    assert (session.status, session.payment_status, session.payment_intent) == ("open", "unpaid", None)
    assert (session.url, session.amount_total) == (f"{standin.url}/pay/{session.id}", 45_000)
    standin.decline(session.id)
    standin.pay(session.id)
    seen = stripe_api.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent"]})
    assert (seen.status, seen.payment_status, seen.url) == ("complete", "paid", None)
    assert (seen.payment_intent.status, seen.payment_intent.metadata["order"]) == ("succeeded", "T-1")
    assert [item.description for item in stripe_api.checkout.sessions.line_items.list(session.id).data] == [
        "คำสั่งซื้อ T-1"
    ]
    assert kinds(standin) == [
        "payment_intent.created",
        "charge.failed",
        "payment_intent.payment_failed",
        "charge.succeeded",
        "payment_intent.succeeded",
        "checkout.session.completed",
    ]


def test_checkout_ends_unpaid(standin: Standin, stripe_api: Any) -> None:
    by_us, by_itself = (stripe_api.checkout.sessions.create(checkout()) for _ in range(2))
    standin.decline(by_us.id)
    assert stripe_api.checkout.sessions.expire(by_us.id).status == "expired"
    with pytest.raises(stripe.InvalidRequestError):
        stripe_api.checkout.sessions.expire(by_us.id)
    standin.advance(24 * 3600 - 60)
    assert stripe_api.checkout.sessions.retrieve(by_itself.id).status == "open"
    standin.advance(61)
    assert stripe_api.checkout.sessions.retrieve(by_itself.id).status == "expired"
    assert [intent["status"] for intent in standin.all("payment_intent")] == ["canceled"]
    assert kinds(standin).count("checkout.session.expired") == 2


@pytest.mark.parametrize(("paid", "kind"), [(True, "succeeded"), (False, "failed")])
def test_checkout_with_a_slow_bank(standin: Standin, stripe_api: Any, paid: bool, kind: str) -> None:
    session = stripe_api.checkout.sessions.create(checkout(payment_method_types=["promptpay"]))
    standin.act("process", session.id)
    seen = stripe_api.checkout.sessions.retrieve(session.id)
    assert (seen.status, seen.payment_status) == ("complete", "unpaid")
    (standin.pay if paid else standin.decline)(session.id)
    assert kinds(standin)[-1] == f"checkout.session.async_payment_{kind}"
    assert stripe_api.checkout.sessions.retrieve(session.id).payment_status == ("paid" if paid else "unpaid")


def test_a_sessions_intent_is_not_cancelled_directly(standin: Standin, stripe_api: Any) -> None:
    session = stripe_api.checkout.sessions.create(checkout())
    standin.act("challenge", session.id)
    intent = standin.all("payment_intent")[0]["id"]
    with pytest.raises(stripe.InvalidRequestError):
        stripe_api.payment_intents.cancel(intent)
    assert standin.get(intent)["status"] == "requires_action"


@pytest.mark.parametrize(
    ("wrong", "code", "param"),
    [
        ({"amount": 999}, "amount_too_small", "amount"),
        ({"amount": 100_000_000}, "amount_too_large", "amount"),
        ({"amount": "4.50"}, "parameter_invalid_integer", "amount"),
        ({"currency": "usd"}, "parameter_invalid", "currency"),
        ({"payment_method_types": ["card"]}, "parameter_invalid", "payment_method_data[type]"),
        (
            {"payment_method_data": {"type": "promptpay"}},
            "parameter_missing",
            "payment_method_data[billing_details][email]",
        ),
        ({"colour": "red"}, "parameter_unknown", "colour"),
        ({"payment_method_data": {"type": "promptpay", "x": "1"}}, "parameter_unknown", "payment_method_data[x]"),
        ({"metadata": {"k": "x" * 501}}, "parameter_invalid", "metadata[k]"),
        ({"amount": None}, "parameter_missing", "amount"),
    ],
)
def test_wrong_parameters_are_refused(standin: Standin, stripe_api: Any, wrong: Any, code: str, param: str) -> None:
    asked = {name: value for name, value in {**promptpay(), **wrong}.items() if value is not None}
    with pytest.raises(stripe.InvalidRequestError) as refused:
        stripe_api.payment_intents.create(asked)
    assert (refused.value.http_status, refused.value.code, refused.value.param) == (400, code, param)
    assert standin.all("payment_intent") == []


@pytest.mark.parametrize("minutes", [29, 24 * 60 + 1])
def test_a_session_lives_from_half_an_hour_to_a_day(standin: Standin, stripe_api: Any, minutes: int) -> None:
    ends = standin.memory.now() + minutes * 60
    with pytest.raises(stripe.InvalidRequestError) as refused:
        stripe_api.checkout.sessions.create(checkout(expires_at=ends))
    assert refused.value.param == "expires_at"


def test_keys_and_unknown_things(standin: Standin, stripe_api: Any) -> None:
    for key in ("sk_test_another", "sk_live_standin"):
        with pytest.raises(stripe.AuthenticationError) as refused:
            client(standin, key=key).v1.payment_intents.list()
        assert refused.value.http_status == 401
    for call in (
        stripe_api.payment_intents.retrieve,
        stripe_api.payment_intents.cancel,
        stripe_api.refunds.retrieve,
        stripe_api.charges.retrieve,
    ):
        with pytest.raises(stripe.InvalidRequestError) as missing:
            call("pi_nobody")
        assert (missing.value.http_status, missing.value.code) == (404, "resource_missing")
    account = stripe_api.accounts.retrieve_current()
    assert (account.id, account.country, account.default_currency) == ("acct_standin", "TH", "thb")


def test_lists_are_walked_page_by_page(standin: Standin, stripe_api: Any) -> None:
    made = [stripe_api.payment_intents.create(promptpay(1_000 + number)).id for number in range(7)]
    first = stripe_api.payment_intents.list({"limit": 3})
    assert ([intent.id for intent in first.data], first.has_more) == (made[:3:-1], True)
    assert [intent.id for intent in first.auto_paging_iter()] == made[::-1]
    back = stripe_api.payment_intents.list({"limit": 3, "ending_before": made[0]})
    assert [intent.id for intent in back.data] == made[3:0:-1]
    standin.advance(100)
    late = stripe_api.payment_intents.create(promptpay())
    assert [row.id for row in stripe_api.payment_intents.list({"created": {"gte": late.created}}).data] == [late.id]
    assert len(stripe_api.payment_intents.list({"created": {"lt": late.created}}).data) == 7
    standin.pay(late.id)
    assert [event.type for event in stripe_api.events.list({"types": ["payment_intent.succeeded"]}).data] == [
        "payment_intent.succeeded"
    ]
    assert len(stripe_api.charges.list({"payment_intent": late.id}).data) == 1
    assert stripe_api.charges.list({"payment_intent": made[0]}).data == []
