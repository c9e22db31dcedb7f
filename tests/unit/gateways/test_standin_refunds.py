"""Refunds with every end, disputes, and what both do to the balance."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import stripe

from shop.gateways.standin.refusal import Refusal
from shop.gateways.standin.server import Standin
from tests.standin import card, client, promptpay


@pytest.fixture
def by_card(stripe_api: Any) -> str:
    return str(stripe_api.payment_intents.create(card()).id)


@pytest.fixture
def by_qr(standin: Standin, stripe_api: Any) -> str:
    made = stripe_api.payment_intents.create(promptpay())
    standin.pay(made.id)
    return str(made.id)


def kinds(standin: Standin, after: int) -> list[str]:
    return [event["type"] for event in standin.events()][after:]


def balance(standin: Standin) -> list[tuple[str, str, int, int]]:
    return [
        (row["type"], row["reporting_category"], row["amount"], row["fee"])
        for row in standin.all("balance_transaction")
    ]


def test_a_cards_refund_is_there_at_once(standin: Standin, stripe_api: Any, by_card: str) -> None:
    before = len(standin.events())
    first = stripe_api.refunds.create({"payment_intent": by_card, "amount": 5_000, "reason": "requested_by_customer"})
    rest = stripe_api.refunds.create({"payment_intent": by_card, "metadata": {"refund": "R-2"}})
    assert [(refund.status, refund.amount) for refund in (first, rest)] == [("succeeded", 5_000), ("succeeded", 40_000)]
    charge = standin.all("charge")[0]
    assert (charge["amount_refunded"], charge["refunded"]) == (45_000, True)
    assert kinds(standin, before) == ["refund.created", "charge.refunded"] * 2
    assert balance(standin) == [
        ("charge", "charge", 45_000, 2_643),
        ("refund", "refund", -5_000, 0),
        ("refund", "refund", -40_000, 0),
    ]
    listed = stripe_api.refunds.list({"payment_intent": by_card})
    assert [refund.id for refund in listed.data] == [rest.id, first.id]


@pytest.mark.parametrize(
    ("amount", "code"), [(45_001, None), (0, "parameter_invalid_integer"), (-5, "parameter_invalid_integer")]
)
def test_never_more_than_was_paid(
    standin: Standin, stripe_api: Any, by_card: str, amount: int, code: str | None
) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        stripe_api.refunds.create({"payment_intent": by_card, "amount": amount})
    assert (refused.value.http_status, refused.value.code, refused.value.param) == (400, code, "amount")
    assert standin.all("refund") == []


def test_fifty_refunds_at_once_stay_within_the_payment(standin: Standin, by_card: str) -> None:
    def ask(_number: int) -> int:
        try:
            return client(standin).v1.refunds.create({"payment_intent": by_card, "amount": 4_000}).amount
        except stripe.InvalidRequestError:
            return 0

    with ThreadPoolExecutor(16) as pool:
        given = list(pool.map(ask, range(50)))
    assert (sum(given), given.count(4_000)) == (44_000, 11)
    assert standin.all("charge")[0]["amount_refunded"] == 44_000


def test_nothing_to_refund(standin: Standin, stripe_api: Any) -> None:
    open_ = stripe_api.payment_intents.create(promptpay())
    asked: list[tuple[Any, int]] = [
        ({"payment_intent": open_.id}, 400),
        ({"payment_intent": "pi_nobody"}, 404),
        ({}, 400),
    ]
    for given, status in asked:
        with pytest.raises(stripe.InvalidRequestError) as refused:
            stripe_api.refunds.create(given)
        assert refused.value.http_status == status
    assert standin.all("refund") == []


@pytest.mark.parametrize(
    ("acts", "status", "counted"),
    [
        (["refund_pending", "refund_succeed"], "succeeded", 5_000),
        (["refund_succeed"], "succeeded", 5_000),
        (["refund_pending", "refund_fail"], "failed", 0),
        (["refund_cancel"], "canceled", 0),
    ],
)
def test_promptpays_refund_asks_the_buyer(
    standin: Standin, stripe_api: Any, by_qr: str, acts: list[str], status: str, counted: int
) -> None:
    refund = stripe_api.refunds.create(
        {"payment_intent": by_qr, "amount": 5_000, "instructions_email": "buyer@example.com"}
    )
    assert (refund.status, refund.next_action.display_details.email_sent.email_sent_to) == (
        "requires_action",
        "buyer@example.com",
    )
    before = len(standin.events())
    for act in acts:
        standin.act(act, refund.id)
    seen = stripe_api.refunds.retrieve(refund.id)
    assert seen.status == status
    assert standin.all("charge")[0]["amount_refunded"] == counted
    assert kinds(standin, before) == ["refund.updated"] * len(acts) + (["refund.failed"] if status == "failed" else [])
    assert sum(row["amount"] for row in standin.all("balance_transaction")) == 45_000 - counted
    with pytest.raises(Refusal):
        standin.act("refund_succeed", refund.id)


def test_a_refund_is_cancelled_only_while_the_buyer_has_not_answered(
    standin: Standin, stripe_api: Any, by_qr: str
) -> None:
    first, second = (stripe_api.refunds.create({"payment_intent": by_qr, "amount": 1_000}) for _ in range(2))
    assert stripe_api.refunds.cancel(first.id).status == "canceled"
    standin.act("refund_pending", second.id)
    with pytest.raises(stripe.InvalidRequestError):
        stripe_api.refunds.cancel(second.id)
    assert standin.get(second.id)["status"] == "pending"


def test_a_cards_refund_may_fail_afterwards(standin: Standin, stripe_api: Any, by_card: str) -> None:
    refund = stripe_api.refunds.create({"payment_intent": by_card})
    standin.refund_fail(refund.id)
    assert stripe_api.refunds.retrieve(refund.id).failure_reason == "declined"
    assert stripe_api.refunds.create({"payment_intent": by_card}).amount == 45_000


@pytest.mark.parametrize(("won", "more"), [(True, ["charge.dispute.funds_reinstated"]), (False, [])])
def test_a_dispute_takes_the_money_at_once(
    standin: Standin, stripe_api: Any, by_card: str, won: bool, more: list[str]
) -> None:
    before = len(standin.events())
    dispute = standin.dispute(by_card)
    assert (dispute["status"], dispute["amount"], dispute["payment_intent"]) == ("needs_response", 45_000, by_card)
    with pytest.raises(stripe.InvalidRequestError) as refused:
        stripe_api.refunds.create({"payment_intent": by_card})
    assert refused.value.code == "charge_disputed"
    standin.act("dispute_win" if won else "dispute_lose", dispute["id"])
    assert stripe_api.disputes.retrieve(dispute["id"]).status == ("won" if won else "lost")
    assert [row.id for row in stripe_api.disputes.list({"payment_intent": by_card}).data] == [dispute["id"]]
    opened = ["charge.dispute.created", "charge.dispute.funds_withdrawn"]
    assert kinds(standin, before) == [*opened, *more, "charge.dispute.closed"]
    back = [("adjustment", "dispute_reversal", 45_000, -50_000)] if won else []
    assert balance(standin)[1:] == [("adjustment", "dispute", -45_000, 50_000), *back]


def test_promptpay_is_not_disputed(standin: Standin, by_qr: str) -> None:
    with pytest.raises(Refusal, match="cannot be disputed"):
        standin.dispute(by_qr)
    assert standin.all("dispute") == []


def test_what_was_given_back_is_not_disputed(standin: Standin, stripe_api: Any, by_card: str) -> None:
    stripe_api.refunds.create({"payment_intent": by_card})
    with pytest.raises(Refusal, match="nothing to dispute"):
        standin.dispute(by_card)
    assert standin.all("dispute") == []


def test_the_balance_is_listed_for_a_day(standin: Standin, stripe_api: Any, by_card: str, by_qr: str) -> None:
    charges = stripe_api.balance_transactions.list({"type": "charge"})
    assert [row.amount for row in charges.data] == [45_000]
    source = standin.get(by_qr)["latest_charge"]
    (line,) = stripe_api.balance_transactions.list({"source": source, "expand": ["data.source"]}).data
    assert (line.source.payment_intent, line.net) == (by_qr, 44_257)
    standin.advance(86_400)
    assert stripe_api.balance_transactions.list({"created": {"gte": standin.memory.now() - 60}}).data == []
