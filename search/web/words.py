"""What a page says about the words that were sought: how they were read, what else holds them, what to try instead."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import urlencode

from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from search.analysis import marked
from search.choosing import ask
from search.finding import Answer, find_others
from search.query import Query, Sort
from search.selectors import Result, shows_others
from search.services import note_sought
from search.told import sections
from search.understanding import Stage, marks_in, unknown_units
from shop.theme.formats import in_html

_LIKE_A_PERSON = re.compile(r"@|(?:[0-9][ -]?){7}")
"""Addresses and numbers of people are not kept with what was sought."""


def words_context(path: str, result: Result) -> dict[str, Any]:
    """Nothing without words. On the first page, everything beside goods too, and the words are counted."""
    answer = result.answer
    if answer is None:
        return {}
    understood = answer.understood
    mark_names(result)
    context: dict[str, Any] = {
        "instead": understood.said if understood.stage == Stage.MENDED else "",
        "nearest": understood.stage == Stage.NEAREST,
        "single_words": _single_words(path, answer) if not result.total else [],
    }
    query = result.query
    if shows_others(query):
        language = get_language() or "th"
        context["sections"] = sections(ask(lambda engine: find_others(answer, language, engine)), language)
        if not _LIKE_A_PERSON.search(query.text):
            note_sought(words=query.text, found=result.total)
    return context


def mark_names(result: Result) -> None:
    """Marks in the cards' names what the words found; the names stay as they are written."""
    answer = result.answer
    for card in result.cards if answer else ():
        name = html.unescape(str(card["name"]))
        pieces = marked(name, marks_in(name, answer.understood.bare))  # type: ignore[union-attr]
        if any(hit for _text, hit in pieces):
            card["marked"] = mark_safe(
                "".join(f"<mark>{in_html(text)}</mark>" if hit else in_html(text) for text, hit in pieces)
            )


def _single_words(path: str, answer: Answer) -> list[tuple[str, str]]:
    """Each word alone, when there were several; not those that nothing in the market is like."""
    units = answer.understood.units
    unknown = unknown_units(answer.understood) if len(units) > 1 else frozenset(units)
    return [
        (unit, f"{path}?{urlencode(Query(text=unit, sort=Sort.BEST).pairs())}") for unit in units if unit not in unknown
    ]
