"""What each figure may be at most (issue: benchmark). A budget holds at every size unless it says otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.bench.arithmetic import Figures, ratio
from tests.bench.hub import PAGES

HUB = tuple(PAGES)
CPU = {
    "listing": ("C", 4.0),
    "category": ("C", 4.5),
    "product": ("C", 2.5),
    "kept": ("H", 2.5),
    "place3": ("place1", 1.25),
    **dict.fromkeys(HUB, ("C", 6.0)),
    "story": ("C", 4.0),
    "story_kept": ("H", 2.5),
    "stories": ("C", 4.0),
}
"""Processor time of a target as a multiple of another, round by round."""
QUERIES = {"listing": 8, "product": 10, "purchase": 80, "place3": 40, **dict.fromkeys(HUB, 15)}
GROWTH = {"category": 2.0}
USUAL_GROWTH = 1.1
"""Processor time at the largest size as a multiple of that at the smallest."""
FLOORS = ("H", "C")


@dataclass(frozen=True)
class Verdict:
    """One budget, what was measured, and whether it is met."""

    name: str
    measured: float
    limit: float

    @property
    def met(self) -> bool:
        """True within the budget."""
        return self.measured <= self.limit

    def __str__(self) -> str:
        return f"{self.name}: {self.measured:.2f}, at most {self.limit:g}"


def judge(found: Mapping[str, Mapping[str, Figures]]) -> list[Verdict]:
    """All budgets over the figures by size (smallest first) and target."""
    return [*_within(found), *_between(found)]


def _within(found: Mapping[str, Mapping[str, Figures]]) -> Iterator[Verdict]:
    for label, figures in found.items():
        for key, (base, limit) in CPU.items():
            yield Verdict(f"CPU of {key} ÷ {base} at {label}", ratio(figures[key].cpu, figures[base].cpu), limit)
        for key, most in QUERIES.items():
            yield Verdict(f"statements of {key} at {label}", figures[key].queries, most)


def _between(found: Mapping[str, Mapping[str, Figures]]) -> Iterator[Verdict]:
    small, large = next(iter(found.values())), list(found.values())[-1]
    for key in small:
        if key in FLOORS:
            continue
        more = ratio(large[key].cpu, small[key].cpu)
        yield Verdict(f"CPU of {key}, largest ÷ smallest", more, GROWTH.get(key, USUAL_GROWTH))
        yield Verdict(f"statements of {key}, largest − smallest", abs(large[key].queries - small[key].queries), 0)
