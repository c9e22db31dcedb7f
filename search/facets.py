"""Exact counts of a listing, all filters in one query: one pass over narrow columns, then sums over few rows.

Each filter's counts obey all *other* filters. The pass groups what is on sale by the filters' columns; every count is
then a sum over those groups. Counts are kept per catalogue version and day, so they are computed once per change.
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.db.models import BooleanField, Case, Count, Q, QuerySet, Value, When

from catalogue import shelves
from catalogue.models import Product
from search.filters import Chosen, base_rows
from search.query import Counts, Query
from search.terms import Node
from shop.common import clock, versions

SECONDS = 300
_MOST_GROUPS = 30
_PART = "SELECT '{facet}', {value}, sum(n)::bigint FROM {source} WHERE {where} GROUP BY 2"


def counts(query: Query, chosen: Chosen, node: Node | None = None) -> Counts:
    """The counts for a query, kept until anything about goods changes or the day ends. `node` is what its words ask."""
    whole = f"{versions.current()}|{clock.today()}|{query.filter_key}|{node}"
    key = "counts:" + hashlib.md5(whole.encode(), usedforsecurity=False).hexdigest()
    kept = cache.get(key)
    if kept is None:
        kept = _count(query, chosen, node)
        cache.set(key, kept, SECONDS)
    return kept  # type: ignore[no-any-return]


def with_groups(query: Query) -> bool:
    """Groups are offered as a filter once words, a province or a group are chosen: before, they would be thousands."""
    return bool(query.text or query.provinces or query.groups)


def with_storage(query: Query) -> bool:
    """How goods are kept is offered beside words: the whole market is counted from an index that does not hold it."""
    return bool(query.text or query.storages)


def _count(query: Query, chosen: Chosen, node: Node | None) -> Counts:
    columns = ["main_category_id", "region_code", "province_id", "schemes", "in_price", "in_stock"]
    if with_groups(query):
        columns.append("group_id")
    if with_storage(query):
        columns.append("storage")
    rows = base_rows(query, chosen, node).order_by().annotate(in_price=_price(query))
    base = _narrow(rows, columns)
    sql, params = base.query.sql_with_params()
    conditions = _conditions(query, chosen)
    parts, values = [], list(params)
    for facet, value, source in _facets(query):
        where, extra = _all_but(conditions, facet)
        parts.append(_PART.format(facet=facet, value=value, source=source, where=where))
        values += extra
    with connection.cursor() as cursor:
        cursor.execute(f"WITH base AS MATERIALIZED ({sql}) " + " UNION ALL ".join(parts), values)
        return _collect(cursor.fetchall())


def _narrow(rows: QuerySet[Product], columns: list[str]) -> Any:
    return rows.values(*columns).annotate(n=Count("*"))


def _price(query: Query) -> Any:
    wanted = Q()
    if query.price_from is not None:
        wanted &= Q(price_to_satang__gte=query.price_from)
    if query.price_to is not None:
        wanted &= Q(price_from_satang__lte=query.price_to)
    if not wanted:
        return Value(True, output_field=BooleanField())
    return Case(When(wanted, then=Value(True)), default=Value(False), output_field=BooleanField())


def _facets(query: Query) -> list[tuple[str, str, str]]:
    """Name, value and source of every count; `total` obeys all filters."""
    facets = [
        ("total", "''", "base"),
        ("category", "main_category_id::text", "base"),
        ("region", "region_code", "base"),
        ("province", "province_id", "base"),
        ("scheme", "mark.code", "base, jsonb_array_elements_text(schemes) AS mark (code)"),
        ("stock", "CASE WHEN in_stock THEN '1' ELSE '0' END", "base"),
    ]
    if with_groups(query):
        facets.append(("group", "group_id::text", "base"))
    if with_storage(query):
        facets.append(("storage", "storage", "base"))
    return facets


def _conditions(query: Query, chosen: Chosen) -> dict[str, tuple[str, list[Any]]]:
    found: dict[str, tuple[str, list[Any]]] = {}
    if query.categories:
        found["category"] = ("main_category_id = ANY(%s::bigint[])", [list(chosen.categories)])
    if query.groups:
        found["group"] = ("group_id = ANY(%s::bigint[])", [list(chosen.groups)])
    if query.regions:
        found["region"] = ("region_code = ANY(%s)", [list(query.regions)])
    if query.provinces:
        found["province"] = ("province_id = ANY(%s)", [list(query.provinces)])
    if query.schemes:
        found["scheme"] = ("schemes ?| %s::text[]", [list(query.schemes)])
    if query.storages:
        found["storage"] = ("storage = ANY(%s)", [list(query.storages)])
    if (query.price_from, query.price_to) != (None, None):
        found["price"] = ("in_price", [])
    if query.in_stock:
        found["stock"] = ("in_stock", [])
    return found


def _all_but(conditions: dict[str, tuple[str, list[Any]]], facet: str) -> tuple[str, list[Any]]:
    kept = [entry for name, entry in conditions.items() if name != facet]
    where = " AND ".join(text for text, _values in kept) or "TRUE"
    return where, [value for _text, values in kept for value in values]


def _collect(rows: list[tuple[str, str | None, int]]) -> Counts:
    by_facet: dict[str, dict[str, int]] = {}
    for facet, value, number in rows:
        if value is not None:
            by_facet.setdefault(facet, {})[value] = number
    total = by_facet.pop("total", {}).get("", 0)
    return collected(total, by_facet)


def collected(total: int, by_facet: dict[str, dict[str, int]]) -> Counts:
    """The counts as pages show them: the groups with most goods, and categories with all below them."""
    groups = by_facet.get("group")
    if groups and len(groups) > _MOST_GROUPS:
        most = sorted(groups.items(), key=lambda entry: (-entry[1], int(entry[0])))
        by_facet["group"] = dict(most[:_MOST_GROUPS])
    by_facet["category"] = _by_slug(by_facet.get("category", {}))
    return Counts(total, by_facet)


def _by_slug(by_pk: dict[str, int]) -> dict[str, int]:
    """Counts per category with all below it."""
    return {
        slug: number
        for slug, shelf in shelves.shelves().items()
        if (number := sum(by_pk.get(str(pk), 0) for pk in shelf.subtree))
    }
