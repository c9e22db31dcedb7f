"""Figures from samples: medians, percentiles, and ratios taken round by round, since the machine's speed drifts."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that at least `percent` of a hundred do not exceed. Raises ValueError without values."""
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    rank = -(-len(ordered) * percent // 100)  # rounded up
    return ordered[max(0, int(rank) - 1)]


def ratio(above: Sequence[float], below: Sequence[float]) -> float:
    """The median of the rounds' own ratios: each compares what was measured seconds apart. Raises ValueError."""
    if len(above) != len(below) or not above:
        raise ValueError("as many rounds above as below, and at least one")
    return statistics.median(high / low for high, low in zip(above, below, strict=True))


@dataclass
class Figures:
    """What was measured of one target at one size; one entry of `cpu`, `engine` and `per_second` per round."""

    cpu: list[float] = field(default_factory=list)
    engine: list[float] = field(default_factory=list)
    """Processor time of a search engine of its own, which is not in `cpu`."""
    per_second: list[float] = field(default_factory=list)
    each: list[float] = field(default_factory=list)
    queries: int = 0
    size: int = 0
    zipped: int = 0

    @property
    def cpu_ms(self) -> float:
        """Processor milliseconds per act."""
        return statistics.median(self.cpu) * 1000

    @property
    def engine_ms(self) -> float:
        """Processor milliseconds per act of a search engine of its own; 0 without one."""
        return statistics.median(self.engine or [0.0]) * 1000

    @property
    def rate(self) -> float:
        """Acts per second."""
        return statistics.median(self.per_second)

    @property
    def p50_ms(self) -> float:
        """Half of the acts took no longer."""
        return percentile(self.each, 50) * 1000

    @property
    def p99_ms(self) -> float:
        """99 of a hundred took no longer."""
        return percentile(self.each, 99) * 1000
