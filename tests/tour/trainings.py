"""The stops of trainings: the public list and page, the group's seats and ticket, the office's list and the door."""

from __future__ import annotations

from tests.tour.stop import Stop, at
from tests.tour.visit import Visit

MANAGER, OFFICER_X, OFFICER_Y = "manager.a@example.test", "officer.x@example.test", "officer.y@example.test"
_OPEN, _FULL = "photos-that-sell-with-the-phone-you-have", "costs-and-prices-that-do-not-lose-money"


def _workspace(visit: Visit) -> None:
    """By the menu of the only workspace."""
    visit.open("/workspace/")
    visit.open(str(visit.page.locator("a[href$='/trainings/']").first.get_attribute("href")))


def _own(visit: Visit) -> None:
    _workspace(visit)
    visit.press(".tn-own a")


def _ticket(visit: Visit) -> None:
    _workspace(visit)
    visit.open(str(visit.page.locator(".tn-own a").nth(1).get_attribute("href")))
    visit.open(str(visit.page.locator("a[href$='/ticket/']").first.get_attribute("href")))


def _errors(visit: Visit) -> None:
    _workspace(visit)
    visit.open(str(visit.page.locator(".tn-own a").nth(1).get_attribute("href")))
    visit.page.fill("#id_name_1", "มาลี คลองโคน")
    visit.page.fill("#id_phone_1", "12")
    visit.press(".tn-form .btn")


def _of_office(visit: Visit, show: str, page: str = "") -> None:
    visit.open(f"/office/trainings/?show={show}")
    visit.open(str(visit.page.locator(".tn-own a").first.get_attribute("href")) + page)


TRAININGS = (
    at("trainings", "/trainings/"),
    at("training", f"/trainings/{_OPEN}/"),
    at("training-full", f"/trainings/{_FULL}/"),
    at("training-check", "/trainings/certificate/"),
    Stop("workspace-trainings", _workspace, MANAGER),
    Stop("workspace-training", _own, MANAGER),
    Stop("workspace-training-ticket", _ticket, MANAGER),
    Stop("workspace-training-errors", _errors, MANAGER),
    at("office-trainings", "/office/trainings/", OFFICER_Y),
    Stop("office-training", lambda visit: _of_office(visit, "coming"), OFFICER_Y, only_thai=True),
    Stop("office-training-past", lambda visit: _of_office(visit, "past"), OFFICER_X, only_thai=True),
    Stop("office-training-door", lambda visit: _of_office(visit, "past", "scan/"), OFFICER_X, only_thai=True),
    at("office-training-new", "/office/trainings/new/", OFFICER_X),
)
