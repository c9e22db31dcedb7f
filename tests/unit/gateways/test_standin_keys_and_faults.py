"""Idempotency as Stripe documents it, and trouble on demand, seen by the real library and in the log of requests."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
import stripe

from shop.gateways.standin.server import Standin
from tests.standin import client, promptpay

KEY: Any = {"idempotency_key": "pay:T-1:1"}


def log(standin: Standin, method: str = "POST") -> list[tuple[str, int, bool, str]]:
    """(key, status, replayed, fault) of each request."""
    told = [entry for entry in standin.requests if entry["method"] == method]
    return [(entry["idempotency_key"], entry["status"], entry["replayed"], entry["fault"]) for entry in told]


def test_twenty_at_once_are_one_payment(standin: Standin) -> None:
    def ask(_number: int) -> str:
        return client(standin).v1.payment_intents.create(promptpay(), KEY).id

    with ThreadPoolExecutor(20) as pool:
        made = list(pool.map(ask, range(20)))
    assert len(set(made)) == 1
    assert [intent["id"] for intent in standin.all("payment_intent")] == [made[0]]
    assert sorted(replayed for _key, _status, replayed, _fault in log(standin)) == [False] + [True] * 19


def test_without_a_key_twenty_are_twenty(standin: Standin) -> None:
    """The negative control: the library makes a key of its own for each call."""
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda _: client(standin).v1.payment_intents.create(promptpay()), range(20)))
    assert len(standin.all("payment_intent")) == 20


@pytest.mark.parametrize("other", ["amount", "endpoint"])
def test_a_key_serves_one_request(standin: Standin, stripe_api: Any, other: str) -> None:
    first = stripe_api.payment_intents.create(promptpay(), KEY)
    again = {
        "amount": lambda: stripe_api.payment_intents.create(promptpay(45_001), KEY),
        "endpoint": lambda: stripe_api.payment_intents.cancel(first.id, {}, KEY),
    }
    with pytest.raises(stripe.IdempotencyError) as refused:
        again[other]()
    assert refused.value.http_status == 400
    assert [(intent["amount"], intent["status"]) for intent in standin.all("payment_intent")] == [
        (45_000, "requires_action")
    ]


def test_a_key_is_forgotten_after_a_day(standin: Standin, stripe_api: Any) -> None:
    first = stripe_api.payment_intents.create(promptpay(), KEY).id
    standin.advance(24 * 3600 - 5)
    assert stripe_api.payment_intents.create(promptpay(), KEY).id == first
    standin.advance(10)
    assert stripe_api.payment_intents.create(promptpay(), KEY).id != first


def test_a_refusal_before_any_work_leaves_the_key_free(standin: Standin, stripe_api: Any) -> None:
    with pytest.raises(stripe.InvalidRequestError):
        stripe_api.payment_intents.create(promptpay(999), KEY)
    assert stripe_api.payment_intents.create(promptpay(), KEY).amount == 45_000


def test_a_key_in_use_is_409(standin: Standin) -> None:
    standin.fault("slow", seconds=3.0)
    slow = threading.Thread(target=lambda: client(standin).v1.payment_intents.create(promptpay(), KEY))
    slow.start()
    until = time.monotonic() + 10
    while not standin.memory.keys and time.monotonic() < until:
        time.sleep(0.01)  # until the first one holds the key
    assert standin.memory.keys, "the first one never came"
    with pytest.raises(stripe.APIError) as refused:
        client(standin, retries=0).v1.payment_intents.create(promptpay(), KEY)
    slow.join()
    assert (refused.value.http_status, refused.value.json_body["error"]["code"]) == (409, "idempotency_key_in_use")
    assert len(standin.all("payment_intent")) == 1


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "error_before"])
def test_the_library_asks_again_with_the_same_key(standin: Standin, stripe_api: Any, kind: str) -> None:
    standin.fault(kind, "POST /v1/payment_intents")
    made = stripe_api.payment_intents.create(promptpay(), KEY)
    assert [intent["id"] for intent in standin.all("payment_intent")] == [made.id]
    first = {"drop_before": 0, "drop_after": 0, "error_before": 500}[kind]
    assert log(standin) == [("pay:T-1:1", first, False, kind), ("pay:T-1:1", 200, kind == "drop_after", "")]


def test_a_stored_500_is_answered_again(standin: Standin, stripe_api: Any) -> None:
    standin.fault("error_after", "POST /v1/payment_intents")
    with pytest.raises(stripe.APIError):
        stripe_api.payment_intents.create(promptpay(), KEY)
    assert log(standin) == [
        ("pay:T-1:1", 500, False, "error_after"),
        ("pay:T-1:1", 500, True, ""),
        ("pay:T-1:1", 500, True, ""),
    ]
    (made,) = standin.all("payment_intent")
    assert (made["status"], made["metadata"]) == ("requires_action", {"order": "T-1"}), "done all the same"


def test_a_rate_limit_is_not_tried_again_and_does_nothing(standin: Standin, stripe_api: Any) -> None:
    standin.fault("rate_limit", times=2)
    for _ in range(2):
        with pytest.raises(stripe.RateLimitError):
            stripe_api.payment_intents.create(promptpay(), KEY)
    assert standin.all("payment_intent") == []
    assert stripe_api.payment_intents.create(promptpay(), KEY).status == "requires_action"


@pytest.mark.parametrize(("kind", "made"), [("hang_before", 0), ("hang_after", 1)])
def test_no_answer_within_the_clients_patience(standin: Standin, kind: str, made: int) -> None:
    standin.fault(kind)
    began = time.monotonic()
    with pytest.raises(stripe.APIConnectionError):
        client(standin, retries=0, timeout=0.5).v1.payment_intents.create(promptpay(), KEY)
    assert time.monotonic() - began < 5
    assert len(standin.all("payment_intent")) == made
    assert client(standin).v1.payment_intents.create(promptpay(), KEY).status == "requires_action"
    assert len(standin.all("payment_intent")) == 1


def test_a_fault_meets_only_its_requests_and_calm_ends_it(standin: Standin, stripe_api: Any) -> None:
    standin.fault("error_before", "POST /v1/refunds", times=50)
    paid = stripe_api.payment_intents.create(promptpay())
    standin.pay(paid.id)
    with pytest.raises(stripe.APIError):
        client(standin, retries=0).v1.refunds.create({"payment_intent": paid.id})
    standin.calm()
    assert stripe_api.refunds.create({"payment_intent": paid.id}).status == "requires_action"


def test_controls_over_http(standin: Standin, stripe_api: Any) -> None:
    def control(name: str, **given: Any) -> requests.Response:
        return requests.post(f"{standin.url}/_control/{name}", json=given, timeout=5)

    made = stripe_api.payment_intents.create(promptpay())
    assert control("act", act="pay", id=made.id).json()["status"] == "succeeded"
    assert control("act", act="pay", id=made.id).status_code == 400
    assert control("act", act="pay", id="pi_nobody").status_code == 404
    assert control("act", act="dispute_win", id=made.id).status_code == 404
    assert control("fault", kind="drop_after", where="GET *", times=3).json()["faults"][0]["times"] == 3
    assert control("fault", kind="earthquake").status_code == 400
    assert control("fault", times="many", kind="slow").status_code == 400
    assert control("webhooks", delay=0.5, repeat=3, hold=True).status_code == 200
    assert control("webhooks", volume=11).status_code == 400
    state = requests.get(f"{standin.url}/_control/state", timeout=5).json()
    assert (state["webhooks"]["delay"], state["webhooks"]["repeat"], state["webhooks"]["hold"]) == (0.5, 3, True)
    assert control("calm").json()["faults"] == []
    assert control("advance", seconds=60).status_code == 200
    assert control("nonsense").status_code == 404
    logged = requests.get(f"{standin.url}/_control/requests", timeout=5).json()["requests"]
    assert [(entry["method"], entry["path"], entry["status"]) for entry in logged] == [
        ("POST", "/v1/payment_intents", 200)
    ]


def test_a_strangers_page_presses_no_button(standin: Standin, stripe_api: Any) -> None:
    made = stripe_api.payment_intents.create(promptpay())
    for heads in ({"Sec-Fetch-Site": "cross-site"}, {"Host": "evil.example"}):
        for path, data in ((f"/bank/{made.id}", {"act": "pay"}), ("/", {"do": "pay", "id": made.id})):
            answer = requests.post(f"{standin.url}{path}", data=data, headers=heads, timeout=5)
            assert answer.status_code == 403
    assert standin.get(made.id)["status"] == "requires_action"
