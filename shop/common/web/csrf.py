"""Form tokens, and the one door beside them: cached pages hold no token, so same-origin posts are accepted without.

A browser sends `Sec-Fetch-Site: same-origin` (or at least `Origin`) with a form; a stranger's page cannot forge them.
Views marked `same_origin_ok` are accepted on that evidence; everything else needs Django's token.
"""

from __future__ import annotations

from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponseForbidden
from django.middleware.csrf import CsrfViewMiddleware

View = TypeVar("View", bound=Any)


def same_origin_ok(view: View) -> View:
    """Marks a view that cached pages post to (adding to the basket)."""
    view.same_origin_ok = True
    return view


def is_same_origin(request: HttpRequest) -> bool:
    """True when the browser says that the form stood on a page of ours."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    return bool(origin) and urlsplit(str(origin)).netloc == request.get_host() and origin != "null"


class SameOriginCsrfMiddleware(CsrfViewMiddleware):
    """Django's check, which a marked view passes by being same-origin."""

    def process_view(self, request: HttpRequest, callback: Any, *args: Any) -> HttpResponseForbidden | None:  # type: ignore[override]
        if getattr(callback, "same_origin_ok", False) and is_same_origin(request):
            request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
        return super().process_view(request, callback, *args)
