"""A found listing as a page: cards, filters, chips to take filters off, order and pages. Used by every listing face."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from search.query import Facet, Query, Sort, read_query
from search.selectors import Result, search_products
from shop.common import clock, versions
from shop.theme.formats import in_html

_SECONDS = 300
_EAGER = 4


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in use and the address without it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Pages:
    """What `theme/parts/pagination.html` reads of a Django page, without its counting."""

    number: int
    num_pages: int

    @property
    def paginator(self) -> Pages:
        return self

    @property
    def has_other_pages(self) -> bool:
        return self.num_pages > 1

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_next(self) -> bool:
        return self.number < self.num_pages

    @property
    def previous_page_number(self) -> int:
        return self.number - 1

    @property
    def next_page_number(self) -> int:
        return self.number + 1


def listing(request: HttpRequest, *, shelf: str = "", with_others: bool = False) -> dict[str, Any]:
    """The context of a listing page for this address; `with_others` where what else holds the words is shown beside."""
    language = get_language() or "th"
    query = read_query(request.GET, shelf=shelf)
    result = search_products(query, language=language, with_others=with_others)
    query = result.query
    for card in result.cards[:_EAGER]:
        card["eager"] = True
    return {
        "result": result,
        "goods": result.cards,
        "total": f"{result.total:,}",
        "query": query,
        "query_text": query.text,
        "chips": _chips(request.path, result),
        "clear_url": _url(request.path, Query(text=query.text, sort=query.sort)),
        "filters": _filters(request.path, result, language),
        "sorts": [(value, label, value == query.sort) for value, label in _sorts(query)],
        "page": Pages(result.page, result.pages),
        "page_query": urlencode(query.pairs()),
        "noindex": query.is_filtered or bool(query.text),
        "cacheable": True,
    }


def _sorts(query: Query) -> list[tuple[Sort, str]]:
    """The usual order stands first: addresses leave it out."""
    best = [(Sort.BEST, gettext("Best match first"))] if query.text else []
    return [
        *best,
        (Sort.NEWEST, gettext("Newest first")),
        (Sort.POPULAR, gettext("Best-selling first")),
        (Sort.CHEAPEST, gettext("Price: low to high")),
        (Sort.DEAREST, gettext("Price: high to low")),
        (Sort.NAME, gettext("By name")),
    ]


def _url(path: str, query: Query) -> str:
    pairs = query.pairs()
    return f"{path}?{urlencode(pairs)}" if pairs else path


def _chips(path: str, result: Result) -> list[Chip]:
    query = result.query
    chips = [
        Chip(option.label, _url(path, query.without(facet.name, option.value)))
        for facet in result.facets
        if facet.name != "stock"
        for option in facet.options
        if option.chosen
    ]
    if (query.price_from, query.price_to) != (None, None):
        chips.append(Chip(_price_label(query), _url(path, query.without("price"))))
    if query.in_stock:
        chips.append(Chip(gettext("In stock only"), _url(path, query.without("stock"))))
    return chips


def _price_label(query: Query) -> str:
    low, high = (query.price_from or 0) // 100, None if query.price_to is None else query.price_to // 100
    if high is None:
        return gettext("From %(low)s baht") % {"low": f"{low:,}"}
    if not low:
        return gettext("Up to %(high)s baht") % {"high": f"{high:,}"}
    return gettext("%(low)s to %(high)s baht") % {"low": f"{low:,}", "high": f"{high:,}"}


def _filters(path: str, result: Result, language: str) -> SafeString:
    """The filter form, kept like its counts: half of the page's template work, and it changes as seldom. Not with words,
    which are seldom asked for twice. None where nothing was found that could be filtered.
    """
    if not result.total and not result.query.is_filtered:
        return mark_safe("")
    if result.query.text:
        return render_to_string("search/filters.html", _filter_context(path, result))
    whole = f"{versions.current()}|{clock.today()}|{language}|{path}|{result.query.filter_key}"
    key = "filters:" + hashlib.md5(whole.encode(), usedforsecurity=False).hexdigest()
    kept = cache.get(key)
    if kept is None:
        kept = str(render_to_string("search/filters.html", _filter_context(path, result)))
        cache.set(key, kept, _SECONDS)
    html: SafeString = mark_safe(kept)  # our own template's output, escaped there
    return html


def _filter_context(path: str, result: Result) -> dict[str, Any]:
    facets = {facet.name: facet for facet in result.facets}
    query = result.query
    titles = {
        "category": gettext("Category"),
        "scheme": gettext("Certificate"),
        "storage": gettext("Keeping"),
        "delivery": gettext("Way of delivery"),
        "region": gettext("Region"),
        "group": gettext("Group"),
    }
    return {
        "action": path,
        "query": query,
        "ticks": [
            (titles[name], in_html(name), _with_texts(facets[name])) for name in titles if _offered(facets.get(name))
        ],
        "provinces": _with_texts(facets["province"]),
        "stock": _with_texts(facets["stock"])[0],
        "price_from": "" if query.price_from is None else query.price_from // 100,
        "price_to": "" if query.price_to is None else query.price_to // 100,
        "total": f"{result.total:,}",
        "clear_url": _url(path, Query(text=query.text, sort=query.usual_sort)),
    }


def _offered(facet: Facet | None) -> bool:
    return facet is not None and bool(facet.options)


def _with_texts(facet: Facet) -> list[tuple[str, str, str, bool]]:
    return [(option.value, option.label, f"{option.count:,}", option.chosen) for option in facet.options]
