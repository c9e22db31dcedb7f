"""How many queries the pages of the books cost, and that the number does not grow with what is on them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from shop.common import clock
from shop.fulfilment import services as work
from shop.ledger.models import Account
from shop.partner.services import set_offer
from shop.payment import services as payments
from shop.payouts import services as payouts
from tests.market import Market, make_user
from tests.payments import place as place_order
from tests.unit.fund.test_spending import WEEK, ask
from tests.unit.pages.test_query_budgets import BACKEND, count, read
from tests.unit.payouts.test_payouts import account
from vendors.models import Organisation

pytestmark = pytest.mark.django_db
MOST = 20


def _sold(market: Market, method: str) -> Any:
    order = place_order(market, method, kratip=1, hat=1)
    if method == "transfer":
        payments.confirm(attempt=order.payment_attempts.get())
    for part in order.vendor_orders.all():
        for act in (work.accept, work.pack, work.hand_over, work.deliver):
            act(vendor_order=part, by=None)
    return order


def pages_of(market: Market, order: Any) -> dict[str, Client]:
    """Address → who asks for it."""
    group, staff, member = market.groups["isan"], Client(), Client()
    staff.force_login(market.people["administrator"], backend=BACKEND)
    member.force_login(market.people["isan"], backend=BACKEND)
    bank = Account.objects.get(purpose="bank")
    return {
        "/fund/": member,
        f"/workspace/{group.slug}/money/": member,
        f"/workspace/{group.slug}/money/account/": member,
        "/office/payouts/": staff,
        "/office/payouts/accounts/": staff,
        "/office/fund/": staff,
        "/office/ledger/": staff,
        f"/office/ledger/accounts/{bank.pk}/": staff,
        "/office/ledger/entries/": staff,
        f"/office/ledger/orders/{order.number}/": staff,
        f"/office/money/cash/{group.code}/": staff,
    }


def test_pages_of_the_books_are_flat(market: Market) -> None:
    for key, maker in (("kratip", "north"), ("hat", "isan")):
        set_offer(product=market.products[key], place=market.places[maker], price_satang=12_000, in_stock=500)
    admin, second = market.people["administrator"], make_user("second", is_superuser=True, is_staff=True)
    group, national = market.groups["isan"], Organisation.objects.get(kind=Organisation.Kind.NATIONAL)
    account(market, group.get_parent(), second)
    moment = [clock.now()]

    def more() -> Any:
        """Sales, a refund, a payout that is open, a spending that waits; a week later."""
        with clock.moved_to(moment[0]):
            order = _sold(market, "transfer")
            _sold(market, "cod")
            payments.ask_refund(order=order, pieces={order.lines.order_by("pk")[0].pk: 1}, why="returned", by=None)
        moment[0] += WEEK
        with clock.moved_to(moment[0]):
            payouts.release_due()
            ask(market, national, 1)
            payouts.withdraw_batch(batch=payouts.make_batch(by=admin), by=admin)
        return order

    pages = pages_of(market, more())

    def counts() -> dict[str, int]:
        with clock.moved_to(moment[0]):
            return {path: count(read(client, path)) for path, client in pages.items()}

    counts()
    few = counts()
    more()
    more()
    many = counts()
    assert many == few
    assert {path: number for path, number in many.items() if number > MOST} == {}
