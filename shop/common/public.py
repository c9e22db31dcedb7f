"""The mark of a page that is the same for everybody: any room may set it, `shop.common.web.cache` keeps what wears it.

It stands below the faces because page types of the CMS, which are models, serve themselves.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse

View = TypeVar("View", bound=Any)
SECONDS = 60


def public_page(*query_keys: str, seconds: int = SECONDS) -> Callable[[View], View]:
    """Marks a view whose page is the same for everybody; `query_keys` are the only query keys it looks at."""
    allowed = frozenset(query_keys)

    def mark(view: View) -> View:
        @functools.wraps(view)
        def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response: HttpResponse = view(request, *args, **kwargs)
            if request.method in ("GET", "HEAD") and response.status_code == 200 and not response.streaming:
                response.market_public = (allowed, seconds)  # type: ignore[attr-defined]
            return response

        return wrapper  # type: ignore[return-value]

    return mark
