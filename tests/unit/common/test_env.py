"""The typed readers: what they accept, and that nonsense ends the start with its name and the fix."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shop.common import env
from tests.processes import production, run_python


@pytest.fixture(autouse=True)
def _names_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names asked for here are not settings of the market."""
    monkeypatch.setattr(env, "_names", set(env._names))


READERS: dict[str, Callable[[], Any]] = {
    "flag": lambda: env.flag("X", False),
    "number": lambda: env.number("X", 5, least=1, most=9),
    "words": lambda: env.words("X", ["a", "b"]),
    "choice": lambda: env.choice("X", "a", ["a", "b"]),
    "choices": lambda: env.choices("X", ["a"], ["a", "b"]),
    "hosts": lambda: env.hosts("X", ["localhost"]),
    "url": lambda: env.url("X", "http://here:8000"),
    "secret_url": lambda: env.secret_url("X", schemes=["redis"]),
    "origins": lambda: env.origins("X", []),
    "mailbox": lambda: env.mailbox("X", "a@b.example"),
    "secret": lambda: env.secret("X", "none"),
    "text": lambda: env.text("X", "none"),
}


@pytest.mark.parametrize(
    ("reader", "given", "meant"),
    [
        ("flag", "Yes", True),
        ("flag", " off ", False),
        ("number", "9", 9),
        ("words", " x , ,y,", ["x", "y"]),
        ("choice", "b", "b"),
        ("choices", "b,a", ["b", "a"]),
        (
            "hosts",
            "shop.example.org, 10.0.0.1,[::1],.example.org",
            ["shop.example.org", "10.0.0.1", "[::1]", ".example.org"],
        ),
        ("url", "https://shop.example.org/", "https://shop.example.org"),
        ("secret_url", "redis://:p@ss@cache:6379/0", "redis://:p@ss@cache:6379/0"),
        ("origins", "https://a.example,http://b.example:81", ["https://a.example", "http://b.example:81"]),
        ("mailbox", "ตลาด <t@talat.example>", "ตลาด <t@talat.example>"),
        ("secret", " geheim ", "geheim"),
    ],
)
def test_what_is_accepted(monkeypatch: pytest.MonkeyPatch, reader: str, given: str, meant: object) -> None:
    monkeypatch.setenv("X", given)
    assert READERS[reader]() == meant


@pytest.mark.parametrize(
    ("reader", "default"),
    [
        ("flag", False),
        ("number", 5),
        ("words", ["a", "b"]),
        ("choice", "a"),
        ("choices", ["a"]),
        ("hosts", ["localhost"]),
        ("url", "http://here:8000"),
        ("secret_url", ""),
        ("origins", []),
        ("mailbox", "a@b.example"),
        ("secret", "none"),
        ("text", "none"),
    ],
)
def test_empty_and_unset_are_the_default(monkeypatch: pytest.MonkeyPatch, reader: str, default: object) -> None:
    monkeypatch.delenv("X", raising=False)
    assert READERS[reader]() == default
    monkeypatch.setenv("X", "  ")
    assert READERS[reader]() == default


@pytest.mark.parametrize(
    ("reader", "given", "fix"),
    [
        ("flag", "maybe", "must be 1 or 0"),
        ("number", "many", "must be a whole number from 1 to 9, such as 5"),
        ("number", "0", "must be a whole number from 1 to 9"),
        ("number", "10", "must be a whole number from 1 to 9"),
        ("number", "-5", "must be a whole number from 1 to 9"),
        ("number", "๕", "must be a whole number from 1 to 9"),
        ("number", "1" * 5000, "must be a whole number from 1 to 9"),
        ("choice", "c", "must be one of a, b; not 'c'"),
        ("choices", "a,c", "may hold a, b, separated by commas; not 'c'"),
        ("hosts", "https://shop.example.org", "without http:// or a path"),
        ("hosts", "shop.example.org/th", "without http:// or a path"),
        ("url", "shop.example.org", "must be an address such as http://here:8000"),
        ("url", "http://", "must be an address"),
        ("url", "http://host:port", "is not an address"),
        ("url", "ftp://host", "must be an address"),
        ("secret_url", "cache:6379", "must be an address such as redis://host:1234"),
        ("origins", "shop.example.org", "holds addresses such as https://"),
        ("origins", "https://shop.example.org/th/", "without a path"),
        ("mailbox", "talat", "must look like"),
        ("mailbox", "talat@localhost", "must look like"),
    ],
)
def test_nonsense_ends_the_start(monkeypatch: pytest.MonkeyPatch, reader: str, given: str, fix: str) -> None:
    monkeypatch.setenv("X", given)
    with pytest.raises(SystemExit) as ending:
        READERS[reader]()
    assert str(ending.value).startswith("Setting X: ")
    assert fix in str(ending.value)


def test_secret_comes_from_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "secret"
    file.write_text("from-a-file\n", encoding="utf-8")
    monkeypatch.setenv("X_FILE", str(file))
    monkeypatch.setenv("X", "from-the-environment")
    assert env.secret("X", "") == "from-a-file"
    assert {"X", "X_FILE"} <= set(env.names())


def test_secret_file_must_be_there_and_hold_something(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X_FILE", str(tmp_path / "away"))
    with pytest.raises(SystemExit, match=r"Setting X_FILE: cannot be read .No such file"):
        env.secret("X", "")
    (tmp_path / "empty").write_text("\n", encoding="utf-8")
    monkeypatch.setenv("X_FILE", str(tmp_path / "empty"))
    with pytest.raises(SystemExit, match="Setting X_FILE: names an empty file"):
        env.secret("X", "")


def test_required_secret_says_how_to_make_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("X", raising=False)
    with pytest.raises(SystemExit, match="Setting X: is missing, make one"):
        env.secret("X", "", required="is missing, make one")


def test_kept_secret_is_made_once_and_is_nobody_elses(tmp_path: Path) -> None:
    file = tmp_path / "var" / "secret-key"
    first = env.kept_secret(file)
    assert len(first) >= 50
    assert env.kept_secret(file) == first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert os.listdir(file.parent) == ["secret-key"]
    assert env.kept_secret(tmp_path / "another") != first


def test_database_address() -> None:
    entry = env.database("postgresql://u:p%40ss@db.example:5433/market")
    assert (entry["NAME"], entry["USER"], entry["PASSWORD"]) == ("market", "u", "p@ss")
    assert (entry["HOST"], entry["PORT"]) == ("db.example", "5433")
    assert env.database("postgresql://u@db/market", "from-a-file")["PASSWORD"] == "from-a-file"
    assert env.database("postgresql://u@/market?host=/run/Pg%20sql")["HOST"] == "/run/Pg sql"


@pytest.mark.parametrize(
    ("address", "password", "setting", "fix"),
    [
        ("mysql://root@localhost/x", "", "DATABASE_URL", "only PostgreSQL is used"),
        ("postgresql://a@localhost", "", "DATABASE_URL", "must look like postgresql://"),
        ("postgresql://a@localhost:port/x", "", "DATABASE_URL", "port cannot be read"),
        ("postgresql://a:b@localhost/x", "c", "DATABASE_PASSWORD", "is given twice"),
    ],
)
def test_database_nonsense(address: str, password: str, setting: str, fix: str) -> None:
    with pytest.raises(SystemExit) as ending:
        env.database(address, password)
    assert str(ending.value).startswith(f"Setting {setting}: ")
    assert fix in str(ending.value)


def test_dot_env_is_read_and_the_real_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / ".env"
    file.write_text('# note\n#X_COMMENTED=1\nX_QUOTED="two words"\nX_PLAIN = a=b \nX_REAL=file\n', encoding="utf-8")
    for name in ("X_COMMENTED", "X_QUOTED", "X_PLAIN"):
        monkeypatch.setenv(name, "")  # so that the test takes back what it adds
        monkeypatch.delenv(name)
    monkeypatch.setenv("X_REAL", "environment")
    env._load_file(file)
    assert os.environ["X_QUOTED"] == "two words"
    assert os.environ["X_PLAIN"] == "a=b"
    assert os.environ["X_REAL"] == "environment"
    assert "X_COMMENTED" not in os.environ


@pytest.mark.parametrize(
    ("name", "value", "fix"),
    [
        ("HTTPS", "maybe", "must be 1 or 0"),
        ("COD_LIMIT_BAHT", "many", "must be a whole number"),
        ("SITE_URL", "talat.example", "must be an address"),
        ("ALLOWED_HOSTS", "https://talat.example", "without http://"),
        ("PAYMENT_METHODS", "gold", "may hold promptpay, card, transfer, cod, test"),
        ("DATABASE_URL", "mysql://root@localhost/x", "must look like postgresql://"),
        ("SECRET_KEY", "", "openssl rand -base64 48"),
        ("SECRET_KEY_FILE", "/nowhere/at/all", "cannot be read"),
    ],
)
def test_the_whole_start_ends_with_one_sentence(name: str, value: str, fix: str) -> None:
    done = run_python("-c", "import shop.settings", **production(**{name: value}))
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stderr.startswith(f"Setting {name}: ")
    assert fix in done.stderr


@pytest.mark.parametrize(
    ("given", "origins"),
    [("", []), ("/media/", []), ("https://files.example/market/", ["https://files.example"])],
)
def test_origins_of_an_address_or_a_path(monkeypatch: pytest.MonkeyPatch, given: str, origins: list[str]) -> None:
    monkeypatch.setenv("MEDIA_URL", given)
    assert env.origins_of("MEDIA_URL") == origins


@pytest.mark.parametrize("given", ["files.example/", "https://files.example", "ftp://files.example/"])
def test_origins_of_nonsense(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("MEDIA_URL", given)
    with pytest.raises(SystemExit, match="Setting MEDIA_URL: must be a path"):
        env.origins_of("MEDIA_URL")
