"""Typed readers of the environment. Nonsense stops the start with the variable's name and the fix.

Every variable read is remembered (`names()`), so that a test can compare them with `.env.example` and the compose file.
A secret may come from a file: NAME_FILE holds its path. A `.env` beside manage.py is read first; the real environment wins.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit


class ConfigError(SystemExit):
    """A setting is wrong. Ends the start with one clear sentence."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"Setting {name}: {problem}")


_names: set[str] = set()
_ROOT = Path(__file__).resolve().parent.parent.parent
_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def names() -> list[str]:
    """Every variable that was asked for."""
    return sorted(_names)


def _load_file(path: Path) -> None:
    if not path.is_file():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        key, separator, value = line.strip().partition("=")
        if separator and not key.startswith("#"):
            os.environ.setdefault(key.strip(), value.strip().strip("\"'"))


_load_file(_ROOT / ".env")


def text(name: str, default: str) -> str:
    """The variable, trimmed; `default` when it is unset."""
    _names.add(name)
    return os.environ.get(name, default).strip()


def flag(name: str, default: bool) -> bool:
    """1/0, true/false, yes/no, on/off."""
    value = text(name, "1" if default else "0").lower()
    if value not in _TRUE | _FALSE:
        raise ConfigError(name, "must be 1 or 0 (or true/false, yes/no, on/off).")
    return value in _TRUE


def number(name: str, default: int, *, least: int = 0) -> int:
    """A whole number of at least `least`."""
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit() or int(value) < least:
        raise ConfigError(name, f"must be a whole number of at least {least}, such as {default}.")
    return int(value)


def words(name: str, default: list[str]) -> list[str]:
    """A list, separated by commas."""
    return [part.strip() for part in text(name, ",".join(default)).split(",") if part.strip()]


def choice(name: str, default: str, allowed: list[str]) -> str:
    """One of `allowed`."""
    value = text(name, default)
    if value not in allowed:
        raise ConfigError(name, f"must be one of {', '.join(allowed)}.")
    return value


def url(name: str, default: str) -> str:
    """An http(s) address without a trailing slash."""
    value = text(name, default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ConfigError(name, f"must be an address such as {default}.")
    return value


def secret(name: str, default: str) -> str:
    """A secret from NAME, or from the file that NAME_FILE names."""
    _names.add(f"{name}_FILE")
    path = os.environ.get(f"{name}_FILE", "").strip()
    if not path:
        return text(name, default)
    _names.add(name)
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ConfigError(
            f"{name}_FILE", f"cannot be read ({error.strerror}). Check the path and its rights."
        ) from error


def database(address: str) -> dict[str, Any]:
    """postgresql://user:password@host:port/name → an entry of DATABASES."""
    parts = urlsplit(address)
    try:
        port = parts.port
    except ValueError as error:
        raise ConfigError("DATABASE_URL", "has a port that is not a number.") from error
    name = parts.path.lstrip("/")
    if parts.scheme not in ("postgres", "postgresql") or not name:
        raise ConfigError(
            "DATABASE_URL", "must look like postgresql://user:password@host:5432/name; only PostgreSQL is used."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(name),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(port or ""),
    }
