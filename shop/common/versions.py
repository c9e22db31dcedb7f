"""Counters that cached pages are keyed by: `bump` with a change, `current` when a page is asked for."""

from __future__ import annotations

from django.core.cache import cache
from django.db import connection, transaction

CATALOGUE = "catalogue"
_SECONDS = 2
_BUMP = (
    "INSERT INTO common_version (name, number) VALUES (%s, 1) "
    "ON CONFLICT (name) DO UPDATE SET number = common_version.number + 1"
)


def bump(name: str = CATALOGUE) -> None:
    """Makes every page cached under `name` stale, once the running transaction is committed."""
    transaction.on_commit(lambda: _bump(name))


def _bump(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_BUMP, [name])
    cache.delete(f"version:{name}")


def current(name: str = CATALOGUE) -> int:
    """The counter; read from the database at most every two seconds per process."""
    number = cache.get(f"version:{name}")
    if number is None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT number FROM common_version WHERE name = %s", [name])
            row = cursor.fetchone()
        number = row[0] if row else 0
        cache.set(f"version:{name}", number, _SECONDS)
    return int(number)
