"""A silent provider is asked three times, then left alone, then asked again."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache

from shop.gateways.errors import GatewayDown
from shop.gateways.standin.server import Standin
from tests.market import Market
from tests.payments import attempt_of, place, stripe

pytestmark = pytest.mark.django_db
__all__ = ["stripe"]


def test_after_three_silent_calls_nobody_waits(market: Market, stripe: Standin, settings: Any) -> None:
    settings.GATEWAY_FAILURES, settings.GATEWAY_PAUSE_SECONDS = 3, 15
    order = place(market, "promptpay")
    stripe.fault("error_before", "POST /v1/payment_intents", times=3)
    for _ in range(6):
        with pytest.raises(GatewayDown):
            attempt_of(order)
    assert len(stripe.requests) == 3
    cache.delete("gateway-paused:stripe")  # fifteen seconds later
    assert attempt_of(order).state == "awaiting_payer"


def test_an_answer_between_begins_the_count_anew(market: Market, stripe: Standin, settings: Any) -> None:
    settings.GATEWAY_FAILURES = 2
    for _ in range(3):
        order = place(market, "promptpay", email=f"payer{_}@example.test")
        stripe.fault("error_before", "POST /v1/payment_intents", times=1)
        with pytest.raises(GatewayDown):
            attempt_of(order)
        assert attempt_of(order).state == "awaiting_payer"
