"""The embedded engine: tokens in a tsvector with GIN, filters and counts from the live columns of the goods themselves."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from catalogue.models import Product
from search import facets
from search.contract import MOST_OTHERS, Asked, Found, Others
from search.filters import holds_some, matching_rows
from search.matching import Matches, Score
from search.models import Document, Kind
from search.query import PAGE_SIZE, Sort
from search.terms import Node


class EmbeddedEngine:
    """Answers always: it is the database that the shop itself needs."""

    name = "embedded"

    def find(self, asked: Asked) -> Found:
        """Counts first (kept per catalogue version), then the keys of one page."""
        counts = facets.counts(asked.query, asked.chosen, asked.node)
        pages = max(1, -(-counts.total // PAGE_SIZE))
        page = min(asked.query.page, pages)
        if not counts.total:
            return Found((), counts, page)
        rows = ranked(asked)
        start = (page - 1) * PAGE_SIZE
        return Found(tuple(rows.values_list("pk", flat=True)[start : start + PAGE_SIZE]), counts, page)

    def find_others(self, node: Node, language: str) -> Others:
        """One query for the best of all kinds, one for their numbers."""
        rows = _holding(Document.objects.exclude(kind=Kind.PRODUCT), node).filter(
            Q(language="") | Q(language=language), shown=True
        )
        numbers = {kind: number for kind, number in rows.values_list("kind").annotate(Count("pk")).order_by()}
        if not numbers:
            return Others()
        best = rows.annotate(points=Score("tokens", node)).order_by("-points", "length", "kind", "object_id")
        keys = best.values_list("kind", "object_id")[:MOST_OTHERS]
        return Others(tuple((Kind(kind), key) for kind, key in keys), numbers)


def ranked(asked: Asked) -> QuerySet[Product]:
    """The goods with all filters, in order."""
    rows = matching_rows(asked.query, asked.chosen, asked.node)
    if asked.query.sort != Sort.BEST:
        return rows
    points: Any = Score("search_document__tokens", asked.node)
    if asked.boosted:
        points = points + _boosts(asked)
    return rows.annotate(points=points).order_by("-points", "search_document__length", "pk")


def _boosts(asked: Asked) -> Any:
    """Each boost that holds adds its points."""
    column = {"product": "pk", "category": "main_category_id"}
    total: Any = Value(0)
    for what, key, points in asked.boosted:
        when = When(**{column[what]: key}, then=Value(points))
        total = total + Case(when, default=Value(0), output_field=IntegerField())
    return total


def _holding(rows: QuerySet[Document], node: Node) -> QuerySet[Document]:
    rows = rows.filter(Matches("tokens", node))
    return rows.annotate(held=Score("tokens", node)).filter(held__gt=0) if holds_some(node) else rows
