"""Races need committed data and several connections: each test gets a copy of the test database of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from django.db import connection, connections
from psycopg import sql

from tests.kept import lay_market
from tests.market import Market


def _admin() -> psycopg.Connection:
    values = connection.settings_dict
    return psycopg.connect(
        host=values["HOST"],
        user=values["USER"],
        password=values["PASSWORD"] or None,
        dbname="postgres",
        autocommit=True,
    )


@pytest.fixture
def race_market(django_db_setup: None, django_db_blocker: Any) -> Iterator[Market]:
    """A market in a copy of the test database, committed, dropped afterwards."""
    with django_db_blocker.unblock():
        name = connection.settings_dict["NAME"]
        copy = f"{name}_race"
        connections.close_all()
        with _admin() as admin:
            admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(copy)))
            admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(copy), sql.Identifier(name)))
        connection.settings_dict["NAME"] = copy
        try:
            yield lay_market()
        finally:
            connections.close_all()
            connection.settings_dict["NAME"] = name
            with _admin() as admin:
                admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(copy)))


@pytest.fixture
def at_once() -> Callable[..., list[Any]]:
    """`at_once(act, items, threads=25)`: calls `act(item)` in many threads; an exception is its result."""

    def run(act: Callable[[Any], Any], items: list[Any], threads: int = 25) -> list[Any]:
        def one(item: Any) -> Any:
            try:
                return act(item)
            except Exception as error:
                return error
            finally:
                connection.close()

        with ThreadPoolExecutor(threads) as pool:
            return list(pool.map(one, items))

    return run
