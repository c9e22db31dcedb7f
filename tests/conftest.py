"""What every test may use: a small market made through the services, and its cast of people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test.utils import setup_databases, teardown_databases

from shop.seed.reference import load_reference
from tests.market import Market, build_market


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_keepdb: bool,
    django_db_blocker: Any,
) -> Iterator[None]:
    """The test database, with the reference data of a real market before its first group.

    Always made: pytest-django's own fixture makes none when no collected test carries its mark, and then tests that
    copy the database (races, browser) would copy the developer's own market.
    """
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases={"default"}, keepdb=django_db_keepdb)
        load_reference()
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            teardown_databases(made, verbosity=0)


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
