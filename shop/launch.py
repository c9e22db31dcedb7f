"""Opens the market on this machine: `python -m shop.launch` (that is what `make run` calls).

Starts the embedded PostgreSQL, brings the database up to date, fills the demo market on first start, then runs web,
worker and clock until Ctrl-C, and stops everything again. A start that was interrupted is taken up by the next one.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
MOST_ENDINGS, WITHIN = 5, 60.0
"""A process that ends more often than this, within so many seconds, is not started again."""
EVERYWHERE = ("0.0.0.0", "::")
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Somebody asked the market to close."""


def fail(sentence: str) -> None:
    """Ends with one clear sentence."""
    sys.exit(f"\n{sentence}")


def listen_on_signals() -> None:
    """Ctrl-C, a closed terminal and `kill` close the market in order; a second signal does not disturb that."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        raise Stopped

    for number in SIGNALS:
        signal.signal(number, stop)


# --- where the market listens ---------------------------------------------------------------------------------


def listening_problem(host: str, port: int) -> str:
    """Why the market cannot listen there; "" when it can."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[
            0
        ]
    except OSError:
        return f"HOST must be a name or an address of this machine, not {host!r}."
    with socket.socket(family, kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except PermissionError:
            return f"Port {port} is kept for the system. Choose one from 1024 on: make run PORT=8000"
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return f"Port {port} is in use. Stop what uses it, or choose another: make run PORT={_next_port(port)}"
            return f"HOST must be a name or an address of this machine, not {host!r}."
    return ""


def _next_port(port: int) -> int:
    return port + 1 if port < 65535 else 8000


def own_addresses() -> list[str]:
    """The name of this machine and its address in the network, as other devices see them."""
    found = [socket.gethostname()]
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # sends nothing: it only asks which way out the machine would take
        found.insert(0, probe.getsockname()[0])
    return found


def fit_settings(host: str, port: int) -> str:
    """Fills SITE_URL and ALLOWED_HOSTS where the person left them out; returns the address to open on this machine."""
    others = own_addresses() if host in EVERYWHERE else [f"[{host}]" if ":" in host else host]
    near = "127.0.0.1" if host in EVERYWHERE else others[0]
    os.environ.setdefault("SITE_URL", f"http://{others[0]}:{port}")
    os.environ.setdefault("ALLOWED_HOSTS", ",".join(dict.fromkeys(["localhost", "127.0.0.1", "[::1]", *others])))
    return f"http://{near}:{port}"


def lead_to_standin(host: str, port: int, address: str) -> list[str]:
    """In a demo without Stripe's keys: fills the settings that lead to the stand-in; returns the words that start it.

    It has the tenth port after the market's, so that its links live as long as the orders that hold them.
    """
    from shop.common import env

    if not env.flag("DEMO", not env.secret("DATABASE_URL", "")) or env.secret("STRIPE_SECRET_KEY", ""):
        return []
    own = port + 10 if port < 65_526 else port - 10
    if listening_problem(host, own):
        print(
            f"Note: port {own} is in use, so the demo has no stand-in for Stripe: no PromptPay, no cards.", flush=True
        )
        return []
    base, kept = f"{address.rpartition(':')[0]}:{own}", env.var_dir()
    os.environ["STRIPE_SECRET_KEY"], os.environ["STRIPE_API_BASE"] = "sk_test_standin", base
    os.environ["STRIPE_WEBHOOK_SECRET"] = f"whsec_{env.kept_secret(kept / 'standin-secret')}"
    words = ["-m", "shop.gateways.standin", "--host", host, "--port", str(own), "--state", str(kept / "standin.json")]
    words += ["--webhook", f"{address}/webhooks/stripe/", "--secret-file", str(kept / "standin-secret")]
    return words + (["--public-url", f"http://{own_addresses()[0]}:{own}"] if host in EVERYWHERE else [])


@contextlib.contextmanager
def only_one(address: str) -> Iterator[None]:
    """Holds a lock on the folder: two markets in one folder would close the database under each other."""
    from shop.common import env

    file = env.var_dir() / "market.lock"
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.seek(0)
            fail(
                f"The market of this folder is open already: {lock.read().strip() or 'it is just starting'}. Close it first."
            )
        lock.truncate(0)
        lock.write(f"{address}/\n")
        lock.flush()
        yield


# --- what has to be there -------------------------------------------------------------------------------------


def manage(*words: str, quiet: bool = False) -> None:
    """Runs one management command; its failure ends the start."""
    output = subprocess.DEVNULL if quiet else None
    process = subprocess.Popen([sys.executable, "manage.py", *words], cwd=ROOT, stdout=output, start_new_session=True)
    try:
        code = process.wait()
    except BaseException:
        _end([process])
        raise
    if code:
        fail(f"`manage.py {' '.join(words)}` failed; the lines above say why.")


def prepare() -> None:
    """Settings, translations, database, static files and demo goods, each only when needed."""
    locale = ROOT / "shop" / "locale"
    catalogue = locale / "th" / "LC_MESSAGES" / "django.mo"
    if _older(catalogue, (locale / "src").glob("*.json")):
        manage("build_locale", quiet=True)
    import django
    from django.conf import settings

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
    django.setup()
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    _check()
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("Bringing the database up to date (half a minute the first time) ...", flush=True)
        manage("migrate", "--verbosity", "0")
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not settings.DEBUG and _older(manifest, _static_sources(settings.VAR_DIR)):
        print("Collecting pictures, fonts and styles (half a minute the first time) ...", flush=True)
        manage("collectstatic", "--noinput", "--verbosity", "0")
    from shop.seed.state import is_seeded

    if settings.DEMO and not is_seeded():
        print("Filling the demo market (a few minutes, once) ...", flush=True)
        manage("seed_demo")
    connection.close()


def _check() -> None:
    """Our own checks of the settings; Django's run with `migrate`."""
    from django.core import checks

    for message in checks.run_checks(tags=["market"]):
        if message.is_serious():
            fail(f"{message.msg}\n{message.hint} ({message.id})")
        print(f"Note: {message.msg} ({message.id})", flush=True)


def _static_sources(var_dir: Path) -> Iterator[Path]:
    """Our own files that are collected, and the list of packages that bring the others."""
    yield ROOT / "requirements.txt"
    for folder in (*ROOT.glob("*/static"), *ROOT.glob("shop/*/static")):
        if not folder.is_relative_to(var_dir):
            yield from (path for path in folder.rglob("*") if path.is_file())


def _older(made: Path, sources: Iterator[Path]) -> bool:
    return not made.is_file() or made.stat().st_mtime < max((path.stat().st_mtime for path in sources), default=0)


# --- what runs ------------------------------------------------------------------------------------------------


def _end(processes: list[subprocess.Popen]) -> None:
    """Ends processes, politely first."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    for process in processes:
        try:
            process.wait(12)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _die_with_parent() -> None:
    """Linux ends the child when the launcher is killed without a chance to do it."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


class Market:
    """The processes of the market: web, worker, clock, and before them in a demo the stand-in for Stripe."""

    COMMANDS = {
        "web": ["-m", "gunicorn", "--config", "python:shop.server", "shop.wsgi"],
        "worker": ["manage.py", "db_worker", "--interval", "1"],
        "clock": ["manage.py", "clock"],
    }

    def __init__(self, standin: list[str] | None = None) -> None:
        self.commands = {**({"stand-in": standin} if standin else {}), **self.COMMANDS}
        self.processes: dict[str, subprocess.Popen] = {}
        self.endings: dict[str, list[float]] = {name: [] for name in self.commands}

    def start(self, name: str) -> None:
        """Starts one process in the project's folder, out of reach of the terminal's Ctrl-C: the launcher ends it."""
        self.processes[name] = subprocess.Popen(
            [sys.executable, *self.commands[name]], cwd=ROOT, start_new_session=True, preexec_fn=_die_with_parent
        )

    def open(self) -> bool:
        """Starts all; True as soon as the web process answers, False when it ended or a minute is over."""
        from shop.common.health import web_problem

        self.start("web")
        until = time.monotonic() + 60
        while web_problem(timeout=2):
            if self.processes["web"].poll() is not None or time.monotonic() > until:
                return False
            time.sleep(0.1)
        self.start("worker")
        self.start("clock")
        return True

    def watch(self) -> None:
        """Starts a process that ended again, unless it keeps ending."""
        while True:
            for name, process in list(self.processes.items()):
                if (code := process.poll()) is not None:
                    self._again(name, code)
            time.sleep(0.5)

    def _again(self, name: str, code: int) -> None:
        moment = time.monotonic()
        self.endings[name] = [*(past for past in self.endings[name] if past > moment - WITHIN), moment]
        if len(self.endings[name]) > MOST_ENDINGS:
            fail(f"The {name} process keeps ending; the lines above say why.")
        how = f"by signal {-code}" if code < 0 else f"with code {code}"
        print(f"The {name} process ended {how}; it is started again.", flush=True)
        self.start(name)

    def close(self) -> None:
        """Ends all processes."""
        _end(list(self.processes.values()))


def run(host: str, port: int, address: str) -> None:
    """Prepares, opens, says where, and watches until somebody closes the market."""
    from shop.common import embedded, env

    market = Market(lead_to_standin(host, port, address))
    try:
        if "stand-in" in market.commands:
            market.start("stand-in")  # before the demo is filled: its orders are paid there
        prepare()
        if not market.open():
            market.close()
            fail("The market did not open; the lines above say why.")
        _say_where(host, port, address)
        market.watch()
    finally:
        market.close()
        if not env.secret("DATABASE_URL", ""):
            if embedded.is_used():
                print("Another program uses the database in var/db; it keeps running.")
            else:
                embedded.stop()


def _say_where(host: str, port: int, address: str) -> None:
    from django.core.management import call_command

    call_command("demo_accounts")
    if host in EVERYWHERE:
        print(f"\nOn other devices of your network: http://{own_addresses()[0]}:{port}/")
    print(f"\nThe market is open: {address}/   English: {address}/en/   (Ctrl-C closes it)", flush=True)


def main() -> None:
    """Checks, then runs."""
    if sys.version_info < (3, 11):  # noqa: UP036 - the launcher is what an older Python meets first
        fail("The market needs Python 3.11 or newer.")
    from shop.common import env

    os.chdir(ROOT)
    host, port = env.text("HOST", "127.0.0.1"), env.number("PORT", 8000, least=1, most=65535)
    if problem := listening_problem(host, port):
        fail(problem)
    address = fit_settings(host, port)
    listen_on_signals()
    try:
        with only_one(address):
            run(host, port, address)
    except Stopped:
        print("The market is closed.")


if __name__ == "__main__":
    main()
