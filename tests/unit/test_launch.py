"""`make run` as a newcomer meets it: one clear sentence for what is wrong, a market that starts what dies and stops clean."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from psycopg import sql

from shop import launch
from tests.processes import ROOT, bare_environment, production, run_python

SLEEPER = ["-c", "import signal; print('up', flush=True); signal.pause()"]


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_busy_port_names_another(taken: int) -> None:
    done = run_python("-m", "shop.launch", PORT=str(taken))
    assert done.returncode == 1
    assert done.stderr.strip() == (
        f"Port {taken} is in use. Stop what uses it, or choose another: make run PORT={taken + 1}"
    )


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"PORT": "abc"}, "Setting PORT: must be a whole number from 1 to 65535, such as 8000; not 'abc'."),
        ({"PORT": "70000"}, "Setting PORT: must be a whole number from 1 to 65535, such as 8000; not '70000'."),
        ({"HOST": "not a host"}, "HOST must be a name or an address of this machine, not 'not a host'."),
        ({"HOST": "192.0.2.77"}, "HOST must be a name or an address of this machine, not '192.0.2.77'."),
    ],
)
def test_nonsense_is_answered_with_one_sentence(variables: dict[str, str], sentence: str) -> None:
    done = run_python("-m", "shop.launch", **({"PORT": str(free_port())} | variables))
    assert (done.returncode, done.stderr.strip()) == (1, sentence)


def test_an_old_python_is_named(tmp_path: Path) -> None:
    """`make` looks before it makes anything: here with a python3 that says it is 3.8."""
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = -c ] && exit 1\necho "Python 3.8.10"\n', encoding="utf-8")
    old.chmod(0o755)
    words = ["make", "run", f"VENV={tmp_path / 'venv'}", f"PYTHON={old}"]
    done = subprocess.run(words, cwd=ROOT, env=bare_environment(), capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert done.stdout.strip() == (
        "Python 3.11 or newer is needed; Python 3.8.10 was found. Name another one: make run PYTHON=python3.11"
    )
    assert not (tmp_path / "venv").exists()


def test_a_missing_python_is_named(tmp_path: Path) -> None:
    words = ["make", "run", f"VENV={tmp_path / 'venv'}", "PYTHON=/nowhere/python3"]
    done = subprocess.run(words, cwd=ROOT, env=bare_environment(), capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "Python 3.11 or newer is needed, but /nowhere/python3 was not found" in done.stdout


def test_addresses_fit_where_it_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SITE_URL", "ALLOWED_HOSTS"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    assert launch.fit_settings("127.0.0.1", 8001) == "http://127.0.0.1:8001"
    assert os.environ["SITE_URL"] == "http://127.0.0.1:8001"
    assert os.environ["ALLOWED_HOSTS"] == "localhost,127.0.0.1,[::1]"
    for name in ("SITE_URL", "ALLOWED_HOSTS"):
        monkeypatch.delenv(name)
    monkeypatch.setattr(launch, "own_addresses", lambda: ["192.168.1.20", "box"])
    assert launch.fit_settings("0.0.0.0", 8001) == "http://127.0.0.1:8001"
    assert os.environ["SITE_URL"] == "http://192.168.1.20:8001"
    assert os.environ["ALLOWED_HOSTS"] == "localhost,127.0.0.1,[::1],192.168.1.20,box"
    for name in ("SITE_URL", "ALLOWED_HOSTS"):
        monkeypatch.delenv(name)
    assert launch.fit_settings("::1", 8001) == "http://[::1]:8001"
    assert os.environ["ALLOWED_HOSTS"] == "localhost,127.0.0.1,[::1]"


def test_what_the_person_set_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", "https://talat.example")
    monkeypatch.setenv("ALLOWED_HOSTS", "talat.example")
    launch.fit_settings("0.0.0.0", 8001)
    assert (os.environ["SITE_URL"], os.environ["ALLOWED_HOSTS"]) == ("https://talat.example", "talat.example")


@pytest.fixture
def no_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("STRIPE_SECRET_KEY", "STRIPE_API_BASE", "STRIPE_WEBHOOK_SECRET", "DATABASE_URL"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    monkeypatch.setenv("DEMO", "1")
    return tmp_path


def test_a_demo_without_keys_pays_at_the_stand_in(no_keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch, "listening_problem", lambda host, port: "")
    monkeypatch.setattr(launch, "own_addresses", lambda: ["192.168.1.20", "box"])
    words = launch.lead_to_standin("127.0.0.1", 8001, "http://127.0.0.1:8001")
    secret = (no_keys / "standin-secret").read_text(encoding="utf-8")
    assert " ".join(words) == (
        f"-m shop.gateways.standin --host 127.0.0.1 --port 8011 --state {no_keys}/standin.json "
        f"--webhook http://127.0.0.1:8001/webhooks/stripe/ --secret-file {no_keys}/standin-secret"
    )
    assert os.environ["STRIPE_API_BASE"] == "http://127.0.0.1:8011"
    assert (os.environ["STRIPE_SECRET_KEY"], os.environ["STRIPE_WEBHOOK_SECRET"]) == (
        "sk_test_standin",
        f"whsec_{secret}",
    )
    monkeypatch.setenv("STRIPE_SECRET_KEY", "")
    everywhere = launch.lead_to_standin("0.0.0.0", 65_530, "http://127.0.0.1:65530")
    assert everywhere[-2:] == ["--public-url", "http://192.168.1.20:65520"]
    assert launch.Market(words).commands["stand-in"] == words
    assert "stand-in" not in launch.Market([]).commands


@pytest.mark.parametrize(("name", "value"), [("DEMO", "0"), ("STRIPE_SECRET_KEY", "sk_test_of_a_person")])
def test_a_real_market_has_no_stand_in(no_keys: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    assert launch.lead_to_standin("127.0.0.1", 8001, "http://127.0.0.1:8001") == []
    assert os.environ["STRIPE_API_BASE"] == ""
    assert not (no_keys / "standin-secret").exists()


def test_without_a_free_port_there_is_no_stand_in(
    no_keys: Path, taken: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert launch.lead_to_standin("127.0.0.1", taken - 10, f"http://127.0.0.1:{taken - 10}") == []
    assert f"port {taken} is in use" in capsys.readouterr().out
    assert os.environ["STRIPE_SECRET_KEY"] == ""


def test_one_market_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    second = launch.only_one("http://127.0.0.1:8002")
    refused = pytest.raises(SystemExit, match=r"open already: http://127.0.0.1:8001/")
    with launch.only_one("http://127.0.0.1:8001"), refused, second:
        pytest.fail("two at once")
    with launch.only_one("http://127.0.0.1:8002"):
        assert (tmp_path / "market.lock").read_text(encoding="utf-8") == "http://127.0.0.1:8002/\n"


def test_what_is_made_is_made_again_when_its_sources_are_newer(tmp_path: Path) -> None:
    made, source = tmp_path / "made", tmp_path / "source"
    source.touch()
    assert launch._older(made, iter([source]))
    made.touch()
    os.utime(source, (1, 1))
    assert not launch._older(made, iter([source]))
    os.utime(made, (0, 0))
    assert launch._older(made, iter([source]))


def test_collected_files_are_no_sources() -> None:
    """Else each start would collect again what the last one collected."""
    sources = list(launch._static_sources(Path(settings.VAR_DIR)))
    assert ROOT / "requirements.txt" in sources
    assert ROOT / "shop" / "theme" / "static" / "theme" / "css" / "base.css" in sources
    assert not [path for path in sources if path.is_relative_to(settings.VAR_DIR) or ".venv" in path.parts]


class OneSleeper(launch.Market):
    COMMANDS = {"sleeper": SLEEPER}


def test_what_ends_is_started_again_but_not_for_ever(capfd: pytest.CaptureFixture[str]) -> None:
    market = OneSleeper()
    market.start("sleeper")
    for _ in range(launch.MOST_ENDINGS):
        process = market.processes["sleeper"]
        process.kill()
        market._again("sleeper", process.wait())
        assert market.processes["sleeper"].pid != process.pid
    assert "The sleeper process ended by signal 9; it is started again." in capfd.readouterr().out
    with pytest.raises(SystemExit, match="The sleeper process keeps ending"):
        market._again("sleeper", 1)
    market.close()
    assert market.processes["sleeper"].poll() == -signal.SIGTERM


def test_endings_long_ago_are_forgiven() -> None:
    market = OneSleeper()
    market.endings["sleeper"] = [-launch.WITHIN * 2] * 100
    market._again("sleeper", 0)
    assert len(market.endings["sleeper"]) == 1
    market.close()


@pytest.fixture
def copied_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A copy of the tests' database: the market writes into it from its own processes."""
    with django_db_blocker.unblock():
        values = connection.settings_dict
        name = f"{values['NAME']}_launch"
        connection.close()
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(values["NAME"]))
        server = {"host": values["HOST"], "user": values["USER"], "password": values["PASSWORD"] or None}
        with psycopg.connect(dbname="postgres", autocommit=True, **server) as admin:
            admin.execute(drop)
            admin.execute(copy)
            yield f"postgresql://{values['USER']}@/{name}?host={values['HOST']}"
            admin.execute(drop)


@pytest.mark.slow
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_market_opens_mends_itself_and_closes(tmp_path: Path, copied_database: str, ending: signal.Signals) -> None:
    """A real market on the database of the tests: its clock is killed and comes back, then everything ends."""
    port = free_port()
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "staticfiles.json").write_text('{"version": "1.1", "paths": {}}', encoding="utf-8")
    variables = production(PORT=str(port), VAR_DIR=str(tmp_path), SITE_URL=f"http://127.0.0.1:{port}")
    variables["DATABASE_URL"] = copied_database
    variables |= {"ALLOWED_HOSTS": "127.0.0.1", "HTTPS": "0", "BEHIND_PROXY": "0", "REDIS_URL": ""}
    market = subprocess.Popen(
        [sys.executable, "-m", "shop.launch"],
        cwd=ROOT,
        env=bare_environment(**variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert market.stdout is not None
        lines = read_until(market, f"The market is open: http://127.0.0.1:{port}/")
        clock, web = children(market.pid, "manage.py clock"), children(market.pid, "gunicorn")
        assert len(clock) == len(web) == 1
        os.kill(clock[0], signal.SIGKILL)
        lines = read_until(market, "The clock process ended by signal 9; it is started again.")
        # The sentence comes before the process: the new clock may not have its name yet.
        again = waited_for(market.pid, "manage.py clock")
        assert len(again) == 1
        assert again != clock
        processes = [pid for words in ("clock", "gunicorn", "db_worker") for pid in children(market.pid, words)]
        assert len(processes) == 3
        market.send_signal(ending)
        lines = [line.strip() for line in market.stdout]
        assert market.wait(30) == 0
        assert lines[-1] == "The market is closed."
        assert not [line for line in lines if "Traceback" in line]
        assert not [pid for pid in processes if Path(f"/proc/{pid}").exists()]
    finally:
        market.kill()


def read_until(market: subprocess.Popen[str], sentence: str) -> list[str]:
    lines: list[str] = []
    for line in market.stdout or ():
        lines.append(line)
        if sentence in line:
            return lines
    raise AssertionError("".join(lines))


def waited_for(parent: int, words: str) -> list[int]:
    """Direct children by these words, as soon as there are any."""
    until = time.monotonic() + 20
    while not (found := children(parent, words)) and time.monotonic() < until:
        time.sleep(0.05)
    return found


def children(parent: int, words: str) -> list[int]:
    """Ids of direct children whose command holds `words`."""
    table = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
    rows = [re.split(r"\s+", line.strip(), maxsplit=2) for line in table.splitlines()[1:]]
    return [int(pid) for pid, above, args in rows if int(above) == parent and words in args]
