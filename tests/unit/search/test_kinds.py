"""What a good is stands before what has the word in its name only; and goods are found by the cooperative above their group."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from catalogue.models import Product
from search import understanding
from search.analysis import listed, normalize
from search.elastic import kept_indices
from search.filters import Chosen
from search.finding import find
from search.following import follow_all
from search.jobs import make_first_index
from search.models import Change, EngineIndex
from search.query import Query, Sort
from search.rebuilding import rebuild_embedded
from search.terms import Field
from search.tokens import tokens_of
from shop.common import clock
from tests.market import Market
from tests.search_quality.loading import FIRST_KEY, load_corpus
from vendors.models import Organisation
from vendors.services import create_organisation

FOOD = "ไข่ เนื้อสัตว์แปรรูป และนม"
DRINKS = "กาแฟ ชา และเครื่องดื่ม"


@pytest.mark.parametrize(
    ("name", "things"),
    [
        ("ข้าวและธัญพืช", ["ข้าว", "ธัญพืช"]),
        ("น้ำพริก เครื่องแกง และเครื่องปรุงรส", ["น้ำพริก", "เครื่องแกง", "เครื่องปรุงรส"]),
        ("ผ้าไหม", ["ผ้าไหม"]),
        ("Coffee, tea and non-alcoholic drinks", ["coffee", "tea", "drinks"]),
        ("Herbs & spices/teas", ["herbs", "spices", "teas"]),
        ("และ", []),
        ("", []),
    ],
)
def test_what_a_category_lists(name: str, things: list[str]) -> None:
    assert listed(normalize(name)) == things


@pytest.mark.parametrize(
    ("name", "category", "things"),
    [
        ("ไข่ไก่สด", FOOD, ["ไข่"]),
        ("กาแฟชาวเขา", DRINKS, ["กาแฟ"]),
        ("ผ้าขาว", "ข้าวและธัญพืช", []),
        ("กระติบข้าวเหนียว", "เครื่องจักสาน", []),
        ("Riceberry crackers", "Rice and grains", ["rice"]),
        ("Teak tray", "Tea", []),
        ("Rice crackers", "Snacks", []),
    ],
)
def test_what_the_category_and_the_name_say(name: str, category: str, things: list[str]) -> None:
    assert tokens_of(names=(name,), places=(category,), texts=(), kinds=(category,))[Field.KIND] == things


def test_rice_stands_before_crackers_and_a_basket_for_rice(db: Any) -> None:
    understanding.forget()
    load_corpus(with_distractors=False)

    def first(text: str, most: int) -> set[int]:
        found = find(Query(text=text, sort=Sort.BEST), Chosen()).found.keys
        assert len(found) > most
        return {key - FIRST_KEY for key in found[:most]}

    assert first("ข้าว", 6) == first("rice", 6) == {1, 2, 3, 4, 5, 6}
    assert first("silk", 6) == {60, 61, 62, 63, 64, 65}
    assert first("ปลา", 5) == {35, 37, 38, 39, 40}


@pytest.fixture
def shop(market: Market) -> Market:
    understanding.forget()
    rebuild_embedded(lambda _line: None)
    Change.objects.all().delete()
    return market


def found(client: Client, text: str) -> list[str]:
    return [card["name"] for card in client.get("/search/", {"q": text}).context["result"].cards]


def rename(organisation: Organisation, th: str, en: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE vendors_organisation SET name_th = %s, name_en = %s WHERE id = %s", [th, en, organisation.pk]
        )


@pytest.mark.parametrize(
    "text",
    [
        "สหกรณ์การเกษตรดอยหล่อ",
        "สหกรณ์การเกษตรดอยหล่อ จำกัด",
        "สหกรณ์การเกษตรดอยหล่อจำกัด",
        "สหกรณ์ ดอยหล่อ",
        "Doi Lo Agricultural Cooperative",
    ],
)
def test_a_renamed_cooperative_is_found_as_its_groups_and_their_goods(
    client: Client, shop: Market, django_capture_on_commit_callbacks: Any, text: str
) -> None:
    group = shop.groups["north"]
    rename(group.get_parent(), "สหกรณ์การเกษตรดอยหล่อ จำกัด", "Doi Lo Agricultural Cooperative Limited")
    goods = set(Product.objects.filter(group=group).values_list("pk", flat=True))
    assert set(Change.objects.values_list("kind", "object_id")) == {
        ("group", group.pk),
        *(("product", pk) for pk in goods),
    }
    with django_capture_on_commit_callbacks(execute=True):
        follow_all()
    page = client.get("/search/", {"q": text})
    assert [card["name"] for card in page.context["result"].cards] == ["กระติบข้าวเหนียว"]
    assert f'href="/groups/{group.slug}/"' in page.content.decode()
    assert f'href="/groups/{shop.groups["south"].slug}/"' not in page.content.decode()


def test_a_group_that_moves_is_found_by_its_new_cooperative_only(
    client: Client, shop: Market, django_capture_on_commit_callbacks: Any
) -> None:
    group = shop.groups["north"]
    before = Organisation.objects.get(pk=group.get_parent().pk)
    rename(before, "สหกรณ์การเกษตรดอยหล่อ จำกัด", "")
    after = create_organisation(
        kind=Organisation.Kind.FARMER_GROUP, parent=before.get_parent(), name_th="กลุ่มเกษตรกรทำนาแม่วาง", name_en=""
    )
    Organisation.objects.get(pk=group.pk).move(after, "last-child")
    with django_capture_on_commit_callbacks(execute=True):
        follow_all()
    assert found(client, "กลุ่มเกษตรกรทำนาแม่วาง") == ["กระติบข้าวเหนียว"]
    assert found(client, "สหกรณ์การเกษตรดอยหล่อ") == []


def test_the_directory_finds_groups_by_their_cooperative(client: Client, shop: Market) -> None:
    rename(shop.groups["north"].get_parent(), "สหกรณ์การเกษตรดอยหล่อ จำกัด", "Doi Lo Cooperative")
    for text in ("การเกษตรดอยหล่อ", "doi lo"):
        assert [row.pk for row in client.get("/groups/", {"q": text}).context["page"]] == [shop.groups["north"].pk]
    assert not list(client.get("/groups/", {"q": "สหกรณ์ที่ไม่มี"}).context["page"])


def test_a_release_with_another_analysis_writes_both_indices_anew(shop: Market, settings: Any) -> None:
    """What migration 0003 does in a market that is open: an index without the new field would refuse every document."""
    states = EngineIndex.State
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:1"
    EngineIndex.objects.create(name="market-old", state=states.LIVE, started_at=clock.now())
    assert make_first_index() == "nothing to do"
    with connection.cursor() as cursor:
        cursor.execute(import_module("search.migrations.0003_groups_are_found_by_their_cooperative").AGAIN)
    assert EngineIndex.objects.get().state == states.RETIRED
    goods = set(Product.objects.exclude(structure=Product.CHILD).values_list("pk", flat=True))
    assert set(Change.objects.filter(kind="product").values_list("object_id", flat=True)) == goods
    assert Change.objects.filter(kind="group").count() == len(shop.groups)
    assert kept_indices() == []
    assert make_first_index() == "worker asked"
