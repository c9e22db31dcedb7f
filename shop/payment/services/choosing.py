"""Which ways of paying a purchase has, and how long its goods are kept for each."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from shop.common import clock
from shop.common.money import to_baht
from shop.gateways import registry
from shop.order.models import Order
from shop.payment import errors
from shop.payment.models import PaymentAttempt

Method = PaymentAttempt.Method


def offered_methods(total_satang: int) -> list[str]:
    """The ways of paying for a purchase of this size, as configured and as the providers are set up."""
    return [name for name in settings.PAYMENT_METHODS if name in Method.values and not why_not(name, total_satang)]


def why_not(method: str, total_satang: int) -> str:
    """Why a way of paying is not offered for this sum; empty when it is."""
    provider = registry.provider_of(method)
    if provider and registry.why_not(provider):
        return "not_set_up"
    if method == Method.COD and total_satang > settings.COD_LIMIT_SATANG:
        return "limit"
    if total_satang < settings.PAYMENT_MINIMUM_SATANG.get(provider, 1):
        return "minimum"
    return ""


def check_method(*, method: str, total_satang: int) -> None:
    """Raises CodLimit, BelowMinimum or MethodNotOffered when `method` cannot pay this purchase."""
    reason = why_not(method, total_satang) if method in settings.PAYMENT_METHODS else "unknown"
    if reason == "limit":
        raise errors.CodLimit(limit=f"{settings.COD_LIMIT_SATANG // 100:,}")
    if reason == "minimum":
        least = settings.PAYMENT_MINIMUM_SATANG[registry.provider_of(method)]
        raise errors.BelowMinimum(least=f"{to_baht(least):,.2f}")
    if reason:
        raise errors.MethodNotOffered


def pay_by(method: str) -> dt.datetime | None:
    """Until when an order placed now waits for its money; None when it is paid at the door."""
    minutes = settings.PAYMENT_MINUTES.get(method)
    return clock.now() + dt.timedelta(minutes=minutes) if minutes else None


def pay_by_again(order: Order, method: str) -> dt.datetime | None:
    """The same for another way chosen later: never longer than the most patient way, counted from the placing.

    Otherwise goods could be held for ever without being paid, by choosing anew each day.
    """
    until = pay_by(method)
    if until is None:
        return None
    return min(until, order.date_placed + dt.timedelta(minutes=max(settings.PAYMENT_MINUTES.values())))
