"""The Elasticsearch engine: the same tokens in fields of their own, split at spaces by the built-in whitespace analyzer.

Nothing of its own analysis, ranking or scripts is used, so what it finds and in which order is the embedded engine's answer.
Documents carry the version of the change they follow: an older one that comes late is refused (409) and dropped.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.conf import settings
from elasticsearch import ApiError, Elasticsearch, TransportError
from elasticsearch.dsl import Search
from elasticsearch.helpers import streaming_bulk

from catalogue.models import Product
from search import facets
from search.analysis import ANALYSIS_VERSION
from search.contract import Asked, Found, Others
from search.documents import Source
from search.models import EngineIndex, Kind, Rejected
from search.query import PAGE_SIZE
from search.questions import FAR, TOLD, conditions, counted_facets, others_question, question
from search.terms import Field, Node
from shop.common import clock

ALIAS = "market"
ASK_SECONDS, WRITE_SECONDS = 0.8, 30.0
"""The time that a visitor's question may take before the embedded engine answers; the worker has more."""
_KEYWORDS = ("kind", "digest", "language", "region", "province", "schemes", "storage", "sort_title")
_NUMBERS = ("key", "length", "category", "group", "price_from", "price_to", "sold_count", "from", "until", "since")
FAILURES = (ApiError, TransportError)
"""Away, too slow, red, without the index, with another mapping: all the same to a visitor."""


@cache
def client(seconds: float = ASK_SECONDS) -> Elasticsearch:
    """One client per process and patience. It never tries twice: a visitor is answered by the other engine instead."""
    return Elasticsearch(settings.ELASTICSEARCH_URL, request_timeout=seconds, max_retries=0, retry_on_timeout=False)


def is_used() -> bool:
    """True when an Elasticsearch is configured."""
    return bool(settings.ELASTICSEARCH_URL)


def kept_indices() -> list[str]:
    """The indices that follow changes: the one that is asked and one that is being made."""
    if not is_used():
        return []
    return list(
        EngineIndex.objects.exclude(state=EngineIndex.State.RETIRED).order_by("pk").values_list("name", flat=True)
    )


def mapping() -> dict[str, Any]:
    """The fields of an index; unknown ones are an error, so a document of another shape is refused and shown."""
    tokens = {"type": "text", "analyzer": "whitespace", "norms": False, "index_options": "docs"}
    placed = {**tokens, "index_options": "positions"}
    fields: dict[str, Any] = {
        field.value: placed if field in (Field.GRAM, Field.PLACE_GRAM) else tokens for field in Field
    }
    fields |= {name: {"type": "keyword"} for name in _KEYWORDS} | {name: {"type": "long"} for name in _NUMBERS}
    fields |= {"shown": {"type": "boolean"}, "in_stock": {"type": "boolean"}}
    return {"dynamic": "strict", "properties": fields}


def create(index: str) -> None:
    """Makes an empty index."""
    client(WRITE_SECONDS).indices.create(
        index=index,
        mappings=mapping(),
        settings={"number_of_shards": 1, "number_of_replicas": 0, "max_result_window": FAR},
    )


def move_alias(index: str) -> None:
    """Shows all that was written, then lets the alias name this index alone, in one request."""
    writer = client(WRITE_SECONDS)
    writer.indices.refresh(index=index)
    old = writer.indices.get_alias(name=ALIAS).body if writer.indices.exists_alias(name=ALIAS) else {}
    moves: list[dict[str, Any]] = [{"remove": {"index": name, "alias": ALIAS}} for name in old if name != index]
    writer.indices.update_aliases(actions=[*moves, {"add": {"index": index, "alias": ALIAS}}])


def remove(index: str) -> None:
    """Removes an index; one that is not there is no error."""
    client(WRITE_SECONDS).indices.delete(index=index, ignore_unavailable=True)


def digests(index: str = ALIAS) -> dict[str, dict[int, str]]:
    """Kind → key → digest of every document."""
    found: dict[str, dict[int, str]] = {}
    after: list[Any] = []
    while True:
        search = Search(using=client(WRITE_SECONDS), index=index).source(["kind", "key", "digest"])
        search = search.sort("kind", "key").extra(size=5_000, **({"search_after": after} if after else {}))
        hits = list(search.execute().hits)
        for hit in hits:
            found.setdefault(hit.kind, {})[hit.key] = hit.digest
        if not hits:
            return found
        after = list(hits[-1].meta.sort)


def write(index: str, kind: Kind, sources: list[Source], *, version: int, gone: Iterable[int] = ()) -> int:
    """Writes what is there and deletes what is gone; returns how many were refused for good (kept in `Rejected`).

    Raises when Elasticsearch does not answer: the changes wait.
    """
    refused: list[Rejected] = []
    taken: list[int] = []
    answers = streaming_bulk(
        client(WRITE_SECONDS), _actions(index, kind, sources, gone, version), raise_on_error=False, max_retries=0
    )
    for fine, answer in answers:
        told = next(iter(answer.values()))
        key, status = int(told["_id"].partition("-")[2]), told["status"]
        if fine or status in (404, 409):  # gone already; a newer one is there
            taken.append(key)
        elif status >= 500 or status == 429:
            raise ConnectionError(f"{index}: {told.get('error')}")
        else:
            refused.append(
                Rejected(index=index, kind=kind, object_id=key, reason=str(told.get("error"))[:2000], at=clock.now())
            )
    if taken:
        Rejected.objects.filter(index=index, kind=kind, object_id__in=taken).delete()
    Rejected.objects.bulk_create(
        refused, update_conflicts=True, unique_fields=["index", "kind", "object_id"], update_fields=["reason", "at"]
    )
    return len(refused)


def _actions(
    index: str, kind: Kind, sources: list[Source], gone: Iterable[int], version: int
) -> Iterator[dict[str, Any]]:
    head = {"_index": index, "version_type": "external_gte", "version": version}
    for key, body in bodies(kind, sources).items():
        yield head | {"_id": f"{kind}-{key}", "_source": body}
    for key in sorted(gone):
        yield head | {"_op_type": "delete", "_id": f"{kind}-{key}"}


def bodies(kind: Kind, sources: list[Source]) -> dict[int, dict[str, Any]]:
    """The documents of these sources by their keys, each with a digest of all that is in it."""
    goods = _goods([source.key for source in sources]) if kind == Kind.PRODUCT else {}
    found = {}
    for source in sources:
        body = body_of(source) | goods.get(source.key, {})
        whole = json.dumps([ANALYSIS_VERSION, body], sort_keys=True).encode()
        found[source.key] = body | {"digest": hashlib.sha1(whole, usedforsecurity=False).hexdigest()}
    return found


def body_of(source: Source) -> dict[str, Any]:
    """A document's tokens, with spaces between them."""
    tokens: dict[str, Any] = {field.value: " ".join(entries) for field, entries in source.tokens.items()}
    return tokens | {
        "kind": str(source.kind),
        "key": source.key,
        "language": source.language,
        "shown": source.shown,
        "length": len(source.title_th),
    }


def _goods(keys: list[int]) -> dict[int, dict[str, Any]]:
    """What filters and orders of goods read. Goods that are never for sale have no beginning."""
    fields = {
        "category": "main_category_id",
        "group": "group_id",
        "region": "region_code",
        "province": "province_id",
        "schemes": "schemes",
        "storage": "storage",
        "in_stock": "in_stock",
        "price_from": "price_from_satang",
        "price_to": "price_to_satang",
        "sold_count": "sold_count",
        "sort_title": "sort_title",
        "from": "sellable_from",
        "until": "sellable_until",
        "since": "on_sale_since",
    }
    rows = Product.objects.filter(pk__in=keys).values("pk", "price_from_satang", *set(fields.values()))
    return {row["pk"]: {name: _plain(row[field]) for name, field in fields.items()} for row in rows}


def _plain(value: Any) -> Any:
    return int(value.timestamp() * 1_000_000) if isinstance(value, dt.datetime) else value


class ElasticEngine:
    """Answers while Elasticsearch does; raises otherwise, and `search.choosing` turns to the embedded engine."""

    name = "elasticsearch"

    def __init__(self, index: str = ALIAS, seconds: float = 0.0) -> None:
        self.index, self.seconds = index, seconds or ASK_SECONDS

    def find(self, asked: Asked) -> Found:
        """One request for the page, all counts and everything else; a second one where the page asked for lies beyond the last."""
        sought = conditions(asked.node)
        bodies = [question(asked, asked.query.page, sought)]
        if asked.others_in:
            bodies.append(others_question(sought, asked.others_in))
        answer, *more = self.ask(*bodies)
        hits = answer["hits"]
        counts = _counts(asked, hits["total"]["value"], answer.get("aggregations", {}))
        pages = max(1, -(-counts.total // PAGE_SIZE))
        page = min(asked.query.page, pages)
        if page != asked.query.page and counts.total:
            hits = self.ask(question(asked, page, sought))[0]["hits"]
        others = _others(more[0]) if more else None
        return Found(tuple(key for _kind, key in _named(hits)), counts, page, others)

    def find_others(self, node: Node, language: str) -> Others:
        """The best of all other kinds, and their numbers."""
        return _others(self.ask(others_question(conditions(node), language))[0])

    def ask(self, *bodies: dict[str, Any]) -> list[dict[str, Any]]:
        """Sends questions together; of the answers only what is `TOLD` comes over the line, as it is: no objects are made of it.

        Raises one of `FAILURES` when any of them is not answered whole.
        """
        lines = [line for body in bodies for line in (_WHOLE_OR_NOTHING, body)]
        answer = client(self.seconds).msearch(index=self.index, filter_path=TOLD, searches=lines)
        answers: list[dict[str, Any]] = answer.body["responses"]
        for one in answers:
            if one["status"] != 200:
                raise ApiError(str(one.get("error", {}).get("type")), answer.meta, one)
        return answers


_WHOLE_OR_NOTHING = {"allow_partial_search_results": False}


def _others(answer: dict[str, Any]) -> Others:
    keys = _named(answer.get("hits", {}))
    shown = {kind for kind, _key in keys}
    buckets = answer.get("aggregations", {}).get("kinds", {}).get("values", {}).get("buckets", ())
    numbers = {bucket["key"]: bucket["doc_count"] for bucket in buckets if bucket["key"] in shown}
    return Others(tuple((Kind(kind), key) for kind, key in keys), numbers)


def _named(hits: dict[str, Any]) -> list[tuple[str, int]]:
    """Kind and key of each hit, from its name."""
    parts = [hit["_id"].partition("-") for hit in hits.get("hits", ())]
    return [(kind, int(key)) for kind, _dash, key in parts]


def _counts(asked: Asked, total: int, told: dict[str, Any]) -> Any:
    by_facet: dict[str, dict[str, int]] = {}
    for name in counted_facets(asked):
        buckets = told.get(name, {}).get("values", {}).get("buckets", {})
        if name == "delivery":
            by_facet[name] = {way: bucket["doc_count"] for way, bucket in buckets.items()}
        elif buckets:
            by_facet[name] = {str(bucket["key"]): bucket["doc_count"] for bucket in buckets}
    return facets.collected(total, by_facet, asked.chosen)
