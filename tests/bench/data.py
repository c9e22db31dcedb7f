"""The databases of the benchmark: kept between runs, and copied for each run, so that every run begins alike."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from search.analysis import ANALYSIS_VERSION
from shop.common import embedded
from tests import template

_BULK = embedded.ROOT / "shop" / "seed"
_DAYS = 60


@dataclass(frozen=True)
class Size:
    """A market of a size."""

    label: str
    groups: int
    products: int
    orders: int

    @property
    def database(self) -> str:
        """Where it is kept."""
        return f"market_bench_{self.label}"

    @property
    def copy(self) -> str:
        """What a run works on."""
        return f"{self.database}_run"


SIZES = (Size("5k", 250, 5_000, 500), Size("100k", 2_500, 100_000, 5_000))
TINY = (Size("tiny", 12, 300, 20),)


def environment(database: str) -> dict[str, str]:
    """The environment of a process that works on `database`."""
    dropped = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return {
        **kept,
        "DB_NAME": database,
        "DEMO": "1",
        "DEBUG": "0",
        "STATIC_ROOT": str(_home() / "static"),
        "PYTHONPATH": str(embedded.ROOT),
    }


def prepare(size: Size) -> None:
    """Makes the kept database unless it stands and is of today's seed; brings it up to date; copies it."""
    stamp = _home() / f"{size.database}.json"
    wanted = {"seed": _digest(), **size.__dict__}
    if not _is_fresh(stamp, wanted):
        print(f"Making a market of {size.products:,} products ...", flush=True)
        template.copy_to(size.database)
        numbers = ("--groups", str(size.groups), "--products", str(size.products), "--orders", str(size.orders))
        _manage(size.database, "seed_bulk", "--quiet", *numbers)
        _manage(size.database, "check_market")
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.write_text(json.dumps({**wanted, "made_on": dt.datetime.now(dt.UTC).date().isoformat()}))
    _manage(size.database, "migrate", "--verbosity", "0")
    if _holds_old_words(size.database):
        print(f"Reading the words of {size.products:,} products anew ...", flush=True)
        _manage(size.database, "search", "rebuild", "--engine", "embedded")
    drop(size.copy)
    with admin() as connection:
        names = sql.Identifier(size.copy), sql.Identifier(size.database)
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(*names))
    with admin(size.copy) as connection:
        connection.execute("VACUUM (ANALYZE)")


def _holds_old_words(database: str) -> bool:
    """True when the index was made by another analysis than today's: pages would find by what is no longer written."""
    with admin(database) as connection:
        return bool(
            connection.execute(
                "SELECT 1 FROM search_document WHERE analysis <> %s LIMIT 1", [ANALYSIS_VERSION]
            ).fetchone()
        )


def collect_files() -> None:
    """Stylesheets and icons under their names with hashes, as in production; a fresh clone has none."""
    _manage("postgres", "collectstatic", "--noinput", "--verbosity", "0")


def run_in_copy(size: Size, module: str, *words: str, failed: str, **more: str) -> str:
    """Runs a module on a run's copy, `more` in its environment; returns the last line it printed, ends the run when it fails."""
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        cwd=embedded.ROOT,
        env={**environment(size.copy), **more},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{failed} in {size.copy}:\n{done.stderr[-2000:]}")
    return (done.stdout.splitlines() or [""])[-1]


def drop(database: str) -> None:
    """Removes a database of the benchmark."""
    with admin() as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))


def admin(database: str = "postgres") -> psycopg.Connection:
    """A connection of the embedded server's owner."""
    return psycopg.connect(host=embedded.ensure_started(), user="postgres", dbname=database, autocommit=True)


def _home() -> Path:
    return embedded.data_folder().parent / "bench"


def _is_fresh(stamp: Path, wanted: dict[str, object]) -> bool:
    if not stamp.is_file():
        return False
    kept = json.loads(stamp.read_text())
    made_on = dt.date.fromisoformat(kept.pop("made_on"))
    with admin() as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [f"market_bench_{wanted['label']}"])
        stands = found.fetchone() is not None
    return stands and kept == wanted and (dt.datetime.now(dt.UTC).date() - made_on).days <= _DAYS


def _digest() -> str:
    """Of everything that decides what the bulk maker makes."""
    files = [*sorted((_BULK / "bulk").glob("*.py")), *sorted((_BULK / "data").glob("*.csv")), _BULK / "names.py"]
    whole = hashlib.sha256()
    for file in files:
        whole.update(file.read_bytes())
    return whole.hexdigest()[:16]


def _manage(database: str, *words: str) -> None:
    command = [sys.executable, "manage.py", *words]
    done = subprocess.run(
        command, cwd=embedded.ROOT, env=environment(database), capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"`manage.py {' '.join(words)}` failed on {database}:\n{done.stderr[-2000:]}")
