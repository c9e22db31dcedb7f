"""The market under gunicorn, on one database, with the processor time that it and the database use."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from types import TracebackType

import psycopg

from shop.common import embedded
from tests.bench import cpu, data
from tests.bench.load import HOST, BadAnswer, Connection, request

WORKERS, THREADS = 1, 4
_PATIENCE_S = 60


class Server:
    """`with Server(database) as server:` one gunicorn on a free port of loopback, stopped at the end."""

    def __init__(self, database: str, elasticsearch: str = "", engine_pid: int = 0) -> None:
        self.database, self.elasticsearch, self.engine_pid = database, elasticsearch, engine_pid
        self.port = _free_port()

    def __enter__(self) -> Server:
        words = ("--bind", f"{HOST}:{self.port}", "--workers", str(WORKERS), "--threads", str(THREADS), "--preload")
        quiet = ("--log-level", "warning", "--keep-alive", "30", "--worker-tmp-dir", "/dev/shm")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "tests.bench.wsgi", *words, *quiet],
            cwd=embedded.ROOT,
            env={**data.environment(self.database), "ELASTICSEARCH_URL": self.elasticsearch},
        )
        self._wait()
        self._database = data.admin()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._database.close()

    def _wait(self) -> None:
        until = time.monotonic() + _PATIENCE_S
        connection = Connection(self.port)
        while True:
            try:
                connection.ask(request("GET", "/healthz"))
                connection.close()
                return
            except (OSError, EOFError, BadAnswer):
                if self._process.poll() is not None or time.monotonic() > until:
                    sys.exit("The market did not start under gunicorn; the lines above say why.")
                time.sleep(0.2)

    def cpu_seconds(self) -> float:
        """Processor time used so far by gunicorn's processes and the database's backends that serve them."""
        return cpu.seconds(cpu.tree(self._process.pid)) + cpu.seconds(self._backends())

    def engine_seconds(self) -> float:
        """Processor time used so far by Elasticsearch: its whole process, what it does by itself and warming up included."""
        return cpu.seconds(cpu.tree(self.engine_pid)) if self.engine_pid else 0.0

    def memory_mb(self) -> float:
        """What the processes of gunicorn hold by themselves, shared pages counted in parts."""
        return sum(cpu.memory(pid) for pid in cpu.tree(self._process.pid)) / 1024

    def _backends(self) -> list[int]:
        rows = self._database.execute("SELECT pid FROM pg_stat_activity WHERE datname = %s", [self.database])
        return [pid for (pid,) in rows.fetchall()]


def database_version(connection: psycopg.Connection) -> str:
    """ "18.1", without what the packager adds."""
    row = connection.execute("SHOW server_version").fetchone()
    return str(row[0]).split()[0] if row else ""


def _free_port() -> int:
    """A port below the range that systems hand out by themselves, so that nobody takes it in between."""
    for port in range(20_100, 20_400):
        with socket.socket() as probe:
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    sys.exit("No free port between 20100 and 20400.")
