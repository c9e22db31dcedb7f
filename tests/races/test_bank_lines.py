"""Officers who match one line of the statement with different orders at the same moment: it pays one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from shop.common import clock
from shop.partner.models import StockRecord
from shop.payment import services as payments
from shop.payment.audit import violations
from shop.payment.errors import BankLineUsed
from shop.payment.models import MoneyAct, PaymentAttempt
from tests.market import Market
from tests.payments import place
from tests.races.paying import no_worker

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("no_worker")]
__all__ = ["no_worker"]
ORDERS = 6
Run = Callable[..., list[Any]]


def transfers(market: Market) -> list[PaymentAttempt]:
    StockRecord.objects.filter(pk=market.stock["hat"].pk).update(num_in_stock=ORDERS * 2)
    orders = [place(market, "transfer", email=f"l{number}@example.test") for number in range(ORDERS)]
    return [order.payment_attempts.get() for order in orders]


def match(attempt: PaymentAttempt, by: Any) -> PaymentAttempt:
    line = {"bank_date": clock.today(), "bank_reference": "KTB 0142"}
    return payments.confirm_transfer(attempt=attempt, by=by, received_satang=30_000, **line)


def test_one_line_matched_with_six_orders_at_once_pays_one(race_market: Market, at_once: Run) -> None:
    attempts, by = transfers(race_market), race_market.people["administrator"]
    results = at_once(lambda attempt: match(attempt, by), attempts, ORDERS)
    assert Counter(type(result) for result in results) == {PaymentAttempt: 1, BankLineUsed: ORDERS - 1}
    assert Counter(PaymentAttempt.objects.values_list("state", flat=True)) == {
        "succeeded": 1,
        "awaiting_payer": ORDERS - 1,
    }
    assert (MoneyAct.objects.count(), violations()) == (1, [])


def test_control_without_the_constraint_it_pays_all_of_them(race_market: Market, at_once: Run) -> None:
    attempts, by = transfers(race_market), race_market.people["administrator"]
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX one_attempt_per_bank_line")
    results = at_once(lambda attempt: match(attempt, by), attempts, ORDERS)
    assert Counter(type(result) for result in results) == {PaymentAttempt: ORDERS}
