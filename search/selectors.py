"""The one door to a listing: rows of the page, exact counts, and the filters to offer.

A listing without words is a search as well, answered by SQL alone. Words are read and found by the engine of the moment;
what it names is asked of the goods again when it is drawn. Pages beyond the last show the last.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from django.db import connection
from django.db.models import Sum
from django.utils import translation

from catalogue import shelves
from catalogue.models import Product
from catalogue.selectors import Card, cards, cards_of
from search.choosing import ask
from search.facets import counts, with_storage
from search.filters import Chosen, choose, matching_rows
from search.finding import Answer, find
from search.models import Sought
from search.query import PAGE_SIZE, Counts, Facet, Option, Query
from shop.common import clock
from shop.shipping.models import Way
from shop.theme import formats

_FAR = 10 * PAGE_SIZE
_GROUP_NAMES = "SELECT id, slug, name_th, name_en, sort_name FROM vendors_organisation WHERE id = ANY(%s)"


@dataclass(frozen=True)
class Result:
    """What was found: the page's cards, how many in all, and the filters with their counts."""

    query: Query
    cards: list[Card]
    total: int
    page: int
    pages: int
    facets: list[Facet]
    answer: Answer | None = None
    """How the words were read; None without words."""

    @property
    def first(self) -> int:
        """The number of the first card of the page, from 1."""
        return (self.page - 1) * PAGE_SIZE + 1 if self.total else 0

    @property
    def last(self) -> int:
        """The number of the last card of the page."""
        return self.first + len(self.cards) - 1 if self.total else 0


def search_products(query: Query, *, language: str | None = None, with_others: bool = False) -> Result:
    """Finds goods; `with_others`, also what else holds the words. One query for the rows and, unless kept, one for all counts."""
    language = language or translation.get_language() or "th"
    chosen = choose(query)
    if query.text:
        return _by_words(query, chosen, language, language if with_others and shows_others(query) else "")
    numbers = counts(query, chosen)
    pages = max(1, -(-numbers.total // PAGE_SIZE))
    query = replace(query, page=min(query.page, pages))
    found = _page_of(query, chosen, language) if numbers.total else []
    return Result(query, found, numbers.total, query.page, pages, _facets(query, chosen, numbers, language))


def shows_others(query: Query) -> bool:
    """Everything else stands beside the first goods, as long as nobody asks for certain goods."""
    return query.page == 1 and not query.is_filtered


def _by_words(query: Query, chosen: Chosen, language: str, others_in: str) -> Result:
    answer = ask(lambda engine: find(query, chosen, engine, others_in=others_in))
    found = answer.found
    pages = max(1, -(-found.counts.total // PAGE_SIZE))
    shown = cards_of(found.keys, language)
    query = replace(query, page=found.page)
    facets = _facets(query, chosen, found.counts, language)
    return Result(query, shown, found.counts.total, found.page, pages, facets, answer)


def counts_by_category() -> dict[str, int]:
    """How many goods each category has on sale, those below it included; kept like every listing's counts."""
    query = Query()
    return counts(query, choose(query)).by_facet.get("category", {})


LEAST_TIMES = 3
"""Words sought less often within a month are shown to nobody, and forgotten: one person's text may name a person."""
_VAIN_DAYS, _VAIN_SHOWN = 30, 50


@dataclass(frozen=True, slots=True)
class Vain:
    """Words that found nothing, and how often they were sought."""

    words: str
    times: int


def sought_in_vain() -> list[Vain]:
    """What found nothing in the last 30 days (Asia/Bangkok), the most sought first; one query."""
    since = clock.today() - dt.timedelta(days=_VAIN_DAYS)
    rows = Sought.objects.filter(found=0, day__gte=since).values("words").annotate(all=Sum("times"))
    rows = rows.filter(all__gte=LEAST_TIMES).order_by("-all", "words")
    return [Vain(words, times) for words, times in rows.values_list("words", "all")[:_VAIN_SHOWN]]


def _page_of(query: Query, chosen: Chosen, language: str) -> list[Card]:
    rows = matching_rows(query, chosen)
    start = (query.page - 1) * PAGE_SIZE
    if start < _FAR:
        return cards(rows[start : start + PAGE_SIZE], language)
    keys = list(rows.values_list("pk", flat=True)[start : start + PAGE_SIZE])  # far pages: skip over keys, not rows
    found = {card["pk"]: card for card in cards(Product.objects.filter(pk__in=keys), language)}
    return [found[key] for key in keys if key in found]


def _facets(query: Query, chosen: Chosen, numbers: Counts, language: str) -> list[Facet]:
    names = {
        "category": {slug: shelf.name(language) for slug, shelf in shelves.shelves().items()},
        "region": {code: entry.name(language) for code, entry in shelves.regions().items()},
        "province": {code: entry.name(language) for code, entry in shelves.provinces(language).items()},
        "scheme": {code: entry.name(language) for code, entry in shelves.schemes().items()},
    }
    if query.shelf:
        del names["category"]
    facets = [
        _facet(name, labels, numbers.by_facet.get(name, {}), query.lists()[name]) for name, labels in names.items()
    ]
    if with_storage(query):
        kept = numbers.by_facet.get("storage", {})
        facets.append(_facet("storage", {str(k): str(v) for k, v in Product.Storage.choices}, kept, query.storages))
        sent = numbers.by_facet.get("delivery", {})
        facets.append(_facet("delivery", {str(k): str(v) for k, v in Way.choices}, sent, query.deliveries))
    if "group" in numbers.by_facet or query.groups:
        facets.append(_group_facet(query, chosen, numbers.by_facet.get("group", {}), language))
    stocked = numbers.by_facet.get("stock", {}).get("1", 0)
    facets.append(Facet("stock", (Option("1", "", stocked, query.in_stock),)))
    return facets


def _facet(name: str, labels: dict[str, str], found: dict[str, int], chosen: tuple[str, ...]) -> Facet:
    options = [
        Option(value, label, found.get(value, 0), value in chosen)
        for value, label in labels.items()
        if found.get(value) or value in chosen
    ]
    return Facet(name, tuple(options))


def _group_facet(query: Query, chosen: Chosen, found: dict[str, int], language: str) -> Facet:
    rows = _groups({*map(int, found), *chosen.groups})
    options = [
        Option(slug, formats.pick(th, en, language), found.get(str(pk), 0), slug in query.groups)
        for pk, slug, th, en, _sort_name in sorted(rows, key=lambda row: (row[4], row[0]))
    ]
    return Facet("group", tuple(options))


Group = tuple[int, str, str, str, str]


def _groups(keys: set[int]) -> list[Group]:
    """Names of groups; those that were not asked for under this version are read, by one query."""
    known: dict[int, Group] = shelves.per_version("groups-of-filters", dict)
    if missing := [key for key in keys if key not in known]:
        with connection.cursor() as cursor:
            cursor.execute(_GROUP_NAMES, [missing])
            known.update((row[0], row) for row in cursor.fetchall())
    return [known[key] for key in keys if key in known]
