"""Orders to be paid, and what the worker and the clock do about them, for tests of payments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from shop.basket.models import Basket
from shop.basket.selectors import basket_view
from shop.basket.services import add_to_basket
from shop.checkout.services import Buyer, place_order, quote_basket
from shop.gateways.errors import GatewayDown
from shop.gateways.standin.server import Standin
from shop.order.models import Order
from shop.payment import services as payments
from shop.payment.models import PaymentAttempt, ProviderEvent, Refund
from shop.people.addresses import AddressData
from shop.vouchers.quoting import quote
from tests.market import Market

ADDRESS = AddressData("ผู้ซื้อ ทดสอบ", "0812345678", "1 หมู่ 1", "100502", "10220")
EMAIL = "payer@example.test"


def place(
    market: Market,
    method: str,
    *,
    user: Any = None,
    email: str = EMAIL,
    phone: str = "0812345678",
    voucher: str = "",
    **quantities: int,
) -> Order:
    """A placed order; without quantities one hat: 250.00 and 50.00 for delivery. With the code of a voucher it is cheaper."""
    basket = Basket.objects.create(owner=user, status=Basket.OPEN)
    for key, quantity in (quantities or {"hat": 1}).items():
        add_to_basket(basket=basket, product_id=market.products[key].pk, quantity=quantity)
    view = basket_view(basket)
    total = view.total_satang + quote_basket(view, "TH-10").total_satang
    total -= quote(voucher, view).satang if voucher else 0
    buyer = Buyer(email=email, phone=phone, user=user)
    placed = place_order(
        basket=basket, buyer=buyer, address=ADDRESS, method=method, expected_total_satang=total, voucher=voucher
    )
    return placed.order


def attempt_of(order: Order) -> PaymentAttempt:
    """The newest attempt, begun at its provider."""
    attempt = order.payment_attempts.order_by("-number")[0]
    return payments.begin(attempt=attempt)


def settle() -> None:
    """What the worker does sooner or later: messages, refunds, closed attempts. Providers that are down stay for later."""
    for event in ProviderEvent.objects.filter(outcome="waiting"):
        _tried(payments.work_off, event=event)
    for refund in Refund.objects.filter(route="provider").exclude(state__in=["succeeded", "failed", "cancelled"]):
        _tried(payments.send_refund, refund=Refund.objects.select_related("attempt").get(pk=refund.pk))
    for attempt in PaymentAttempt.objects.filter(provider_open=True).exclude(state__in=PaymentAttempt.OPEN):
        _tried(payments.withdraw, attempt=attempt)


def _tried(act: Any, **facts: Any) -> None:
    try:
        act(**facts)
    except GatewayDown:
        return


def bring(standin: Standin, client: Client | None = None) -> list[int]:
    """Posts the messages of the stand-in to the market, as Stripe would; returns the answers' codes."""
    client = client or Client()
    return [
        client.post(
            "/webhooks/stripe/", data=body, content_type="application/json", headers={"stripe-signature": signature}
        ).status_code
        for body, signature in standin.take_webhooks()
    ]


@pytest.fixture
def stripe(settings: Any) -> Iterator[Standin]:
    """A market whose PromptPay and cards go to the stand-in."""
    with Standin() as running:
        settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET = running.key, running.secret
        settings.STRIPE_API_BASE, settings.STRIPE_RETRIES, settings.STRIPE_TIMEOUT = running.url, 0, 1
        settings.GATEWAY_FAILURES = 1_000_000
        yield running
