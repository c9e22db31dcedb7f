"""The page of a network: its links lead to what they name."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.market import Market

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_all_goods_of_the_province_are_found(client: Client, market: Market, prefix: str) -> None:
    body = client.get(f"{prefix}/networks/chiang-mai/").content.decode()
    links: list[str] = re.findall(rf'href="({prefix}/products/\?province=[^"]+)"', body)
    assert len(links) == 1
    goods = client.get(links[0]).content.decode()
    kratip = market.products["kratip"]
    assert f"/products/{kratip.slug}_{kratip.pk}/" in goods
    assert market.products["hat"].title not in goods
    assert goods.count('class="good"') == 1
