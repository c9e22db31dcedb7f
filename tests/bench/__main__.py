"""python -m tests.bench [--quick] [--only pages|search|books]: measures, writes docs/performance.md, and fails naming each missed budget."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack

from tests.bench import books, budgets, data, document, report, search
from tests.bench.choice import choose
from tests.bench.hub import open_desk
from tests.bench.measure import Results, measure_round, warm_and_count
from tests.bench.server import Server
from tests.bench.targets import targets
from tests.bench.told import tell

ROUNDS, QUICK_ROUNDS, SEARCH_ROUNDS, BOOKS_ROUNDS = 15, 3, 7, 9


def bench(sizes: Sequence[data.Size], rounds: int) -> dict[str, Results]:
    """Figures by size and target. Makes the databases that are missing; the runs' copies are dropped at the end."""
    data.collect_files()
    for size in sizes:
        data.prepare(size)
    found: dict[str, Results] = {size.label: {} for size in sizes}
    try:
        with ExitStack() as stack:
            servers = {size.label: stack.enter_context(Server(size.copy)) for size in sizes}
            wanted = {}
            for size in sizes:
                tell(size)
                with data.admin(size.copy) as connection:
                    wanted[size.label] = targets(choose(connection), open_desk(size))
                warm_and_count(servers[size.label], wanted[size.label], found[size.label])
            for number in range(rounds):
                print(f"round {number + 1} of {rounds}", flush=True)
                for label, server in servers.items():
                    measure_round(server, wanted[label], found[label], number=number)
    finally:
        for size in sizes:
            data.drop(size.copy)
    return found


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="three rounds, docs/performance.md is left alone")
    parser.add_argument("--only", choices=("pages", "search", "books"), help="one of the parts")
    options = parser.parse_args()
    begun = time.monotonic()
    verdicts = []
    if options.only in (None, "pages"):
        found = bench(data.SIZES, QUICK_ROUNDS if options.quick else ROUNDS)
        verdicts += budgets.judge(found)
        _tell("bench", report.write(found, verdicts), quick=options.quick)
    if options.only in (None, "search"):
        sought = search.measure(data.SIZES, QUICK_ROUNDS if options.quick else SEARCH_ROUNDS)
        judged = search.judge(sought)
        _tell("search", search.write(sought, judged), quick=options.quick)
        verdicts += judged
    if options.only in (None, "books"):
        kept = books.measure(data.TINY[0], books.ENTRIES, QUICK_ROUNDS if options.quick else BOOKS_ROUNDS)
        judged = books.judge(kept)
        _tell("books", books.write(kept, judged, books.ENTRIES), quick=options.quick)
        verdicts += judged
    print(f"Measured in {time.monotonic() - begun:.0f} s.")
    missed = [verdict for verdict in verdicts if not verdict.met]
    for verdict in missed:
        print(f"MISSED: {verdict}", file=sys.stderr)
    sys.exit(1 if missed else 0)


def _tell(section: str, text: str, *, quick: bool) -> None:
    if quick:
        print(text)
    else:
        document.put(section, text)
        print(f"{document.PATH.name} written: {section}.")


if __name__ == "__main__":
    main()
