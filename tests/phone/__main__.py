"""python -m tests.phone [--runs N] [--only home,product] [--dry]: measures, writes docs/performance.md, names what is missed."""

from __future__ import annotations

import argparse
import os
import sys

RUNS = 5


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.phone", description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--only", default="", help="names of tests.phone.walk.STOPS")
    parser.add_argument("--dry", action="store_true", help="prints, and leaves docs/performance.md alone")
    parser.add_argument("--files", action="store_true", help="names everything that came")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    from playwright.sync_api import sync_playwright

    from tests import screens

    with screens.market("market_phone") as address, sync_playwright() as playwright:
        from tests.bench import document
        from tests.browser import server
        from tests.phone import budgets, report, walk
        from tests.tour import facts
        from tests.tour.chromium import launch

        known = server.ask("market_phone", facts.gather)
        browser = launch(playwright)
        names = options.only.split(",") if options.only else list(walk.STOPS)
        found = {name: walk.Seen() for name in names}
        for run in range(options.runs + 1):
            for name in names:  # interleaved; the first round warms the server and is forgotten
                walk.visit(browser, address, known, name, walk.Seen() if run == 0 else found[name])
            print(f"round {run} of {options.runs}", flush=True)
        verdicts = budgets.judge(found)
        cores = os.cpu_count() or 1
        text = report.write(found, verdicts, version=browser.version, runs=options.runs, cores=cores)
        browser.close()
    print(text)
    for name, seen in found.items():
        for kind, loads in (("first", seen.first), ("again", seen.repeat)) if options.files else ():
            for size, file in sorted(loads[-1].files, reverse=True):
                print(f"{name}, {kind}: {size:8,} {file}")
        for shift in dict.fromkeys(seen.shifts):
            print(f"shift on {name}: {shift}")
    if not options.dry:
        document.put("phone", text)
    missed = [verdict for verdict in verdicts if not verdict.met]
    for verdict in missed:
        print(f"MISSED: {verdict}", file=sys.stderr)
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
