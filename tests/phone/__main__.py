"""python -m tests.phone [--runs N] [--only home,product] [--dry]: measures, writes docs/performance.md, names what is missed."""

from __future__ import annotations

import argparse
import os
import sys
from typing import Any

RUNS = 5
DATABASE = "market_phone"


def arguments() -> argparse.Namespace:
    """The words of the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.phone", description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--only", default="", help="names of tests.phone.walk.STOPS")
    parser.add_argument("--dry", action="store_true", help="prints, and leaves docs/performance.md alone")
    parser.add_argument("--files", action="store_true", help="names everything that came")
    return parser.parse_args()


def measure(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    """Visits every page so many times; returns what was seen, and the browser's version."""
    from playwright.sync_api import sync_playwright

    from tests import screens

    with screens.market(DATABASE) as address, sync_playwright() as playwright:
        from tests.browser import server
        from tests.phone import walk
        from tests.tour import facts
        from tests.tour.chromium import launch

        known = server.ask(DATABASE, facts.gather)
        browser = launch(playwright)
        names = options.only.split(",") if options.only else list(walk.STOPS)
        found = {name: walk.Seen() for name in names}
        for run in range(options.runs + 1):
            for name in names:  # interleaved; the first round warms the server and is forgotten
                walk.visit(browser, address, known, name, walk.Seen() if run == 0 else found[name])
            print(f"round {run} of {options.runs}", flush=True)
        version = browser.version
        browser.close()
    return found, version


def _say(found: dict[str, Any], *, files: bool) -> None:
    """What moved, and on request every file."""
    for name, seen in found.items():
        for kind, loads in (("first", seen.first), ("again", seen.repeat)) if files else ():
            for size, file in sorted(loads[-1].files, reverse=True):
                print(f"{name}, {kind}: {size:8,} {file}")
        for shift in dict.fromkeys(seen.shifts):
            print(f"shift on {name}: {shift}")


def main() -> None:
    """The command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    options = arguments()
    found, version = measure(options)
    from tests.bench import document
    from tests.phone import budgets, report

    verdicts = budgets.judge(found)
    text = report.write(found, verdicts, version=version, runs=options.runs, cores=os.cpu_count() or 1)
    print(text)
    _say(found, files=options.files)
    if not options.dry:
        document.put("phone", text)
    missed = [verdict for verdict in verdicts if not verdict.met]
    for verdict in missed:
        print(f"MISSED: {verdict}", file=sys.stderr)
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
