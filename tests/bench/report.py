"""The benchmark's section of docs/performance.md: the figures and budgets in tables, the machine in general words."""

from __future__ import annotations

import datetime as dt
import os
import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import version

from tests.bench.arithmetic import Figures, ratio
from tests.bench.budgets import Verdict
from tests.bench.data import admin
from tests.bench.measure import AT_ONCE
from tests.bench.server import THREADS, WORKERS, database_version

LABELS = {
    "H": "floor H: hello world",
    "C": "floor C: 20 bare cards",
    "home": "front page",
    "listing": "listing of 24",
    "kept": "listing from the cache",
    "category": "category with filter counts",
    "product": "product",
    "group": "shop page of a group",
    "basket": "basket with 3 lines",
    "add": "add to basket, the first good",
    "purchase": "a guest's whole purchase",
    "place3": "placing 3 lines of 3 groups",
    "place1": "placing 3 lines of 1 group",
    "story": "a story with goods",
    "story_kept": "a story from the cache",
    "stories": "all news",
    "hub": "a hub's table",
    "hub_arrivals": "what arrives at a hub",
    "hub_purchases": "purchases of a hub",
    "hub_shelf": "a hub's shelf",
    "hub_counter": "a hub's counter",
    "hub_box": "counting a box",
    "hub_parcel": "one parcel",
}
_INTRO = """Made by `make bench`; do not edit. The machine is shared and its speed drifts, so milliseconds and requests per second
say little: **the multiples count**. They compare what was measured seconds apart, in {rounds} rounds that interleave
everything, and are the medians of the rounds' own ratios.

* **CPU** is processor time per act of the web process and of the database backends that serve it, from `/proc`.
* **H** is a hello-world view and **C** a page of twenty bare cards by one query and one template. Both are served by
  the same process without any middleware (`tests/bench/floors.py`): the least that Django can do here.
* Pages are made anew for each request, except "from the cache". What follows from the catalogue's version alone (names of
  categories, counts of the plain listing) is kept as it is for every visitor; the category's counts and its filter
  form are computed for each request, by asking each time for another highest price above all prices.
* "A guest's whole purchase" is listing, product, three goods into the basket, basket, address form, address, total, order
  and the order's page: 10 requests. "Placing" is the one request that orders, paid at the door.
* The hub is one with as many open vendor orders as the market has orders: 500 and 5,000.
* Statements include those that open and close transactions. Bytes are the page alone, gzip at level 6.

{date}; {cores} cores; Python {python}, Django {django}, Oscar {oscar}, Wagtail {wagtail}, PostgreSQL {postgresql};
gunicorn with {workers} process and {threads} threads, {at_once} requests at once over loopback.
"""
_HEAD = """
## {label} products

| page | CPU ms | × H | × C | statements | bytes | gzip | per second | p50 ms | p99 ms |
|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|
"""
_BUDGETS = """
## Budgets

| budget | measured | at most | |
|---|--:|--:|---|
"""


def write(found: Mapping[str, Mapping[str, Figures]], verdicts: Sequence[Verdict]) -> str:
    """The section."""
    return _intro(found) + "".join(_table(label, figures) for label, figures in found.items()) + _verdicts(verdicts)


def _intro(found: Mapping[str, Mapping[str, Figures]]) -> str:
    first = next(iter(found.values()))
    with admin() as connection:
        postgresql = database_version(connection)
    return _INTRO.format(
        rounds=len(first["C"].cpu),
        date=dt.datetime.now(dt.UTC).date().isoformat(),
        cores=os.cpu_count(),
        python=platform.python_version(),
        django=version("django"),
        oscar=version("django-oscar"),
        wagtail=version("wagtail"),
        postgresql=postgresql,
        workers=WORKERS,
        threads=THREADS,
        at_once=AT_ONCE,
    )


def _table(label: str, figures: Mapping[str, Figures]) -> str:
    return _HEAD.format(label=label) + "".join(_row(key, entry, figures) for key, entry in figures.items())


def _row(key: str, entry: Figures, figures: Mapping[str, Figures]) -> str:
    multiples = [f"{ratio(entry.cpu, figures[floor].cpu):.1f}" for floor in ("H", "C")]
    size = [f"{number:,}" if number else "" for number in (entry.size, entry.zipped)]
    times = [f"{entry.rate:,.0f}", f"{entry.p50_ms:.1f}", f"{entry.p99_ms:.1f}"]
    cells = [LABELS[key], f"{entry.cpu_ms:.2f}", *multiples, str(entry.queries), *size, *times]
    return f"| {' | '.join(cells)} |\n"


def _verdicts(verdicts: Sequence[Verdict]) -> str:
    rows = [
        f"| {entry.name} | {entry.measured:.2f} | {entry.limit:g} | {'met' if entry.met else '**missed**'} |\n"
        for entry in verdicts
    ]
    return _BUDGETS + "".join(rows)
