"""The system's Chromium, started the same way everywhere."""

from __future__ import annotations

import shutil

from playwright.sync_api import Browser, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
_QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def launch(playwright: Playwright) -> Browser:
    """Starts it. Without a Chromium nothing is skipped: the run fails and says what to install."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        raise RuntimeError("These tests need Chromium. `make system` installs it (Debian: apt-get install chromium).")
    return playwright.chromium.launch(executable_path=path, args=list(_QUIET))
