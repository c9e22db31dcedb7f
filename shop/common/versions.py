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
    """The counter; all of them, a handful, are read from the database at most every two seconds per process."""
    number = cache.get(f"version:{name}")
    if number is None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, number FROM common_version")
            found = {name: 0, **dict(cursor.fetchall())}
        cache.set_many({f"version:{each}": value for each, value in found.items()}, _SECONDS)
        number = found[name]
    return int(number)
