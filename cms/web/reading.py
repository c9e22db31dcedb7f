"""Counts readings of stories, kept pages too: it stands before the middleware that keeps them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.signals import request_finished
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

from cms import reads

log = logging.getLogger("market.reads")


class CountReadings:
    """A middleware that only looks at path, method and status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.COUNT_READINGS and request.method == "GET" and response.status_code in (200, 304):
            reads.count(request.path_info, request.headers.get("User-Agent", ""))
        return response


@receiver(request_finished)
def write_down(**_facts: Any) -> None:
    """After the answer was sent; a failure costs a number and nobody a page."""
    try:
        reads.write_down()
    except Exception:
        log.exception("readings were not written")
