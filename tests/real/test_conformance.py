"""Both engines answer alike: the same goods in the same order, the same counts, for every judged query and for odd ones."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from catalogue.models import Category
from search import elastic, facets, matching, rebuilding
from search.choosing import ask
from search.embedded import EmbeddedEngine
from search.filters import choose
from search.finding import find, find_others
from search.models import Boost, EngineIndex, Kind
from search.query import Query, Sort
from search.services import keep_boost, keep_synonym, write_documents
from shop.common import clock
from tests.market import build_market
from tests.search_quality.corpus import judged
from tests.search_quality.loading import FIRST_KEY, load_corpus
from tests.search_quality.measure import ask_all, figures
from vendors.models import Organisation, Place
from vendors.services import open_place

pytestmark = [pytest.mark.real, pytest.mark.slow]
HOSTILE = (
    "ก" * 10_000,
    "กระเป๋า " * 1_000,
    "่้๊๋",
    "😀🔥",
    "\x00\x07\u200b\ufeff",
    'title:* AND (_exists_:x OR "',
    "'; DROP TABLE search_document; --",
    "ก & ข | !ค <-> ง:*",
    "100%_\\",
    "a",
    "ก",
    "<script>alert(1)</script>",
    "ข้าว -หอม +มะลิ ~2 ^9 /.*/",
)
FILTERED = (
    Query(text="ผ้า", sort=Sort.BEST, provinces=("TH-40", "TH-51"), schemes=("GI",)),
    Query(text="ผ้า", sort=Sort.CHEAPEST, in_stock=True, price_from=5_000, price_to=3_000_000),
    Query(text="น้ำ", sort=Sort.DEAREST, storages=("chilled", "frozen")),
    Query(text="ลำพูน", sort=Sort.NAME, categories=("silk", "processed-fruit")),
    Query(text="เครื่อง", sort=Sort.POPULAR, regions=("north",)),
    Query(text="ไม้", sort=Sort.NEWEST, page=2),
    Query(text="สี", sort=Sort.BEST, page=10**9),
    Query(text="ผ้าไหม", sort=Sort.BEST, shelf="silk", schemes=("TCPS", "HALAL")),
    Query(text="ผ้า", sort=Sort.BEST, groups=("quality-0", "no-such-group")),
    Query(text="ผ้า", sort=Sort.BEST, price_to=1),
    Query(text="น้ำ", sort=Sort.BEST, deliveries=("hubs",)),
    Query(text="น้ำ", sort=Sort.CHEAPEST, deliveries=("pickup", "direct"), storages=("chilled",), in_stock=True),
    Query(text="ผ้า", sort=Sort.BEST, deliveries=("no-such-way",)),
)


def _alike(query: Query, engine: elastic.ElasticEngine) -> None:
    embedded, elasticsearch = find(query, choose(query), EmbeddedEngine()), find(query, choose(query), engine)
    assert elasticsearch.understood == embedded.understood, query
    assert elasticsearch.node == embedded.node, query
    assert elasticsearch.found.keys == embedded.found.keys, query
    assert elasticsearch.found.page == embedded.found.page, query
    assert elasticsearch.found.counts.total == embedded.found.counts.total, query
    counts = {
        name: {value: n for value, n in found.items() if n} for name, found in embedded.found.counts.by_facet.items()
    }
    told = {
        name: {value: n for value, n in found.items() if n}
        for name, found in elasticsearch.found.counts.by_facet.items()
    }
    assert {name: found for name, found in told.items() if found} == {
        name: found for name, found in counts.items() if found
    }, query


def test_every_query_is_answered_alike(db: Any, engine: elastic.ElasticEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    build_market()
    load_corpus()
    keep_synonym(word="ลำใย", means="longan, มะม่วง")
    network = Organisation.objects.get(kind=Organisation.Kind.PROVINCIAL, province_id="TH-50")
    open_place(organisation=network, kind=Place.Kind.HUB, name_th="จุดกระจายสินค้า", has_pickup_counter=True)
    today = clock.today()
    keep_boost(boost=Boost(category=Category.objects.get(slug="cotton"), points=7, first_day=today, last_day=today))
    keep_boost(boost=Boost(product_id=FIRST_KEY + 65, points=3, first_day=today, last_day=today))
    rebuilding.rebuild_embedded(lambda _line: None)
    rebuilding.rebuild_elastic(lambda _line: None)
    for entry in judged():
        _alike(Query(text=entry.query, sort=Sort.BEST), engine)
    for text in HOSTILE:
        _alike(Query(text=text[:100], sort=Sort.BEST), engine)
        _alike(Query(text=text, sort=Sort.BEST), engine)
    for query in FILTERED:
        _alike(query, engine)
        _alike(replace(query, sort=Sort.BEST, page=1), engine)
    _other_kinds_alike(engine)
    monkeypatch.setattr(facets, "MOST_GROUPS", 3)
    monkeypatch.setattr(matching, "is_large", lambda: True)
    monkeypatch.setattr(matching, "_MOST_UNPACKED", -1)
    monkeypatch.setattr(matching, "_MOST_OF_EXACT", -1)
    for query in FILTERED:
        _alike(query, engine)
    monkeypatch.undo()
    for held in (False, True):
        queries = [entry for entry in judged() if entry.held is held]
        found = figures(
            ask_all(
                lambda text: list(find(Query(text=text, sort=Sort.BEST), choose(Query()), engine).found.keys), queries
            )
        )
        print("Elasticsearch", "held back" if held else "open", found)
    assert rebuilding.verify_embedded().number == rebuilding.verify_elastic().number == 0
    assert ask(lambda one: one.name) == "elasticsearch"
    assert EngineIndex.objects.get().state == EngineIndex.State.LIVE


def _other_kinds_alike(engine: elastic.ElasticEngine) -> None:
    seen = set()
    for text in ("กลุ่ม", "เชียงใหม่", "เครือข่าย", "TCPS", "มผช", "เชียงราย", "ศูนย์", "network"):
        query = Query(text=text, sort=Sort.BEST)
        for language in ("th", "en"):
            embedded = find_others(find(query, choose(query), EmbeddedEngine()), language, EmbeddedEngine())
            told = find_others(find(query, choose(query), engine), language, engine)
            assert told == embedded, text
            for one in (EmbeddedEngine(), engine):
                together = find(query, choose(query), one, others_in=language)
                assert together.found.others in ((embedded,) if together.node else (None,)), text
            seen |= {kind for kind, _key in told.keys}
    assert {Kind.GROUP, Kind.NETWORK, Kind.CERTIFICATE} <= seen
    assert write_documents(kind=Kind.GROUP, keys=[]) == []
