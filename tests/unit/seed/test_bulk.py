"""The big market keeps every rule of the demo, holds what was asked for, is the same each time, and is made once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.db.models import Count, Max, Min

from catalogue.models import Product
from catalogue.selectors import on_sale
from shop.order.models import Order, VendorOrder
from shop.partner.models import StockRecord
from shop.seed.bulk import AlreadyBig, Wanted, make_big_market
from shop.seed.checks import check_market
from vendors.models import Certificate, Organisation

GROUPS, PRODUCTS, ORDERS = 20, 500, 50


def bulk_goods() -> Any:
    return Product.objects.filter(group__slug__startswith="bulk-").exclude(structure=Product.CHILD)


def digest() -> list[Any]:
    """What chance decided: names, codes, prices, certificates of goods; numbers and totals of orders."""
    marks = ("public_code", "title", "group__slug", "price_from_satang", "schemes", "sold_count")
    orders = Order.objects.filter(guest_email__startswith="bulk-buyer-").order_by("pk")
    return [*bulk_goods().order_by("pk").values_list(*marks), *orders.values_list("number", "total_incl_tax")]


def make() -> None:
    make_big_market(Wanted(GROUPS, PRODUCTS, ORDERS), lambda what, number: None)


@pytest.fixture(scope="module")
def big_market(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[Any]]:
    """One small "big" market for the module, rolled back at its end; yields the digest of one made before it."""
    with django_db_blocker.unblock(), transaction.atomic():
        with transaction.atomic():
            make()
            first = digest()
            transaction.set_rollback(True)
        make()
        yield first
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _undo(big_market: list[Any]) -> Iterator[None]:
    """What a test changes is rolled back after it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_it_passes_the_checks_of_the_demo() -> None:
    assert check_market() == []


def test_it_holds_what_was_asked_for() -> None:
    groups = Organisation.objects.filter(slug__startswith="bulk-", kind=Organisation.Kind.GROUP)
    assert groups.count() == GROUPS
    assert bulk_goods().count() == PRODUCTS
    assert Order.objects.filter(guest_email__startswith="bulk-buyer-").count() == ORDERS


def test_everything_is_marked_as_an_example() -> None:
    assert not Organisation.objects.filter(slug__startswith="bulk-", is_demo=False).exists()
    assert not Certificate.objects.filter(holder__slug__startswith="bulk-", is_demo=False).exists()


def test_the_spread_is_that_of_a_real_market() -> None:
    prices = StockRecord.objects.aggregate(least=Min("price"), most=Max("price"))
    assert 1 <= prices["least"] <= 15
    assert 2_000 <= prices["most"] <= 100_000
    for_sale = on_sale().filter(group__slug__startswith="bulk-")
    assert 0.6 * PRODUCTS < for_sale.count() < PRODUCTS
    assert for_sale.filter(in_stock=False).exists()
    assert bulk_goods().filter(sellable_from=None).exists()
    assert bulk_goods().filter(structure=Product.PARENT).annotate(n=Count("children")).filter(n__gte=2).count() > 20
    assert bulk_goods().values("main_category").distinct().count() >= 8
    assert {state for state, _label in VendorOrder.State.choices} == set(
        VendorOrder.objects.values_list("state", flat=True)
    )
    assert {"verified", "submitted"} <= set(Certificate.objects.values_list("state", flat=True))


def test_a_second_one_is_refused_and_changes_nothing() -> None:
    before = Product.objects.count(), Organisation.objects.count()
    with pytest.raises(AlreadyBig):
        make_big_market(Wanted(1, 1, 0), lambda what, number: None)
    assert (Product.objects.count(), Organisation.objects.count()) == before


def test_odd_numbers_are_refused() -> None:
    with pytest.raises(CommandError, match="at least 1"):
        call_command("seed_bulk", groups=0, products=1, orders=0)


BREAKERS = {
    "reserved ≤ stock, and reserved is what open vendor orders hold": (
        "UPDATE partner_stockrecord SET num_allocated = num_allocated + 1 WHERE id ="
        " (SELECT id FROM partner_stockrecord WHERE num_in_stock > num_allocated ORDER BY id LIMIT 1)"
    ),
    "an order's total is the sum of its vendor orders": "UPDATE order_order SET total_incl_tax = total_incl_tax + 0.01",
    "a vendor order's goods and weight are the sums of its lines": (
        "UPDATE order_vendororder SET weight_g = weight_g + 1"
    ),
    "sold pieces are those of the vendor orders that began": (
        "UPDATE catalogue_product SET sold_count = sold_count + 1 WHERE structure = 'standalone'"
    ),
    "computed columns": "UPDATE catalogue_product SET sellable_until = sellable_until + interval '1 day'",
    "trees": "UPDATE vendors_organisation SET numchild = numchild + 1 WHERE slug = 'bulk-cooperative-1'",
    "certificate numbers": "UPDATE vendors_certificate SET number = 'x' WHERE scheme_id = 'TCPS'",
    "codes": (
        "UPDATE catalogue_product SET public_code = 'AAAAAAAAA' WHERE id = (SELECT min(id) FROM catalogue_product)"
    ),
    "titles": "UPDATE catalogue_product SET sort_title = 'x' WHERE structure = 'standalone'",
    "an approved group has its partner, and shop pages in both languages": (
        "UPDATE wagtailcore_page SET live = FALSE WHERE id = (SELECT min(page_ptr_id) FROM cms_grouppage)"
    ),
    "a certificate covers goods of its holder only": (
        "UPDATE vendors_certificate SET holder_id = (SELECT id FROM vendors_organisation WHERE kind = 'national')"
    ),
}


@pytest.mark.parametrize("name", BREAKERS)
def test_a_broken_rule_is_found_by_its_check(name: str) -> None:
    """The negative control: the checks above could fail."""
    with connection.cursor() as cursor:
        cursor.execute(BREAKERS[name])
        assert cursor.rowcount > 0
    assert name in {finding.check for finding in check_market()}


def test_the_same_market_every_time(big_market: list[Any]) -> None:
    """The fixture made it twice: what chance decides fell alike."""
    assert big_market == digest()
    assert len(big_market) == PRODUCTS + ORDERS
