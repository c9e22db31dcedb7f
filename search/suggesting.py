"""Suggestions while somebody types: categories, provinces, groups, goods that begin so, then goods that hold it.

They come from PostgreSQL whichever engine finds: names are read from an index of their beginnings, a handful of rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from catalogue import shelves
from catalogue.selectors import on_sale
from search import analysis
from search.matching import Holds
from search.models import Document, Kind
from search.terms import Best, Field, How, Leaf
from shop.theme import formats
from vendors.selectors import selling_groups

MOST, OF_A_KIND, GOODS = 8, 2, 6


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
        found = _categories(bare, language) + _provinces(bare, language) + _groups(bare, language)
        goods = {entry.text: entry for entry in reversed(_goods(bare, language, GOODS))}  # a name is said once
        return [*found, *reversed(goods.values())][:MOST]


def _beginnings(*names: str) -> tuple[str, ...]:
    """The skeletons of names from their beginnings, and of all that stands after a space."""
    plain = [analysis.normalize(name) for name in names]
    chunks = [analysis.skeleton(chunk) for name in plain for chunk in analysis.chunks(name)]
    return tuple(dict.fromkeys([*map(analysis.head, plain), *chunks]))


def _categories(bare: str, language: str) -> list[Suggestion]:
    def read() -> list[tuple[shelves.Shelf, tuple[str, ...]]]:
        return [(shelf, _beginnings(shelf.th, shelf.en)) for shelf in shelves.shelves().values()]

    found = [shelf for shelf, names in shelves.per_version("suggest-shelves", read) if _any(names, bare)]
    label = gettext("Category")
    return [
        Suggestion("category", label, shelf.name(language), reverse("catalogue:category", args=[shelf.slug]))
        for shelf in found[:OF_A_KIND]
    ]


def _provinces(bare: str, language: str) -> list[Suggestion]:
    def read() -> list[tuple[str, shelves.Named, tuple[str, ...]]]:
        return [(code, entry, _beginnings(entry.th, entry.en)) for code, entry in shelves.provinces(language).items()]

    known = shelves.per_version(f"suggest-provinces-{language}", read)
    found = [(code, entry) for code, entry, names in known if _any(names, bare)]
    label, address = gettext("Province"), reverse("catalogue:index")
    return [
        Suggestion("province", label, entry.name(language), f"{address}?{urlencode({'province': code})}")
        for code, entry in found[:OF_A_KIND]
    ]


def _any(names: tuple[str, ...], bare: str) -> bool:
    return any(name.startswith(bare) for name in names)


def _column(bare: str) -> str:
    return "head" if analysis.is_thai(bare) else "head_en"


def _groups(bare: str, language: str) -> list[Suggestion]:
    column = _column(bare)
    rows = Document.objects.filter(kind=Kind.GROUP, shown=True, **{f"{column}__startswith": bare})
    names = rows.order_by(column, "object_id").values_list("object_id", "title_th", "title_en")[:OF_A_KIND]
    label = gettext("Group")
    slugs = _slugs([key for key, _th, _en in names])
    return [
        Suggestion("group", label, formats.pick(th, en, language), reverse("vendors:group", args=[slugs[key]]))
        for key, th, en in names
        if key in slugs
    ]


def _slugs(keys: list[int]) -> dict[int, str]:
    return dict(selling_groups().filter(pk__in=keys).values_list("pk", "slug")) if keys else {}


def _goods(bare: str, language: str, most: int) -> list[Suggestion]:
    column = f"search_document__{_column(bare)}"
    fields = ("pk", "slug", "title", "title_en")
    rows = on_sale().filter(**{f"{column}__startswith": bare})
    found = list(rows.order_by(column, "pk").values_list(*fields)[:most])
    if len(found) < most:
        more = on_sale().filter(Holds("pk", _inside(bare)))
        known = {pk for pk, *_rest in found}
        found += [row for row in more.values_list(*fields)[: most * 2] if row[0] not in known][: most - len(found)]
    label, address = gettext("Goods"), reverse("catalogue:index")
    return [
        Suggestion("product", label, formats.pick(th or "", en, language), f"{address}{slug}_{pk}/")
        for pk, slug, th, en in found
    ]


def _inside(bare: str) -> Best:
    leaves = [Leaf(1, Field.BARE, bare, How.PREFIX)]
    grams = " ".join(analysis.trigrams(bare))
    if grams:
        leaves.append(Leaf(1, Field.GRAM, grams, How.PHRASE))
    return Best(tuple(leaves))
