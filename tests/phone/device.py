"""A slow phone on a slow line: processor, network, screen, and what its browser measures of itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, TimeoutError

SCREEN = {"width": 360, "height": 640}
DENSITY = 2
SLOWER = 4
DOWN_KBIT, UP_KBIT, ROUND_TRIP_MS = 1_600, 750, 150
KEPT = ("", "")
LOADED_MS = 60_000
QUIET_MS = 600
"""So long must nothing come over the line until a page counts as loaded."""

OBSERVE = """
(() => {
  const felt = { lcp: 0, lcpWhat: "", cls: 0, shifts: [], slowest: 0, slowestWhat: "" };
  const label = (node) => !node ? "" :
    `${node.nodeName.toLowerCase()}${typeof node.className === "string" && node.className ? "." + node.className : ""}`;
  window.__felt = felt;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) { felt.lcp = entry.startTime; felt.lcpWhat = label(entry.element); }
  }).observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) {
      felt.cls += entry.value;
      felt.shifts.push(`${entry.value.toFixed(3)} ${(entry.sources || []).map((one) => label(one.node)).join(" ")}`);
    }
  }).observe({ type: "layout-shift", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.interactionId && entry.duration > felt.slowest) {
      felt.slowest = entry.duration;
      felt.slowestWhat = entry.name;
      try { sessionStorage.setItem("felt", JSON.stringify([entry.duration, entry.name])); } catch { /* not on this page */ }
    }
  }).observe({ type: "event", buffered: true, durationThreshold: 16 });
})();
"""


@dataclass
class Traffic:
    """What came over the line."""

    bytes: int = 0
    script: int = 0
    requests: int = 0
    unchanged: int = 0
    by_kind: dict[str, int] = field(default_factory=dict)
    files: list[tuple[int, str]] = field(default_factory=list)


class Stuck(AssertionError):
    """A page did not come to the end of its load; the words name what was still awaited."""


@dataclass
class Phone:
    """One phone with an empty cache. `line` is kept busy by the page that is open."""

    context: BrowserContext
    page: Page
    wire: CDPSession
    _coming: dict[str, tuple[str, str]] = field(default_factory=dict)
    _sent: dict[str, str] = field(default_factory=dict)
    """Addresses asked for and neither come nor given up."""
    traffic: Traffic = field(default_factory=Traffic)

    def open(self, address: str) -> Traffic:
        """Loads an address and waits until the line is quiet; returns what it took. Raises `Stuck`."""
        self.traffic = Traffic()
        self._sent.clear()
        try:
            answer = self.page.goto(address, wait_until="load", timeout=LOADED_MS)
        except TimeoutError as error:
            raise Stuck(
                f"{address} after {LOADED_MS} ms: {self.traffic}, awaits {sorted(self._sent.values())}"
            ) from error
        assert answer is not None, address
        assert answer.status in (200, 304), f"{address}: {answer.status}"
        self.settle()
        loaded, self.traffic = self.traffic, Traffic()
        return loaded

    def settle(self) -> None:
        """Waits until nothing has come for a while."""
        before = -1
        while before != self.traffic.requests:
            before = self.traffic.requests
            self.page.wait_for_timeout(QUIET_MS)

    def felt(self) -> dict[str, Any]:
        """What the page's observers saw so far."""
        return dict(self.page.evaluate("window.__felt"))

    def again(self) -> Page:
        """A new tab of the same phone: memory is empty, the cache is not."""
        self.page.close()
        self.page = self.context.new_page()
        self.wire = slow_down(self.context, self.page)
        self.listen()
        return self.page

    def listen(self) -> None:
        """Counts what comes over the line; what the cache answers is not counted."""
        self.wire.on("Network.requestWillBeSent", self._asked)
        self.wire.on("Network.responseReceived", self._answered)
        self.wire.on("Network.responseReceivedExtraInfo", self._status)
        self.wire.on("Network.requestServedFromCache", lambda event: self._kept(event["requestId"]))
        self.wire.on("Network.loadingFinished", self._finished)
        self.wire.on("Network.loadingFailed", lambda event: self._sent.pop(event["requestId"], None))

    def _asked(self, event: dict[str, Any]) -> None:
        self._sent[event["requestId"]] = event["request"]["url"]

    def _answered(self, event: dict[str, Any]) -> None:
        answer = event["response"]
        if answer.get("fromDiskCache") or answer.get("fromPrefetchCache") or not answer["url"].startswith("http"):
            self._kept(event["requestId"])
        elif self._coming.get(event["requestId"]) != KEPT:
            self._coming[event["requestId"]] = (event["type"], answer["url"])

    def _status(self, event: dict[str, Any]) -> None:
        self.traffic.unchanged += event["statusCode"] == 304

    def _kept(self, request: str) -> None:
        self._coming[request] = KEPT

    def _finished(self, event: dict[str, Any]) -> None:
        self._sent.pop(event["requestId"], None)
        kind, address = self._coming.pop(event["requestId"], KEPT)
        size = int(event["encodedDataLength"])
        if not kind or not size:
            return
        self.traffic.requests += 1
        self.traffic.bytes += size
        self.traffic.script += size if kind == "Script" else 0
        self.traffic.by_kind[kind] = self.traffic.by_kind.get(kind, 0) + size
        self.traffic.files.append((size, urlsplit(address).path))


def show_whole(wire: CDPSession) -> None:
    """Makes the display as large as the phone's screen in pixels.

    Playwright makes the window as large as the screen in points, and the window is the display of a headless browser: at two
    pixels each only the upper left quarter of the page is on it. A frame that changes nothing there is never drawn
    (viz: "Draw skipped"), and Event Timing waits for the next one that does. A press at the lower edge then took as long as
    the server's answer, or was not timed at all where nothing else changed.
    """
    window = wire.send("Browser.getWindowForTarget")["windowId"]
    size = {side: points * DENSITY for side, points in SCREEN.items()}
    wire.send("Browser.setWindowBounds", {"windowId": window, "bounds": size})


def slow_down(context: BrowserContext, page: Page) -> CDPSession:
    """Puts a page on the slow phone and the slow line."""
    wire = context.new_cdp_session(page)
    show_whole(wire)
    wire.send("Network.enable")
    line = {"latency": ROUND_TRIP_MS, "downloadThroughput": DOWN_KBIT * 125, "uploadThroughput": UP_KBIT * 125}
    wire.send("Network.emulateNetworkConditions", {"offline": False, **line})
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return wire


@contextmanager
def phone(browser: Browser, language: str = "th") -> Iterator[Phone]:
    """A phone that was never here: cold cache, no cookie."""
    context = browser.new_context(
        viewport=SCREEN,  # type: ignore[arg-type]
        device_scale_factor=DENSITY,
        is_mobile=True,
        has_touch=True,
        locale="th-TH" if language == "th" else "en-GB",
    )
    context.set_default_timeout(LOADED_MS)
    context.add_init_script(OBSERVE)
    page = context.new_page()
    one = Phone(context, page, slow_down(context, page))
    one.listen()
    try:
        yield one
    finally:
        context.close()
