"""A query's filters as conditions: for the rows of the page (ORM) and, narrow and apart, for the counts (SQL)."""

from __future__ import annotations

import datetime as dt
import functools
import operator
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache
from django.db.models import Q, QuerySet

from catalogue import shelves
from catalogue.models import Product
from catalogue.selectors import on_sale
from search.query import Query
from shop.common import clock
from shop.shipping.selectors import ways_of_goods
from vendors.models import Organisation

_SECONDS = 60
ORDER_OF = {
    "newest": ("-on_sale_since", "-id"),
    "popular": ("-sold_count", "-id"),
    "price": ("price_from_satang", "id"),
    "-price": ("-price_from_satang", "-id"),
    "name": ("sort_title", "id"),
    "best": ("id",),
}
"""`best` is ordered by the engine, which knows the points."""


@dataclass(frozen=True)
class Chosen:
    """The query's values as database keys. A value that does not exist matches nothing."""

    shelf: tuple[int, ...] = ()
    categories: tuple[int, ...] = ()
    groups: tuple[int, ...] = ()
    group_names: dict[str, tuple[str, str]] | None = None
    ways: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Way of delivery → "region storage" of the goods that can go so; empty where it is neither asked for nor counted."""

    def pairs(self, deliveries: tuple[str, ...]) -> list[tuple[str, list[str]]]:
        """(storage, regions) of the goods that can go by any of these ways."""
        found: dict[str, list[str]] = {}
        for pair in sorted({pair for way in deliveries for pair in self.ways.get(way, ())}):
            region, storage = pair.split(" ")
            found.setdefault(storage, []).append(region)
        return sorted(found.items())


def choose(query: Query) -> Chosen:
    """Looks up the keys: categories from the kept shelves, groups by one query when the query names any."""
    known = shelves.shelves()
    shelf = known[query.shelf].subtree if query.shelf else ()
    categories = [pk for slug in query.categories if slug in known for pk in known[slug].subtree]
    groups: tuple[int, ...] = ()
    names: dict[str, tuple[str, str]] = {}
    if query.groups:
        rows = list(
            Organisation.objects.filter(kind=Organisation.Kind.GROUP, slug__in=query.groups).values_list(
                "pk", "slug", "name_th", "name_en"
            )
        )
        groups = tuple(pk for pk, _slug, _th, _en in rows)
        names = {slug: (th, en) for _pk, slug, th, en in rows}
    return Chosen(shelf, tuple(categories), groups, names, _ways() if query.text or query.deliveries else {})


def _ways() -> dict[str, tuple[str, ...]]:
    """Read again after a minute: hubs, cold stores and tariffs change seldom, and not with the goods."""
    key = f"ways:{clock.today()}"
    kept = cache.get(key)
    if kept is None:
        kept = {
            way: tuple(f"{region} {storage}" for region, storage in pairs) for way, pairs in ways_of_goods().items()
        }
        cache.set(key, kept, _SECONDS)
    return kept  # type: ignore[no-any-return]


def base_rows(query: Query, chosen: Chosen) -> QuerySet[Product]:
    """What is on sale, on the address's shelf: what no filter widens."""
    rows = on_sale()
    return rows.filter(_one_or_many("main_category_id", chosen.shelf)) if query.shelf else rows


_MOMENT = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


@functools.cache
def _written(columns: tuple[str, ...]) -> tuple[str, tuple[Any, ...]]:
    sql, params = on_sale(_MOMENT).order_by().values(*columns).query.sql_with_params()
    return sql, tuple(params)


def goods_sql(*columns: str) -> tuple[str, list[Any]]:
    """A SELECT of these columns of what is on sale now. Django writes it once for each process: that takes longer than to read it."""
    sql, params = _written(columns)
    now = clock.now()
    return sql, [now if value == _MOMENT else value for value in params]


def matching_rows(query: Query, chosen: Chosen) -> QuerySet[Product]:
    """All filters of a query without words applied, in the order asked for."""
    rows = base_rows(query, chosen)
    lists = (
        (query.categories, "main_category_id", chosen.categories),
        (query.groups, "group_id", chosen.groups),
        (query.provinces, "province_id", query.provinces),
    )
    for wanted, column, keys in lists:
        if wanted:
            rows = rows.filter(_one_or_many(column, keys))
    if query.regions:
        rows = rows.filter(region_code__in=query.regions)
    if query.schemes:
        rows = rows.filter(schemes__has_any_keys=query.schemes)
    if query.price_from is not None:
        rows = rows.filter(price_to_satang__gte=query.price_from)
    if query.price_to is not None:
        rows = rows.filter(price_from_satang__lte=query.price_to)
    if query.storages:
        rows = rows.filter(storage__in=query.storages)
    if query.deliveries:
        pairs = chosen.pairs(query.deliveries)
        rows = rows.filter(_any([Q(storage=storage, region_code__in=regions) for storage, regions in pairs]))
    if query.in_stock:
        rows = rows.filter(in_stock=True)
    return rows.order_by(*ORDER_OF[query.sort])


def _any(ways: list[Q]) -> Q:
    return functools.reduce(operator.or_, ways, Q(pk__in=[]))


def _one_or_many(column: str, keys: tuple[Any, ...]) -> Q:
    """`=` for one key, so that an index with the listing's order can be walked; `IN` for several."""
    return Q(**{column: keys[0]}) if len(keys) == 1 else Q(**{f"{column}__in": keys})
