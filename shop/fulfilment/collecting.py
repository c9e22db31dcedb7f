"""The pick-up code: a second secret beside the order's link. Made from the plan's nonce and the server's key, never stored."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings

from shop.common import codes
from shop.fulfilment.models import DeliveryPlan

_LENGTH = 8
_BITS = 5


def code_of(plan: DeliveryPlan) -> str:
    """The code that the buyer shows at the counter, eight characters with a check character; "" without pick-up."""
    if not plan.code_nonce:
        return ""
    number = int.from_bytes(_mac("code", f"{plan.order_id}:{plan.code_nonce}"), "big")
    body = ""
    for _position in range(_LENGTH - 1):
        number, rest = number >> _BITS, number & (2**_BITS - 1)
        body += codes.ALPHABET[rest]
    return body + codes.check_character(body)


def digest_of(code: str) -> str:
    """What a typed code is found by."""
    return _mac("digest", codes.normalise(code)).hex()[:40]


def renew(plan: DeliveryPlan) -> None:
    """A new code, and the old one opens nothing any more; the caller saves."""
    plan.code_nonce = codes.new_secret()
    plan.code_digest = digest_of(code_of(plan))


def _mac(use: str, text: str) -> bytes:
    key = f"market.collect.{use}:{settings.SECRET_KEY}".encode()
    return hmac.new(key, text.encode(), hashlib.sha256).digest()
