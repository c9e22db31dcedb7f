"""The stops of fairs: what visitors see, a group that applies, an office that gives booths."""

from __future__ import annotations

from tests.tour import facts as cast
from tests.tour.stop import Stop, at
from tests.tour.visit import Visit

COMING, PAST, NIGHT = "good-things-of-four-regions", "co-operatives-day-2554", "new-year-night-market"


def _apply_errors(visit: Visit) -> None:
    visit.open(f"{visit.facts.workspace}fairs/{NIGHT}/")
    visit.page.fill("#id_contact_phone", "12")
    visit.press(".fr-form .btn")
    assert visit.page.locator(".errors li").count() == 2


def _application(visit: Visit) -> None:
    visit.open(f"/office/fairs/{COMING}/?state=submitted")
    visit.press(".fr-rows h3 a")


FAIRS = (
    at("fairs", "/fairs/"),
    at("fair", f"/fairs/{COMING}/"),
    at("news-of-fair", "/news/good-things-come-to-khon-kaen/"),
    at("fair-search", f"/fairs/{COMING}/?q=ข้าว"),
    at("fair-past", f"/fairs/{PAST}/"),
    at("fair-night", f"/fairs/{NIGHT}/"),
    at("workspace-fairs", lambda visit: f"{visit.facts.workspace}fairs/", cast.MANAGER),
    at("workspace-fair-booth", lambda visit: f"{visit.facts.workspace}fairs/{COMING}/", cast.MANAGER),
    at("workspace-fair-apply", lambda visit: f"{visit.facts.workspace}fairs/{NIGHT}/", cast.MANAGER),
    Stop("workspace-fair-errors", _apply_errors, cast.MANAGER),
    at("office-fairs", "/office/fairs/", cast.CHIEF),
    at("office-fair", f"/office/fairs/{COMING}/", cast.CHIEF),
    at("office-fair-booths", f"/office/fairs/{COMING}/booths/", cast.CHIEF),
    at("office-fair-new", "/office/fairs/new/", cast.OFFICER),
    at("office-fair-cancel", f"/office/fairs/{COMING}/cancel/", cast.CHIEF),
    Stop("office-fair-application", _application, cast.CHIEF),
)
