"""Fills the browser's demo market while other tests run: `python -m tests.browser.ahead RUN`, then `pytest --testrunuid RUN`.

Filling keeps one processor busy for a minute, and all test processes wait for it. Where this fails or did not run, the
first of them fills the market itself.
"""

from __future__ import annotations

import os
import sys

import django


def main(run: str) -> None:
    """Fills the market of this run; nothing where the database is not the embedded one."""
    if os.environ.get("DATABASE_URL"):
        return
    os.environ.setdefault("PGOPTIONS", "-c synchronous_commit=off")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.test")
    django.setup()
    from tests import template
    from tests.browser import server

    template.copy_to("test_market_ahead")
    server.prepare_database("test_market_ahead", run, "test_market_first")
    for name in ("test_market_ahead", "test_market_first"):
        template.drop(name)


if __name__ == "__main__":
    main(sys.argv[1])
