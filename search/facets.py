"""Exact counts of a listing, all filters in one query: one pass over narrow columns, then sums over few rows.

Each filter's counts obey all *other* filters. The pass groups what is on sale by the filters' columns; every count is
then a sum over those groups. Counts without words are kept per catalogue version and day, so they are computed once per
change; with words the same statement names the page's goods as well.
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.db.models import BooleanField, Case, Count, Q, QuerySet, Value, When

from catalogue import shelves
from catalogue.models import Product
from search.contract import Asked
from search.filters import ORDER_OF, Chosen, base_rows, goods_sql
from search.matching import held
from search.query import PAGE_SIZE, Counts, Query, Sort
from shop.common import clock, versions

SECONDS = 300
MOST_GROUPS = 30
"""So many groups are offered, those with most goods, and whatever groups are chosen."""
_FARTHEST = 10**9
Conditions = dict[str, tuple[str, list[Any]]]
"""Of each filter in use: its condition, and the condition's values."""
_PART = "SELECT '{facet}', {value}, sum(n)::bigint FROM {source} WHERE {where} GROUP BY 2"
_GROUPS = """
(SELECT 'group', group_id::text, sum(n)::bigint FROM {source} WHERE {where} GROUP BY group_id
ORDER BY sum(n) DESC, max(group_id) LIMIT {most})
"""
_SCHEMES = """
SELECT 'scheme', mark.code, sum(n)::bigint FROM (SELECT schemes, sum(n) AS n FROM {source} WHERE {where} GROUP BY schemes) few,
jsonb_array_elements_text(schemes) AS mark (code) GROUP BY 2
"""
_PAIR = "region_code || ' ' || storage"
_WAYS = """
SELECT 'delivery', way.name, sum(n)::bigint FROM (
    SELECT {pair} AS pair, sum(n) AS n FROM {source} WHERE {where} GROUP BY region_code, storage
) few JOIN unnest(%s::text[], %s::text[]) AS way (name, pair) USING (pair) GROUP BY 2
"""
"""Goods with the same marks, or of the same region and way of keeping, are summed first: these are few."""
_BY_WORDS = """
WITH held AS MATERIALIZED ({held}),
base AS MATERIALIZED (
    SELECT goods.*, COALESCE({price}, FALSE) AS in_price, held.length, held.points{boosts} AS points
    FROM (SELECT * FROM ({goods}) every WHERE id = ANY(ARRAY(SELECT product_id FROM held)) OFFSET 0) goods
    JOIN held ON held.product_id = goods.id WHERE {shelf}
),
few AS MATERIALIZED (SELECT {columns}, count(*) AS n FROM base GROUP BY {columns})
{parts} UNION ALL
SELECT 'key', id::text, row_number() OVER () FROM (
    SELECT id FROM base WHERE {where} ORDER BY {order} LIMIT {size}
    OFFSET (SELECT {size} * LEAST(%s, GREATEST((sum(n)::bigint - 1) / {size}, 0)) FROM few WHERE {where})
) page
"""
"""Page numbers count from 0 here; one beyond the last is the last."""


def counts(query: Query, chosen: Chosen) -> Counts:
    """The counts for a query without words, kept until anything about goods changes or the day ends."""
    whole = f"{versions.current()}|{clock.today()}|{query.filter_key}"
    key = "counts:" + hashlib.md5(whole.encode(), usedforsecurity=False).hexdigest()
    kept = cache.get(key)
    if kept is None:
        kept = _count(query, chosen)
        cache.set(key, kept, SECONDS)
    return kept  # type: ignore[no-any-return]


def by_words(asked: Asked) -> tuple[Counts, list[int]]:
    """The counts and the keys of the page's goods in their order: one statement, in which the words are sought once."""
    sql, values = words_statement(asked)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows = cursor.fetchall()
    keys = sorted((place, int(value)) for name, value, place in rows if name == "key")
    return _collect([row for row in rows if row[0] != "key"], asked.chosen), [key for _place, key in keys]


def words_statement(asked: Asked) -> tuple[str, list[Any]]:
    """That statement."""
    query, chosen = asked.query, asked.chosen
    by_points = query.sort == Sort.BEST
    found, values = held(asked.node, "product_id, length", "AND product_id IS NOT NULL", ranked=by_points)
    columns = _columns(query)
    order = [name.lstrip("-") for name in ORDER_OF[query.sort]]
    read = dict.fromkeys(["id", *columns, *order, "price_from_satang", "price_to_satang"])
    read.pop("in_price")
    goods, more = goods_sql(*read)
    price, pricing = _price_sql(query)
    boosts, boosting = _boosts(asked) if by_points else ("", [])
    conditions = _conditions(query, chosen)
    parts, counting = _parts(query, chosen, conditions, "few")
    where, filtering = _all_but(conditions, "")
    sql = _BY_WORDS.format(
        held=found,
        goods=goods,
        price=price,
        boosts=boosts,
        shelf="goods.main_category_id = ANY(%s::bigint[])" if query.shelf else "TRUE",
        columns=", ".join(columns),
        parts=parts,
        where=where,
        order="points DESC, length, id" if by_points else _order(query),
        size=PAGE_SIZE,
    )
    shelf = [list(chosen.shelf)] if query.shelf else []
    page = min(query.page, _FARTHEST) - 1
    return sql, [*values, *pricing, *boosting, *more, *shelf, *counting, *filtering, page, *filtering]


def _price_sql(query: Query) -> tuple[str, list[Any]]:
    found: list[tuple[str, int]] = []
    if query.price_from is not None:
        found.append(("goods.price_to_satang >= %s", query.price_from))
    if query.price_to is not None:
        found.append(("goods.price_from_satang <= %s", query.price_to))
    return " AND ".join(text for text, _satang in found) or "TRUE", [satang for _text, satang in found]


def _order(query: Query) -> str:
    return ", ".join(f"{name[1:]} DESC" if name.startswith("-") else name for name in ORDER_OF[query.sort])


def _boosts(asked: Asked) -> tuple[str, list[Any]]:
    """Each boost that holds adds its points."""
    column = {"product": "goods.id", "category": "goods.main_category_id"}
    text = "".join(f" + CASE WHEN {column[what]} = %s THEN %s ELSE 0 END" for what, _key, _points in asked.boosted)
    return text, [value for _what, key, points in asked.boosted for value in (key, points)]


def with_groups(query: Query) -> bool:
    """Groups are offered as a filter once words, a province or a group are chosen: before, they would be thousands."""
    return bool(query.text or query.provinces or query.groups)


def with_storage(query: Query) -> bool:
    """How goods are kept is offered beside words: the whole market is counted from an index that does not hold it."""
    return bool(query.text or query.storages or query.deliveries)


def _count(query: Query, chosen: Chosen) -> Counts:
    rows = base_rows(query, chosen).order_by().annotate(in_price=_price(query))
    sql, params = _narrow(rows, _columns(query)).query.sql_with_params()
    parts, values = _parts(query, chosen, _conditions(query, chosen), "base")
    with connection.cursor() as cursor:
        cursor.execute(f"WITH base AS MATERIALIZED ({sql}) {parts}", [*params, *values])
        return _collect(cursor.fetchall(), chosen)


def _columns(query: Query) -> list[str]:
    columns = ["main_category_id", "region_code", "province_id", "schemes", "in_price", "in_stock"]
    if with_groups(query):
        columns.append("group_id")
    if with_storage(query):
        columns.append("storage")
    return columns


def _parts(query: Query, chosen: Chosen, conditions: Conditions, source: str) -> tuple[str, list[Any]]:
    parts, values = [], []
    for facet, value in _facets(query):
        where, extra = _all_but(conditions, facet)
        special = {"scheme": _SCHEMES} if query.groups else {"scheme": _SCHEMES, "group": _GROUPS}
        part = special.get(facet, _PART)
        parts.append(part.format(facet=facet, value=value, source=source, where=where, most=MOST_GROUPS))
        values += extra
    if chosen.ways and with_storage(query):
        where, extra = _all_but(conditions, "delivery")
        parts.append(_WAYS.format(source=source, where=where, pair=_PAIR))
        pairs = [(way, pair) for way, entries in chosen.ways.items() for pair in entries]
        values += [*extra, [way for way, _pair in pairs], [pair for _way, pair in pairs]]
    return " UNION ALL ".join(parts), values


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


def _facets(query: Query) -> list[tuple[str, str]]:
    """Name and value of every count; `total` obeys all filters."""
    facets = [
        ("total", "''"),
        ("category", "main_category_id::text"),
        ("region", "region_code"),
        ("province", "province_id"),
        ("scheme", ""),
        ("stock", "CASE WHEN in_stock THEN '1' ELSE '0' END"),
    ]
    if with_groups(query):
        facets.append(("group", "group_id::text"))
    if with_storage(query):
        facets.append(("storage", "storage"))
    return facets


def _conditions(query: Query, chosen: Chosen) -> Conditions:
    found: Conditions = {}
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
    if query.deliveries:
        pairs = [pair for way in query.deliveries for pair in chosen.ways.get(way, ())]
        found["delivery"] = (f"{_PAIR} = ANY(%s::text[])", [pairs])
    if (query.price_from, query.price_to) != (None, None):
        found["price"] = ("in_price", [])
    if query.in_stock:
        found["stock"] = ("in_stock", [])
    return found


def _all_but(conditions: Conditions, facet: str) -> tuple[str, list[Any]]:
    kept = [entry for name, entry in conditions.items() if name != facet]
    where = " AND ".join(text for text, _values in kept) or "TRUE"
    return where, [value for _text, values in kept for value in values]


def _collect(rows: list[tuple[str, str | None, int]], chosen: Chosen) -> Counts:
    by_facet: dict[str, dict[str, int]] = {}
    for facet, value, number in rows:
        if value is not None:
            by_facet.setdefault(facet, {})[value] = number
    total = by_facet.pop("total", {}).get("", 0)
    return collected(total, by_facet, chosen)


def collected(total: int, by_facet: dict[str, dict[str, int]], chosen: Chosen) -> Counts:
    """The counts as pages show them: the groups with most goods and those that are chosen, and categories with all below them."""
    groups = by_facet.get("group")
    if groups and len(groups) > MOST_GROUPS:
        most = sorted(groups.items(), key=lambda entry: (-entry[1], int(entry[0])))
        kept = {str(key) for key in chosen.groups}
        by_facet["group"] = dict(most[:MOST_GROUPS] + [entry for entry in most[MOST_GROUPS:] if entry[0] in kept])
    by_facet["category"] = _by_slug(by_facet.get("category", {}))
    return Counts(total, by_facet)


def _by_slug(by_pk: dict[str, int]) -> dict[str, int]:
    """Counts per category with all below it."""
    return {
        slug: number
        for slug, shelf in shelves.shelves().items()
        if (number := sum(by_pk.get(str(pk), 0) for pk in shelf.subtree))
    }
