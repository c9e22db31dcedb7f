"""The secret link of a guest's order: 128 bits made from the order's nonce and the server's key, expiring, renewable."""

from __future__ import annotations

import base64
import datetime as dt
import secrets

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from shop.common import clock
from shop.order.models import Order


def new_nonce() -> str:
    """A fresh nonce; writing it on an order ends its old link."""
    return secrets.token_urlsafe(16)


def expiry() -> dt.datetime:
    """When a link made now ends."""
    return clock.now() + dt.timedelta(days=settings.GUEST_LINK_DAYS)


def secret_of(order: Order) -> str:
    """The secret of the order's link."""
    digest = salted_hmac("market.order.link", f"{order.number}:{order.link_nonce}", algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest[:16]).decode().rstrip("=")


def is_valid(order: Order, secret: str) -> bool:
    """True for the right secret before its end."""
    if not order.link_nonce or order.link_expires_at is None or order.link_expires_at <= clock.now():
        return False
    return constant_time_compare(secret_of(order), secret)
