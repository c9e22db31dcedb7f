"""The phone's section of docs/performance.md."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from tests.bench.budgets import Verdict
from tests.phone import device
from tests.phone.walk import Seen

_INTRO = """## As felt on a slow phone

Made by `make phone`; do not edit. Real Chromium {version} as a phone of {width} × {height} points at {density} pixels each,
its processor {slower} × slower, {down:.1f} Mbit/s down, {up} kbit/s up and {trip} ms for each round trip, simulated by the
browser itself; its display holds all of these pixels, so that a press is timed to its own frame wherever it is. The market
runs as in production: gunicorn with hashed and packed static files. Every first load meets an empty cache; figures are
medians of {runs} visits, shifts and bytes the largest of them. {date}; the machine has {cores} cores and was shared, so
milliseconds drift upwards; bytes and shifts do not.

* **Largest paint**: when the largest picture or text of the first screen stood. **Shift**: everything that moved by itself,
  down to the end of the page. **Touch**: from the finger to the next frame, in filters, menus, quantities, "add to basket".
* **Bytes**: all that came over the line until it was quiet, headers included; **script** and **pictures** among them.
* **Again**: the same page in a new tab; static files and pictures are not even asked for, public pages answer 304.

| page | largest paint ms | of | shift | touch ms | bytes | requests | script | fonts | pictures | again bytes | requests | 304 |
|---|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
"""
_BUDGETS = """
| budget | measured | at most | |
|---|--:|--:|---|
"""


def write(found: Mapping[str, Seen], verdicts: Sequence[Verdict], *, version: str, runs: int, cores: int) -> str:
    """The section."""
    head = _INTRO.format(
        version=version.split(".")[0],
        runs=runs,
        cores=cores,
        date=dt.datetime.now(dt.UTC).date().isoformat(),
        width=device.SCREEN["width"],
        height=device.SCREEN["height"],
        density=device.DENSITY,
        slower=device.SLOWER,
        down=device.DOWN_KBIT / 1000,
        up=device.UP_KBIT,
        trip=device.ROUND_TRIP_MS,
    )
    rows = "".join(_row(name, seen) for name, seen in found.items())
    judged = [
        f"| {one.name} | {one.measured:,.3g} | {one.limit:,g} | {'met' if one.met else '**missed**'} |\n"
        if one.limit < 1
        else f"| {one.name} | {one.measured:,.0f} | {one.limit:,.0f} | {'met' if one.met else '**missed**'} |\n"
        for one in verdicts
    ]
    return head + rows + _BUDGETS + "".join(judged)


def _row(name: str, seen: Seen) -> str:
    first, again = (max(loads, key=lambda one: one.bytes) for loads in (seen.first, seen.repeat))
    kinds = [f"{first.by_kind.get(kind, 0):,}" for kind in ("Script", "Font", "Image")]
    cells = [
        *(name, f"{seen.middle(seen.lcp):,.0f}", max(seen.lcp_what, key=seen.lcp_what.count), f"{max(seen.cls):.3f}"),
        *(f"{seen.middle(seen.touch):.0f}" if seen.touch else "", f"{first.bytes:,}", str(first.requests), *kinds),
        *(f"{again.bytes:,}", str(again.requests), str(again.unchanged)),
    ]
    return f"| {' | '.join(cells)} |\n"
