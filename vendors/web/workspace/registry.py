"""What rooms add to a workspace: menu entries. Each room registers its own; the shell knows none of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from vendors.models import Organisation


@dataclass(frozen=True)
class Entry:
    """A menu entry: its words, its address for an organisation, and for whom it stands there."""

    title: str | Promise
    address: Callable[[Organisation], str]
    is_for: Callable[[Organisation], bool]
    waiting: Callable[[Organisation, Any], int] | None = None


_entries: list[Entry] = []


def register(entry: Entry) -> None:
    """Adds an entry to the menu."""
    _entries.append(entry)


def entries_for(organisation: Organisation) -> list[Entry]:
    """The menu of one organisation."""
    return [entry for entry in _entries if entry.is_for(organisation)]
