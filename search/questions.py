"""What Elasticsearch is asked: conditions, filters and counts as it takes them, made by `elasticsearch.dsl` and then plain data."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from elasticsearch.dsl import Q

from search import facets
from search.contract import MOST_OTHERS, Asked
from search.models import Kind
from search.query import PAGE_SIZE, Sort
from search.terms import All, How, Leaf, Node, Some

FAR = 200_000
"""Hits beyond this number cannot be paged to."""
_MOST_TERMS = 10_000
_ORDER: dict[str, list[Any]] = {
    Sort.BEST: ["_score", "length", "key"],
    Sort.NEWEST: [{"since": "desc"}, {"key": "desc"}],
    Sort.POPULAR: [{"sold_count": "desc"}, {"key": "desc"}],
    Sort.CHEAPEST: ["price_from", "key"],
    Sort.DEAREST: [{"price_from": "desc"}, {"key": "desc"}],
    Sort.NAME: ["sort_title", "key"],
}
_FOREVER = 2**60
_OF_GOODS = {"term": {"kind": str(Kind.PRODUCT)}}
Sought = dict[str, Any]
"""Conditions as plain data."""
TOLD = (
    "responses.status",
    "responses.error.type",
    "responses.hits.total.value",
    "responses.hits.hits._id",
    "responses.aggregations.*.values.buckets.*.doc_count",
    "responses.aggregations.*.values.buckets.key",
    "responses.aggregations.*.values.buckets.doc_count",
)
"""What comes over the line of an answer."""


def question(asked: Asked, page: int, sought: Sought) -> dict[str, Any]:
    """What is sent for a page of goods: all filters hold for the hits, and for each count all but its own."""
    filters = _filters(asked)
    counted: dict[str, Any] = {}
    for name, field in counted_facets(asked).items():
        kept = [entry for facet, entry in filters.items() if facet != name]
        most = facets.MOST_GROUPS if name == "group" and not asked.query.groups else _MOST_TERMS
        values: dict[str, Any] = {"terms": {"field": field, "size": most}}
        if name == "delivery":
            values = {"filters": {"filters": {way: _by_way(asked, (way,)) for way in ways(asked)}}}
        counted[name] = {"filter": {"bool": {"filter": kept}}, "aggs": {"values": values}}
    start = min((page - 1) * PAGE_SIZE, FAR - PAGE_SIZE)
    return {
        "query": _ranked(asked, sought),
        "post_filter": {"bool": {"filter": list(filters.values())}},
        "aggs": counted,
        "sort": _ORDER[asked.query.sort],
        "from": start,
        "size": PAGE_SIZE,
        "_source": False,
        "track_total_hits": True,
    }


def others_question(sought: Sought, language: str) -> dict[str, Any]:
    """What is sent for everything but goods."""
    filters = [{"term": {"shown": True}}, {"terms": {"language": ["", language]}}]
    return {
        "query": {"bool": {"must": [sought], "must_not": [_OF_GOODS], "filter": filters}},
        "sort": ["_score", "length", "kind", "key"],
        "size": MOST_OTHERS,
        "aggs": {
            "kinds": {"filter": {"match_all": {}}, "aggs": {"values": {"terms": {"field": "kind", "size": len(Kind)}}}}
        },
        "track_total_hits": False,
        "_source": False,
    }


def _ranked(asked: Asked, sought: Sought) -> dict[str, Any]:
    now = int(asked.now.timestamp() * 1_000_000)
    base: list[dict[str, Any]] = [
        _OF_GOODS,
        {"range": {"from": {"lte": now}}},
        {"range": {"price_from": {"gte": -_FOREVER}}},
        {"bool": {"must_not": [{"range": {"until": {"lte": now}}}]}},
    ]
    if asked.query.shelf:
        base.append({"terms": {"category": list(asked.chosen.shelf)}})
    fields = {"product": "key", "category": "category"}
    boosts = [
        {"constant_score": {"filter": {"term": {fields[what]: key}}, "boost": float(points)}}
        for what, key, points in asked.boosted
    ]
    return {"bool": {"must": [sought], "filter": base, "should": boosts}}


def _filters(asked: Asked) -> dict[str, Any]:
    query, chosen = asked.query, asked.chosen
    found: dict[str, Any] = {}
    lists = {
        "category": (query.categories, "category", chosen.categories),
        "group": (query.groups, "group", chosen.groups),
        "region": (query.regions, "region", query.regions),
        "province": (query.provinces, "province", query.provinces),
        "scheme": (query.schemes, "schemes", query.schemes),
        "storage": (query.storages, "storage", query.storages),
    }
    for name, (wanted, field, values) in lists.items():
        if wanted:
            found[name] = {"terms": {field: list(values)}}
    if query.deliveries:
        found["delivery"] = _by_way(asked, query.deliveries)
    prices = []
    if query.price_from is not None:
        prices.append({"range": {"price_to": {"gte": query.price_from}}})
    if query.price_to is not None:
        prices.append({"range": {"price_from": {"lte": query.price_to}}})
    if prices:
        found["price"] = {"bool": {"filter": prices}}
    if query.in_stock:
        found["stock"] = {"term": {"in_stock": True}}
    return found


def counted_facets(asked: Asked) -> dict[str, str]:
    """Each count and the field it is over."""
    found = {"category": "category", "region": "region", "province": "province", "scheme": "schemes"}
    found |= {"stock": "in_stock"}
    if facets.with_groups(asked.query):
        found["group"] = "group"
    if facets.with_storage(asked.query):
        found["storage"] = "storage"
    if ways(asked):
        found["delivery"] = ""
    return found


def ways(asked: Asked) -> tuple[str, ...]:
    """The ways of delivery that are counted."""
    return tuple(asked.chosen.ways) if facets.with_storage(asked.query) else ()


def _by_way(asked: Asked, deliveries: tuple[str, ...]) -> dict[str, Any]:
    pairs = tuple((kept, tuple(regions)) for kept, regions in asked.chosen.pairs(deliveries))
    return _of_pairs(pairs)


@lru_cache(maxsize=64)
def _of_pairs(pairs: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, Any]:
    """The same for every question of a minute: pairs change with hubs and tariffs."""
    either = [Q("bool", filter=[Q("term", storage=kept), Q("terms", region=list(regions))]) for kept, regions in pairs]
    found: dict[str, Any] = (Q("bool", should=either, minimum_should_match=1) if either else Q("match_none")).to_dict()
    return found


def conditions(node: Node) -> Sought:
    """The conditions with their points, as Elasticsearch carries them out; made once for all that is asked by them."""
    found: Sought = _conditions(node).to_dict()
    return found


def _conditions(node: Node) -> Any:
    if isinstance(node, Leaf):
        return Q("constant_score", filter=_leaf(node), boost=float(node.points))
    parts = [_conditions(part) for part in node.parts]
    if isinstance(node, All):
        return Q("bool", must=parts)
    if isinstance(node, Some):
        return Q("bool", should=parts, minimum_should_match=node.least)
    return Q("dis_max", queries=parts)


def _leaf(leaf: Leaf) -> Any:
    if leaf.how == How.PHRASE:
        return Q("match_phrase", **{leaf.field: leaf.text})
    return Q("prefix" if leaf.how == How.PREFIX else "term", **{leaf.field: {"value": leaf.text}})
