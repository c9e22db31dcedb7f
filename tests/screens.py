"""Takes the screenshots of docs/screenshots: `make screens`, or `python -m tests.screens --stops home,product --widths 360`.

The pages are those of the tour (`tests.tour.stops`), on a copy of the demo market of this machine, which is filled first
if it is not there. Pictures are WebP; the README's own one is a PNG.
"""

from __future__ import annotations

import argparse
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "screenshots"
DATABASE = "market_screens"
README = ("home", "th", "light", 1280)
HEIGHTS = {360: 740, 768: 1024, 1280: 900}
LONGEST = 4_000
"""Pixels of a page that are kept; what is below repeats."""
MAIN = (
    *(
        "home",
        "listing",
        "category",
        "product",
        "product-variants",
        "search",
        "groups",
        "group",
        "networks",
        "network-province",
    ),
    *(
        "register",
        "certificate",
        "basket",
        "checkout",
        "confirm",
        "order-new",
        "account",
        "account-orders",
        "favourites",
        "following",
        "privacy",
        "account-delete",
        "login",
        "signup",
        "workspace-orders",
    ),
    *("workspace-order", "story", "filter-sheet"),
    *("papers", "paper-kinds", "paper-hand-in", "paper-errors", "paper", "paper-sent-back", "paper-renewal"),
    *("office-papers", "office-paper", "office-paper-verified"),
    *("office-import", "office-import-ready", "office-import-problems"),
)


def arguments() -> argparse.Namespace:
    """What to take; without options the main pages in both languages and schemes at three widths."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stops", default=",".join(MAIN), help="names of tests.tour.stops, or `all`")
    parser.add_argument("--widths", default="360,768,1280")
    parser.add_argument("--languages", default="th,en")
    parser.add_argument("--schemes", default="light,dark")
    return parser.parse_args()


@contextmanager
def market(database: str = DATABASE) -> Iterator[str]:
    """A copy of the demo market as `database`, served; dropped afterwards."""
    from shop import launch
    from tests.browser import server

    launch.prepare()
    from django.db import connections

    source = connections["default"].settings_dict["NAME"]
    connections.close_all()
    server._copy(source, database)
    port = server._free_port()
    address = f"http://127.0.0.1:{port}"
    environment = {**os.environ, "DB_NAME": database, "SITE_URL": address, "LOG_LEVEL": "WARNING"}
    command = [sys.executable, "-m", "gunicorn", "shop.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "8"]
    log = ROOT / "var" / f"{database}.log"
    with log.open("w") as lines:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=lines, stderr=lines)
        try:
            server._wait_until_open(address, process, log)
            yield address
        finally:
            process.terminate()
            process.wait(10)
            server._drop(database)


def save(picture: bytes, name: str, width: int, *, as_png: bool) -> int:
    """Writes one picture, cut below LONGEST; returns its bytes."""
    from PIL import Image

    image = Image.open(io.BytesIO(picture)).convert("RGB")
    image = image.crop((0, 0, image.width, min(image.height, LONGEST)))
    TARGET.mkdir(parents=True, exist_ok=True)
    if as_png:
        image.crop((0, 0, image.width, min(image.height, 1_600))).quantize(128).save(
            TARGET / f"home-th-{width}.png", optimize=True
        )
    file = TARGET / f"{name}.webp"
    image.save(file, quality=55, method=6)
    return file.stat().st_size


def main() -> None:
    """Walks the stops once for each language, scheme and width."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
    from playwright.sync_api import sync_playwright

    options = arguments()
    with market() as address:
        from tests.browser import server
        from tests.tour import facts, visit
        from tests.tour.chromium import launch
        from tests.tour.stops import STOPS

        names = list(STOPS) if options.stops == "all" else options.stops.split(",")
        known = server.ask(DATABASE, facts.gather)
        total = 0
        with sync_playwright() as playwright:
            browser = launch(playwright)
            for language, scheme, width in _variants(options):
                for name in names:
                    stop = STOPS[name]
                    context = browser.new_context(
                        viewport={"width": width, "height": HEIGHTS.get(width, 900)},
                        color_scheme=scheme,
                        reduced_motion="reduce",
                        locale="th-TH" if language == "th" else "en-GB",
                    )
                    one = visit.Visit(context.new_page(), address, known, "" if language == "th" else "/en")
                    if stop.who:
                        visit.Visit(one.page, address, known).log_in(stop.who)
                    stop.go(one)
                    _settle(one.page)
                    shown = f"{name}-{language}-{width}-{scheme}"
                    picture = _picture(one.page, whole=name != "filter-sheet")
                    total += save(picture, shown, width, as_png=(name, language, scheme, width) == README)
                    one.leave()
                    context.close()
                    print(f"  {shown}", flush=True)
            browser.close()
        print(f"{total / 1_000_000:.1f} MB in {TARGET.relative_to(ROOT)}")


def _variants(options: argparse.Namespace) -> list[tuple[str, str, int]]:
    return [
        (language, scheme, int(width))
        for language in options.languages.split(",")
        for scheme in options.schemes.split(",")
        for width in options.widths.split(",")
    ]


def _picture(page: Page, *, whole: bool) -> bytes:
    """The whole page in one window of its height, so that the bar at the bottom edge stands at the bottom."""
    if whole:
        width = page.evaluate("innerWidth")
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": min(max(height, HEIGHTS.get(width, 900)), LONGEST)})
        page.wait_for_timeout(100)
    return page.screenshot()


def _settle(page: Page) -> None:
    """Scrolls once to the end, so that late pictures come, and waits for them."""
    page.evaluate(
        """async () => {
            for (let y = 0; y < document.body.scrollHeight; y += 600) {
                window.scrollTo(0, y);
                await new Promise(done => setTimeout(done, 40));
            }
            window.scrollTo(0, 0);
        }"""
    )
    page.wait_for_load_state("networkidle")


if __name__ == "__main__":
    main()
