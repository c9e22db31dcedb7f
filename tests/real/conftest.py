"""One Elasticsearch for the session; each test begins without an index and without an open breaker."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from search import choosing, elastic, understanding
from tests import elasticsearch


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of the server."""
    with elasticsearch.running() as address:
        yield address


@pytest.fixture
def engine(server: str, settings: Any) -> Iterator[elastic.ElasticEngine]:
    """The market uses this server, which holds nothing yet."""
    settings.ELASTICSEARCH_URL = server
    elastic.client.cache_clear()
    choosing.breaker.answered()
    understanding.forget()
    remove_all()
    yield elastic.ElasticEngine(seconds=10.0)
    settings.ELASTICSEARCH_URL = server
    elastic.client.cache_clear()
    remove_all()
    elastic.client.cache_clear()
    choosing.breaker.answered()


def remove_all() -> None:
    """Every index of the market, one by one: wildcards are not allowed for what cannot be undone."""
    indices = elastic.client(elastic.WRITE_SECONDS).indices
    for name in indices.get(index=f"{elastic.ALIAS}-*", expand_wildcards="all"):
        indices.delete(index=name)
