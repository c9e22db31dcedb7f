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
    return was_valid(order, secret) and order.link_expires_at is not None and order.link_expires_at > clock.now()


def was_valid(order: Order, secret: str) -> bool:
    """True for the right secret, before or after its end."""
    return bool(order.link_nonce) and constant_time_compare(secret_of(order), secret)


def renew(order: Order) -> None:
    """Gives the link its full time again. One that had ended gets a new secret, so that the old address stays dead."""
    if not order.link_nonce or order.link_expires_at is None or order.link_expires_at <= clock.now():
        order.link_nonce = new_nonce()
    order.link_expires_at = expiry()
    order.save(update_fields=["link_nonce", "link_expires_at"])
