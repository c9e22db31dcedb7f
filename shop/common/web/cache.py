"""Whole public pages kept for anonymous visitors.

A view that answers the same for everybody without a session says `@public_page`; the middleware then keeps its answer,
keyed by path, language, the allowed query keys and the catalogue version, until the next product's sale ends. A visitor
with a session cookie gets the same page freshly made: it holds nothing personal either (see the private fragment).
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.http import quote_etag
from django.utils.translation import get_language_from_path

from shop.common import versions

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


class PublicPageMiddleware:
    """Answers an anonymous GET of a public page from the cache, before session or language are looked at."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = _key(request) if self._may_be_kept(request) else None
        if key and (kept := cache.get(key)) is not None:
            return _answer(request, kept)
        response = self.get_response(request)
        marked = getattr(response, "market_public", None)
        if marked is None:
            response.headers.setdefault("Cache-Control", "private, no-store")
            return response
        allowed, seconds = marked
        etag = quote_etag(hashlib.md5(response.content, usedforsecurity=False).hexdigest())
        headers = {
            name: response.headers[name] for name in ("Content-Type", "Content-Language") if name in response.headers
        }
        headers |= {"ETag": etag, "Cache-Control": "public, max-age=0, must-revalidate", "Vary": "Accept-Encoding"}
        if "Content-Security-Policy" in response.headers:
            headers["Content-Security-Policy"] = response.headers["Content-Security-Policy"]
        if key and set(request.GET) <= allowed and not response.cookies:
            cache.set(key, (response.content, headers), seconds)
        for name, value in headers.items():
            response.headers[name] = value
        patch_vary_headers(response, ["Accept-Encoding"])
        if request.headers.get("If-None-Match") == etag:
            return _not_modified(headers)
        return response

    @staticmethod
    def _may_be_kept(request: HttpRequest) -> bool:
        return request.method in ("GET", "HEAD") and settings.SESSION_COOKIE_NAME not in request.COOKIES


def _key(request: HttpRequest) -> str:
    language = get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
    whole = f"{request.get_host()}|{language}|{request.get_full_path()}|{versions.current()}"
    return "page:" + hashlib.md5(whole.encode(), usedforsecurity=False).hexdigest()


def _answer(request: HttpRequest, kept: tuple[bytes, dict[str, str]]) -> HttpResponse:
    content, headers = kept
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return _not_modified(headers)
    return HttpResponse(content, headers=headers)


def _not_modified(headers: dict[str, str]) -> HttpResponse:
    kept = {name: value for name, value in headers.items() if name != "Content-Type"}
    return HttpResponse(status=304, headers=kept)
