"""Fixtures: the running market, Chromium, visitors."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.browser import server
from tests.browser.watch import Watch
from tests.tour import facts, visit
from tests.tour.chromium import launch

PHONE = {"width": 360, "height": 740}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here is a browser test."""
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker("browser")


@dataclass
class Market:
    """The running market: its address, what the tour must know of it, and the way into its database."""

    address: str
    database: str
    facts: facts.Facts
    logins: dict[str, Any] = field(default_factory=dict)

    def ask(self, act: Callable[[], server.Answer]) -> server.Answer:
        """Asks or changes the market's database."""
        return server.ask(self.database, act)


@pytest.fixture(scope="session")
def running_market(django_db_setup: None, django_db_keepdb: bool, django_db_blocker: Any) -> Iterator[Market]:
    """The application on a demo market of its own. With --reuse-db the filled one of an earlier run is copied."""
    with django_db_blocker.unblock():
        empty = connection.settings_dict["NAME"]
        connections.close_all()
        worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
        run = "kept" if django_db_keepdb else os.environ.get("PYTEST_XDIST_TESTRUNUID") or f"process {os.getpid()}"
        database = f"test_market_browser_{worker}"
        server.prepare_database(empty, run, database)
        known = server.ask(database, facts.gather)
        bought = [good.pk for good in (*known.goods, known.variant)]
        server.ask(database, lambda: server.fill_shelves(bought))
    with server.serve(database) as address:
        yield Market(address, database, known)


@pytest.fixture
def open_market(running_market: Market, django_db_blocker: Any) -> Iterator[Market]:
    """The running market, and the right to ask its database."""
    with django_db_blocker.unblock():
        yield running_market


@pytest.fixture(scope="session")
def large_photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A photo of more megabytes than may be sent: noise cannot be packed.

    A file: the browser reads it by itself, while bytes in a call would go through two pipes and a script's memory first.
    """
    image = Image.frombytes("RGB", (4800, 3600), os.urandom(4800 * 3600 * 3))
    path = tmp_path_factory.mktemp("photos") / "IMG_0001.JPG"
    image.save(path, "JPEG", quality=95)
    assert path.stat().st_size > 15 * 1024 * 1024
    return path


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium.

    Playwright keeps an event loop in the main thread until the end of the run. Django would refuse the ORM beside it,
    to the other tests of this process as well; nothing here runs in that loop, so it is told to allow it.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


Come = Callable[..., visit.Visit]


@pytest.fixture
def come(chromium: Browser, open_market: Market) -> Iterator[Come]:
    """`come(who="", language="th", viewport=…, **options)`: a visitor in a browser of their own, signed in if named."""
    visits: list[visit.Visit] = []

    def enter(who: str = "", *, language: str = "th", watch: Watch | None = None, **options: Any) -> visit.Visit:
        options.setdefault("viewport", PHONE)
        if who:
            options["storage_state"] = _login(chromium, open_market, who)
        context = chromium.new_context(locale="th-TH" if language == "th" else "en-GB", **options)
        context.set_default_timeout(15_000)
        page = context.new_page()
        if watch is not None:
            watch.follow(page)
        prefix = "" if language == "th" else "/en"
        visits.append(visit.Visit(page, open_market.address, open_market.facts, prefix))
        return visits[-1]

    yield enter
    for one in visits:
        one.leave()
        one.page.context.close()


def _login(chromium: Browser, market: Market, who: str) -> Any:
    """The cookies of a person who has signed in, once for each."""
    if who not in market.logins:
        context = chromium.new_context()
        visit.Visit(context.new_page(), market.address, market.facts).log_in(who)
        market.logins[who] = context.storage_state()
        context.close()
    return market.logins[who]
