"""Sets the signed cookies of baskets (the open and the saved one) on the answer that made them for an anonymous visitor."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class BasketCookieMiddleware:
    """Lets anonymous visitors keep a basket without a session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in getattr(request, "_market_cookies", {}).items():
            response.set_cookie(
                name,
                value,
                max_age=settings.OSCAR_BASKET_COOKIE_LIFETIME,
                httponly=True,
                samesite="Lax",
                secure=settings.HTTPS,
            )
        return response
