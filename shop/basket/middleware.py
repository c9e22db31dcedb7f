"""Sets the signed basket cookie on the answer that made a basket for an anonymous visitor."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from shop.basket.services import COOKIE


class BasketCookieMiddleware:
    """Lets anonymous visitors keep a basket without a session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        value = getattr(request, "_market_basket_cookie", None)
        if value:
            response.set_cookie(
                COOKIE,
                value,
                max_age=settings.OSCAR_BASKET_COOKIE_LIFETIME,
                httponly=True,
                samesite="Lax",
                secure=settings.HTTPS,
            )
        return response
