"""The stops at the market's money: what waits, an order's story, a refund, cash and the comparison."""

from __future__ import annotations

from collections.abc import Callable

from tests.tour import facts as cast
from tests.tour.stop import Stop, at
from tests.tour.visit import Visit


def _first(words: str) -> Callable[[Visit], None]:
    """The first thing to look at whose words begin so."""

    def go(visit: Visit) -> None:
        visit.open("/office/money/")
        with visit.page.expect_navigation(wait_until=visit.until):
            visit.page.locator(".mn-rows a", has_text=words).first.click()

    return go


def _order(visit: Visit) -> None:
    _first("ยอดหรือสกุลเงินที่จ่ายไม่ตรง")(visit)
    visit.page.locator(".money a.btn.two").first.click()
    visit.page.locator(".mn-decide").wait_for()


def _refund(visit: Visit) -> None:
    visit.open("/office/money/")
    visit.page.locator("section:last-of-type .mn-rows a").last.click()
    visit.page.locator(".crumb a").last.click()
    visit.page.get_by_role("link", name="คืนเงิน", exact=True).click()
    visit.page.locator(".mn-refund").wait_for()


def _check(visit: Visit) -> None:
    _refund(visit)
    visit.page.locator(".mn-num input").first.fill("1")
    visit.page.get_by_label("ส่งของคืน").check()
    visit.page.get_by_role("button", name="ดูยอดก่อน").click()
    visit.page.locator(".mn-amount").wait_for()


MONEY: tuple[Stop, ...] = (
    at("office-money", "/office/money/", cast.ADMINISTRATOR),
    Stop("office-money-problem", _first("เงินที่ไม่ตรงกับคำสั่งซื้อใด"), cast.ADMINISTRATOR, only_thai=True),
    Stop("office-money-order", _order, cast.ADMINISTRATOR, only_thai=True),
    Stop("office-money-refund", _refund, cast.ADMINISTRATOR, only_thai=True),
    Stop("office-money-check", _check, cast.ADMINISTRATOR, only_thai=True),
    at("office-money-cash", "/office/money/cash/", cast.ADMINISTRATOR),
    at("office-money-compared", "/office/money/reconciliation/", cast.ADMINISTRATOR),
)
