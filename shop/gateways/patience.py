"""How long somebody waits for a provider. A page waits a few seconds in all, whatever it asks; the worker may wait longer.

The library's own limit is one for each call, and it tries again by itself: three calls of a page that meets a silent
provider would take minutes.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_until: ContextVar[float | None] = ContextVar("market_patience", default=None)


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """All calls of providers within the block take so many seconds together; the next one then fails at once."""
    token = _until.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _until.reset(token)


def left() -> float | None:
    """The seconds that are left; None where nobody waits."""
    until = _until.get()
    return None if until is None else until - time.monotonic()


class PatienceMiddleware:
    """Behind every page somebody waits."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with at_most(settings.STRIPE_PATIENCE):
            return self.get_response(request)
