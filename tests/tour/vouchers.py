"""The stops at a voucher: typed wrong and right in the basket, at the till, and where vouchers are made."""

from __future__ import annotations

from tests.tour import facts as cast
from tests.tour.stop import Stop, at
from tests.tour.visit import Visit

_CODE = "RUAMJAI"
"""Of the fund, in the demo (`shop.seed.joint_books`)."""


def _refused(visit: Visit) -> None:
    visit.fill_basket()
    visit.open("/basket/")
    visit.page.fill("#voucher-code", "RUAMJAY")
    visit.press("#voucher button")
    assert visit.page.locator("#voucher-why").count() == 1


def _entered(visit: Visit) -> None:
    visit.fill_basket()
    visit.open("/basket/")
    visit.page.fill("#voucher-code", _CODE)
    visit.press("#voucher button")
    assert visit.page.locator(".vc-off").count() >= 1


def _till(visit: Visit) -> None:
    _entered(visit)
    visit.to_confirm()
    assert visit.page.locator(".vc-off").count() >= 1


VOUCHERS: tuple[Stop, ...] = (
    Stop("basket-voucher-refused", _refused),
    Stop("basket-voucher", _entered),
    Stop("confirm-voucher", _till),
    at("workspace-vouchers", lambda visit: f"{visit.facts.workspace}vouchers/", cast.MANAGER),
    at("workspace-voucher-new", lambda visit: f"{visit.facts.workspace}vouchers/new/", cast.MANAGER),
    at("office-vouchers", "/office/vouchers/", cast.ADMINISTRATOR),
    at("office-voucher-new", "/office/vouchers/new/", cast.ADMINISTRATOR),
)
