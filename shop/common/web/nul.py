"""Refuses NUL characters at the door: no person types one, and PostgreSQL and the file system stumble over them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

NUL = "\0"


class NulMiddleware:
    """400 for a NUL in the address, the query or a cookie. Stands above the sessions, which read the cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if NUL in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in the address")
        if any(NUL in value for value in request.COOKIES.values()):
            raise BadRequest("NUL in a cookie")
        return self.get_response(request)


class NulFormMiddleware:
    """400 for a NUL in a form's field. Stands below the check of the token: a stranger's body is not read for nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Django calls these in the order of the list."""
        if request.method == "POST" and any(NUL in value for _name, values in request.POST.lists() for value in values):
            raise BadRequest("NUL in a form")
