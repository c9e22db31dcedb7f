"""Recall, precision and the place of the first right answer, over the judged queries.

recall@10 is the part of what is wanted (of ten, where more is wanted) among the first ten; precision@10 the part of
the first ten shown that is wanted, nothing found counting 0; MRR one divided by the place of the first wanted one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.search_quality.corpus import Judged
from tests.search_quality.loading import FIRST_KEY

Ask = Callable[[str], list[int]]


@dataclass(frozen=True)
class Outcome:
    """What one query found."""

    judged: Judged
    found: tuple[int, ...]

    @property
    def recall(self) -> float:
        """See the module."""
        wanted = self.judged.wanted
        return min(1.0, len(wanted & set(self.found[:10])) / min(10, len(wanted)))

    @property
    def precision(self) -> float:
        """See the module."""
        return len(self.judged.wanted & set(self.found[:10])) / len(self.found[:10]) if self.found else 0.0

    @property
    def reciprocal(self) -> float:
        """See the module."""
        return next((1 / place for place, key in enumerate(self.found[:10], 1) if key in self.judged.wanted), 0.0)


@dataclass(frozen=True)
class Figures:
    """Means over queries."""

    number: int
    recall: float
    mrr: float
    precision: float

    def __str__(self) -> str:
        return f"{self.number:3d} queries: recall@10 {self.recall:.3f}, MRR {self.mrr:.3f}, precision@10 {self.precision:.3f}"


def ask_all(ask: Ask, queries: list[Judged]) -> list[Outcome]:
    """`ask` returns primary keys of goods in order; numbers of the corpus are kept."""
    return [Outcome(judged, tuple(key - FIRST_KEY for key in ask(judged.query))) for judged in queries]


def figures(outcomes: list[Outcome]) -> Figures:
    """Means of the outcomes."""
    number = max(1, len(outcomes))
    return Figures(
        len(outcomes),
        sum(entry.recall for entry in outcomes) / number,
        sum(entry.reciprocal for entry in outcomes) / number,
        sum(entry.precision for entry in outcomes) / number,
    )
