"""What rooms add to a workspace: menu entries. Each room registers its own; the shell knows none of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from vendors.models import Organisation
from vendors.policies import Right, acts_through, may


@dataclass(frozen=True)
class Entry:
    """A menu entry: its words, its address for an organisation, and for whom it stands there.

    `is_for` asks about the organisation, `right` about the person. `own_only` hides it from who acts by a grant.
    `waiting` counts what waits behind it; only the desk asks. The menu is sorted by `position`.
    """

    title: str | Promise
    address: Callable[[Organisation], str]
    is_for: Callable[[Organisation], bool]
    waiting: Callable[[Organisation, Any], int] | None = None
    right: Right = Right.SEE
    own_only: bool = False
    position: int = 50


_entries: list[Entry] = []


def register(entry: Entry) -> None:
    """Adds an entry to the menu."""
    _entries.append(entry)


def entries_for(organisation: Organisation, user: Any) -> list[Entry]:
    """The menu of one organisation: exactly what this person may open there. No query of its own."""
    acting = acts_through(user, organisation) is not None
    found = [
        entry
        for entry in _entries
        if entry.is_for(organisation) and may(user, entry.right, organisation) and not (acting and entry.own_only)
    ]
    return sorted(found, key=lambda entry: entry.position)
