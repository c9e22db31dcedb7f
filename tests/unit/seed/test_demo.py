"""The demo market, made through the services, keeps every rule that `check_market` knows."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from catalogue.models import Product
from shop.order.models import Order
from shop.seed.checks import check_market
from shop.seed.orders import STORIES


@pytest.mark.slow
@pytest.mark.django_db
def test_the_demo_passes_all_checks() -> None:
    call_command("seed_demo", quiet=True)
    assert Product.objects.exclude(structure=Product.CHILD).count() >= 119
    assert Order.objects.count() == len(STORIES)
    assert check_market() == []
    call_command("check_market")
