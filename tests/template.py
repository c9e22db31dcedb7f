"""A migrated database with the reference data, made once for each state of the migrations, then copied by everybody.

Migrating from nothing takes most of a minute of processor time; a copy takes less than a second. Test workers, the
browser's market and the benchmark all begin with `copy_to`. Templates of other states are dropped when a new one is made.

Two are kept: the empty tables, and the same with the reference data. When only data changed, or migrations were added and
none was changed, the new template grows out of the old tables instead of out of nothing.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg
from psycopg import sql

from shop.common import embedded, env

_ROOMS = ("catalogue", "cms", "media", "search", "shop", "vendors")
_PREFIX, _TABLES = "market_template_", "market_tables"
_LOADERS = (
    "shop/order/reference.py",
    "shop/seed/reference.py",
    "shop/shipping/reference.py",
    "catalogue/services/categories.py",
    "cms/services/tree.py",
    "cms/texts.py",
    "search/reference.py",
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
            _copy(connection, template, name)


def drop(name: str) -> None:
    """Removes a copy."""
    with _admin() as connection:
        _drop(connection, name)


def _ready() -> str:
    migrations, data = _migrations(), _data()
    template = _PREFIX + _hash({**migrations, **data})
    with _admin() as connection:
        found = _databases(connection)
        if template in found:
            return template
        for old in found:
            if old.startswith(_PREFIX):
                _drop(connection, old)
    _make_tables(migrations)
    unfinished = f"{_PREFIX}unfinished"
    with _admin() as connection:
        _copy(connection, _TABLES, unfinished)
    _manage(unfinished, "load_reference")
    with _admin() as connection:
        words = sql.Identifier(unfinished), sql.Identifier(template)
        connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*words))
    return template


def _make_tables(migrations: dict[str, str]) -> None:
    """The empty tables as these migrations make them; the database's comment says which they were."""
    with _admin() as connection:
        before = _comment(connection) if _TABLES in _databases(connection) else None
        if before == migrations:
            return
        if before is None or not before.items() <= migrations.items():
            _drop(connection, _TABLES)
        else:
            connection.execute(sql.SQL("COMMENT ON DATABASE {} IS NULL").format(sql.Identifier(_TABLES)))
    _manage(_TABLES, "migrate", "--verbosity", "0")
    with _admin() as connection:
        words = sql.Identifier(_TABLES), sql.Literal(json.dumps(migrations))
        connection.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(*words))


def _comment(connection: psycopg.Connection) -> dict[str, str] | None:
    row = connection.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [_TABLES]
    ).fetchone()
    return json.loads(row[0]) if row and row[0] else None


def _databases(connection: psycopg.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT datname FROM pg_database").fetchall()}


def _migrations() -> dict[str, str]:
    """What decides the tables, by file: migrations and pinned packages."""
    files = [embedded.ROOT / "requirements.txt"]
    for room in _ROOMS:
        files += (embedded.ROOT / room).rglob("migrations/*.py")
    return _hashes(files)


def _data() -> dict[str, str]:
    """What decides the first rows, by file: reference data and its loaders."""
    files = [embedded.ROOT / loader for loader in _LOADERS]
    for room in _ROOMS:
        files += (path for path in (embedded.ROOT / room).rglob("data/*") if path.is_file())
    return _hashes(files)


def _hashes(files: list[Path]) -> dict[str, str]:
    root = embedded.ROOT
    return {str(file.relative_to(root)): hashlib.sha256(file.read_bytes()).hexdigest()[:16] for file in sorted(files)}


def _hash(of: dict[str, str]) -> str:
    return hashlib.sha256(json.dumps(of, sort_keys=True).encode()).hexdigest()[:16]


def _admin() -> psycopg.Connection:
    return psycopg.connect(host=embedded.ensure_started(), user="postgres", dbname="postgres", autocommit=True)


def _copy(connection: psycopg.Connection, template: str, name: str) -> None:
    _drop(connection, name)
    words = sql.Identifier(name), sql.Identifier(template)
    connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(*words))


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


if __name__ == "__main__" and not os.environ.get("DATABASE_URL"):
    copy_to("test_market_first")  # `make test` makes the template while it installs what else the tests need
    drop("test_market_first")
