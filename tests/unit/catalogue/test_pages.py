"""The pages of goods: what they show, what they hide, and how few queries they need."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from catalogue import shelves
from catalogue.services import add_variant, publish_product, refresh_sale, set_raw_materials, withdraw_product
from shop.common import clock
from shop.partner.services import set_offer
from tests.unit.catalogue import world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _world() -> Any:
    cache.clear()
    world.base()
    with clock.moved_to(world.NOON):
        yield
    translation.activate("th")


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def test_listing_shows_what_is_on_sale_and_nothing_else(client: Client) -> None:
    maker = world.certified_group()
    world.product(maker, "ตะกร้าหวายใบใหญ่")
    world.product(world.group(), "ของไม่มีใบรับรอง")
    world.product(maker, "ของยังไม่เผยแพร่", publish=False)
    old = world.group()
    world.certificate(old, first=dt.date(2020, 1, 1), last=dt.date(2026, 11, 23))
    world.product(old, "ของใบรับรองหมดอายุ")
    shut = world.certified_group()
    hidden = world.product(shut, "ของกลุ่มที่ระงับ")
    shut.state = "suspended"
    shut.save()
    refresh_sale([hidden.pk])
    for address in ("/products/", "/categories/basketry/", "/search/", "/search/?q=ของ", "/en/products/"):
        body = page(client, address)
        for title in ("ของไม่มีใบรับรอง", "ของยังไม่เผยแพร่", "ของใบรับรองหมดอายุ", "ของกลุ่มที่ระงับ"):
            assert title not in body, address
    assert "ตะกร้าหวายใบใหญ่" in page(client, "/products/")
    assert "Rattan basket" in page(client, "/en/products/")


def test_a_certificate_ends_at_midnight_even_for_kept_pages(client: Client) -> None:
    maker = world.group()
    world.certificate(maker, first=dt.date(2026, 1, 1), last=dt.date(2026, 11, 24))
    world.product(maker, "ตะกร้าวันสุดท้าย")
    end = clock.start_of_day(dt.date(2026, 11, 25))
    with clock.moved_to(end - dt.timedelta(seconds=1)):
        assert "ตะกร้าวันสุดท้าย" in page(client, "/products/")
    cache.clear()  # the kept page's second has passed
    with clock.moved_to(end):
        assert "ตะกร้าวันสุดท้าย" not in page(client, "/products/")


def test_query_budget_is_flat(client: Client, django_assert_max_num_queries: Any) -> None:
    maker = world.certified_group()
    made = [world.product(maker, f"ตะกร้า {number}") for number in range(5)]
    page(client, "/products/")
    for count in (5, 24):
        while len(made) < count:
            made.append(world.product(maker, f"ตะกร้า {len(made)}"))
        for address in (
            "/products/",
            "/categories/basketry/",
            "/search/?q=ตะกร้า",
            "/products/?scheme=TCPS&region=north",
        ):
            cache.clear()
            shelves.forget()
            words = 4 if "q=" in address else 0  # all else that holds the words
            with django_assert_max_num_queries(8 + words) as cold:
                body = page(client, address)
            assert body.count('class="good"') == count
            cache.clear()
            with django_assert_max_num_queries(4 + words) as warm:
                page(client, address)
            print(address, count, "queries cold", len(cold), "warm", len(warm))


def test_product_page_is_whole(client: Client, django_assert_max_num_queries: Any) -> None:
    maker = world.certified_group()
    goods = world.product(maker, "ตะกร้าหวาย <b>")
    world.product(maker, "ของอีกชิ้น")
    set_raw_materials(product=goods, materials=[{"name_th": "หวาย", "origin": "own", "province_id": "TH-84"}])
    cache.clear()
    shelves.forget()
    with django_assert_max_num_queries(
        11
    ) as used:  # a process that has kept nothing yet; `make bench` counts a kept one
        body = page(client, goods.get_absolute_url())
    print("product queries", len(used))
    assert "ตะกร้าหวาย &lt;b&gt;" in body
    assert "<b>ตะกร้า" not in body
    assert "250.00" in body
    assert "หวาย" in body
    assert "ของอีกชิ้น" in body
    assert '"@type": "Product"' in body
    assert "csrfmiddlewaretoken" not in body
    assert f"/basket/add/{goods.pk}/" in body


def test_old_slug_and_variant_lead_to_the_product(client: Client) -> None:
    maker = world.certified_group()
    goods = world.product(maker, publish=False)
    small = add_variant(parent=goods, variant_th="เล็ก")
    set_offer(product=small, place=world.workshop(maker), price_satang=10_000, in_stock=3)
    goods = publish_product(product=goods)
    address = goods.get_absolute_url()
    assert client.get(f"/products/old-name_{goods.pk}/").headers["Location"] == address
    assert client.get(f"/products/x_{small.pk}/").headers["Location"] == address
    assert client.get(f"/products/{goods.slug}_{'9' * 18}/").status_code == 404
    body = page(client, address)
    assert f'name="variant" value="{small.pk}" checked' in body


def test_not_on_sale_says_why_and_offers_no_form(client: Client) -> None:
    maker = world.group()
    world.certificate(maker, first=dt.date(2020, 1, 1), last=dt.date(2026, 1, 1))
    goods = world.product(maker)
    answer = client.get(goods.get_absolute_url())
    body = answer.content.decode()
    assert answer.status_code == 200
    assert "noindex" in body
    assert "/basket/add/" not in body
    withdraw_product(product=goods)
    cache.clear()  # the bumped version does it after the commit
    assert client.get(goods.get_absolute_url()).status_code == 404


def test_suspended_group_has_no_product_pages(client: Client) -> None:
    maker = world.certified_group()
    goods = world.product(maker)
    maker.state = "suspended"
    maker.save()
    assert client.get(goods.get_absolute_url()).status_code == 404


def test_sold_out_is_said_and_cannot_be_added(client: Client) -> None:
    goods = world.product(world.certified_group(), stock=0)
    body = page(client, goods.get_absolute_url())
    assert "/basket/add/" in body
    assert 'name="quantity"' not in body


@pytest.mark.parametrize("number", ["1000000000", "0", "-1", "abc", "๒", "9" * 40, "1.5", ""])
def test_odd_pages_show_a_clear_page(client: Client, number: str) -> None:
    world.product(world.certified_group(), "ตะกร้าใบเดียว")
    assert "ตะกร้าใบเดียว" in page(client, f"/products/?page={number}")


@pytest.mark.parametrize(
    "query",
    [
        "sort=drop",
        "min=abc&max=-5",
        "min=999999999999",
        "category=%2500",
        "region=x'--",
        "scheme=%F0%9F%92%A9",
        "q=%25_'\"",
        "group=nobody",
        "stock=yes",
        "page=1&page=2",
        "q=" + "ก" * 5000,
        "province=TH-50&province=zz",
    ],
)
def test_nonsense_in_addresses_is_no_error(client: Client, query: str) -> None:
    assert client.get(f"/products/?{query}").status_code == 200
    assert client.get(f"/search/?{query}").status_code == 200


def test_unknown_category_is_404(client: Client) -> None:
    assert client.get("/categories/nothing/").status_code == 404
