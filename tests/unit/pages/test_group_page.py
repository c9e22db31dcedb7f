"""The page of a group: with and without a picture, with nothing to sell and with much, and where it belongs."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from media.models import Picture
from tests.market import Market, make_product
from vendors.models import Organisation, Place
from vendors.services import set_picture

pytestmark = pytest.mark.django_db
ADDRESS = "/groups/north-group/"


def body_of(client: Client, address: str = ADDRESS) -> str:
    cache.clear()
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_says_where_the_group_is_and_what_stands_above_it(client: Client, market: Market) -> None:
    Place.objects.filter(pk=market.places["north"].pk).update(
        address_th="12 หมู่ 3 ต.ดอยสะเก็ด", postcode="50220", hours_th="จันทร์–ศุกร์ 9.00–16.00 น."
    )
    body = body_of(client)
    for words in ("สหกรณ์กลุ่มจักสานบ้านดอย จำกัด", "12 หมู่ 3 ต.ดอยสะเก็ด 50220", "จันทร์–ศุกร์ 9.00–16.00 น."):
        assert words in body
    assert 'href="/networks/chiang-mai/"' in body
    regional = Organisation.objects.get(kind="regional", region_id="north")
    assert f'href="/networks/{regional.slug}/"' in body
    assert 'aria-label="แผนที่ 77 จังหวัด เชียงใหม่"' in body
    assert "north cooperative" in body_of(client, f"/en{ADDRESS}")


def test_without_a_picture_there_is_no_hole_and_with_one_its_face(client: Client, market: Market) -> None:
    bare = body_of(client)
    assert 'class="in plain"' in bare
    assert 'class="bigface"' not in bare
    picture = Picture.objects.create(name="face-of-north", width=640, height=640, widths=[320, 640])
    set_picture(organisation=market.groups["north"], picture=picture)
    body = body_of(client)
    assert 'class="in plain"' not in body
    assert body.count("/face-of-north-320") == 1


def test_with_nothing_to_sell_it_leads_on(client: Client, market: Market) -> None:
    market.products["kratip"].delete()
    body = body_of(client)
    assert "ตอนนี้ยังไม่มีสินค้าขาย" in body
    assert "ดูกลุ่มอื่นในจังหวัด" in body
    assert 'class="good"' not in body


def test_forty_goods_stand_on_one_page_and_more_lead_to_the_listing(client: Client, market: Market) -> None:
    for number in range(39):
        make_product(market, f"more-{number}", "north", title=f"ตะกร้าแบบที่ {number}")
    body = body_of(client)
    assert body.count('class="good"') == 40
    assert "<b>40</b>" in body
    assert "?group=north-group" not in body
    for number in range(39, 48):
        make_product(market, f"more-{number}", "north", title=f"ตะกร้าแบบที่ {number}")
    body = body_of(client)
    assert body.count('class="good"') == 48
    assert "<b>48+</b>" in body
    assert 'href="/products/?group=north-group"' in body
