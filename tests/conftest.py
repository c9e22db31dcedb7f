"""What every test may use: a small market made through the services, and its cast of people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache

from shop.seed.reference import load_reference
from tests.market import Market, build_market


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Reference data is loaded once for the whole run, as in a real market before its first group."""
    with django_db_blocker.unblock():
        load_reference()


@pytest.fixture(autouse=True)
def _clean_cache() -> Iterator[None]:
    """No test sees another's cached pages or counters."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def market(db: None) -> Market:
    """Three groups of two regions with certified goods, a buyer, members, an officer, an administrator."""
    return build_market()
