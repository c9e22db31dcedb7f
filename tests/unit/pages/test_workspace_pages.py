"""Pages of a group's workspace cost the same with one product and with many, and no more than twelve queries."""

from __future__ import annotations

import pytest
from django.test import Client

from cms.selectors import pages_of, versions_of
from cms.services import feature_good
from tests.market import Market, make_product, photo
from tests.unit.cms.shop_pages import BASE, client_of, save
from tests.unit.pages.test_query_budgets import count, read

pytestmark = pytest.mark.django_db
SHOP_PAGE = {
    BASE: 12,
    f"{BASE}edit/story/": 12,
    f"{BASE}edit/faces/": 12,
    f"{BASE}edit/gallery/": 12,
    f"{BASE}edit/goods/": 12,
    f"{BASE}edit/goods/?q=ตะกร้า": 12,
    f"{BASE}versions/": 12,
    f"{BASE}preview/": 12,
}


def costs(client: Client, pages: dict[str, int]) -> dict[str, int]:
    return {path: count(read(client, path)) for path in pages}


def test_the_shop_page_is_flat(market: Market) -> None:
    client, group, by = client_of(market, "north"), market.groups["north"], market.people["north"]
    save(market, "faces", rows=1, **{"r0-photo": photo(), "r0-name": "ป้าแก้ว"})
    feature_good(group=group, product_id=market.products["kratip"].pk, act="add", by=by)
    costs(client, SHOP_PAGE)
    few = costs(client, SHOP_PAGE)
    for number in range(40):
        product = make_product(market, f"w{number}", "north", title=f"ตะกร้า {number}")
        if number < 5:
            feature_good(group=group, product_id=product.pk, act="add", by=by)
    assert len(pages_of(group.pk).draft["featured"]) == 6
    many = costs(client, SHOP_PAGE)
    version = f"{BASE}versions/{versions_of(pages_of(group.pk))[0].key}/"
    assert count(read(client, version)) <= 12
    assert many == few
    assert {path: number for path, number in many.items() if number > SHOP_PAGE[path]} == {}
