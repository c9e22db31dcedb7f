"""What is asked of an engine and what it answers: the same for the embedded one and for Elasticsearch.

Order: points, then the shorter name, then the older thing; or the order that was asked for, with the key last. Every count
ignores its own filter and obeys all others.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Protocol

from search.filters import Chosen
from search.models import Kind
from search.query import Counts, Query
from search.terms import Node


@dataclass(frozen=True)
class Asked:
    """Goods are asked for: conditions from the words, filters, order, page, and what staff have boosted today."""

    query: Query
    chosen: Chosen
    node: Node
    now: dt.datetime
    boosted: tuple[tuple[str, int, int], ...] = ()
    """("product" or "category", primary key, points)"""
    others_in: str = ""
    """The language of everything else that is wanted by the same conditions; empty when only goods are."""


@dataclass(frozen=True)
class Others:
    """Everything else that holds the words: (kind, key) in order, at most `MOST_OTHERS`, and of each of these kinds the number of all."""

    keys: tuple[tuple[Kind, int], ...] = ()
    numbers: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """Primary keys of the page's goods in order, and exact counts."""

    keys: tuple[int, ...]
    counts: Counts
    page: int
    others: Others | None = None
    """Everything else, where it was asked for in the same breath."""


MOST_OTHERS = 60


class Engine(Protocol):
    """The two engines."""

    name: str

    def find(self, asked: Asked) -> Found:
        """One page of goods with all counts."""
        ...

    def find_others(self, node: Node, language: str) -> Others:
        """Groups, networks, certificates, stories."""
        ...
