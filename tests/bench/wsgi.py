"""The market as gunicorn serves it, and the floors beside it by a Django handler without middleware.

A request with the header `X-Bench-Count` is answered with the number of SQL statements that it took (those that open
and close transactions included). Measured requests never carry it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import override_settings

_market = get_wsgi_application()
with override_settings(MIDDLEWARE=[]):
    _bare = WSGIHandler()
Start = Callable[..., Any]


def application(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
    """WSGI."""
    handler = _bare if environ["PATH_INFO"].startswith("/bench/") else _market
    if "HTTP_X_BENCH_COUNT" in environ:
        return _counted(handler, environ, start_response)
    return handler(environ, start_response)


def _counted(handler: WSGIHandler, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
    def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        return start_response(status, [*headers, ("X-Bench-Queries", str(len(connection.queries_log)))], *rest)

    connection.force_debug_cursor = True
    connection.queries_log.clear()
    try:
        return handler(environ, start)
    finally:
        connection.force_debug_cursor = False
