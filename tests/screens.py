"""Takes the screenshots of docs/screenshots: `make screens`, or `python -m tests.screens --stops home,product --widths 360`.

The pages are those of the tour (`tests.tour.stops`), on a copy of the demo market of this machine, which is filled first
if it is not there. Pictures are WebP; the README's own one is a PNG.
"""

from __future__ import annotations

import argparse
import io
import itertools
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.tour.facts import Facts
    from tests.tour.stop import Stop

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "screenshots"
DATABASE = "market_screens"
README = ("home", "th", "light", 1280)
HEIGHTS = {360: 740, 768: 1024, 1280: 900}
LONGEST = 3_000
"""Pixels of a page that are kept; what is below repeats."""
PARTS = {"product-money": "#money"}
"""Of these the window is taken as it stands at a part of the page that lies below LONGEST."""
SHOP = """home listing category product product-variants search groups group networks network-region network-province
register certificate trace basket checkout confirm order-new account account-orders favourites following addresses
privacy account-delete login signup story filter-sheet""".split()
"""What buyers see: in both languages and schemes, at three widths."""
DESK = """workspace-home workspace-desk workspace-acting workspace-below workspace-orders workspace-order
workspace-order-to-send packing packing-short
workspace-goods workspace-stock workspace-stock-errors workspace-sheet workspace-sheet-ready
workspace-sheet-problems workspace-goods-drafts workspace-goods-new workspace-goods-new-errors workspace-product
workspace-product-pictures workspace-product-texts workspace-product-english workspace-product-category
workspace-product-measures workspace-product-origin workspace-product-certificates workspace-product-price
workspace-product-price-errors workspace-product-prices workspace-product-past workspace-product-variants
workspace-product-variant-new workspace-product-met workspace-exemption workspace-lots workspace-lot-choose
workspace-lot-enter shop-page-index shop-page-story shop-page-banner shop-page-faces shop-page-gallery shop-page-goods
shop-page-contact shop-page-contact-errors shop-page-video shop-page-preview shop-page-versions shop-page-version
record record-edit record-account record-support record-trainings workspace-people workspace-grants workspace-history
papers paper-kinds paper-hand-in paper-errors paper paper-sent-back paper-renewal""".split()
"""Every page of a group's workspace."""
DESK_ENGLISH = ["workspace-desk", "workspace-product", "workspace-order", "shop-page-index"]
WORK = [
    *DESK,
    *"""apply apply-who-known apply-where apply-what apply-money-errors apply-check office-groups office-group office-page
office-papers office-paper office-paper-verified office-import office-import-ready office-import-problems
office-goods office-good office-lot
pay-promptpay pay-processing pay-lapsed pay-arrived pay-down pay-card pay-card-back pay-card-declined pay-transfer pay-slip-sent
pay-slip-errors pay-review pay-over pay-cash pay-test pay-declined pay-expired certificate-labels certificate-slip trace-recalled trace-labels
search-nothing office-search office-boosts""".split(),
]
"""Workspaces, offices and paper: in Thai, light, on a phone and a desk."""


TOLD = """news news-release news-gallery news-steps news-lots news-of-fair knowledge article article-table fairs fair
fair-past trainings training""".split()
"""What the department tells: in both languages, light, on a phone and a desk."""
NEWSROOM = ["newsroom", "newsroom-release", "newsroom-both"]
"""How an editor writes it, in Thai."""


@dataclass(frozen=True)
class Round:
    """Stops in one look: what is opened with a browser of this language, scheme and width."""

    stops: list[str]
    language: str
    scheme: str
    width: int


def arguments() -> argparse.Namespace:
    """What to take; without options all of SHOP and WORK."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stops", default="", help="names of tests.tour.stops, or `all`")
    parser.add_argument("--widths", default="360,768,1280")
    parser.add_argument("--languages", default="th,en")
    parser.add_argument("--schemes", default="light,dark")
    return parser.parse_args()


@contextmanager
def market(database: str = DATABASE) -> Iterator[str]:
    """A copy of the demo market as `database`, served; dropped afterwards."""
    from shop import launch

    launch.prepare()
    from django.db import connections

    from tests.browser import server
    from tests.standin import beside

    source = connections["default"].settings_dict["NAME"]
    connections.close_all()
    server._copy(source, database)
    port = server._free_port()
    address = f"http://127.0.0.1:{port}"
    environment = {**os.environ, "DB_NAME": database, "SITE_URL": address, "LOG_LEVEL": "WARNING"}
    commands = [
        [sys.executable, "-m", "gunicorn", "shop.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "8"],
        [sys.executable, "manage.py", "db_worker", "--interval", "1"],
    ]
    log = ROOT / "var" / f"{database}.log"
    with log.open("w") as lines, beside(address) as payments:
        facts = {"cwd": ROOT, "env": {**environment, **payments}, "stdout": lines, "stderr": lines}
        processes = [subprocess.Popen(command, **facts) for command in commands]
        try:
            server._wait_until_open(address, processes[0], log)
            yield address
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                try:
                    process.wait(10)
                except subprocess.TimeoutExpired:  # a page of the browser is still being answered
                    process.kill()
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
    image.save(file, quality=45, method=6)
    return file.stat().st_size


def main() -> None:
    """Walks the stops once for each language, scheme and width."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
    from playwright.sync_api import sync_playwright

    options = arguments()
    with market() as address:
        from tests.browser import server
        from tests.tour import facts
        from tests.tour.chromium import launch
        from tests.tour.stops import STOPS

        rounds = _rounds(options, list(STOPS))
        known = server.ask(DATABASE, facts.gather)
        total = 0
        with sync_playwright() as playwright:
            browser = launch(playwright)
            for look in rounds:
                for name in look.stops:
                    total += _take(browser, STOPS[name], look, address, known)
            browser.close()
        print(f"{total / 1_000_000:.1f} MB in {TARGET.relative_to(ROOT)}")


def _rounds(options: argparse.Namespace, every: list[str]) -> list[Round]:
    if not options.stops:
        shop = [Round(SHOP, *look) for look in itertools.product(("th", "en"), ("light", "dark"), (360, 768, 1280))]
        english = [Round(DESK_ENGLISH, "en", "light", 360)]
        told = [Round(TOLD, language, "light", width) for language in ("th", "en") for width in (360, 1280)]
        told += [Round(NEWSROOM, "th", "light", width) for width in (360, 1280)]
        return shop + told + [Round(WORK, "th", "light", width) for width in (360, 1280)] + english
    names = every if options.stops == "all" else options.stops.split(",")
    looks = itertools.product(options.languages.split(","), options.schemes.split(","), options.widths.split(","))
    return [Round(names, language, scheme, int(width)) for language, scheme, width in looks]


def _take(browser: Browser, stop: Stop, look: Round, address: str, known: Facts) -> int:
    """One picture of one stop; returns its bytes."""
    from tests.tour import visit

    context = browser.new_context(
        viewport={"width": look.width, "height": HEIGHTS.get(look.width, 900)},
        color_scheme="dark" if look.scheme == "dark" else "light",
        reduced_motion="reduce",
        locale="th-TH" if look.language == "th" else "en-GB",
    )
    one = visit.Visit(context.new_page(), address, known, "" if look.language == "th" else "/en")
    if stop.who:
        visit.Visit(one.page, address, known).log_in(stop.who)
    stop.go(one)
    _settle(one.page)
    shown = f"{stop.name}-{look.language}-{look.width}-{look.scheme}"
    is_sheet = stop.name == "filter-sheet" or (stop.name == "search-filters" and look.width < 900)
    part = PARTS.get(stop.name, "")
    if part:
        one.page.locator(part).evaluate("part => part.scrollIntoView()")
    picture = _picture(one.page, whole=not part and not is_sheet)
    size = save(picture, shown, look.width, as_png=(stop.name, look.language, look.scheme, look.width) == README)
    one.leave()
    context.close()
    print(f"  {shown}", flush=True)
    return size


def _picture(page: Page, *, whole: bool) -> bytes:
    """The whole page in one window of its height, so that the bar at the bottom edge stands at the bottom."""
    if whole:
        width = page.evaluate("innerWidth")
        height = page.evaluate(
            "Math.max(document.documentElement.scrollHeight, ...Array.from("
            "document.querySelectorAll('.content-wrapper, main'), part => part.scrollHeight))"
        )
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
