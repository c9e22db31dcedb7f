"""What a page may cost a person with a slow phone (issue: a shop people trust at first sight)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tests.bench.budgets import Verdict
from tests.phone.walk import STOPS, Seen

LCP_MS = 2_000
CLS = 0.05
TOUCH_MS = 200
FIRST_LOAD = 250_000
SCRIPT = 30_000
REPEAT = 30_000
"""Bytes of a second visit: the page itself where it may not be kept, and the private fragment."""


def heaviest(seen: Seen) -> int:
    """Bytes of the heaviest first load."""
    return max(one.bytes for one in seen.first)


def weights(name: str, seen: Seen) -> Iterator[Verdict]:
    """Budgets that do not depend on how busy the machine is."""
    yield Verdict(f"layout shift of {name}", max(seen.cls), CLS)
    yield Verdict(f"bytes of the first load of {name}", heaviest(seen), FIRST_LOAD)
    yield Verdict(f"bytes of script of {name}", max(one.script for one in seen.first), SCRIPT)
    yield Verdict(f"bytes of a repeated visit of {name}", max(one.bytes for one in seen.repeat), REPEAT)


def judge(found: Mapping[str, Seen]) -> list[Verdict]:
    """All budgets of the pages that have one."""
    verdicts = []
    for name, seen in found.items():
        if STOPS[name].only_informs:
            continue
        verdicts.append(Verdict(f"largest paint of {name}, ms", seen.middle(seen.lcp), LCP_MS))
        verdicts.extend(weights(name, seen))
        if seen.touch:
            verdicts.append(Verdict(f"answer to a touch on {name}, ms", seen.middle(seen.touch), TOUCH_MS))
    return verdicts
