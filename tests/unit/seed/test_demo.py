"""The demo market, made through the services, keeps every rule that `check_market` knows."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from catalogue.models import Product, RawMaterial
from shop.order.models import Order
from shop.seed import hubs, joint_books
from shop.seed.checks import check_market
from shop.seed.market import materials_of, product_rows
from shop.seed.orders import STORIES
from tests.outside import as_worker


@pytest.mark.slow
@pytest.mark.django_db
def test_the_demo_passes_all_checks() -> None:
    with as_worker():  # the whole seed is one transaction of its own
        call_command("seed_demo", quiet=True)
    assert Product.objects.exclude(structure=Product.CHILD).count() >= 119
    of_hubs = 2 * len(hubs.STORIES)
    of_books = len(joint_books.DAYS) + 3  # three are those of shop.seed.money
    assert Order.objects.count() == len(STORIES) + of_hubs + of_books
    assert check_market() == []
    assert not RawMaterial.objects.filter(name_en="").exists()
    call_command("check_market")


def test_every_raw_material_of_the_goods_has_a_name_in_both_languages() -> None:
    known = {row["product_en"]: materials_of(row) for row in product_rows()}
    assert known["Surin jasmine rice"] == [("ข้าวเปลือกหอมมะลิ 105", "Paddy of jasmine rice 105")]
    pairs = {pair for pairs in known.values() for pair in pairs}
    assert [thai for thai, english in pairs if not english.isascii() or not english or thai.isascii()] == []
