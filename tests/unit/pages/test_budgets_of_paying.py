"""Queries of the payment page, of what a waiting page asks every few seconds, and of the receipt: few, and flat in lines."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shop.gateways.standin.server import Standin
from shop.payment import services as payments
from tests.market import Market, make_product
from tests.payments import attempt_of, place, stripe
from tests.unit.pages.test_query_budgets import BACKEND, count, read

pytestmark = pytest.mark.django_db
__all__ = ["stripe"]
MOST = {"promptpay": 8, "card": 8, "transfer": 9, "cod": 8, "test": 8}


@pytest.fixture
def buyer(market: Market) -> Client:
    for number in range(12):
        make_product(market, f"g{number}", ("north", "isan", "south")[number % 3], title=f"ของ {number}", stock=50)
    client = Client()
    client.force_login(market.people["buyer"], backend=BACKEND)
    return client


def both(market: Market, method: str) -> list[Any]:
    """An order of one line, and one of twelve lines of three groups."""
    many = {f"g{number}": 1 for number in range(12)}
    return [place(market, method, user=market.people["buyer"], **lines) for lines in ({"g0": 1}, many)]


@pytest.mark.parametrize("method", list(MOST))
def test_the_payment_page(market: Market, stripe: Standin, buyer: Client, method: str) -> None:
    orders = both(market, method)
    for order in orders:
        buyer.get(f"/orders/{order.number}/pay/")  # begun: the first opening writes
    few, many = (count(read(buyer, f"/orders/{order.number}/pay/")) for order in orders)
    assert few == many
    assert many <= MOST[method]


def test_what_a_waiting_page_asks_every_few_seconds(market: Market, stripe: Standin, buyer: Client) -> None:
    orders = both(market, "promptpay")
    found = []
    for order in orders:
        mark = buyer.get(f"/orders/{order.number}/pay/").context["page"].mark
        path = f"/orders/{order.number}/pay/live/?seen={mark}"
        assert buyer.get(path).status_code == 204  # asks the provider, as every tenth second does
        with CaptureQueriesContext(connection) as queries:
            assert buyer.get(path).status_code == 204
        found.append(len(queries))
        cache.clear()
        with CaptureQueriesContext(connection) as asking:
            assert buyer.get(path).status_code == 204
        assert len(asking) <= 14, "with the provider asked and what it says written down"
    assert found[0] == found[1] <= 5


def test_the_receipt_and_the_order_page_with_money(market: Market, buyer: Client) -> None:
    orders = both(market, "transfer")
    for order in orders:
        payments.confirm(attempt=attempt_of(order), note="seen")
        for line in order.lines.all()[:1]:
            payments.ask_refund(order=order, pieces={line.pk: 1}, why="short", by=None)
    for path, most in (("receipt.pdf", 8), ("", 11)):
        few, many = (count(read(buyer, f"/orders/{order.number}/{path}")) for order in orders)
        assert few == many, path
        assert many <= most, path
