"""Opens the market on this machine: `python -m shop.launch` (that is what `make run` calls).

Starts the embedded PostgreSQL, brings the database up to date, fills the demo market on first start, then runs web,
worker and clock until Ctrl-C, and stops everything again.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
RESTARTS = 5


def fail(sentence: str) -> None:
    """Ends with one clear sentence."""
    sys.exit(f"\n{sentence}")


def port_is_free(host: str, port: int) -> bool:
    """True when nothing answers there and we may listen."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def manage(*words: str, quiet: bool = False) -> str:
    """Runs one management command; its failure ends the start."""
    done = subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        stdout=subprocess.PIPE if quiet else None,
        text=True,
        check=False,
    )
    if done.returncode:
        fail(f"`manage.py {' '.join(words)}` failed; the lines above say why.")
    return done.stdout or ""


def prepare() -> None:
    """Database, static files, translations and demo goods, each only when needed."""
    import django
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
    os.chdir(ROOT)
    locale = ROOT / "shop" / "locale"
    catalogue = locale / "th" / "LC_MESSAGES" / "django.mo"
    newest = max((file.stat().st_mtime for file in (locale / "src").glob("*.json")), default=0)
    if not catalogue.is_file() or catalogue.stat().st_mtime < newest:
        manage("build_locale", quiet=True)
    django.setup()
    from django.conf import settings

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("Bringing the database up to date (half a minute the first time) ...", flush=True)
        manage("migrate", "--verbosity", "0")
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not settings.DEBUG and (not manifest.is_file() or manifest.stat().st_mtime < _newest_static()):
        print("Collecting pictures, fonts and styles ...", flush=True)
        manage("collectstatic", "--noinput", "--verbosity", "0")
    from shop.seed.state import is_seeded

    if settings.DEMO and not is_seeded():
        print("Filling the demo market (a few minutes, once) ...", flush=True)
        manage("seed_demo")
    connection.close()


def _newest_static() -> float:
    files = [path for folder in ROOT.glob("*/static") for path in folder.rglob("*")]
    files += [path for folder in ROOT.glob("shop/*/static") for path in folder.rglob("*")]
    return max((path.stat().st_mtime for path in files), default=0)


class Market:
    """The three processes of the market: web, worker, clock."""

    def __init__(self, host: str, port: int) -> None:
        shown = f"[{host}]" if ":" in host else host
        workers = os.environ.get("WEB_WORKERS", "2")
        self.commands = {
            "web": [
                *(sys.executable, "-m", "gunicorn", "shop.wsgi", "--bind", f"{shown}:{port}", "--workers", workers),
                *("--threads", "4", "--preload", "--log-level", "warning", "--chdir", str(ROOT)),
            ],
            "worker": [sys.executable, "manage.py", "db_worker", "--interval", "1"],
            "clock": [sys.executable, "manage.py", "clock"],
        }
        self.processes: dict[str, subprocess.Popen] = {}
        self.restarts = dict.fromkeys(self.commands, 0)
        self.stopping = False

    def start(self, name: str) -> None:
        """Starts one process in the project's folder."""
        self.processes[name] = subprocess.Popen(self.commands[name], cwd=ROOT)

    def watch(self) -> None:
        """Starts a process that died again, a few times."""
        while not self.stopping:
            for name, process in self.processes.items():
                if process.poll() is not None and not self.stopping:
                    self.restarts[name] += 1
                    if self.restarts[name] > RESTARTS:
                        self.stop()
                        fail(f"The {name} process keeps ending; the lines above say why.")
                    self.start(name)
            time.sleep(0.5)

    def stop(self) -> None:
        """Ends all processes, politely first."""
        self.stopping = True
        for process in self.processes.values():
            if process.poll() is None:
                process.terminate()
        for process in self.processes.values():
            try:
                process.wait(8)
            except subprocess.TimeoutExpired:
                process.kill()


def wait_until_open(address: str, market: Market) -> bool:
    """True as soon as the market answers; False when the web process died or a minute is over."""
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2):
                return True
        except (urllib.error.URLError, OSError):
            if market.processes["web"].poll() is not None:
                return False
            time.sleep(0.2)
    return False


def main() -> None:
    """Checks, prepares, runs."""
    if sys.version_info < (3, 11):  # noqa: UP036 - the launcher is what an older Python meets first
        fail("The market needs Python 3.11 or newer.")
    host, text = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        fail(f"PORT must be a number from 1 to 65535, not {text!r}.")
    port = int(text)
    if not port_is_free(host, port):
        fail(f"Port {port} is in use. Stop what uses it, or choose another: make run PORT={port + 1}")
    os.environ.setdefault("SITE_URL", f"http://{host}:{port}")
    os.environ.setdefault("ALLOWED_HOSTS", f"localhost,127.0.0.1,[::1],{host}")
    prepare()
    market = Market(host, port)

    def end(_signal: int, _frame: FrameType | None) -> None:
        market.stop()

    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGTERM, end)
    for name in market.commands:
        market.start(name)
    address = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"
    if not wait_until_open(address, market):
        market.stop()
        fail("The market did not open; the lines above say why.")
    print(manage("demo_accounts", quiet=True))
    print(f"The market is open: {address}/   English: {address}/en/   (Ctrl-C closes it)", flush=True)
    try:
        market.watch()
    finally:
        market.stop()
        if not os.environ.get("DATABASE_URL"):
            from shop.common import embedded

            embedded.stop()
        print("The market is closed.")


if __name__ == "__main__":
    main()
