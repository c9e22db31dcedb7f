"""Rounds: in each of them every target at every size once, in another order, so that noise falls on all alike."""

from __future__ import annotations

import random
from collections.abc import Sequence

from tests.bench.arithmetic import Figures
from tests.bench.load import Connection, run
from tests.bench.server import Server
from tests.bench.targets import Target

AT_ONCE = 2
_WARM = 8
_COUNTS = 3  # one of them may meet the catalogue version, which each process reads again every two seconds
Results = dict[str, Figures]


def warm_and_count(server: Server, targets: Sequence[Target], found: Results) -> None:
    """Lets caches, plans and connections settle, then counts statements and bytes."""
    connection = Connection(server.port)
    for target in targets:
        run(server.port, target.acts(connection, _WARM), at_once=AT_ONCE)
    for target in targets:
        cost = min((target.count(connection) for _ in range(_COUNTS)), key=lambda entry: entry.queries)
        figures = found.setdefault(target.key, Figures())
        figures.queries, figures.size, figures.zipped = cost.queries, cost.size, cost.zipped
    connection.close()


def measure_round(server: Server, targets: Sequence[Target], found: Results, *, number: int) -> None:
    """One sample of each target."""
    order = list(targets)
    random.Random(number).shuffle(order)
    connection = Connection(server.port)
    for target in order:
        acts = target.acts(connection, target.number)
        before, engine = server.cpu_seconds(), server.engine_seconds()
        timed = run(server.port, acts, at_once=AT_ONCE)
        used, asked = server.cpu_seconds() - before, server.engine_seconds() - engine
        figures = found[target.key]
        figures.cpu.append(used / len(acts))
        figures.engine.append(asked / len(acts))
        figures.per_second.append(len(acts) / timed.whole)
        figures.each += timed.each
    connection.close()
