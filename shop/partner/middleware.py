"""Gives Oscar's parts the strategy they expect on a request, without touching session or database."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from shop.partner.strategy import MarketStrategy


class StrategyMiddleware:
    """Sets `request.strategy`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.strategy = MarketStrategy(request)  # type: ignore[attr-defined]
        return self.get_response(request)
