"""How often something may be done: counters in the cache, per person or per address."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest


def within(request: HttpRequest, what: str, *, most: int, seconds: int) -> bool:
    """Counts one try of `what` by this visitor; False from the one after `most` within the window.

    With the cache away nothing is counted: the shop goes on.
    """
    user = request.user
    who = f"u{user.pk}" if user.is_authenticated else str(request.META.get("REMOTE_ADDR", ""))
    key = f"limit:{what}:{who}"
    cache.add(key, 0, seconds)
    try:
        tries = cache.incr(key)
    except ValueError:  # the window ended between the two calls
        tries = 1
    return tries is None or tries <= most
