"""Provinces stand where a Thai dictionary has them, on every list; English lists are in English order."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation

from catalogue import shelves
from vendors.selectors import network_overview, provinces_in_order

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _thai() -> Iterator[None]:
    with translation.override("th"):
        yield


SOME = [
    "จันทบุรี",
    "ชัยภูมิ",
    "ชุมพร",
    "เชียงราย",
    "เชียงใหม่",
    "ตรัง",
    "พะเยา",
    "เพชรบุรี",
    "แพร่",
    "ภูเก็ต",
    "แม่ฮ่องสอน",
    "เลย",
    "อ่างทอง",
]


def among(names: list[str]) -> list[str]:
    return [name for name in names if name in SOME]


def test_leading_vowels_stand_with_their_consonant() -> None:
    assert among([province.name_th for province in provinces_in_order("th")]) == SOME
    assert among([entry.th for entry in shelves.provinces().values()]) == SOME
    north = next(row for row in network_overview() if row.region.name_th == "ภาคเหนือ")
    names = [entry.province.name_th for entry in north.provinces]
    assert [name for name in names if name in ("เชียงราย", "เชียงใหม่", "ตาก", "พะเยา", "แพร่", "แม่ฮ่องสอน")] == [
        *("เชียงราย", "เชียงใหม่", "ตาก", "พะเยา", "แพร่", "แม่ฮ่องสอน")
    ]


def test_english_lists_are_in_english_order() -> None:
    names = [province.name_en for province in provinces_in_order("en")]
    assert len(names) == 77
    assert names == sorted(names) == [entry.en for entry in shelves.provinces("en").values()]


def test_the_pages_show_that_order(client: Client) -> None:
    body = client.get("/groups/").content.decode()
    options = re.findall(r'<option value="[a-z-]+">([^<]+)</option>', body.split('id="g-province"')[1])
    assert among(options) == SOME
