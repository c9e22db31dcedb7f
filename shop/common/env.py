"""Typed readers of the environment. Nonsense stops the start with the variable's name and the fix.

Every variable read is remembered (`names()`), so that a test can compare them with `.env.example` and the compose file.
A secret may come from a file: NAME_FILE holds its path. A `.env` beside manage.py is read first; the real environment
wins. A variable that is set but empty counts as not set, as it does in a compose file.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Collection
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit


class ConfigError(SystemExit):
    """A setting is wrong. Ends the start with one clear sentence."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"Setting {name}: {problem}")


_names: set[str] = set()
_ROOT = Path(__file__).resolve().parent.parent.parent
_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}
_HOST = re.compile(r"\*|\.?[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?|\[[0-9a-f:.]+\]", re.IGNORECASE)


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
    """The variable, trimmed; `default` when it is unset or empty."""
    _names.add(name)
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool) -> bool:
    """1/0, true/false, yes/no, on/off."""
    value = text(name, "1" if default else "0").lower()
    if value not in _TRUE | _FALSE:
        raise ConfigError(name, f"must be 1 or 0 (or true/false, yes/no, on/off), not {value!r}.")
    return value in _TRUE


def number(name: str, default: int, *, least: int = 0, most: int = 1_000_000_000) -> int:
    """A whole number from `least` to `most`."""
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit() or len(value) > 12 or not least <= int(value) <= most:
        raise ConfigError(name, f"must be a whole number from {least} to {most}, such as {default}; not {value!r}.")
    return int(value)


def words(name: str, default: Collection[str]) -> list[str]:
    """A list, separated by commas."""
    return [part.strip() for part in text(name, ",".join(default)).split(",") if part.strip()]


def choice(name: str, default: str, allowed: Collection[str]) -> str:
    """One of `allowed`."""
    value = text(name, default)
    if value not in allowed:
        raise ConfigError(name, f"must be one of {', '.join(allowed)}; not {value!r}.")
    return value


def choices(name: str, default: Collection[str], allowed: Collection[str]) -> list[str]:
    """Some of `allowed`, separated by commas."""
    chosen = words(name, default)
    if wrong := [word for word in chosen if word not in allowed]:
        raise ConfigError(name, f"may hold {', '.join(allowed)}, separated by commas; not {wrong[0]!r}.")
    return chosen


def hosts(name: str, default: Collection[str]) -> list[str]:
    """Host names without scheme, port or path, separated by commas."""
    chosen = words(name, default)
    if wrong := [word for word in chosen if not _HOST.fullmatch(word)]:
        raise ConfigError(
            name, f"holds host names such as shop.example.org, without http:// or a path; not {wrong[0]!r}."
        )
    return chosen


def url(name: str, default: str, *, schemes: Collection[str] = ("http", "https")) -> str:
    """An address without a trailing slash. With the default "" it may be left out."""
    return _checked_url(name, text(name, default), default, schemes)


def secret_url(name: str, *, schemes: Collection[str]) -> str:
    """An address that may hold a password and so may come from a file; may be left out."""
    return _checked_url(name, secret(name, ""), "", schemes)


def _checked_url(name: str, value: str, default: str, schemes: Collection[str]) -> str:
    value = value.rstrip("/")
    if value and not _is_address(_split(name, value), schemes):
        raise ConfigError(name, f"must be an address such as {default or f'{next(iter(schemes))}://host:1234'}.")
    return value


def origins(name: str, default: Collection[str]) -> list[str]:
    """Scheme and host of web pages, separated by commas."""
    chosen = words(name, default)
    for word in chosen:
        parts = _split(name, word)
        if not _is_address(parts, ("http", "https")) or parts.path:
            raise ConfigError(name, f"holds addresses such as https://shop.example.org, without a path; not {word!r}.")
    return chosen


def mailbox(name: str, default: str) -> str:
    """An e-mail address, with or without a name before it."""
    value = text(name, default)
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", parseaddr(value)[1]):
        raise ConfigError(name, f"must look like Market <market@example.org>; not {value!r}.")
    return value


def origins_of(name: str) -> list[str]:
    """The foreign origins of an address that may also be a path: ["https://files.example"], or [] for /media/."""
    value = text(name, "")
    parts = urlsplit(value)
    if not value or value.startswith("/"):
        return []
    if parts.scheme not in ("http", "https") or not parts.netloc or not value.endswith("/"):
        raise ConfigError(
            name,
            "must be a path such as /media/ or an address such as https://files.example/, with a slash at the end.",
        )
    return [f"{parts.scheme}://{parts.netloc}"]


def secret(name: str, default: str, *, required: str = "") -> str:
    """A secret from the file that NAME_FILE names, else from NAME. `required` is what to say when there is none."""
    path, value = text(f"{name}_FILE", ""), text(name, default)
    if path:
        try:
            value = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            why = getattr(error, "strerror", None) or "it is not text"
            raise ConfigError(f"{name}_FILE", f"cannot be read ({why}). Check the path and its rights.") from error
        if not value:
            raise ConfigError(f"{name}_FILE", "names an empty file. Write the secret into it.")
    if required and not value:
        raise ConfigError(name, required)
    return value


def kept_secret(path: Path) -> str:
    """A random secret that is made once and kept in a file only its owner may read: for the market of one machine."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(50), encoding="utf-8")
    try:
        os.link(draft, path)  # the first of several processes wins, and nobody ever reads half a secret
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text(encoding="utf-8").strip()


def var_dir() -> Path:
    """VAR_DIR: where this machine keeps what the market makes; relative to the project's folder."""
    return (_ROOT / text("VAR_DIR", "var")).resolve()


def database(address: str, password: str = "") -> dict[str, Any]:
    """postgresql://user:password@host:port/name → an entry of DATABASES; `password` when the address holds none.

    A socket is written as PostgreSQL's own tools do: postgresql://user@/name?host=/var/run/postgresql.
    """
    parts = _split("DATABASE_URL", address)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in ("postgres", "postgresql") or not name:
        raise ConfigError(
            "DATABASE_URL", "must look like postgresql://user:password@host:5432/name; only PostgreSQL is used."
        )
    if parts.password and password:
        raise ConfigError("DATABASE_PASSWORD", "is given twice; leave it out, or take it out of DATABASE_URL.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or "") or password,
        "HOST": unquote(parts.hostname or "") or parse_qs(parts.query).get("host", [""])[0],
        "PORT": str(parts.port or ""),
    }


def _split(name: str, value: str) -> SplitResult:
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018  (reading it is the check)
    except ValueError as error:
        raise ConfigError(name, "is not an address; its host or its port cannot be read.") from error
    return parts


def _is_address(parts: SplitResult, schemes: Collection[str]) -> bool:
    return parts.scheme in schemes and bool(parts.hostname) and not any(char.isspace() for char in parts.netloc)
