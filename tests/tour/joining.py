"""The stops of a group that joins: applying, the officer's decision, the record."""

from __future__ import annotations

from collections.abc import Callable

from tests.tour import facts as cast
from tests.tour.stop import Stop, at
from tests.tour.visit import Visit


def _application(part: str, words: str = "สานเสื่อ") -> Callable[[Visit], None]:
    """A step of the application whose group is called so: the draft, or the one that was sent back (น้ำตาล)."""

    def go(visit: Visit) -> None:
        visit.open("/workspace/apply/")
        path = visit.page.locator(".list-links a", has_text=words).first.get_attribute("href") or ""
        visit.open(path.removeprefix(visit.prefix).replace("check/", f"{part}/"))

    return go


def _application_errors(visit: Visit) -> None:
    _application("money")(visit)
    visit.press(".stand .btn")


def _application_known(visit: Visit) -> None:
    """The name of a group that is there already."""
    _application("who")(visit)
    visit.page.fill("#id_name_th", "กลุ่มกะปิคลองโคนรุ่งเรือง")
    visit.press(".stand .btn")


def _cooperatives(visit: Visit) -> None:
    _application("who")(visit)
    with visit.page.expect_response("**/apply/cooperatives/*"):
        visit.page.select_option("#province", "TH-50")
    visit.page.locator("#coop-found .pick").wait_for()


def _review(visit: Visit) -> None:
    visit.open("/office/groups/")
    visit.press(".queue a:has-text('กะปิ')")
    visit.page.locator(".decide summary").first.click()


JOINING = (
    at("apply", "/workspace/apply/", cast.APPLICANT),
    Stop("apply-who", _application("who"), cast.APPLICANT),
    Stop("apply-who-found", _cooperatives, cast.APPLICANT),
    Stop("apply-who-known", _application_known, cast.APPLICANT),
    Stop("apply-where", _application("where"), cast.APPLICANT),
    Stop("apply-where-back", _application("where", "น้ำตาล"), cast.APPLICANT),
    Stop("apply-what", _application("what"), cast.APPLICANT),
    Stop("apply-money", _application("money"), cast.APPLICANT),
    Stop("apply-money-errors", _application_errors, cast.APPLICANT),
    Stop("apply-check", _application("check"), cast.APPLICANT),
    Stop("apply-check-back", _application("check", "น้ำตาล"), cast.APPLICANT),
    at("office-groups", "/office/groups/", cast.OFFICER),
    at("office-groups-approved", "/office/groups/?state=approved", cast.OFFICER),
    Stop("office-group", _review, cast.OFFICER, only_thai=True),
    at("record", lambda visit: f"{visit.facts.workspace}record/", cast.MANAGER),
    at("record-edit", lambda visit: f"{visit.facts.workspace}record/edit/", cast.MANAGER),
    at("record-account", lambda visit: f"{visit.facts.workspace}record/account/", cast.MANAGER),
    at("record-support", lambda visit: f"{visit.facts.workspace}record/support/", cast.MANAGER),
    at("record-trainings", lambda visit: f"{visit.facts.workspace}record/trainings/", cast.MANAGER),
)
