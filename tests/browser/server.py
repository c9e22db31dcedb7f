"""The market that the browser meets: a seeded database per test process, and gunicorn in front of it."""

from __future__ import annotations

import fcntl
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import psycopg
from django.db import connection, connections
from django.db.models import F
from psycopg import sql

from shop.partner.models import StockRecord
from tests.browser import settings as browser_settings
from tests.standin import beside

ROOT = Path(__file__).resolve().parent.parent.parent
HOME = Path(browser_settings.STATIC_ROOT).parent
SEEDED = "test_market_demo"
"""The demo market, filled once for a whole test run; each test process works on a copy of it."""
Answer = TypeVar("Answer")


def _admin() -> psycopg.Connection:
    values = connection.settings_dict
    return psycopg.connect(
        host=values["HOST"],
        port=values["PORT"] or None,
        user=values["USER"],
        password=values["PASSWORD"] or None,
        dbname="postgres",
        autocommit=True,
    )


def _copy(source: str, target: str) -> None:
    with _admin() as admin:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(target)))
        admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(target), sql.Identifier(source)))


def _drop(name: str) -> None:
    with _admin() as admin:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _environment(database: str, **more: str) -> dict[str, str]:
    url = {"DATABASE_URL": _url(database)} if os.environ.get("DATABASE_URL") else {}
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
        "DB_NAME": database,
        "DEMO": "1",
        "LOG_LEVEL": "WARNING",
        **url,
        **more,
    }


def _url(database: str) -> str:
    base, _, query = os.environ["DATABASE_URL"].partition("?")
    return f"{base.rpartition('/')[0]}/{database}" + (f"?{query}" if query else "")


def _manage(database: str, *words: str) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=_environment(database),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"manage.py {' '.join(words)} failed:\n{done.stdout[-4000:]}")


def prepare_database(empty: str, run: str, name: str) -> None:
    """Makes database `name`, a filled demo market. The first process of a run fills it, the others copy.

    `empty` is a migrated database without connections; `run` names the test run, a filled market of the same is taken.
    """
    HOME.mkdir(parents=True, exist_ok=True)
    with (HOME / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        stamp = HOME / "run"
        if not stamp.is_file() or stamp.read_text() != run:
            _copy(empty, SEEDED)
            _manage(SEEDED, "collectstatic", "--noinput", "--clear", "--verbosity", "0")
            _manage(SEEDED, "seed_demo", "--quiet")
            stamp.write_text(run)
        _copy(SEEDED, name)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serve(database: str) -> Iterator[str]:
    """Runs the application on `database`; yields its address. Its database is dropped afterwards."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    log = HOME / f"{database}.log"
    with log.open("w") as lines, beside(address) as payments:
        command = [
            *(sys.executable, "-m", "gunicorn", "shop.wsgi", "--bind", f"127.0.0.1:{port}"),
            *("--workers", "1", "--threads", "8", "--log-level", "warning"),
        ]
        process = subprocess.Popen(
            command, cwd=ROOT, env=_environment(database, SITE_URL=address, **payments), stdout=lines, stderr=lines
        )
        try:
            _wait_until_open(address, process, log)
            yield address
        finally:
            process.terminate()
            process.wait(10)
            _drop(database)


def _wait_until_open(address: str, process: subprocess.Popen, log: Path) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            if process.poll() is not None:
                break
            time.sleep(0.1)  # a start has no event to wait for
    raise RuntimeError(f"the application did not open:\n{log.read_text()[-4000:]}")


def fill_shelves(goods: Sequence[int]) -> None:
    """Far more pieces of these goods than all tests of a run buy, so that none depends on what others have left."""
    StockRecord.objects.filter(product__in=goods).update(num_in_stock=F("num_in_stock") + 1_000)


def ask(database: str, act: Callable[[], Answer]) -> Answer:
    """Runs `act` with Django's connection led to `database`, in a thread, so that the test's own connection stays."""

    def work() -> Answer:
        here = connection.settings_dict
        name, here["NAME"] = here["NAME"], database
        try:
            return act()
        finally:
            connections.close_all()
            here["NAME"] = name

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()
