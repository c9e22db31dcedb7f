"""Moments in the life of an account: a person wants a copy of what is kept about them, or leaves.

Each room that keeps something about people follows all three, so that nothing is forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from shop.common.errors import MarketError
from shop.common.hooks import Hook
from shop.people.models import User


@dataclass(frozen=True)
class Section:
    """One kind of data: `key` for machines, `title` for people, and `labels` for the keys of its rows."""

    key: str
    title: str | Promise
    labels: Mapping[str, str | Promise]
    rows: list[dict[str, Any]]


@dataclass
class Copy:
    """The copy of one person's data while the rooms fill it. Files are named in the rows, not copied."""

    user: User
    sections: list[Section] = field(default_factory=list)

    def add(self, section: Section) -> None:
        """Adds what a room keeps; an empty section says that there is nothing."""
        self.sections.append(section)


@dataclass
class Leaving:
    """A person who wants to leave, with everything that stands in the way."""

    user: User
    obstacles: list[MarketError] = field(default_factory=list)


@dataclass
class Departure:
    """A person who leaves now: rooms delete what is theirs alone and note how much it was."""

    user: User
    removed: dict[str, int] = field(default_factory=dict)


copy_wanted: Hook[Copy] = Hook("people.copy_wanted")
"""A person asks for a copy of everything that is kept about them."""
leaving_asked: Hook[Leaving] = Hook("people.leaving_asked")
"""A person wants to delete the account: who has a reason against it, adds it."""
person_left: Hook[Departure] = Hook("people.person_left")
"""The account is being deleted: what belongs to nobody but the person goes, the rest loses the name."""
