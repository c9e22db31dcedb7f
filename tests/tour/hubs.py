"""The stops of a hub at work: its day, the field for codes, counting, putting together, parcels, the counter."""

from __future__ import annotations

from tests.tour.stop import Stop, at
from tests.tour.visit import Visit

PACKER = "hub.bangkok@example.test"


def _today(visit: Visit) -> None:
    visit.open("/workspace/bangkok/hub/")


def _below(visit: Visit) -> None:
    """From the only workspace of the region's packer, by its menu."""
    visit.open("/workspace/")
    visit.open(str(visit.page.locator("a[href$='/hub/below/']").first.get_attribute("href")))


def _room(visit: Visit, name: str) -> None:
    """One of the rooms of the hub's own menu."""
    _today(visit)
    visit.open(str(visit.page.locator(f".hb-nav a[href*='/{name}/']").first.get_attribute("href")))


def _scan_error(visit: Visit) -> None:
    _room(visit, "scan")
    visit.page.fill("#code", "1234")
    visit.press("form[data-scan] .btn")
    visit.page.locator("#code_error").wait_for()


def _first(visit: Visit, room: str, tab: str = "") -> None:
    """The first row of a list."""
    _room(visit, room)
    if tab:
        visit.press(f".chips a[href='?{tab}']")
    visit.press(".hb-rows a")


def _box(visit: Visit) -> None:
    _first(visit, "transfers")
    visit.press(".hb-rows a")


def _box_differs(visit: Visit) -> None:
    _box(visit)
    visit.page.locator("button[name=step][value='-1']").first.click()
    visit.page.locator(".hb-lines .off").first.wait_for()


def _box_sure(visit: Visit) -> None:
    _box_differs(visit)
    visit.press(".hb-all .btn")


HUBS = (
    Stop("hub-today", _today, PACKER),
    at("hub-desk", "/workspace/bangkok/", PACKER),
    Stop("hub-below", _below, "hub.region@example.test"),
    Stop("hub-scan", lambda visit: _room(visit, "scan"), PACKER),
    Stop("hub-scan-error", _scan_error, PACKER),
    Stop("hub-boxes", lambda visit: _room(visit, "transfers"), PACKER),
    Stop("hub-transfer", lambda visit: _first(visit, "transfers"), PACKER),
    Stop("hub-box", _box, PACKER),
    Stop("hub-box-differs", _box_differs, PACKER),
    Stop("hub-box-sure", _box_sure, PACKER),
    Stop("hub-purchases", lambda visit: _room(visit, "purchases"), PACKER),
    Stop("hub-purchase", lambda visit: _first(visit, "purchases"), PACKER),
    Stop("hub-purchase-waits", lambda visit: _first(visit, "purchases", "which=waiting"), PACKER),
    Stop("hub-parcels", lambda visit: _room(visit, "parcels"), PACKER),
    Stop("hub-parcel", lambda visit: _first(visit, "parcels", "which=send"), PACKER),
    Stop("hub-parcel-shelf", lambda visit: _first(visit, "parcels", "which=shelf"), PACKER),
    Stop("hub-counter", lambda visit: _room(visit, "counter"), PACKER),
)
