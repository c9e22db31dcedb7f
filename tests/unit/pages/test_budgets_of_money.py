"""How many queries the office's pages of the money cost, and that the number does not grow with what is on them."""

from __future__ import annotations

import pytest
from django.test import Client

from shop.common import clock
from shop.partner.services import set_offer
from shop.payment import services as payments
from shop.payment.reconciling import reconcile
from tests.market import Market
from tests.payments import place as place_order
from tests.unit.pages.test_query_budgets import BACKEND, count, read

pytestmark = pytest.mark.django_db
MOST = 12


def test_pages_of_the_money_are_flat(market: Market) -> None:
    for key, maker in (("kratip", "north"), ("hat", "isan")):
        set_offer(product=market.products[key], place=market.places[maker], price_satang=12_000, in_stock=500)
    staff = Client()
    staff.force_login(market.people["administrator"], backend=BACKEND)
    order = place_order(market, "transfer", kratip=3, hat=2)
    payments.confirm(attempt=order.payment_attempts.get())
    pages = [
        "/office/money/",
        "/office/money/cash/",
        "/office/money/reconciliation/",
        "/office/transfers/",
        f"/office/money/orders/{order.number}/",
        f"/office/money/orders/{order.number}/refund/",
    ]

    def more(number: int) -> None:
        """One more of everything that the pages list."""
        payments.ask_refund(order=order, pieces={order.lines.order_by("pk")[0].pk: 1}, why="returned", by=None)
        payments.open_problem(kind="slip", key=str(number), attempt=order.payment_attempts.get())
        place_order(market, "transfer", hat=1)
        cash = place_order(market, "cod", hat=1, kratip=1)
        for part in cash.vendor_orders.all():
            payments.collect_cash(vendor_order=part, amount_satang=1_000, by=None)
        reconcile(day=clock.today())

    more(0)
    few = {path: count(read(staff, path)) for path in pages}
    for number in range(1, 3):
        more(number)
    many = {path: count(read(staff, path)) for path in pages}
    assert many == few
    assert {path: number for path, number in many.items() if number > MOST} == {}
