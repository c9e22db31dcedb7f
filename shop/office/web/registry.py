"""What rooms add to the office: entries of its first page. Each room registers its own; the office knows none of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from shop.common.access import Kind, kinds_of


@dataclass(frozen=True)
class Entry:
    """An entry: its words, its address, who finds it there, and what waits behind it for this person."""

    title: str | Promise
    address: Callable[[], str]
    kinds: frozenset[Kind] = frozenset({Kind.OFFICER, Kind.ADMINISTRATOR})
    waiting: Callable[[Any], QuerySet[Any]] | None = None
    """The rows that wait; the first page counts those of all entries together."""
    is_for: Callable[[Any], bool] | None = None
    """Where the kind of visitor says too little: may this very person open it?"""


_entries: list[Entry] = []


def register(entry: Entry) -> None:
    """Adds an entry to the office's first page."""
    _entries.append(entry)


def entries_for(user: Any) -> list[Entry]:
    """What this person finds in the office."""
    kinds = kinds_of(user)
    return [entry for entry in _entries if entry.kinds & kinds and (entry.is_for is None or entry.is_for(user))]
