"""The benchmark of search: its pages on both engines beside the floors, the engines beside raw questions, and the making of indices."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from tests import elasticsearch
from tests.bench import cpu, data, words
from tests.bench.arithmetic import Figures, percentile, ratio
from tests.bench.budgets import Verdict
from tests.bench.measure import AT_ONCE, Results, measure_round, warm_and_count
from tests.bench.server import Server
from tests.bench.targets import search_targets

PAGE, SUGGEST, ENGINE, SUGGEST_MS, STATEMENTS = 4.0, 2.5, 1.5, 50.0, 8
"""The page's processor time in C; suggestions in raw questions; the engine in what it sends; suggestions at most; statements."""
_ENGINES = ("embedded", "elasticsearch")
Samples = dict[str, dict[str, dict[str, list[float]]]]


@dataclass
class Found:
    """All that was measured at one size."""

    pages: dict[str, Results] = field(default_factory=dict)
    samples: Samples = field(default_factory=dict)
    index: dict[str, float] = field(default_factory=dict)


@contextmanager
def _engine() -> Iterator[tuple[str, int]]:
    """The address and process of a fresh Elasticsearch; nothing where none can be had, which is said."""
    with ExitStack() as stack:
        try:
            address = stack.enter_context(elasticsearch.running("bench"))
        except (RuntimeError, OSError, subprocess.CalledProcessError) as error:
            print(f"Without Elasticsearch: {error}", file=sys.stderr)
            yield "", 0
            return
        yield address, elasticsearch.pid("bench")


def measure(sizes: Sequence[data.Size], rounds: int, *, with_elasticsearch: bool = True) -> dict[str, Found]:
    """One size after the other, on a copy of its own; within a size everything is interleaved."""
    data.collect_files()
    found = {}
    for size in sizes:
        data.prepare(size)
        try:
            with _engine() if with_elasticsearch else _nothing() as (address, pid):
                found[size.label] = _measure(size, rounds, address, pid)
        finally:
            data.drop(size.copy)
    return found


@contextmanager
def _nothing() -> Iterator[tuple[str, int]]:
    yield "", 0


def _measure(size: data.Size, rounds: int, address: str, pid: int) -> Found:
    print(f"search at {size.label}: indices", flush=True)
    found = Found(index=_ask(size, address, "index"))
    with ExitStack() as stack:
        servers = {"embedded": stack.enter_context(Server(size.copy))}
        if address:
            servers["elasticsearch"] = stack.enter_context(Server(size.copy, address, pid))
        wanted = {name: search_targets() for name in servers}
        for name, server in servers.items():
            warm_and_count(server, wanted[name], found.pages.setdefault(name, {}))
        for number in range(rounds):
            print(f"search at {size.label}: round {number + 1} of {rounds}", flush=True)
            for name, server in servers.items():
                measure_round(server, wanted[name], found.pages[name], number=number)
        for name, server in servers.items():
            found.index[f"{name}_web_mb"] = server.memory_mb()
    print(f"search at {size.label}: the engines alone", flush=True)
    found.samples = _ask(size, address, str(max(1, rounds)))
    if pid:
        found.index["elasticsearch_mb"] = sum(cpu.memory(one) for one in cpu.tree(pid)) / 1024
    return found


def _ask(size: data.Size, address: str, what: str) -> dict:  # type: ignore[type-arg]
    line = data.run_in_copy(
        size, "tests.bench.engines", what, failed="search could not be asked", ELASTICSEARCH_URL=address
    )
    told: dict = json.loads(line)  # type: ignore[type-arg]
    return told


def judge(found: dict[str, Found]) -> list[Verdict]:
    """The budgets of search at every size and on every engine."""
    verdicts = []
    for label, one in found.items():
        for engine, pages in one.pages.items():
            at = f"at {label}, {engine}"
            for kind in words.TEXTS:
                name = words.LABELS[kind]
                verdicts.append(Verdict(f"CPU of the page of {name} ÷ C {at}", _over(pages, kind), PAGE))
                if kind != "misspelt":  # read three times, each an own question
                    verdicts.append(Verdict(f"statements of the page of {name} {at}", pages[kind].queries, STATEMENTS))
                samples = one.samples[engine][kind]
                verdicts.append(
                    Verdict(f"engine ÷ sent raw, {name} {at}", ratio(samples["engine"], samples["raw"]), ENGINE)
                )
            samples = one.samples[engine]["suggest"]
            verdicts.append(
                Verdict(f"suggestions ÷ raw question {at}", _half(samples, "whole") / _half(samples, "raw"), SUGGEST)
            )
            verdicts.append(Verdict(f"suggestions over HTTP, p50 ms {at}", pages["suggest"].p50_ms, SUGGEST_MS))
    return verdicts


def _over(pages: Results, kind: str) -> float:
    return ratio(pages[kind].cpu, pages["C"].cpu)


def _with_engine(pages: Results, kind: str) -> float:
    both = [used + asked for used, asked in zip(pages[kind].cpu, pages[kind].engine, strict=True)]
    return ratio(both, pages["C"].cpu)


def _half(samples: dict[str, list[float]], what: str) -> float:
    return percentile(samples[what], 50) * 1000


_INTRO = """## Search

Made by `make bench` (alone: `python -m tests.bench --only search`); do not edit. {date}, {cores} cores, {rounds} rounds, {at_once} requests at once
over loopback; load of the machine at the end {load:.0f}, so that milliseconds say little where it is above {cores}. **CPU** is that of the web process and of its database backends, and so is C: the budget is on this. What **Elasticsearch** used stands beside
it, its whole process with warming up and what it does by itself, and the sum of both as a multiple of C: another machine's work in production, and here a
server that has answered a few hundred questions in its life, so that much of it still runs without having been compiled.
Every text is asked with signs behind it that mean nothing and were never asked before, so that nothing is kept for it. The texts: `tests/bench/words.py`.

* **whole** is reading the words and finding; **engine** the engine alone; **sent raw** what it sends, by the driver, the answer read; **floor** the shortest
  question with such an answer: one condition, no order, no counts. Of suggestions the raw question asks for the eight shortest names with a word that begins so.
"""


def write(found: dict[str, Found], verdicts: Sequence[Verdict]) -> str:
    """The section."""
    rounds = " and ".join(f"{len(one.pages['embedded']['C'].cpu)} ({label})" for label, one in found.items())
    today = dt.datetime.now(dt.UTC).date().isoformat()
    text = _INTRO.format(date=today, cores=os.cpu_count(), rounds=rounds, at_once=AT_ONCE, load=os.getloadavg()[2])
    without = [label for label, one in found.items() if "elasticsearch" not in one.pages]
    if without:
        text += f"\n**Elasticsearch was not measured at {' and '.join(without)}: only the embedded engine was.**\n"
    for label, one in found.items():
        text += _pages(label, one) + _engines(label, one) + _index(label, one)
    rows = [f"| {v.name} | {v.measured:.2f} | {v.limit:g} | {'met' if v.met else '**missed**'} |\n" for v in verdicts]
    return text + "\n| budget | measured | at most | |\n|---|--:|--:|---|\n" + "".join(rows)


def _pages(label: str, one: Found) -> str:
    lines = [
        f"\n### Pages at {label}\n\n| page | engine | CPU ms | × C | Elasticsearch ms | × C with it "
        "| statements | p50 ms | p99 ms |\n|---|---|--:|--:|--:|--:|--:|--:|--:|\n"
    ]
    for kind in ("C", *words.KINDS):
        for engine, pages in one.pages.items():
            entry: Figures = pages[kind]
            name = "floor C: 20 bare cards" if kind == "C" else words.LABELS[kind]
            engine_s = f"{entry.engine_ms:.2f} | {_with_engine(pages, kind):.1f}" if any(entry.engine) else " | "
            cells = f"{entry.cpu_ms:.2f} | {_over(pages, kind):.1f} | {engine_s} | {entry.queries}"
            cells += f" | {entry.p50_ms:.1f} | {entry.p99_ms:.1f}"
            lines.append(f"| {name} | {engine} | {cells} |\n")
    return "".join(lines)


def _engines(label: str, one: Found) -> str:
    head = "| question | engine | whole p50 ms | p99 | engine p50 | sent raw p50 | floor p50 |\n|---|---|--:|--:|--:|--:|--:|\n"
    lines = [f"\n### Engines at {label}, without pages\n\n{head}"]
    for kind in words.KINDS:
        for engine, kinds in one.samples.items():
            samples = kinds[kind]
            cells = [f"{_half(samples, 'whole'):.2f}", f"{percentile(samples['whole'], 99) * 1000:.2f}"]
            cells += [f"{_half(samples, what):.2f}" if what in samples else "" for what in ("engine", "raw", "floor")]
            lines.append(f"| {words.LABELS[kind]} | {engine} | {' | '.join(cells)} |\n")
    return "".join(lines)


def _index(label: str, one: Found) -> str:
    at = one.index
    lines = [
        f"\n### Indices at {label}\n\n| what | embedded | Elasticsearch |\n|---|--:|--:|\n",
        f"| documents a second, read, analysed and written | {at['embedded_per_s']:,.0f} | {_number(at, 'elastic_per_s')} |\n",
        f"| size, MB (of it the GIN) | {at['table_bytes'] / 1e6:,.0f} ({at['gin_bytes'] / 1e6:,.0f}) "
        f"| {_number(at, 'elastic_bytes', 1e6)} |\n",
        f"| memory of a web process, MB | {at['embedded_web_mb']:,.0f} | {_number(at, 'elasticsearch_web_mb')} |\n",
        f"| memory of the engine's own process, MB | | {_number(at, 'elasticsearch_mb')} |\n",
        f"\n{at['documents']:,.0f} documents; making indices took a process of at most {at['peak_kb'] / 1024:,.0f} MB.\n",
    ]
    return "".join(lines)


def _number(at: dict[str, float], name: str, unit: float = 1) -> str:
    return f"{at[name] / unit:,.0f}" if name in at else ""
