"""The picture that stands beside a shared link: what is on it, where it lives, and who may ask for it to be drawn.

A poster's address holds a digest of everything that is on it, so an address always means the same picture and may be
kept for ever. It is drawn when it is first asked for, at most one at a time per process and MOST_A_MINUTE in all, and only
when the digest is that of the thing as it is now: nobody can have a picture drawn that the market's own pages do not name.
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = "posters"
LANGUAGES = ("th", "en")
MOST_A_MINUTE = 90
PATIENCE = 4.0
_DESIGN = 1
"""Raised with every change of the drawing: all posters get new addresses."""
_LONGEST = 160
_press = threading.BoundedSemaphore(1)


class PressBusy(Exception):
    """More posters are asked for than are drawn in a minute."""


@dataclass(frozen=True)
class Poster:
    """What stands on the poster of one thing in one language. `picture` and `face` are names of public pictures."""

    kind: str
    key: str
    language: str
    title: str
    lead: str = ""
    price: str = ""
    maker: str = ""
    place: str = ""
    picture: str = ""
    face: str = ""

    @property
    def digest(self) -> str:
        """All that is on it, in sixteen letters."""
        told = json.dumps([_DESIGN, asdict(_cut(self))], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    @property
    def url(self) -> str:
        """Its address."""
        return reverse("posters:poster", args=[self.kind, self.key, self.language, self.digest])

    @property
    def file(self) -> str:
        """Its name in the storage."""
        return f"{FOLDER}/{self.kind}-{self.key}-{self.language}-{self.digest}.jpg"


Reader = Callable[[str, str], Poster | None]
_readers: dict[str, Reader] = {}


def register(kind: str) -> Callable[[Reader], Reader]:
    """A room says how to read what stands on the posters of its things: a function of (key, language)."""

    def add(reader: Reader) -> Reader:
        _readers[kind] = reader
        return reader

    return add


def current(kind: str, key: str, language: str) -> Poster | None:
    """The poster of a thing as it is now; None for what is not public or does not exist."""
    reader = _readers.get(kind)
    return reader(key, language) if reader and language in LANGUAGES else None


def print_poster(poster: Poster) -> None:
    """Draws and stores a poster unless it is there. Raises PressBusy."""
    from media import printing, services

    with _turn():
        if default_storage.exists(poster.file):
            return
        if not _within_the_minute():
            raise PressBusy
        for name in {poster.picture, poster.face} - {""}:
            services.finish_by_name(name=name)
        default_storage.save(poster.file, ContentFile(printing.poster(_cut(poster))))


@contextmanager
def _turn() -> Iterator[None]:
    if not _press.acquire(timeout=PATIENCE):
        raise PressBusy
    try:
        yield
    finally:
        _press.release()


def _within_the_minute() -> bool:
    key = f"posters:{int(time.time() // 60)}"
    cache.add(key, 0, 120)
    try:
        return bool(cache.incr(key) <= MOST_A_MINUTE)
    except ValueError:  # the cache is away or dropped it: the press itself is bound still
        return True


def _cut(poster: Poster) -> Poster:
    """No text is longer than what fits on a poster anyway."""
    return replace(poster, title=poster.title[:_LONGEST], lead=poster.lead[:_LONGEST])
