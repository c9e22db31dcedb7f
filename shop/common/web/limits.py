"""How often something may be done: counters in the cache, per person or per address."""

from __future__ import annotations

import contextlib

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


def visitor_address(request: HttpRequest) -> str:
    """The visitor's IP address: what the one proxy in front says (BEHIND_PROXY), else the other end of the line.

    Only the last entry of X-Forwarded-For comes from our proxy; those before it can be typed by anybody.
    """
    named = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_PROXY else ""
    return named.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))


def within(request: HttpRequest, what: str, *, most: int, seconds: int, who: str = "") -> bool:
    """Counts one try of `what` by this visitor; False from the one after `most` within the window.

    Many people can stand behind one address: `who` counts something nearer, for example a basket.
    With the cache away nothing is counted: the shop goes on.
    """
    key = _key(request, what, who)
    cache.add(key, 0, seconds)
    try:
        tries = cache.incr(key)
    except ValueError:  # the window ended between the two calls
        tries = 1
    return tries is None or tries <= most


def give_back(request: HttpRequest, what: str, *, who: str = "") -> None:
    """A try that was right does not count: only wrong ones are limited."""
    with contextlib.suppress(ValueError):  # the window has ended
        cache.decr(_key(request, what, who))


def _key(request: HttpRequest, what: str, who: str) -> str:
    user = request.user
    who = f"u{user.pk}" if user.is_authenticated else who or visitor_address(request)
    return f"limit:{what}:{who}"
