"""A migrated database with the reference data, made once for each state of the migrations, then copied by everybody.

Migrating from nothing takes most of a minute of processor time; a copy takes less than a second. Test workers, the
browser's market and the benchmark all begin with `copy_to`. Templates of other states are dropped when a new one is made.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import psycopg
from psycopg import sql

from shop.common import embedded, env

_ROOMS = ("catalogue", "cms", "media", "search", "shop", "vendors")
_PREFIX = "market_template_"
_LOADERS = (
    "shop/seed/reference.py",
    "shop/shipping/services.py",
    "catalogue/services/categories.py",
    "cms/services.py",
    "cms/texts.py",
    "vendors/services/reference.py",
)
"""What writes the first rows."""


def copy_to(name: str) -> None:
    """Makes database `name` on the embedded server, migrated and with reference data; an older one of that name goes."""
    env.var_dir().mkdir(parents=True, exist_ok=True)
    with (env.var_dir() / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        template = _ready()
        with _admin() as connection:
            _drop(connection, name)
            words = sql.Identifier(name), sql.Identifier(template)
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(*words))


def drop(name: str) -> None:
    """Removes a copy."""
    with _admin() as connection:
        _drop(connection, name)


def _ready() -> str:
    template = _PREFIX + _state()
    with _admin() as connection:
        rows = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{_PREFIX}%"]).fetchall()
        found = {name for (name,) in rows}
        if template in found:
            return template
        for old in found:
            _drop(connection, old)
    unfinished = f"{_PREFIX}unfinished"
    _manage(unfinished, "migrate", "--verbosity", "0")
    _manage(unfinished, "load_reference")
    with _admin() as connection:
        words = sql.Identifier(unfinished), sql.Identifier(template)
        connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*words))
    return template


def _state() -> str:
    """Of what decides the tables and the first rows: migrations, pinned packages, reference data and its loaders."""
    root = embedded.ROOT
    files = [root / "requirements.txt", *(root / loader for loader in _LOADERS)]
    for room in _ROOMS:
        files += (root / room).rglob("migrations/*.py")
        files += (path for path in (root / room).rglob("data/*") if path.is_file())
    whole = hashlib.sha256()
    for file in sorted(files):
        whole.update(str(file.relative_to(root)).encode() + file.read_bytes())
    return whole.hexdigest()[:16]


def _admin() -> psycopg.Connection:
    return psycopg.connect(host=embedded.ensure_started(), user="postgres", dbname="postgres", autocommit=True)


def _drop(connection: psycopg.Connection, name: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _manage(database: str, *words: str) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=Path(embedded.ROOT),
        env={**os.environ, "DB_NAME": database, "DJANGO_SETTINGS_MODULE": "shop.settings.test"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"manage.py {' '.join(words)} failed on {database}:\n{done.stderr[-4000:]}")
