"""Search finds what shoppers want: the judged queries on the embedded engine, the held half apart."""

from __future__ import annotations

import os
from typing import Any

import pytest

from search.filters import Chosen
from search.finding import find
from search.query import Query, Sort
from search.understanding import forget
from tests.search_quality.corpus import judged
from tests.search_quality.loading import load_corpus
from tests.search_quality.measure import ask_all, figures


def ask(text: str) -> list[int]:
    return list(find(Query(text=text, sort=Sort.BEST), Chosen()).found.keys)


@pytest.mark.slow
def test_goals_are_reached_among_five_thousand_distractors(db: Any) -> None:
    forget()
    load_corpus()
    told = []
    for held in (False, True):
        outcomes = ask_all(ask, [entry for entry in judged() if entry.held is held])
        found = figures(outcomes)
        told.append(found)
        if os.environ.get("TELL"):
            print("\n", "held back" if held else "open", found)
            for entry in outcomes if not held else ():
                if entry.recall < 1 or entry.precision < 1:
                    print(
                        "  ", entry.judged.kind, entry.judged.query, sorted(entry.judged.wanted), "→", entry.found[:12]
                    )
            kinds = sorted({entry.judged.kind for entry in outcomes})
            for kind in kinds:
                print("  ", kind, figures([entry for entry in outcomes if entry.judged.kind == kind]))
    for found in told:
        assert found.recall >= 0.97
        assert found.mrr >= 0.95
        assert found.precision >= 0.85
