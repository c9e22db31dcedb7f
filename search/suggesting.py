"""Suggestions while somebody types: categories, provinces, groups, goods that begin so, then goods that hold it.

They come from PostgreSQL whichever engine finds: names are read from an index of their beginnings, a handful of rows.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from catalogue import shelves
from search import analysis
from search.filters import goods_sql
from search.matching import tsquery
from search.terms import Best, Field, How, Leaf
from shop.theme import formats
from vendors.selectors import selling_groups

MOST, OF_A_KIND, GOODS = 8, 2, 6
_LOOKED_AT = 60


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line: what it is, its name, and where it leads."""

    kind: str
    label: str
    text: str
    url: str


def suggest(text: str, language: str) -> list[Suggestion]:
    """At most `MOST` suggestions; none for what holds no letter or figure."""
    bare = analysis.head(analysis.normalize(text))
    if not bare:
        return []
    with translation.override(language):
        found = _categories(bare, language) + _provinces(bare, language)
        groups, goods = _beginning(bare, language)
        if len(goods) < GOODS:
            goods += _holding(bare, language)
        once: dict[str, Suggestion] = {}
        for entry in goods:
            once.setdefault(entry.text, entry)  # a name is said once
        return [*found, *groups, *list(once.values())[:GOODS]][:MOST]


def _beginnings(*names: str) -> tuple[str, ...]:
    """The skeletons of names from their beginnings, and of all that stands after a space."""
    plain = [analysis.normalize(name) for name in names]
    chunks = [analysis.skeleton(chunk) for name in plain for chunk in analysis.chunks(name)]
    return tuple(dict.fromkeys([*map(analysis.head, plain), *chunks]))


Known = dict[str, list[tuple[str, int, Any]]]
"""First letter → a beginning of a name, the place of what bears it in the market's order, and that itself."""


def _known(things: Iterable[tuple[tuple[str, ...], Any]]) -> Known:
    found: Known = {}
    for place, (names, thing) in enumerate(things):
        for name in filter(None, names):
            found.setdefault(name[0], []).append((name, place, thing))
    return found


def _of_these(known: Known, bare: str) -> list[Any]:
    """The first few that begin so, in the market's order, each once."""
    found = {place: thing for name, place, thing in known.get(bare[0], ()) if name.startswith(bare)}
    return [found[place] for place in sorted(found)[:OF_A_KIND]]


def _categories(bare: str, language: str) -> list[Suggestion]:
    def read() -> Known:
        return _known((_beginnings(shelf.th, shelf.en), shelf) for shelf in shelves.shelves().values())

    label = gettext("Category")
    return [
        Suggestion("category", label, shelf.name(language), reverse("catalogue:category", args=[shelf.slug]))
        for shelf in _of_these(shelves.per_version("suggest-shelves", read), bare)
    ]


def _provinces(bare: str, language: str) -> list[Suggestion]:
    def read() -> Known:
        return _known((_beginnings(entry.th, entry.en), entry) for entry in shelves.provinces(language).values())

    label, address = gettext("Province"), reverse("catalogue:index")
    return [
        Suggestion("province", label, entry.name(language), f"{address}?{urlencode({'province': entry.key})}")
        for entry in _of_these(shelves.per_version(f"suggest-provinces-{language}", read), bare)
    ]


Row = tuple[int, str, str, str]
_BEGINNING = """
(SELECT 'group', d.object_id, o.slug, o.name_th, o.name_en FROM search_document d JOIN ({groups}) o ON o.id = d.object_id
    WHERE d.kind = 'group' AND d.shown AND d.{column} LIKE %s ORDER BY d.{column} USING ~<~, d.object_id LIMIT {few})
UNION ALL
(SELECT 'product', p.id, p.slug, p.title, p.title_en FROM search_document d JOIN ({goods}) p ON p.id = d.product_id
    WHERE d.{column} LIKE %s ORDER BY d.{column} USING ~<~, d.product_id LIMIT {most})
"""
"""In the order of the index (`varchar_pattern_ops`), which is walked no farther than to the last row that is wanted."""
_HOLDING = """
SELECT p.id, p.slug, p.title, p.title_en FROM ({goods}) p WHERE p.id = ANY(ARRAY(
    SELECT product_id FROM search_document WHERE product_id IS NOT NULL AND tokens @@ %s::tsquery LIMIT {looked_at}
)) ORDER BY p.id LIMIT {most}
"""
_NAMES = ("id", "slug", "title", "title_en")


def _beginning(bare: str, language: str) -> tuple[list[Suggestion], list[Suggestion]]:
    """Groups, and goods on sale, whose names begin so: one statement that reads a few rows from an index."""
    goods, moments = goods_sql(*_NAMES)
    groups, facts = _selling()
    column = "head" if analysis.is_thai(bare) else "head_en"
    sql = _BEGINNING.format(groups=groups, goods=goods, column=column, few=OF_A_KIND, most=GOODS)
    begins = bare.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    with connection.cursor() as cursor:
        cursor.execute(sql, [*facts, begins, *moments, begins])
        rows = cursor.fetchall()
    return (
        _groups([row[1:] for row in rows if row[0] == "group"], language),
        _goods([row[1:] for row in rows if row[0] == "product"], language),
    )


@functools.cache
def _selling() -> tuple[str, tuple[Any, ...]]:
    sql, params = selling_groups().order_by().values("id", "slug", "name_th", "name_en").query.sql_with_params()
    return sql, tuple(params)


def _holding(bare: str, language: str) -> list[Suggestion]:
    """Goods on sale that hold it anywhere in their names, of the first few that are met."""
    goods, moments = goods_sql(*_NAMES)
    sql = _HOLDING.format(goods=goods, looked_at=_LOOKED_AT, most=GOODS * 2)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*moments, tsquery(_inside(bare))])
        rows = cursor.fetchall()
    return _goods(sorted(rows, key=lambda row: _after(bare, row)), language)


def _after(bare: str, row: Row) -> int:
    """How many English words follow what was typed: the last one says what it is (jasmine rice before a sticky-rice basket)."""
    words = [] if analysis.is_thai(bare) else analysis.chunks(analysis.normalize(row[3]))
    return next((after for after, word in enumerate(reversed(words)) if word.startswith(bare)), len(words))


def _groups(rows: list[Row], language: str) -> list[Suggestion]:
    label = gettext("Group")
    return [
        Suggestion("group", label, formats.pick(th, en, language), reverse("vendors:group", args=[slug]))
        for _pk, slug, th, en in rows
    ]


def _goods(rows: list[Row], language: str) -> list[Suggestion]:
    label, address = gettext("Goods"), reverse("catalogue:index")
    return [
        Suggestion("product", label, formats.pick(th or "", en, language), f"{address}{slug}_{pk}/")
        for pk, slug, th, en in rows
    ]


def _inside(bare: str) -> Best:
    leaves = [Leaf(1, Field.BARE, bare, How.PREFIX)]
    grams = " ".join(analysis.trigrams(bare))
    if grams:
        leaves.append(Leaf(1, Field.GRAM, grams, How.PHRASE))
    return Best(tuple(leaves))
