"""Slots that upper rooms fill on every page: the theme is the floor and may not ask them itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_slots: dict[str, Callable[[str], Any]] = {}


def register_slot(name: str, source: Callable[[str], Any]) -> None:
    """`source(language)` gives what the slot shows."""
    _slots[name] = source


def slot(name: str, language: str) -> Any:
    """What stands in a slot; an empty list when nobody filled it."""
    source = _slots.get(name)
    return source(language) if source else []


def slots_text(names: tuple[str, ...], language: str) -> str:
    """What stands in these slots, as one text: it changes exactly when one of them does."""
    return repr([slot(name, language) for name in names])
