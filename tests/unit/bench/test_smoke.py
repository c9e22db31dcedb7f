"""The whole benchmark on a tiny market: servers start, every target answers, budgets are judged, copies are dropped."""

from __future__ import annotations

import pytest

from tests.bench import books, budgets, data
from tests.bench.__main__ import bench
from tests.bench.report import LABELS, write


@pytest.mark.slow
def test_the_benchmark_runs_on_a_tiny_market() -> None:
    found = bench(data.TINY, rounds=1)
    assert list(found) == ["tiny"]
    for figures in found.values():
        assert set(figures) == set(LABELS)
        assert all(entry.cpu_ms > 0 and len(entry.cpu) == 1 for entry in figures.values())
        assert figures["H"].queries == 0
        assert figures["C"].queries == 1
        assert figures["kept"].queries == 0
        assert figures["listing"].queries <= 8
        assert figures["place3"].queries == figures["place1"].queries
        assert figures["listing"].size > figures["listing"].zipped > 1_000
    verdicts = budgets.judge(found)
    assert len({verdict.name for verdict in verdicts}) == len(verdicts) > 30
    assert write(found, verdicts).count("| floor C: 20 bare cards |") == 1
    with data.admin() as connection:
        left = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'market_bench_tiny%_run'")
        assert left.fetchall() == []


@pytest.mark.slow
def test_the_pages_of_the_money_are_measured() -> None:
    found = books.measure(data.TINY[0], entries=2_000, rounds=1)
    assert set(found) == set(books.LABELS)
    assert all(entry.cpu_ms > 0 and len(entry.cpu) == 1 for entry in found.values())
    verdicts = books.judge(found)
    assert len(verdicts) == 2 * (len(books.LABELS) - 2)
    text = books.write(found, verdicts, 2_000)
    assert "2,000 entries of 400 days with\n11,000 postings" in text
    assert all(f"| {label} |" in text for label in books.LABELS.values())
