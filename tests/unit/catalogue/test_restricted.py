"""Forbidden goods: phrases, never fragments."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from catalogue.errors import GoodsForbidden
from catalogue.restricted import find_restricted
from catalogue.services import create_product, update_product
from tests.unit.catalogue import world


@pytest.mark.parametrize(
    "title",
    [
        "ไข่เค็มไชยา สุราษฎร์ธานี",
        "ผ้าขาวม้า อุดรธานี",
        "ผ้าไหมตรานกยูงพระราชทาน",
        "ผ้าพันคอลายห้วยขาแข้ง",
        "ช่อดอกไม้ประดิษฐ์จากผ้าไหม",
        "เสื้อมีดอกไม้ปัก",
        "ของดีมีดีที่เชียงใหม่",
        "พวงกุญแจด้ามขวานทอง",
        "Wine-coloured silk",
        "น้ำส้มสายชูหมัก",
    ],
)
def test_innocent_names_are_not_blocked(title: str) -> None:
    assert not [entry for entry in find_restricted(title) if entry.action == "block"]


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("สุราชุมชนเชียงใหม่", "alcohol"),
        ("สุรา ชุมชน", "alcohol"),
        ("สุ\u200bราชุมชน", "alcohol"),
        ("สาโทข้าวเหนียว", "alcohol"),
        ("ไวน์มะเม่า", "alcohol"),
        ("ยาเส้นมวนเอง", "tobacco"),
        ("บุหรี่ไฟฟ้า", "tobacco"),
        ("ช่อดอกกัญชา", "cannabis"),
        ("กำไลงาช้าง", "wildlife"),
    ],
)
def test_forbidden_goods_are_found(title: str, code: str) -> None:
    found = find_restricted(title)
    assert found
    assert found[0].action == "block"
    assert found[0].code == code


def test_knives_wait_for_an_officer() -> None:
    assert [entry.action for entry in find_restricted("มีดอรัญญิก")] == ["review"]
    assert [entry.action for entry in find_restricted("Mulberry wine")] == ["review"]


@pytest.mark.django_db
def test_services_refuse_and_hold_back() -> None:
    world.base()
    maker = world.group(province="TH-84")
    with pytest.raises(GoodsForbidden) as refusal:
        create_product(group=maker, category=world.category(), title_th="สุราชุมชนบ้านเรา")
    assert "สุราชุมชน" in refusal.value.text
    goods = world.product(maker, "ตะกร้าสุราษฎร์ธานี", publish=False)
    assert goods.review == ""
    with pytest.raises(GoodsForbidden):
        update_product(product=goods, title="เบียร์บ้านเรา")
    goods.refresh_from_db()
    assert goods.title == "ตะกร้าสุราษฎร์ธานี"
    assert update_product(product=goods, description="แถมสาโทหนึ่งขวด").review == "waiting"


def test_every_phrase_of_the_data_is_found_alone() -> None:
    file = Path(__file__).parents[3] / "catalogue" / "data" / "restricted_goods.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            for word in row["keywords_th"].split("|"):
                assert find_restricted(word), word
