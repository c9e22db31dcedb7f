"""What the stand-in takes, Stripe takes: every parameter that it knows is sent to stripe-mock, which knows Stripe's list."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import requests
import stripe

from tests.standin import card, checkout, promptpay
from tests.stripe_mock import mock_client

pytestmark = pytest.mark.slow
Mock = tuple[str, int, int]

TOLD: dict[str, Any] = {
    "description": "คำสั่งซื้อ T-1",
    "metadata": {"order": "T-1"},
    "transfer_group": "T-1",
    "shipping": {
        "name": "สมศรี",
        "address": {"line1": "1", "city": "เมือง", "state": "น่าน", "postal_code": "55000", "country": "TH"},
    },
    "statement_descriptor": "TALAT RUAM",
    "statement_descriptor_suffix": "T1",
}
BILLING = {
    "email": "somsri@example.com",
    "name": "สมศรี",
    "phone": "0812345678",
    "address": {"line1": "1", "country": "TH"},
}
WHOLE_METHOD = {"type": "promptpay", "billing_details": BILLING, "promptpay": {}, "metadata": {"a": "b"}}
INTENT = {**promptpay(), **TOLD, "payment_method_data": WHOLE_METHOD, "receipt_email": "somsri@example.com"}
CALLS: list[tuple[str, str, Any]] = [
    ("post", "payment_intents", INTENT | {"return_url": "https://shop.example/", "capture_method": "automatic"}),
    ("post", "payment_intents", card(payment_method_options={"card": {}}, expand=["latest_charge"])),
    ("post", "payment_intents/pi_1", {**TOLD, "receipt_email": "somsri@example.com"}),
    ("post", "payment_intents/pi_1/confirm", {"payment_method": "pm_card_visa", "return_url": "https://shop.example/"}),
    ("post", "payment_intents/pi_1/cancel", {"cancellation_reason": "abandoned"}),
    ("get", "payment_intents/pi_1", {"expand": ["latest_charge"]}),
    ("post", "checkout/sessions", checkout(expires_at=1_900_000_000, submit_type="pay", ui_mode="hosted_page")),
    ("post", "checkout/sessions", checkout(payment_intent_data={**TOLD, "receipt_email": "somsri@example.com"})),
    ("get", "checkout/sessions/cs_1", {"expand": ["payment_intent"]}),
    ("post", "checkout/sessions/cs_1/expire", {}),
    ("get", "checkout/sessions/cs_1/line_items", {"limit": 5}),
    ("post", "refunds", {"payment_intent": "pi_1", "amount": 500, "reason": "duplicate", "metadata": {"refund": "R"}}),
    ("post", "refunds", {"charge": "ch_1", "instructions_email": "somsri@example.com"}),
    ("post", "refunds/re_1/cancel", {}),
    ("get", "account", {}),
    *(
        ("get", name, {"limit": 100, "starting_after": "x_1", "created": {"gte": 1, "lt": 2}, **filters})
        for name, filters in {
            "payment_intents": {},
            "charges": {"payment_intent": "pi_1"},
            "refunds": {"payment_intent": "pi_1", "charge": "ch_1"},
            "disputes": {"payment_intent": "pi_1", "charge": "ch_1"},
            "balance_transactions": {"type": "charge", "source": "ch_1"},
            "events": {"types": ["payment_intent.succeeded"]},
            "checkout/sessions": {"payment_intent": "pi_1", "status": "open"},
        }.items()
    ),
]


@pytest.mark.parametrize(("method", "path", "given"), CALLS, ids=[f"{method} {path}" for method, path, _ in CALLS])
def test_stripe_knows_what_the_stand_in_takes(stripe_mock: Mock, method: str, path: str, given: Any) -> None:
    answer = mock_client(stripe_mock[0]).raw_request(method, f"/v1/{path}", **given)
    assert answer.code == 200


def test_what_stripe_does_not_know_is_refused(stripe_mock: Mock) -> None:
    """The negative control."""
    with pytest.raises(stripe.InvalidRequestError, match="additional properties are not allowed"):
        mock_client(stripe_mock[0]).v1.payment_intents.create(promptpay(colour="red"))


def test_only_this_machine_reaches_it(stripe_mock: Mock) -> None:
    _address, plain, safe = stripe_mock
    listening = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    ours = {
        words[1].split(":")[0]
        for words in listening
        if words[3] == "0A" and int(words[1].split(":")[1], 16) in (plain, safe)
    }
    six = [line.split() for line in Path("/proc/net/tcp6").read_text().splitlines()[1:]]
    assert ours == {"0100007F"}
    assert [words for words in six if words[3] == "0A" and int(words[1].split(":")[1], 16) in (plain, safe)] == []
    assert requests.get(f"http://127.0.0.1:{plain}/v1/account", timeout=5).status_code == 401
