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
    The menu is sorted by `position`.
    """

    title: str | Promise
    address: Callable[[Organisation], str]
    is_for: Callable[[Organisation], bool]
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


@dataclass(frozen=True)
class Todo:
    """One thing to do now: how many, in words, what more there is to know, and the page where it is done."""

    number: int
    title: str
    url: str
    act: str
    note: str = ""
    is_urgent: bool = False


@dataclass(frozen=True)
class Card:
    """What a room finds to do today for an organisation; one query, whatever stands behind it."""

    read: Callable[[Organisation], list[Todo]]
    is_for: Callable[[Organisation], bool]
    right: Right = Right.SEE
    own_only: bool = False
    position: int = 50


_cards: list[Card] = []


def register_card(card: Card) -> None:
    """Adds a card to the desk."""
    _cards.append(card)


def todos_for(organisation: Organisation, user: Any) -> list[Todo]:
    """What there is to do and this person may do, the urgent things first."""
    acting = acts_through(user, organisation) is not None
    fitting = [
        card
        for card in sorted(_cards, key=lambda card: card.position)
        if card.is_for(organisation) and may(user, card.right, organisation) and not (acting and card.own_only)
    ]
    found = [todo for card in fitting for todo in card.read(organisation)]
    return sorted(found, key=lambda todo: not todo.is_urgent)


def is_group(organisation: Organisation) -> bool:
    """For cards and entries of groups alone."""
    return organisation.kind == Organisation.Kind.GROUP
