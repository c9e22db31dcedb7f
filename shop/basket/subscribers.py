"""What the basket does when a person signs in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from shop.basket import services


@receiver(user_logged_in, dispatch_uid="basket.merge")
def merge_cookie_basket(sender: Any, request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    """Keeps what was collected before signing in."""
    pk = services.cookie_basket_id(request) if request is not None else None
    if pk is not None:
        services.merge_into_own(user=user, cookie_basket_id=pk)
        request._market_basket = None  # type: ignore[union-attr]
