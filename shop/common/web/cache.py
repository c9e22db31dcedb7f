"""Whole public pages kept for anonymous visitors.

A view that answers the same for everybody without a session says `@public_page` (`shop.common.public`); the middleware
then keeps its answer, keyed by path, language, the allowed query keys, the catalogue version and the day in Thailand: at
midnight, when certificates begin and end, every kept page is another one. A visitor with a session cookie gets the same
page freshly made: it holds nothing personal either (see the private fragment).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags, quote_etag
from django.utils.translation import get_language_from_path

from shop.common import clock, versions
from shop.common.web import compression


class PublicPageMiddleware:
    """Answers an anonymous GET of a public page from the cache, before session or language are looked at."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        coding = compression.accepted(request)
        key = _key(request, coding) if self._may_be_kept(request) else None
        if key and (kept := cache.get(key)) is not None:
            return _answer(request, kept)
        response = self.get_response(request)
        marked = getattr(response, "market_public", None)
        if marked is None:
            response.headers.setdefault("Cache-Control", "private, no-store")
            if getattr(response, "market_same_for_all", False):
                del response.headers["Vary"]  # a picture is the same for every cookie; else a browser fetches it twice
            return response
        allowed, seconds = marked
        headers = _headers_of(response)
        body = response.content
        if coding and len(body) >= compression.LEAST and not response.has_header("Content-Encoding"):
            body = compression.packed(body, coding)
            headers["Content-Encoding"] = coding
        if key and set(request.GET) <= allowed and not response.cookies:
            cache.set(key, (body, headers), seconds)
        if _is_known(request, headers["ETag"]):
            return _not_modified(headers)
        response.content = body
        for name, value in headers.items():
            response.headers[name] = value
        patch_vary_headers(response, ["Accept-Encoding"])
        response.headers["Content-Length"] = str(len(body))
        return response

    @staticmethod
    def _may_be_kept(request: HttpRequest) -> bool:
        return request.method in ("GET", "HEAD") and settings.SESSION_COOKIE_NAME not in request.COOKIES


def _headers_of(response: HttpResponse) -> dict[str, str]:
    """What a kept page is answered with. The mark is a weak one: packed or not, it is the same page."""
    names = ("Content-Type", "Content-Language", "Content-Security-Policy")
    headers = {name: response.headers[name] for name in names if name in response.headers}
    etag = "W/" + quote_etag(hashlib.md5(response.content, usedforsecurity=False).hexdigest())
    return headers | {"ETag": etag, "Cache-Control": "public, max-age=0, must-revalidate", "Vary": "Accept-Encoding"}


def _key(request: HttpRequest, coding: str) -> str:
    language = get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
    whole = f"{request.get_host()}|{language}|{request.get_full_path()}|{versions.current()}|{clock.today()}|{coding}"
    return "page:" + hashlib.md5(whole.encode(), usedforsecurity=False).hexdigest()


def _answer(request: HttpRequest, kept: tuple[bytes, dict[str, str]]) -> HttpResponse:
    content, headers = kept
    return _not_modified(headers) if _is_known(request, headers["ETag"]) else HttpResponse(content, headers=headers)


def _is_known(request: HttpRequest, etag: str) -> bool:
    """True when the browser has this page already."""
    named = parse_etags(request.headers.get("If-None-Match", ""))
    return any(one == "*" or one.removeprefix("W/") == etag.removeprefix("W/") for one in named)


def _not_modified(headers: dict[str, str]) -> HttpResponse:
    kept = {name: value for name, value in headers.items() if name not in ("Content-Type", "Content-Encoding")}
    return HttpResponse(status=304, headers=kept)
