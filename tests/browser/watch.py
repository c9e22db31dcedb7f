"""Watches pages for what nobody should meet: script errors, refused resources, failed requests, bad answers."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import ConsoleMessage, Error, Page, Request, Response

_DRAWN = ("image", "font", "other")
_FRAGMENT = "/fragment/me/"
_CUT_SHORT = "Transition was aborted"
"""Chromium reports a fade between two pages that it gave up, on a machine too slow for it, as an error of the script."""


@dataclass
class Watch:
    """What went wrong on the watched pages, in words. CSP violations arrive as errors of the console."""

    problems: list[str] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        """Watches this page until it is closed."""
        page.on("console", self._console)
        page.on("pageerror", self._script)
        page.on("requestfailed", self._failed)
        page.on("response", self._answer)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.problems.append(f"console {message.type}: {message.text}")

    def _script(self, error: Error) -> None:
        if _CUT_SHORT not in error.message:
            self.problems.append(f"script error: {error}")

    def _failed(self, request: Request) -> None:
        if request.failure == "net::ERR_ABORTED" and (_FRAGMENT in request.url or request.resource_type in _DRAWN):
            return  # a page that is left early breaks off its own fragment and what it still draws; that is no failure
        self.problems.append(f"failed: {request.method} {request.url} {request.failure}")

    def _answer(self, answer: Response) -> None:
        if answer.status >= 400:
            self.problems.append(f"{answer.status}: {answer.request.method} {answer.url}")
