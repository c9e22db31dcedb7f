"""Which gateway serves which way of paying, as configured."""

from __future__ import annotations

from django.conf import settings

from shop.gateways.breaker import Breaker
from shop.gateways.contract import Gateway
from shop.gateways.errors import NotOffered
from shop.gateways.stripe import StripeGateway, is_live
from shop.gateways.trial import TrialGateway

PROVIDER_OF = {"card": "stripe", "promptpay": "stripe", "test": "test"}


def provider_of(method: str) -> str:
    """The name of the provider behind a way of paying; empty where a person notes the money."""
    return PROVIDER_OF.get(method, "")


def gateway(provider: str) -> Gateway:
    """The gateway of a provider. Raises NotOffered when it is not set up."""
    if why_not(provider):
        raise NotOffered
    return Breaker(StripeGateway() if provider == "stripe" else TrialGateway())


def why_not(provider: str) -> str:
    """Why a provider cannot be used here, for the office; empty when it can."""
    if provider == "stripe":
        return "" if settings.STRIPE_SECRET_KEY and settings.STRIPE_WEBHOOK_SECRET else "keys"
    if provider == "test":
        return "" if settings.DEMO and not settings.STRIPE_SECRET_KEY.startswith(("sk_live_", "rk_live_")) else "demo"
    return "unknown"


def in_earnest(provider: str) -> bool:
    """Does real money move there? Not in test payments, nor with a test key of Stripe: whatever shows them says so."""
    return provider == "" or (provider == "stripe" and is_live())


def providers() -> list[str]:
    """The providers that can be used here."""
    return [name for name in ("stripe", "test") if not why_not(name)]
