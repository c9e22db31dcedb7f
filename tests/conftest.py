"""What every test may use: a small market made through the services, and its cast of people."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation

from catalogue import shelves
from shop.common import versions
from shop.seed.reference import load_reference
from tests import template
from tests.kept import keep_market, lay_market
from tests.market import Market
from tests.outside import _providers_are_asked_outside  # noqa: F401  (a guard of every test)
from tests.standin import standin, stripe_api  # noqa: F401  (fixtures for every test)
from tests.stripe_mock import stripe_mock  # noqa: F401

# Nobody misses what a test committed when the machine falls: waiting for the disk is most of the time of races and browsers.
# Every connection has it, those of the processes that a test starts too.
os.environ.setdefault("PGOPTIONS", "-c synchronous_commit=off")


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_keepdb: bool,
    django_db_blocker: Any,
) -> Iterator[None]:
    """The test database, with the reference data of a real market before its first group.

    A copy of `tests.template`, or migrated anew on the server that DATABASE_URL names.
    Always made: pytest-django's own fixture makes none when no collected test carries its mark, and then tests that
    copy the database (races, browser) would copy the developer's own market.
    """
    if os.environ.get("DATABASE_URL"):
        with django_db_blocker.unblock():
            made = setup_databases(verbosity=0, interactive=False, aliases={"default"}, keepdb=django_db_keepdb)
            load_reference()
        yield
        if not django_db_keepdb:
            with django_db_blocker.unblock():
                teardown_databases(made, verbosity=0)
        return
    name = connection.creation._get_test_db_name()
    template.copy_to(name)
    with django_db_blocker.unblock():
        connection.close()
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
        keep_market()
    yield
    with django_db_blocker.unblock():
        connection.close()
    template.drop(name)


@pytest.fixture(autouse=True, scope="session")
def _versions_do_not_age() -> Iterator[None]:
    """Counting statements must not depend on the machine: a version is read anew after two seconds, in the middle of a slow test."""
    with patch.object(versions, "_SECONDS", 600):
        yield


@pytest.fixture(autouse=True)
def _clean_start() -> Iterator[None]:
    """No test sees another's cached pages or counters, nor what it kept of the market, nor its language.

    A test client leaves the language of its last page active in the thread; addresses below the language's prefix and
    every translated word then depend on which test ran before.
    """
    cache.clear()
    shelves.forget()
    translation.activate(settings.LANGUAGE_CODE)
    yield
    cache.clear()


@pytest.fixture
def market(db: None) -> Market:
    """Three groups of two regions with certified goods, a buyer, members, an officer, an administrator."""
    return lay_market()
