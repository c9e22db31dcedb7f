"""The stops of a group at work: the shop page, packing, what the department looks at."""

from __future__ import annotations

from tests.tour import facts as cast
from tests.tour.stop import Stop, at
from tests.tour.visit import Visit


def _page(path: str) -> Stop:
    name = path.strip("/").replace("/", "-").replace("edit-", "") or "index"
    return at(f"shop-page-{name}", lambda visit: f"{visit.facts.workspace}page/{path}", cast.MANAGER)


def _wrong_contact(visit: Visit) -> None:
    visit.open(f"{visit.facts.workspace}page/edit/contact/")
    visit.page.fill("#id_phone", "12")
    visit.page.fill("#id_facebook", "https://example.com/us")
    visit.press(".paper-form .btn")
    assert visit.page.locator(".errors li").count() == 2


def _to_short(visit: Visit) -> None:
    visit.open(f"{visit.facts.workspace}orders/?state=to_pack")
    visit.press("tbody a")
    visit.press(".pk-less a")


def _to_pack(visit: Visit) -> None:
    visit.open(f"{visit.facts.workspace}orders/?state=to_pack")
    visit.press("tbody a")


def _office_page(visit: Visit) -> None:
    visit.open("/office/pages/")
    visit.press(".papers a")


DESK = (
    *(_page(path) for path in ("", "edit/story/", "edit/banner/", "edit/faces/", "edit/gallery/", "edit/goods/")),
    *(_page(path) for path in ("edit/contact/", "edit/video/", "preview/")),
    Stop("shop-page-contact-errors", _wrong_contact, cast.MANAGER),
    Stop("packing", _to_pack, cast.MANAGER),
    Stop("packing-short", _to_short, cast.MANAGER),
    at("office-pages", "/office/pages/", cast.OFFICER),
    at("office-pages-chief", "/office/pages/", cast.CHIEF),
    Stop("office-page", _office_page, cast.OFFICER, only_thai=True),
)
