"""Elasticsearch away, silent, without an index, with another mapping: the embedded engine answers in time, and it heals."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.test import Client

from search import choosing, elastic, rebuilding
from search.choosing import Breaker, ask
from search.models import EngineIndex
from tests.market import build_market

pytestmark = pytest.mark.real


@contextmanager
def black_hole() -> Iterator[str]:
    """A server that takes connections and never says a word."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(50)
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def closed_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"


@pytest.fixture
def market(db: Any, engine: elastic.ElasticEngine) -> elastic.ElasticEngine:
    build_market()
    rebuilding.rebuild_embedded(lambda _line: None)
    rebuilding.rebuild_elastic(lambda _line: None)
    return engine


def found(client: Client, text: str = "หมวก") -> tuple[int, int, float]:
    """Status of the page, goods on it, seconds."""
    begun = time.monotonic()
    answer = client.get("/search/", {"q": text})
    return answer.status_code, answer.context["result"].total, time.monotonic() - begun


def use(settings: Any, address: str) -> None:
    settings.ELASTICSEARCH_URL = address
    elastic.client.cache_clear()
    choosing.breaker.answered()


def now_asked() -> str:
    return ask(lambda engine: engine.find_others(_leaf(), "th") and engine.name)


def _leaf() -> Any:
    from search.tokens import find_unit

    return find_unit("กลุ่ม")


def test_a_server_that_is_away(market: Any, client: Client, settings: Any) -> None:
    right = found(client)
    assert right[:2] == (200, right[1])
    assert right[1] > 0
    use(settings, closed_port())
    client.get("/search/", {"q": "อุ่นเครื่อง"})
    choosing.breaker.answered()
    status, total, _seconds = found(client, "หมวก ")
    assert (status, total) == right[:2]
    assert choosing.breaker.pause > 0


def test_a_silent_server_costs_one_visitor_its_patience_and_the_others_nothing(
    market: Any, client: Client, settings: Any
) -> None:
    assert now_asked() == "elasticsearch"
    with black_hole() as address:
        use(settings, address)
        begun = time.monotonic()
        assert now_asked() == "embedded"
        assert elastic.ASK_SECONDS * 0.9 < time.monotonic() - begun < elastic.ASK_SECONDS + 1.5
        begun = time.monotonic()
        assert now_asked() == "embedded"
        assert time.monotonic() - begun < elastic.ASK_SECONDS / 2


@pytest.mark.parametrize("how", ["no index", "another mapping", "closed"])
def test_an_index_that_cannot_answer(market: Any, settings: Any, how: str) -> None:
    indices = elastic.client(elastic.WRITE_SECONDS).indices
    name = EngineIndex.objects.get().name
    if how == "closed":
        indices.close(index=name)
    else:
        indices.delete(index=name)
    if how == "another mapping":
        indices.create(index=name, mappings={"properties": {"kind": {"type": "text"}, "length": {"type": "text"}}})
        indices.put_alias(index=name, name=elastic.ALIAS)
    assert now_asked() == "embedded"


def test_it_heals_by_itself(market: Any, settings: Any, server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = [1_000.0]
    monkeypatch.setattr(choosing, "breaker", Breaker(lambda: moment[0]))
    settings.ELASTICSEARCH_URL = closed_port()
    elastic.client.cache_clear()
    assert now_asked() == "embedded"
    settings.ELASTICSEARCH_URL = server
    elastic.client.cache_clear()
    assert now_asked() == "embedded", "within the pause it is not asked"
    moment[0] += choosing.FIRST_PAUSE + 0.1
    assert now_asked() == "elasticsearch"
    assert choosing.breaker.pause == 0


def test_the_pause_grows_and_one_question_at_a_time_tries() -> None:
    moment = [0.0]
    breaker = Breaker(lambda: moment[0])
    assert breaker.lets_through()
    breaker.failed()
    assert not breaker.lets_through()
    moment[0] = choosing.FIRST_PAUSE
    assert breaker.lets_through()
    assert not breaker.lets_through()
    for _ in range(10):
        breaker.failed()
    assert breaker.pause == choosing.LONGEST_PAUSE
    breaker.answered()
    assert breaker.lets_through()
