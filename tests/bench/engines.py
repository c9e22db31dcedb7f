"""The two engines asked without pages, on the database of the environment, beside what they ask sent raw.

`python -m tests.bench.engines index` fills the indices, `python -m tests.bench.engines <rounds>` asks; both print JSON. Of each question:

whole    words read, engine asked, answer put together
engine   the engine alone, with the conditions as they were read
raw      what the engine sends, sent as it is by the driver, and its answer read
floor    the shortest question that finds such goods: one condition, no order, no counts (suggestions: the eight shortest names)
"""

from __future__ import annotations

import http.client
import json
import os
import resource
import sys
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from tests.bench import words

Call = Callable[[], object]
_SAMPLE = 2_000
_FLOOR = "SELECT product_id FROM search_document WHERE product_id IS NOT NULL AND tokens @@ %s::tsquery LIMIT 24"
_SHORTEST = """
SELECT product_id, title_th, title_en FROM search_document WHERE product_id IS NOT NULL AND tokens @@ %s::tsquery
ORDER BY length, product_id LIMIT 8
"""


def make_indices() -> dict[str, Any]:
    """Writes a sample of the embedded index again, and all of Elasticsearch's where there is one."""
    from django.db import connection

    from search import elastic, rebuilding
    from search.documents import all_keys
    from search.models import Document, Kind
    from search.services import learn_words, write_documents

    keys = all_keys(Kind.PRODUCT)[:_SAMPLE]
    Document.objects.filter(kind=Kind.PRODUCT, object_id__in=keys).update(digest="")
    begun = time.perf_counter()
    for first in range(0, len(keys), rebuilding.AT_ONCE):
        learn_words(sources=write_documents(kind=Kind.PRODUCT, keys=keys[first : first + rebuilding.AT_ONCE]))
    told: dict[str, Any] = {"embedded_per_s": len(keys) / (time.perf_counter() - begun)}
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) search_document")
        cursor.execute("SELECT pg_total_relation_size('search_document'), pg_relation_size('document_tokens')")
        told["table_bytes"], told["gin_bytes"] = cursor.fetchone()
    told["documents"] = Document.objects.count()
    if elastic.is_used():
        begun = time.perf_counter()
        name = rebuilding.rebuild_elastic(lambda _line: None)
        told["elastic_per_s"] = told["documents"] / (time.perf_counter() - begun)
        stats = elastic.client(elastic.WRITE_SECONDS).indices.stats(index=name, metric="store").body
        told["elastic_bytes"] = stats["_all"]["primaries"]["store"]["size_in_bytes"]
    told["peak_kb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return told


def ask_engines(rounds: int) -> dict[str, dict[str, dict[str, list[float]]]]:
    """Engine → kind → what → seconds of each call; the four calls of a question follow each other."""
    from search import elastic
    from search.finding import embedded

    engines: dict[str, Any] = {"embedded": embedded}
    if elastic.is_used():
        engines["elasticsearch"] = elastic.ElasticEngine(seconds=30.0)
    found: dict[str, dict[str, dict[str, list[float]]]] = {name: {kind: {} for kind in words.KINDS} for name in engines}
    for number in range(rounds + 1):
        for name, engine in engines.items():
            for kind in words.KINDS:
                for text in words.BEGINNINGS if kind == "suggest" else words.TEXTS[kind]:
                    calls = _suggesting(text, name) if kind == "suggest" else _finding(kind, text, engine)
                    for what, call in calls.items():
                        begun = time.perf_counter()
                        call()
                        if number:  # the first round warms
                            found[name][kind].setdefault(what, []).append(time.perf_counter() - begun)
    return found


def _finding(kind: str, text: str, engine: Any) -> dict[str, Call]:
    from search import understanding
    from search.contract import Asked
    from search.filters import choose
    from search.finding import find
    from search.query import Query, Sort
    from shop.common import clock

    filters = {
        "regions": words.FILTERS["region"],
        "schemes": words.FILTERS["scheme"],
        "storages": words.FILTERS["storage"],
        "deliveries": words.FILTERS["delivery"],
        "in_stock": True,
        "price_to": 20_000_000,
    }
    query = Query(text=text, sort=Sort.BEST, **(filters if kind == "facets" else {}))  # type: ignore[arg-type]
    chosen = choose(query)
    node = find(query, chosen, engine).node
    assert node is not None, f"nothing is found for {text}"
    asked = Asked(query, chosen, node, clock.now(), understanding.boosted())
    raw, floor = _raw_of(asked, engine, text)
    return {
        "whole": lambda: find(query, chosen, engine),
        "engine": lambda: engine.find(asked),
        "raw": raw,
        "floor": floor,
    }


def _raw_of(asked: Any, engine: Any, text: str) -> tuple[Call, Call]:
    from search import analysis, facets, questions
    from search.tokens import quoted

    word = analysis.skeleton(analysis.chunks(analysis.normalize(text))[0])
    if engine.name == "embedded":
        sql, values = facets.words_statement(asked)
        return _sent(sql, values), _sent(_FLOOR, [quoted(f"s:{word}")])
    body = questions.question(asked, asked.query.page, questions.conditions(asked.node))
    short = {"size": 24, "_source": False, "query": {"bool": {"filter": [_OF_GOODS, {"term": {"s": word}}]}}}
    return _posted(body, ",".join(questions.TOLD)), _posted(short)


def _suggesting(text: str, name: str) -> dict[str, Call]:
    from search import analysis
    from search.suggesting import suggest
    from search.tokens import quoted

    bare = analysis.head(analysis.normalize(text))
    body = {
        "size": 8,
        "_source": False,
        "query": {"bool": {"filter": [_OF_GOODS, {"prefix": {"s": bare}}]}},
        "sort": ["length", "key"],
    }
    raw = _sent(_SHORTEST, [quoted(f"s:{bare}") + ":*"]) if name == "embedded" else _posted(body)
    return {"whole": lambda: suggest(text, "th"), "raw": raw}


_OF_GOODS = {"term": {"kind": "product"}}


def _sent(sql: str, values: list[Any]) -> Call:
    from django.db import connection

    connection.ensure_connection()

    def call() -> object:
        with connection.connection.cursor() as cursor:
            return cursor.execute(sql, values).fetchall()

    return call


def _posted(body: dict[str, Any], told: str = "") -> Call:
    from django.conf import settings

    from search import elastic

    lines = [{"allow_partial_search_results": False}, body]
    text = "".join(f"{json.dumps(line)}\n" for line in lines).encode()
    if not _kept:
        at = urlsplit(settings.ELASTICSEARCH_URL)
        _kept.append(http.client.HTTPConnection(at.hostname or "", at.port, timeout=60))

    def call() -> object:
        path = f"/{elastic.ALIAS}/_msearch" + (f"?filter_path={told}" if told else "")
        _kept[0].request("POST", path, text, {"Content-Type": "application/x-ndjson"})
        answer = _kept[0].getresponse()
        found = json.loads(answer.read())
        assert answer.status == 200, found
        assert found["responses"][0]["status"] == 200, found
        return found

    return call


_kept: list[http.client.HTTPConnection] = []

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
    import django

    django.setup()
    print(json.dumps(make_indices() if sys.argv[1] == "index" else ask_engines(int(sys.argv[1]))))
