"""A new market knows what people call places and things; what staff took away does not come back."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from search import understanding
from search.models import Synonym
from search.rebuilding import rebuild_embedded
from search.reference import load_first_words
from search.services import drop_synonym
from tests.market import Market


@pytest.fixture
def shop(market: Market) -> Market:
    understanding.forget()
    rebuild_embedded(lambda _line: None)
    return market


@pytest.mark.parametrize(
    ("typed", "same"),
    [("บางกอก", "กรุงเทพมหานคร"), ("โคราช", "นครราชสีมา"), ("korat", "นครราชสีมา"), ("น้ำพึ้ง", "น้ำผึ้ง")],
)
def test_other_names_find_what_the_plain_one_finds(client: Client, shop: Market, typed: str, same: str) -> None:
    asked, plain = (client.get("/search/", {"q": text}).context["result"] for text in (typed, same))
    assert asked.total == plain.total
    assert [card["name"] for card in asked.cards] == [card["name"] for card in plain.cards]


def test_a_market_without_any_gets_them_once(db: Any, django_capture_on_commit_callbacks: Any) -> None:
    Synonym.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM common_version WHERE name = %s", [understanding.VERSION])
    cache.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert load_first_words() == Synonym.objects.count() > 30
    assert load_first_words() == 0


def test_the_first_words_are_there_after_the_reference_data(db: Any, django_capture_on_commit_callbacks: Any) -> None:
    assert Synonym.objects.get(word="กทม").means == "กรุงเทพมหานคร"
    assert not Synonym.objects.get(word="กปิ").both_ways
    with django_capture_on_commit_callbacks(execute=True):
        drop_synonym(key=Synonym.objects.get(word="กทม").pk)
    assert load_first_words() == 0
    assert not Synonym.objects.filter(word="กทม").exists()
