"""A hub's pages cost the same with 500 and with 5,000 open vendor orders, and at most fifteen queries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shop.order.models import VendorOrder
from tests.busy_hub import fill_hub, paths_of
from tests.hubs import Hubs, build_hubs, buy, packed
from tests.market import Market
from tests.unit.fulfilment.hub_pages import table
from tests.unit.pages.test_query_budgets import count, read

pytestmark = pytest.mark.django_db
MOST = 15
A_FEW = 500
"""Rows of a table that a page may read from end to end: provinces, open transfers."""


def fill(market: Market, hubs: Hubs, number: int) -> None:
    part = packed(buy(market, hubs, {"kratip": 1}), market, "north")
    fill_hub(part=part, hub=hubs.places["bangkok"], first=hubs.places["north"], number=number)


def test_the_pages_of_a_hub_are_flat(market: Market) -> None:
    hubs = build_hubs(market)
    fill(market, hubs, 500)
    desk = table(hubs, "bangkok")
    paths = paths_of(desk.hub)
    for path in paths.values():
        read(desk.client, path)()
    few = {name: count(read(desk.client, path)) for name, path in paths.items()}
    fill(market, hubs, 4_500)
    assert VendorOrder.objects.count() > 5_000
    many = {name: count(read(desk.client, path)) for name, path in paths.items()}
    assert many == few
    assert {name: number for name, number in many.items() if number > MOST} == {}
    assert {name: rows for name, path in paths.items() if (rows := read_whole(desk.client, path)) > A_FEW} == {}


def read_whole(client: Client, path: str) -> int:
    """The most rows that a page reads of one table from its first to its last. The tables were never analysed."""
    with CaptureQueriesContext(connection) as told:
        read(client, path)()
    asked = [entry["sql"] for entry in told.captured_queries if "SELECT" in entry["sql"]]
    most = 0
    with connection.cursor() as cursor:
        for sql in asked:
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}")
            (plan,) = cursor.fetchone()
            most = max([most, *scanned(plan[0]["Plan"])])
    return most


def scanned(node: dict[str, Any]) -> Iterator[int]:
    """The rows that each step of a plan looks at without an index."""
    if node["Node Type"] == "Seq Scan":
        yield (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]
    for below in node.get("Plans", ()):
        yield from scanned(below)


def test_a_table_that_is_read_as_a_whole_is_seen(market: Market) -> None:
    """The negative control."""
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) SELECT code FROM vendors_province WHERE name_en LIKE 'C%'")
        (plan,) = cursor.fetchone()
    assert list(scanned(plan[0]["Plan"])) == [77]
