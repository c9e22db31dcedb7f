"""Filters, orders and counts against a naive reading of the same goods."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.models import Product
from search import facets
from search.query import PAGE_SIZE, Query, Sort, read_query
from search.selectors import search_products
from shop.common import clock
from shop.shipping.models import Tariff
from tests.unit.catalogue import world
from vendors.models import Organisation, Place
from vendors.services import open_place


@pytest.fixture
def market(db: Any) -> Any:
    cache.clear()
    world.base()
    with clock.moved_to(world.NOON):
        for number, (province, schemes) in enumerate(
            [("TH-50", ["TCPS"]), ("TH-50", ["TCPS", "GI"]), ("TH-84", ["OTOP_STAR"]), ("TH-84", ["GI"])]
        ):
            maker = world.group(f"กลุ่ม {number}", province)
            for scheme in schemes:
                world.certificate(maker, scheme)
            for index, slug in enumerate(["basketry", "silk", "cotton"]):
                world.product(
                    maker, f"สินค้า {number}{index}", slug=slug, price=10_000 * (number * 3 + index + 1), stock=index
                )
        yield


def naive(goods: list[Product], query: Query, ignoring: str = "") -> list[Product]:
    """The filters, one product at a time."""

    def fits(product: Product) -> bool:
        assert product.main_category is not None
        assert product.group is not None
        price = product.price_from_satang or 0
        checks = {
            "category": not query.categories or product.main_category.slug in query.categories,
            "region": not query.regions or product.region_code in query.regions,
            "province": not query.provinces or product.province_id in query.provinces,
            "group": not query.groups or product.group.slug in query.groups,
            "scheme": not query.schemes or bool(set(query.schemes) & set(product.schemes)),
            "price": (query.price_from or 0) <= price <= (query.price_to or 10**12),
            "stock": not query.in_stock or product.in_stock,
        }
        return all(fine for name, fine in checks.items() if name != ignoring)

    return [product for product in goods if fits(product)]


QUERIES = [
    Query(),
    Query(regions=("north",)),
    Query(regions=("north",), schemes=("GI",)),
    Query(provinces=("TH-84",), in_stock=True),
    Query(categories=("silk", "cotton"), price_from=30_000, price_to=90_000),
    Query(schemes=("TCPS", "OTOP_STAR"), categories=("basketry",)),
    Query(regions=("nowhere",)),
    Query(price_to=1),
]


@pytest.mark.parametrize("query", QUERIES)
def test_rows_and_counts_equal_the_naive_reading(market: Any, query: Query) -> None:
    goods = list(Product.objects.select_related("main_category", "group"))
    result = search_products(query)
    assert {card["pk"] for card in result.cards} == {product.pk for product in naive(goods, query)}
    assert result.total == len(result.cards)
    value_of = {
        "category": lambda product: [product.main_category.slug],
        "region": lambda product: [product.region_code],
        "province": lambda product: [product.province_id],
        "scheme": lambda product: product.schemes,
        "group": lambda product: [product.group.slug],
        "stock": lambda product: ["1"] if product.in_stock else [],
    }
    for facet in result.facets:
        left = naive(goods, query, ignoring=facet.name)
        for option in facet.options:
            expected = sum(option.value in value_of[facet.name](product) for product in left)
            assert option.count == expected, (facet.name, option)


def test_orders(market: Any) -> None:
    price_of = dict(Product.objects.values_list("pk", "price_from_satang"))
    prices = [price_of[card["pk"]] or 0 for card in search_products(Query(sort=Sort.CHEAPEST)).cards]
    assert prices == sorted(prices)
    assert [price_of[card["pk"]] for card in search_products(Query(sort=Sort.DEAREST)).cards] == prices[::-1]
    names = [card["name"] for card in search_products(Query(sort=Sort.NAME)).cards]
    assert names == sorted(names)
    Product.objects.filter(title="สินค้า 21").update(sold_count=9)
    assert search_products(Query(sort=Sort.POPULAR)).cards[0]["name"] == "สินค้า 21"
    assert search_products(Query()).cards[0]["name"] == "สินค้า 32"


def test_thai_names_sort_as_a_dictionary(market: Any) -> None:
    maker = world.certified_group()
    for title in ("ไก่ย่าง", "เกลือ", "ขนม", "กล้วย"):
        world.product(maker, title, slug="ceramics")
    found = search_products(Query(shelf="ceramics", sort=Sort.NAME)).cards
    assert [card["name"] for card in found] == ["กล้วย", "เกลือ", "ไก่ย่าง", "ขนม"]


def test_words_and_shelf(market: Any) -> None:
    assert [card["name"] for card in search_products(Query(text="สินค้า 10")).cards] == ["สินค้า 10"]
    assert search_products(Query(text="rattan", shelf="silk")).total == 4
    assert search_products(Query(text="100%_")).total == 0


def test_group_filter(market: Any) -> None:
    slug = Product.objects.filter(title="สินค้า 00").values_list("group__slug", flat=True).get()
    result = search_products(Query(groups=(slug,)))
    assert result.total == 3
    assert search_products(Query(groups=("no-such-group",))).total == 0


def test_a_chosen_group_keeps_its_number_beside_those_with_most_goods(
    market: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facets, "MOST_GROUPS", 2)
    first, second, third, fewest = (Product.objects.get(title=f"สินค้า {number}0").group.slug for number in range(4))
    Product.objects.filter(title__in=["สินค้า 10", "สินค้า 30"]).update(sellable_until=world.NOON)

    def told(query: Query) -> dict[str, int]:
        cache.clear()
        facet = next(facet for facet in search_products(query).facets if facet.name == "group")
        return {option.value: option.count for option in facet.options}

    most = {first: 3, third: 3}
    assert told(Query(text="สินค้า")) == most
    for text in ("สินค้า", ""):
        assert told(Query(text=text, groups=(fewest,))) == {**most, fewest: 2}
        assert told(Query(text=text, groups=(fewest,), provinces=("TH-50",))) == {
            first: 3,
            second: 2,
            fewest: 0,
        }


def test_ways_of_delivery(market: Any) -> None:
    """A hub of the north without a cold store and without a counter; elsewhere none. Frozen goods have no tariff."""
    network = Organisation.objects.get(kind=Organisation.Kind.PROVINCIAL, province_id="TH-50")
    hub = open_place(organisation=network, kind=Place.Kind.HUB, name_th="จุดกระจายสินค้า")
    Product.objects.filter(title__in=["สินค้า 00", "สินค้า 20"]).update(storage="chilled")
    Product.objects.filter(title="สินค้า 01").update(storage="frozen")
    Tariff.objects.filter(storage="frozen").delete()

    def told(query: Query) -> tuple[int, dict[str, int]]:
        cache.clear()
        result = search_products(query)
        facet = next(facet for facet in result.facets if facet.name == "delivery")
        return result.total, {option.value: option.count for option in facet.options}

    everything = {"direct": 11, "hubs": 4}
    assert told(Query(text="สินค้า")) == (12, everything)
    assert told(Query(text="สินค้า", deliveries=("hubs",))) == (4, everything)
    assert told(Query(deliveries=("hubs",))) == (4, everything)
    assert told(Query(text="สินค้า", deliveries=("pickup",))) == (0, {**everything, "pickup": 0})
    assert told(Query(text="สินค้า", deliveries=("no-such-way",)))[0] == 0
    assert told(Query(text="สินค้า", deliveries=("direct", "hubs"), storages=("chilled",))) == (
        2,
        {"direct": 2, "hubs": 0},
    )
    Place.objects.filter(pk=hub.pk).update(has_cold_store=True, has_pickup_counter=True)
    assert told(Query(text="สินค้า", deliveries=("pickup",))) == (6, {"direct": 11, "hubs": 6, "pickup": 6})
    Place.objects.filter(pk=hub.pk).update(is_open=False)
    assert told(Query(deliveries=("hubs",))) == (0, {"direct": 11, "hubs": 0})


def test_far_pages_and_the_last_page(market: Any) -> None:
    maker = world.certified_group()
    source = world.product(maker, "ซ้ำ", slug="ceramics")
    values = {field.attname: getattr(source, field.attname) for field in Product._meta.concrete_fields}
    Product.objects.bulk_create(
        Product(**{**values, "id": None, "public_code": f"B{number}", "upc": None}) for number in range(300)
    )
    cache.clear()
    seen: list[int] = []
    for page in range(1, 14):
        seen += [card["pk"] for card in search_products(Query(shelf="ceramics", page=page)).cards]
    assert len(seen) == len(set(seen)) == 301
    last = search_products(Query(shelf="ceramics", page=10**9))
    assert last.page == last.pages == 13
    assert len(last.cards) == 301 - 12 * PAGE_SIZE


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["q", "category", "min", "max", "sort", "page", "stock", "region"]), st.text(max_size=30)
    )
)
def test_any_address_can_be_read(values: dict[str, str]) -> None:
    params = QueryDict(mutable=True)
    params.update(values)
    query = read_query(params)
    again = QueryDict(mutable=True)
    for name, value in query.pairs(with_page=True):
        again.appendlist(name, value)
    assert read_query(again) == query, "an address that we write reads as the same query"


def test_baht_and_thai_digits() -> None:
    query = read_query(QueryDict("min=๑๐๐&max=1,500&sort=price"))
    assert (query.price_from, query.price_to, query.sort) == (10_000, 150_000, Sort.CHEAPEST)
    assert read_query(QueryDict("min=500&max=100")).price_from == 10_000
