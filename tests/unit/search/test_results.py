"""The page of results and the suggestions, as a visitor meets them."""

from __future__ import annotations

import datetime as dt
import json
import time
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from search import understanding
from search.models import Boost, Sought, Synonym
from search.rebuilding import rebuild_embedded
from tests.market import Market

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def shop(market: Market) -> Market:
    understanding.forget()
    rebuild_embedded(lambda _line: None)
    return market


def suggestions(client: Client, text: str, language: str = "") -> list[tuple[str, str]]:
    answer = client.get(f"{language}/search/suggest/", {"q": text})
    assert answer.status_code == 200
    return [(entry["kind"], entry["text"]) for entry in answer.json()["suggestions"]]


def test_results_mark_what_was_found_and_lead_to_the_good(client: Client, shop: Market) -> None:
    page = client.get("/search/", {"q": "กระเปา"}).content.decode()
    assert "<mark>กระเป๋า</mark>กระจูด" in page
    assert 'aria-label="รายการโปรด: กระเป๋ากระจูด"' in page or ": กระเป๋ากระจูด" in page
    assert "กระติบข้าวเหนียว" not in page


def test_a_mistake_is_said(client: Client, shop: Market) -> None:
    page = client.get("/search/", {"q": "กระทิบข้าวเหนียว"}).content.decode()
    assert "ไม่พบคำว่า “กระทิบข้าวเหนียว”" in page
    assert "กระติบ" in page


def test_groups_networks_and_certificates_are_found_beside_goods(client: Client, shop: Market) -> None:
    group, network = shop.groups["north"], shop.certificates["north"]
    page = client.get("/search/", {"q": group.name_th}).content.decode()
    assert f'href="/groups/{group.slug}/"' in page
    page = client.get("/search/", {"q": network.number}).content.decode()
    assert f'href="/certificates/{network.code}/"' in page
    page = client.get("/search/", {"q": "เชียงใหม่"}).content.decode()
    assert 'href="/networks/chiang-mai/"' in page


def test_no_result_helps(client: Client, shop: Market) -> None:
    page = client.get("/search/", {"q": "หมวก กระเป๋า"}).content.decode()
    assert 'href="/search/?q=%E0%B8%AB%E0%B8%A1%E0%B8%A7%E0%B8%81"' in page
    assert "ไม่พบสินค้า" in page
    assert "หรือค้นทีละคำ" in page
    assert 'id="filters"' not in page  # there is nothing to filter
    page = client.get("/search/", {"q": "หมวก จักรยานยนต์"})
    assert page.context["single_words"] == [("หมวก", "/search/?q=%E0%B8%AB%E0%B8%A1%E0%B8%A7%E0%B8%81")]
    filtered = client.get("/search/", {"q": "หมวก", "max": "1"}).content.decode()
    assert 'id="filters"' in filtered


def test_what_is_left_out_is_said(client: Client, shop: Market) -> None:
    page = client.get("/search/", {"q": "ซื้อหมวกราคาถูก"}).content.decode()
    assert "ไม่พบคำว่า “ซื้อหมวกราคาถูก” แสดงผลของ <b>หมวก</b> แทน" in page
    assert "<mark>หมวก</mark>ใบลาน" in page


def test_english_suggestions_begin_with_what_ends_so(client: Client, shop: Market) -> None:
    from catalogue.models import Product

    for key, name in (("kratip", "Sticky rice basket"), ("hat", "Rice straw hat"), ("bag", "Jasmine rice")):
        product = Product.objects.get(pk=shop.products[key].pk)
        product.title_en = name
        product.save()
    goods = [text for kind, text in suggestions(client, "rice", "/en") if kind == "product"]
    assert goods == ["Rice straw hat", "Jasmine rice", "Sticky rice basket"]


def test_suggestions(client: Client, shop: Market) -> None:
    assert ("product", "กระเป๋ากระจูด") in suggestions(client, "กระเ")
    assert ("product", "กระเป๋ากระจูด") in suggestions(client, "กระจูด")
    assert ("province", "เชียงใหม่") in suggestions(client, "เชียงใ")
    assert ("category", "เครื่องจักสาน") in suggestions(client, "เครื่องจ")
    assert ("group", shop.groups["north"].name_th) in suggestions(client, shop.groups["north"].name_th[:6])
    assert ("province", "Chiang Mai") in suggestions(client, "chiang", "/en")
    assert suggestions(client, "่้") == suggestions(client, "") == suggestions(client, "😀") == []
    assert len(suggestions(client, "ก")) <= 8


def test_suspended_groups_and_their_goods_are_not_suggested(client: Client, shop: Market) -> None:
    from catalogue.models import Product

    Product.objects.filter(title="กระเป๋ากระจูด").update(sellable_from=None)
    assert ("product", "กระเป๋ากระจูด") not in suggestions(client, "กระเ")


@pytest.mark.parametrize(
    "params",
    [
        {"q": "ก" * 10_000},
        {"q": "่้๊๋" * 50},
        {"q": "😀🔥"},
        {"q": "\x00\x07\u202e"},
        {"q": "' | & ! <-> :* \\ \" ( )"},
        {"q": "กระ", "page": "1000000000"},
        {"q": "กระ", "page": "-1", "sort": "best'--", "min": "9" * 50},
        {"q": "กระ", "province": [f"TH-{number}" for number in range(1_000)]},
        {"q": " ".join(f"คำ{number}" for number in range(30))},
        {"sort": "best"},
    ],
    ids=range(10),
)
def test_hostile_addresses_are_answered_quickly(client: Client, shop: Market, params: dict[str, Any]) -> None:
    begun = time.process_time()
    assert client.get("/search/", params).status_code in (200, 400)
    assert client.get("/search/suggest/", params).status_code in (200, 400)
    assert time.process_time() - begun < 3


def test_words_are_counted_without_a_person(client: Client, shop: Market) -> None:
    for text in ("หมวก", "ไม่มีของนี้เลย", "0812345678", "somebody@example.test"):
        client.get("/search/", {"q": text})
    client.get("/search/", {"q": "หมวก", "stock": "1"})
    client.get("/search/", {"q": "หมวก", "page": "2"})
    assert dict(Sought.objects.values_list("words", "found")) == {"หมวก": 1, "ไม่มีของนี้เลย": 0}
    names = {field.name for field in Sought._meta.get_fields()}
    assert names == {"id", "day", "words", "times", "found"}


def test_a_word_that_found_nothing_becomes_a_synonym_with_one_tap(
    client: Client, shop: Market, django_capture_on_commit_callbacks: Any
) -> None:
    for text in ("งอบชาวนา", "นางสาวลับ", "งอบชาวนา", "นางสาวลับ", "งอบชาวนา"):
        client.get("/search/", {"q": text})
        cache.clear()  # a page that is kept is not counted again
    client.force_login(shop.people["administrator"], backend=BACKEND)
    page = client.get("/office/search/").content.decode()
    assert "?word=%E0%B8%87%E0%B8%AD%E0%B8%9A%E0%B8%8A%E0%B8%B2%E0%B8%A7%E0%B8%99%E0%B8%B2#new" in page
    assert 'value="งอบชาวนา"' in client.get("/office/search/", {"word": "งอบชาวนา"}).content.decode()
    assert client.post("/office/search/", {"word": "่้", "means": "หมวก"}).status_code == 422
    assert "นางสาวลับ" not in page  # what one or two people typed may name somebody
    given = set(Synonym.objects.values_list("word", flat=True))
    assert "งอบชาวนา" not in given
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post("/office/search/", {"word": "งอบชาวนา", "means": "หมวก"}).status_code == 302
    assert "หมวกใบลาน" in client.get("/search/", {"q": "งอบชาวนา"}).content.decode()
    assert client.post("/office/search/", {"drop": str(Synonym.objects.get(word="งอบชาวนา").pk)}).status_code == 302
    assert set(Synonym.objects.values_list("word", flat=True)) == given


def test_goods_of_a_season_stand_higher_for_some_days(
    client: Client, shop: Market, django_capture_on_commit_callbacks: Any
) -> None:
    bag = shop.products["bag"] if "bag" in shop.products else shop.products["hat"]
    client.force_login(shop.people["administrator"], backend=BACKEND)
    days = {"first_day": "28/11/2568", "last_day": "30/12/2570", "points": "5", "note": "ฤดูหนาว"}
    wrong: list[dict[str, str]] = [
        {**days},
        {**days, "good": bag.public_code, "category": str(bag.main_category_id)},
        {**days, "good": "NO-SUCH"},
        {**days, "good": bag.public_code, "last_day": "27/11/2568"},
        {**days, "good": bag.public_code, "points": "51"},
        {**days, "good": bag.public_code, "first_day": "soon"},
    ]
    for form in wrong:
        assert client.post("/office/search/boosts/", form).status_code == 422, form
    assert not Boost.objects.exists()
    for good in (bag.public_code.lower(), f"https://market.example{bag.get_absolute_url()}"):
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post("/office/search/boosts/", {**days, "good": good}).status_code == 302
    with django_capture_on_commit_callbacks(execute=True):
        form = {**days, "category": str(bag.main_category_id)}
        assert client.post("/office/search/boosts/", form).status_code == 302
    told = set(Boost.objects.values_list("product_id", "category_id", "points", "first_day", "last_day", "note"))
    span = (5, dt.date(2025, 11, 28), dt.date(2027, 12, 30), "ฤดูหนาว")
    assert told == {(bag.pk, None, *span), (None, bag.main_category_id, *span)}
    assert Boost.objects.count() == 3
    page = client.get("/office/search/boosts/").content.decode()
    assert f"{bag.title} +5" in page
    assert "มีผลวันนี้" in page
    for row in Boost.objects.all():
        assert client.post("/office/search/boosts/", {"drop": str(row.pk)}).status_code == 302
    assert not Boost.objects.exists()


def test_suggestions_are_plain_json(client: Client, shop: Market) -> None:
    answer = client.get("/search/suggest/", {"q": "หมวก"})
    assert answer["Content-Type"] == "application/json"
    found = json.loads(answer.content)["suggestions"][0]
    assert set(found) == {"kind", "label", "text", "url"}
    assert client.get(found["url"]).status_code == 200
