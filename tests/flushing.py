"""The one way by which the books may be emptied: by a test, in a database whose name begins with test_."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def books_may_be_emptied() -> Iterator[None]:
    """For Django's flush (TransactionTestCase) on this connection. UPDATE and DELETE stay refused."""
    with connection.cursor() as cursor:
        cursor.execute("SET market.ledger_flush = 'on'")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET market.ledger_flush = 'off'")
