"""The map of provinces: each of them once, on a tile of its own; drawn with what is marked, and with nothing else."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

from tests.market import Market
from vendors import tilemap
from vendors.models import Organisation, Province

PROVINCES = Path(__file__).parents[3] / "vendors" / "data" / "provinces.csv"


def test_all_77_provinces_are_there_once_each_on_its_own_tile() -> None:
    with PROVINCES.open(encoding="utf-8", newline="") as lines:
        known = [row["iso_code"] for row in csv.DictReader(lines)]
    path = PROVINCES.with_name("province_tiles.csv")
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert sorted(row["province"] for row in rows) == sorted(known)
    assert len({(row["column"], row["row"]) for row in rows}) == 77
    assert len({row["short_th"] for row in rows}) == 77
    assert {len(row["short_th"]) for row in rows} == {2}
    assert len({row["short_en"] for row in rows}) == 77
    assert {len(row["short_en"]) for row in rows} == {3}


def test_the_letters_are_those_of_the_pages_language() -> None:
    with translation.override("en"):
        english = str(tilemap.draw(label="x"))
    with translation.override("th"):
        thai = str(tilemap.draw(label="x"))
    assert ">CMI</text>" in english
    assert not re.search("[\u0e00-\u0e7f]", english)
    assert ">ชม</text>" in thai
    assert "CMI" not in thai


def test_a_picture_shows_every_tile_and_says_in_words_what_is_marked() -> None:
    drawn = str(tilemap.draw(label='แผนที่ "77" <จังหวัด>', marks={"TH-50": "made", "TH-00": "from"}))
    assert drawn.count("<text ") == 77 + 1
    assert drawn.count("m-made") == 1
    assert "m-from" not in drawn
    assert 'role="img" aria-label="แผนที่ &quot;77&quot; &lt;จังหวัด&gt;"' in drawn
    assert re.findall(r'<g class="m-made"><path d="[^"]*"/><text [^>]*>([^<]*)</text>', drawn) == ["ชม"]


def test_grounds_are_coloured_by_the_regions_handed_over() -> None:
    drawn = str(tilemap.draw(label="x", regions={"TH-50": "north", "TH-51": "north", "TH-90": 'a"b'}))
    (north,) = re.findall(r'<path class="r-north" d="([^"]*)"', drawn)
    assert north.count("M") == 2
    assert 'r-a&quot;b"' in drawn


@pytest.mark.django_db
def test_the_map_of_networks_leads_to_each_of_the_77_provinces(client: Client) -> None:
    body = client.get("/networks/").content.decode()
    drawn, rest = body.split('<svg class="tilemap', 1)[1].split("</svg>", 1)
    addresses = re.findall(r'<a href="([^"]*)" tabindex="-1"><title>', drawn)
    wanted = {
        f"/networks/{slug}/" for slug in Organisation.objects.filter(kind="provincial").values_list("slug", flat=True)
    }
    assert len(addresses) == 77
    assert set(addresses) == wanted
    assert all(f'<a href="{address}"' in rest for address in wanted), "the list beside the map has them too"
    assert drawn.startswith(' links" viewBox=')
    assert 'aria-hidden="true"' in drawn.split(">", 1)[0]


@pytest.mark.django_db
def test_every_province_has_a_page_in_both_languages(client: Client) -> None:
    for slug, name in Organisation.objects.filter(kind="provincial").values_list("slug", "name_en"):
        assert client.get(f"/networks/{slug}/").status_code == 200, slug
        assert name in client.get(f"/en/networks/{slug}/").content.decode(), slug


@pytest.mark.django_db
def test_a_province_without_groups_says_so_and_shows_who_serves_it(client: Client, market: Market) -> None:
    body = client.get("/networks/trat/").content.decode()
    assert "จังหวัดนี้ยังไม่มีกลุ่มที่เปิดร้าน" in body
    assert "กลุ่มจักสานบ้านดอย" not in body
    full = client.get("/networks/chiang-mai/").content.decode()
    assert "จังหวัดนี้ยังไม่มีกลุ่มที่เปิดร้าน" not in full
    assert "กลุ่มจักสานบ้านดอย" in full
    assert "กระติบข้าวเหนียว" in full
    assert "หมวกใบลาน" not in full, "of another province"
    assert full.count("m-here") == 1


@pytest.mark.django_db
def test_a_region_shows_its_own_provinces_with_their_groups(client: Client, market: Market) -> None:
    north = Organisation.objects.get(kind="regional", region_id="north")
    body = client.get(f"/networks/{north.slug}/").content.decode()
    provinces = Province.objects.filter(region_id="north")
    listed = body.split('<ul class="provlist">', 1)[1].split("</ul>", 1)[0]
    assert listed.count("<li>") == provinces.count() == 17
    assert "<small>1 กลุ่ม</small>" in listed
    assert "กลุ่มจักสานบ้านดอย" in body
    assert "กลุ่มทอผ้าบ้านโนน" not in body
