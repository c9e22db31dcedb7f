"""Names in two languages: English where it is asked for and there is any, else Thai."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.utils.html import conditional_escape, escape

from shop.theme.formats import in_html, local, pick


@pytest.mark.parametrize(
    ("english", "language", "told"),
    [("Silk", "th", "ไหม"), ("Silk", "en", "Silk"), ("Silk", "en-gb", "Silk"), ("", "en", "ไหม")],
)
def test_a_name_is_told_in_the_language_of_the_page(english: str, language: str, told: str) -> None:
    assert pick("ไหม", english, language) == told
    row: dict[str, Any] = {"name_th": "ไหม", "name_en": english, "title": "ไหม", "title_en": english}
    for thing in (row, SimpleNamespace(**row)):
        assert local(thing, "name_th", language) == local(thing, "title", language) == told


@pytest.mark.parametrize("thing", [{}, {"name_th": None, "name_en": None}, SimpleNamespace(), None])
def test_what_is_missing_is_empty(thing: Any) -> None:
    assert local(thing, "name_th", "en") == ""


@pytest.mark.parametrize("text", ["<b>&\"'", "ผ้าไหม", "", "a&amp;b"])
def test_in_html_is_djangos_own_escaping(text: str) -> None:
    assert in_html(text) == escape(text)
    assert conditional_escape(in_html(text)) == in_html(text), "never twice"
