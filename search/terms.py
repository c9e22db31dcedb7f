"""What a text asks of the index: a small tree of conditions with points, which both engines carry out alike.

A leaf looks at one field of tokens (`Field`). Points are whole numbers, so both engines sum them without rounding:
the best of several, the sum of all. The tiers are fixed numbers and nothing else; how often a word occurs counts nothing.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Field(enum.StrEnum):
    """The fields of tokens of a document."""

    WORD = "w"
    BARE = "s"
    """Skeletons of the name's words and of all that stands between two spaces."""
    HEAD = "h"
    """The name from its beginning, without spaces."""
    GRAM = "g"
    PLACE = "p"
    """Category, province, region, group: their words' skeletons."""
    PLACE_HEAD = "r"
    """A place's name as a whole, without spaces."""
    PLACE_GRAM = "q"
    TEXT = "t"
    KIND = "k"
    """What the category lists and the name says too: this good is that, and not only with it or for it."""


class How(enum.StrEnum):
    """How a leaf's text must stand in its field."""

    EXACT = "exact"
    PREFIX = "prefix"
    PHRASE = "phrase"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One condition. A phrase's text is trigrams with spaces between them: neighbours in this order."""

    points: int
    field: Field
    text: str
    how: How = How.EXACT


@dataclass(frozen=True, slots=True)
class Best:
    """Any of them; the points of the one that has most."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class All:
    """All of them; the points of all."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least `least` of them; the points of those that hold."""

    parts: tuple[Leaf, ...]
    least: int


Node = Leaf | Best | All | Some
