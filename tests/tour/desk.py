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


def _version(visit: Visit) -> None:
    visit.open(f"{visit.facts.workspace}page/versions/")
    visit.page.locator(".sp-parts a").last.click()
    visit.page.locator(".sp-old").first.wait_for()


def _to_short(visit: Visit) -> None:
    visit.open(f"{visit.facts.workspace}orders/?state=to_pack")
    visit.press("tbody a")
    visit.press(".pk-less a")


def _to_pack(visit: Visit) -> None:
    visit.open(f"{visit.facts.workspace}orders/?state=to_pack")
    visit.press("tbody a")


def _wrong_stock(visit: Visit) -> None:
    visit.open(f"{visit.facts.workspace}goods/stock/")
    fields = visit.page.locator("input[name$=-price]")
    fields.nth(0).fill("ฟรี")
    fields.nth(1).fill("1000000000000")
    visit.page.locator("input[name$=-stock]").nth(2).fill("")
    visit.press(".st-bar .btn")
    assert visit.page.locator(".errors li").count() == 3


def _sheet(name: str) -> Stop:
    """One of the sheets of goods that the group sent in, once it was looked through."""

    def go(visit: Visit) -> None:
        visit.open(f"{visit.facts.workspace}goods/sheet/")
        visit.page.get_by_role("link", name=_SHEETS[name]).click()
        visit.page.locator("#run .note").wait_for()

    return Stop(f"workspace-sheet-{name}", go, cast.MANAGER)


_SHEETS = {"ready": "สินค้าใหม่ ไตรมาส 4.csv", "problems": "กระจาดสองขนาด.csv"}


def _office_page(visit: Visit) -> None:
    visit.open("/office/pages/")
    visit.press(".papers a")


DESK = (
    *(_page(path) for path in ("", "edit/story/", "edit/banner/", "edit/faces/", "edit/gallery/", "edit/goods/")),
    *(_page(path) for path in ("edit/contact/", "edit/video/", "preview/", "versions/")),
    Stop("shop-page-version", _version, cast.MANAGER),
    Stop("shop-page-contact-errors", _wrong_contact, cast.MANAGER),
    at("workspace-stock", lambda visit: f"{visit.facts.workspace}goods/stock/", cast.MANAGER),
    Stop("workspace-stock-errors", _wrong_stock, cast.MANAGER),
    at("workspace-sheet", lambda visit: f"{visit.facts.workspace}goods/sheet/", cast.MANAGER),
    _sheet("ready"),
    _sheet("problems"),
    Stop("packing", _to_pack, cast.MANAGER),
    Stop("packing-short", _to_short, cast.MANAGER),
    at("office-pages", "/office/pages/", cast.OFFICER),
    at("office-pages-chief", "/office/pages/", cast.CHIEF),
    Stop("office-page", _office_page, cast.OFFICER, only_thai=True),
)
