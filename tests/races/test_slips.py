"""One slip sent for many orders at once belongs to one of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from media.models import PrivateFile
from shop.common import clock
from shop.order.models import Order
from shop.partner.models import StockRecord
from shop.payment.errors import SlipUsed
from shop.payment.models import PaymentProblem, TransferSlip
from shop.payment.services import send_slip
from tests.market import Market
from tests.payments import place

pytestmark = pytest.mark.race
ORDERS = 8


def orders_and_pictures(market: Market) -> list[tuple[Order, PrivateFile]]:
    """Each order with its own upload of the same picture."""
    StockRecord.objects.filter(pk=market.stock["hat"].pk).update(num_in_stock=ORDERS * 2)
    orders = [place(market, "transfer", email=f"s{number}@example.test") for number in range(ORDERS)]
    facts = {"shown_name": "slip.jpg", "content_type": "image/jpeg", "size": 1, "sha256": "a" * 64}
    return [
        (order, PrivateFile.objects.create(stored_name=f"slips/{number}.jpg", **facts))
        for number, order in enumerate(orders)
    ]


def test_the_same_slip_for_eight_orders_at_once(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    pairs = orders_and_pictures(race_market)
    results = at_once(lambda pair: send_slip(order=pair[0], file=pair[1], bank_reference="R1"), pairs)
    assert [type(result).__name__ for result in results].count("TransferSlip") == 1
    assert sum(isinstance(result, SlipUsed) for result in results) == ORDERS - 1
    assert TransferSlip.objects.count() == 1
    assert PaymentProblem.objects.filter(kind="slip").count() == ORDERS - 1, "a person sees each of them"


def test_without_the_constraints_more_would_be_taken(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    """The negative control: looking before writing alone lets several through."""
    pairs = orders_and_pictures(race_market)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE payment_transferslip DROP CONSTRAINT slip_picture_once")

    def naive(pair: tuple[Order, PrivateFile]) -> bool:
        with transaction.atomic():
            if TransferSlip.objects.filter(fingerprint=pair[1].sha256).exists():
                return False
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_sleep(0.2)")
            TransferSlip.objects.create(order=pair[0], file=pair[1], fingerprint=pair[1].sha256, sent_at=clock.now())
            return True

    assert at_once(naive, pairs, threads=ORDERS).count(True) > 1
