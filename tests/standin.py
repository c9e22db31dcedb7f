"""The stand-in for Stripe in tests, and the real library that talks to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import stripe

from shop.gateways.standin.server import Standin


def client(standin: Standin, *, key: str = "", retries: int = 2, timeout: float = 5.0) -> stripe.StripeClient:
    """The real library; only the address is another."""
    return stripe.StripeClient(
        key or standin.key,
        base_addresses={"api": standin.url},  # type: ignore[typeddict-item]
        max_network_retries=retries,
        http_client=stripe.RequestsClient(timeout=timeout),
    )


def promptpay(amount: int = 45_000, **more: Any) -> Any:
    """What the market asks for a PromptPay payment."""
    return {
        "amount": amount,
        "currency": "thb",
        "payment_method_types": ["promptpay"],
        "payment_method_data": {"type": "promptpay", "billing_details": {"email": "somsri@example.com"}},
        "confirm": True,
        "metadata": {"order": "T-1"},
        **more,
    }


def card(amount: int = 45_000, **more: Any) -> Any:
    """A card payment without a page."""
    return {
        "amount": amount,
        "currency": "thb",
        "payment_method_types": ["card"],
        "payment_method": "pm_card_visa",
        "confirm": True,
        **more,
    }


def checkout(amount: int = 45_000, **more: Any) -> Any:
    """What the market asks for a card payment on the hosted page."""
    price = {"currency": "thb", "unit_amount": amount, "product_data": {"name": "คำสั่งซื้อ T-1"}}
    return {
        "mode": "payment",
        "payment_method_types": ["card"],
        "line_items": [{"quantity": 1, "price_data": price}],
        "client_reference_id": "T-1",
        "customer_email": "somsri@example.com",
        "metadata": {"order": "T-1"},
        "payment_intent_data": {"metadata": {"order": "T-1"}},
        "success_url": "http://shop.example/back/?session={CHECKOUT_SESSION_ID}",
        "cancel_url": "http://shop.example/closed/",
        "locale": "th",
        **more,
    }


@contextmanager
def beside(address: str) -> Iterator[dict[str, str]]:
    """A stand-in for a market that is served at `address`; yields the settings that lead the market to it."""
    with Standin(webhook_url=f"{address}/webhooks/stripe/") as running:
        yield {
            "STRIPE_SECRET_KEY": running.key,
            "STRIPE_WEBHOOK_SECRET": running.secret,
            "STRIPE_API_BASE": running.url,
        }


@pytest.fixture
def standin() -> Iterator[Standin]:
    """A stand-in whose messages wait: `take_webhooks()` hands them out."""
    with Standin() as running:
        yield running


@pytest.fixture
def stripe_api(standin: Standin) -> Any:
    """The real library's calls against it."""
    return client(standin).v1
