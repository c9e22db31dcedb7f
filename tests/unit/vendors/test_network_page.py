"""The page of a network: its links lead to what they name."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from shop.common.thai import sort_key
from tests.market import Market
from vendors.models import Organisation, Place, Province
from vendors.selectors import hubs_of
from vendors.services import open_place

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


def network(kind: str, **place: str) -> Organisation:
    found: Organisation = Organisation.objects.get(kind=kind, **place)
    return found


def test_hubs_of_a_network_and_of_the_region_above_it(db: None) -> None:
    north, central = network("regional", region_id="north"), network("regional", region_id="central")
    for name, owner, province in (
        ("เชียงใหม่", network("provincial", province_id="TH-50"), "TH-50"),
        ("พะเยา", network("provincial", province_id="TH-56"), "TH-56"),
        ("ตาก", network("provincial", province_id="TH-63"), "TH-63"),
        ("ศูนย์ภาคเหนือ", north, "TH-65"),
        ("ศูนย์ภาคกลาง", central, "TH-10"),
    ):
        where = Province.objects.get(pk=province)
        open_place(organisation=owner, kind=Place.Kind.HUB, name_th=name, province=where)
    open_place(organisation=north, kind=Place.Kind.HUB, name_th="ปิดแล้ว", province=where, is_open=False)
    own, above = hubs_of(north)
    assert [place.name_th for place in own] == ["ศูนย์ภาคเหนือ", *sorted(("เชียงใหม่", "พะเยา", "ตาก"), key=sort_key)]
    assert above == []
    own, above = hubs_of(network("provincial", province_id="TH-50"))
    assert [[place.name_th for place in some] for some in (own, above)] == [["เชียงใหม่"], ["ศูนย์ภาคเหนือ"]]
    own, above = hubs_of(network("provincial", province_id="TH-57"))
    assert [[place.name_th for place in some] for some in (own, above)] == [[], ["ศูนย์ภาคเหนือ"]]
