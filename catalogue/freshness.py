"""How long a page about goods may be kept: never past the midnight at which certificates end.

Intervals of sale begin and end at midnight in Thailand; every other change bumps the catalogue version at once.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse

from shop.common import clock

View = TypeVar("View", bound=Callable[..., Any])


def seconds_left() -> int:
    """Whole seconds until the day ends in Thailand; at least 1."""
    return max(1, int((clock.end_of_day(clock.today()) - clock.now()).total_seconds()))


def until_midnight(view: View) -> View:
    """Put above `@public_page(...)`: the kept page ends with the day."""

    @functools.wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = view(request, *args, **kwargs)
        marked = getattr(response, "market_public", None)
        if marked is not None:
            allowed, seconds = marked
            response.market_public = (allowed, min(seconds, seconds_left()))  # type: ignore[attr-defined]
        return response

    return wrapper  # type: ignore[return-value]
