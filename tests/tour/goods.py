"""The stops of a group's goods: the short form and its errors, every part of a product, variants, prices, what was."""

from __future__ import annotations

from collections.abc import Callable

from tests.tour import facts as cast
from tests.tour.stop import Stop, at
from tests.tour.visit import Visit


def _of_good(name: str, path: str) -> Stop:
    return at(
        f"workspace-{name}", lambda visit: f"{visit.facts.workspace}goods/{visit.facts.gated}/{path}", cast.MANAGER
    )


def _of_group(name: str, path: str) -> Stop:
    return at(f"workspace-{name}", lambda visit: f"{visit.facts.workspace}{path}", cast.MANAGER)


def _price_errors(visit: Visit) -> None:
    visit.open(f"{visit.facts.workspace}goods/{visit.facts.gated}/price/")
    visit.page.fill("#id_price", "-1")
    visit.page.fill("#id_stock", "มาก")
    visit.press(".sk-form .btn")
    assert visit.page.locator(".errors li").count() == 2


def _new_errors(visit: Visit) -> None:
    visit.open(f"{visit.facts.workspace}goods/new/")
    visit.page.fill("input[name=price]", "0")
    visit.press("button[value=publish]")
    assert visit.page.locator(".errors li").count() >= 2


def _met(part: str, field: str) -> Callable[[Visit], None]:
    """Another member saved first: as the page says when its stamp is an old one."""

    def go(visit: Visit) -> None:
        visit.open(f"{visit.facts.workspace}goods/{visit.facts.gated}/{part}")
        visit.page.fill(f"#id_{field}", "ของเรา")
        visit.page.evaluate("document.querySelector('.sk-form input[name=seen]').value = 'old'")
        visit.press(".sk-form .btn")
        assert visit.page.locator(".sk-meeting").count() == 1

    return go


PARTS = ("texts", "english", "category", "measures", "certificates")
GOODS = (
    *(_of_good(f"product-{part}", f"part/{part}/") for part in PARTS),
    _of_good("product-price", "price/"),
    _of_good("product-prices", "prices/"),
    _of_good("product-past", "past/"),
    _of_good("product-variants", "variants/"),
    _of_good("product-variant-new", "variants/new/"),
    _of_group("goods-drafts", "goods/?show=draft"),
    _of_group("goods-waiting", "goods/?show=waiting"),
    _of_group("goods-nothing", "goods/?q=qqqq"),
    _of_group("lot-choose", "lots/new/"),
    Stop("workspace-product-price-errors", _price_errors, cast.MANAGER),
    Stop("workspace-product-met", _met("part/texts/", "title"), cast.MANAGER),
    Stop("workspace-goods-new-errors", _new_errors, cast.MANAGER),
)
