"""What arrives at /webhooks/stripe/: kept once, answered at once, and a forged one does nothing."""

from __future__ import annotations

import json
import logging
import random
import time
from typing import Any

import pytest
from django.test import Client

from shop.gateways.standin.delivery import signature
from shop.gateways.standin.server import Standin
from shop.payment.models import ProviderEvent
from shop.payment.selectors import paid_satang
from tests.market import Market
from tests.payments import attempt_of, bring, place, settle, stripe

pytestmark = pytest.mark.django_db
__all__ = ["stripe"]
ADDRESS = "/webhooks/stripe/"


def send(body: bytes, header: str | None, **more: Any) -> int:
    headers = {} if header is None else {"stripe-signature": header}
    answer = Client(raise_request_exception=True).post(
        ADDRESS, data=body, content_type="application/json", headers=headers, **more
    )
    return int(answer.status_code)


def signed(stripe: Standin, event: Any, *, at: int | None = None) -> tuple[bytes, str]:
    body = event if isinstance(event, bytes) else json.dumps(event).encode()
    return body, signature(stripe.secret, body, int(time.time()) if at is None else at)


def test_a_message_is_kept_once_however_often_it_comes(market: Market, stripe: Standin) -> None:
    order = place(market, "promptpay")
    stripe.pay(attempt_of(order).provider_ref)
    messages = stripe.take_webhooks()
    for body, header in messages * 3:
        assert send(body, header) == 200
    assert ProviderEvent.objects.count() == len(messages)
    assert set(ProviderEvent.objects.values_list("times", flat=True)) == {3}
    settle()
    settle()
    assert paid_satang(order.pk) == 30_000
    assert order.payment_attempts.get().events.count() == len(messages)


def test_reversed_and_late_messages_end_the_same(market: Market, stripe: Standin) -> None:
    order = place(market, "card")
    attempt = attempt_of(order)
    stripe.decline(attempt.provider_ref)
    stripe.pay(attempt.provider_ref)
    for body, header in reversed(stripe.take_webhooks()):
        assert send(body, header) == 200
        settle()
    attempt.refresh_from_db()
    assert (attempt.state, paid_satang(order.pk)) == ("succeeded", 30_000)


def test_what_is_not_stripe_s_or_not_for_us_is_refused(market: Market, stripe: Standin, settings: Any) -> None:
    order = place(market, "promptpay")
    stripe.pay(attempt_of(order).provider_ref)
    event = stripe.events("payment_intent.succeeded")[0]["id"]
    body, header = stripe.message(event)
    now = int(time.time())
    wrong = [
        stripe.message(event, forge=True),
        stripe.message(event, stale=True),
        stripe.message(event, live=True),
        (body.replace(b"30000", b"30001"), header),
        (body, ""),
        (body, None),
        (body, header.replace("v1=", "v0=")),
        (body, "t=x,v1=y"),
        signed(stripe, body, at=now + 3_600),
        signed(stripe, {**json.loads(body), "account": "acct_other"}),
    ]
    assert [send(*message) for message in wrong] == [400] * len(wrong)
    assert send(b"x" * 300_000, header) == 413
    assert Client().get(ADDRESS).status_code == 405
    settle()
    assert (ProviderEvent.objects.count(), paid_satang(order.pk)) == (0, 0)
    settings.STRIPE_WEBHOOK_SECRET = ""
    assert send(body, header) == 400


def test_two_hundred_malformed_bodies_do_nothing(
    market: Market, stripe: Standin, caplog: pytest.LogCaptureFixture
) -> None:
    """Rightly signed, so that they reach the parser: it raises more kinds of errors than it says."""
    dice = random.Random(7)
    order = place(market, "promptpay")
    stripe.pay(attempt_of(order).provider_ref)
    good = json.loads(stripe.message(stripe.events("payment_intent.succeeded")[0]["id"])[0])
    bodies: list[Any] = [b"", b"null", b"[]", b"1", b'"x"', b"{}", b"\xff\xfe", b"[" * 20_000, b'{"id": NaN}', b"{" * 9]
    bodies += [{**good, key: value} for key in good for value in (None, 1, [], {}, "x" * 300, {"a": [1]})]
    bodies += [{**good, "data": {"object": {**good["data"]["object"], "id": value}}} for value in (None, 5, [], {}, "")]
    raw = json.dumps(good).encode()
    while len(bodies) < 200:
        cut = dice.randrange(len(raw))
        bodies.append(raw[:cut] + bytes([dice.randrange(256)]) + raw[cut + dice.randrange(1, 40) :])
    with caplog.at_level(logging.DEBUG):
        codes = [send(*signed(stripe, body)) for body in bodies]
    assert set(codes) <= {200, 400}
    assert codes.count(400) > 100
    settle()
    effects = {(row.outcome, row.attempt_id is not None) for row in ProviderEvent.objects.all()}
    assert effects <= {("waiting", False), ("ignored", False), ("done", True)}
    assert all("payer@example.test" not in record.getMessage() for record in caplog.records)


def test_a_message_needs_no_token_and_sets_no_cookie(market: Market, stripe: Standin) -> None:
    order = place(market, "promptpay")
    stripe.pay(attempt_of(order).provider_ref)
    assert set(bring(stripe, Client(enforce_csrf_checks=True))) == {200}


def test_odd_texts_and_wrappings_are_refused(market: Market, stripe: Standin) -> None:
    """Rightly signed, so that they come as far as they can: what the database cannot hold, and what is not sent so."""
    order = place(market, "promptpay")
    stripe.pay(attempt_of(order).provider_ref)
    good = json.loads(stripe.message(stripe.events("payment_intent.succeeded")[0]["id"])[0])
    thing = good["data"]["object"]
    texts = ["a\x00b", "\ud800", "ก", "a b", "", "x" * 121, "\x7f", "\r\n"]
    odd: list[Any] = [{**good, key: text} for key in ("id", "type") for text in texts]
    odd += [{**good, "data": {"object": {**thing, "id": text}}} for text in texts]
    odd += [{**good, "data": {"object": {**thing, "metadata": {"attempt": text}}}} for text in texts if text]
    odd += [{**good, "created": value} for value in (10**400, 10**15, -(10**15), "soon", [1], 1e308)]
    odd += [{**good, "livemode": value} for value in ("false", 0, None, [])]
    odd += [
        b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
        b"[" * 100_000,
        b'{"id": ' + b"9" * 5_000 + b"}",
        b"\x1f\x8b\x08\x00",
    ]
    codes = [send(*signed(stripe, body)) for body in odd]
    assert codes == [400] * len(codes)
    assert ProviderEvent.objects.count() == 0


def test_the_last_of_repeated_names_counts_as_it_does_for_the_library(market: Market, stripe: Standin) -> None:
    body = b'{"id": "evt_1", "id": "evt_2", "object": "event", "type": "balance.available", "livemode": false,'
    body += b'"created": 1790000000, "data": {"object": {"object": "balance"}}}'
    assert send(*signed(stripe, body)) == 200
    assert ProviderEvent.objects.values_list("event_id", "object_ref").get() == ("evt_2", "")
    settle()
    assert ProviderEvent.objects.get().outcome == "ignored"


@pytest.mark.parametrize(
    "kind", ["multipart/form-data; boundary=x", "multipart/form-data", "text/plain", "", "a" * 900]
)
def test_the_kind_of_the_body_never_breaks_it(market: Market, stripe: Standin, kind: str) -> None:
    order = place(market, "promptpay")
    stripe.pay(attempt_of(order).provider_ref)
    body, header = stripe.message(stripe.events("payment_intent.succeeded")[0]["id"])
    answer = Client().post(ADDRESS, data=body, content_type=kind, headers={"stripe-signature": header})
    assert answer.status_code == (400 if kind.startswith("multipart") else 200)
    form = b"--x\r\nContent-Disposition: form-data; name=a; filename=b\r\n\r\n1\r\n--x--\r\n"
    answer = Client().post(ADDRESS, data=form, content_type=kind, headers={"stripe-signature": header})
    assert answer.status_code == 400


def test_compressed_and_foreign_signed_bodies_are_refused(market: Market, stripe: Standin) -> None:
    import gzip

    body = json.dumps(stripe.events()).encode()
    packed = gzip.compress(body)
    for header in (signed(stripe, body)[1], signed(stripe, packed)[1], "t=1,v1=" + "0" * 64, "\x00", "t=9" * 99):
        assert send(packed, header, HTTP_CONTENT_ENCODING="gzip") == 400
    assert ProviderEvent.objects.count() == 0
