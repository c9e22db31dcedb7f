"""The demo's office finds something of each kind on its desk, and all of its money adds up."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from shop.partner.services import set_offer
from shop.payment.audit import violations
from shop.payment.models import PaymentProblem, ReconciliationRun
from shop.payment.selectors import refunds_by_hand
from shop.seed.money import make_money
from tests.market import Market

pytestmark = pytest.mark.django_db


def test_the_demo_has_something_to_look_at(market: Market) -> None:
    cache.clear()
    north = market.groups["north"]
    set_offer(product=market.products["kratip"], place=market.places["north"], price_satang=12_000, in_stock=500)
    make_money([market.people["buyer"], market.people["stranger"]], north, market.people["administrator"])
    kinds = sorted(PaymentProblem.objects.values_list("kind", flat=True))
    assert kinds == ["mismatch", "paid_twice", "unknown"]
    assert refunds_by_hand().count() == 1
    assert ReconciliationRun.objects.count() == 3
    assert violations() == []
