"""The stops of the tour: a name, who goes there, and how to get the page into that state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.tour import facts as cast
from tests.tour.books import BOOKS
from tests.tour.content import CONTENT
from tests.tour.delivery import DELIVERY
from tests.tour.desk import DESK
from tests.tour.documents import DOCUMENTS
from tests.tour.fairs import FAIRS
from tests.tour.goods import GOODS
from tests.tour.hubs import HUBS
from tests.tour.joining import JOINING
from tests.tour.money import MONEY
from tests.tour.newsroom import NEWSROOM
from tests.tour.paying import PAYING
from tests.tour.searching import SEARCHING
from tests.tour.stop import Stop, at
from tests.tour.trainings import TRAININGS
from tests.tour.visit import LINE, PHONE, RECIPIENT, TAMBON, Visit
from tests.tour.vouchers import VOUCHERS


def _full_basket(visit: Visit) -> None:
    visit.fill_basket()
    visit.open("/basket/")


def _troubled_basket(visit: Visit) -> None:
    """Another guest is quicker: of one good less is left than wanted, of the other nothing."""
    less, gone = visit.facts.scarce
    visit.add(less, less.stock)
    visit.add(gone, 2)
    other = visit.other_guest()
    other.add(less, less.stock - 2)
    other.add(gone, gone.stock)
    other.to_confirm()
    other.place()
    visit.afterwards.append(lambda: other.press("form[action$='/cancel/'] button"))
    visit.open("/basket/")
    assert visit.page.locator(".row.bad").count() == 2


def _office_good(visit: Visit) -> None:
    """A question for an exemption, with the form to decide."""
    visit.open(f"/office/goods/{visit.facts.asked}/")
    assert visit.page.locator("button[value=grant]").count() == 1


def _office_lot(visit: Visit) -> None:
    """A lot that may be recalled."""
    visit.open(visit.facts.trace.replace("/trace/", "/office/lots/"))
    assert visit.page.locator("textarea[name=reason]").count() == 1


def _checkout(visit: Visit) -> None:
    visit.fill_basket()
    visit.open("/checkout/")


def _checkout_errors(visit: Visit) -> None:
    _checkout(visit)
    visit.page.fill("#id_phone", "12")
    visit.press("main form:has(#id_recipient) button[type=submit]")
    assert visit.page.locator(".errors li").count() >= 4


def _checkout_picker(visit: Visit) -> None:
    _checkout(visit)
    visit.page.locator("#area_query").press_sequentially(TAMBON)
    visit.page.locator("#area_list [role=option]").first.wait_for()


def _confirm(visit: Visit) -> None:
    visit.fill_basket()
    visit.to_confirm()


def _confirm_no_method(visit: Visit) -> None:
    _confirm(visit)
    visit.page.evaluate("document.querySelectorAll('input[name=method]').forEach(radio => { radio.checked = false })")
    visit.press("#pay button[type=submit]")
    assert visit.page.locator(".errors").count() == 1


def _confirm_other_price(visit: Visit) -> None:
    _confirm(visit)
    visit.page.evaluate("document.querySelector('input[name=expected]').value = '100'")
    visit.press("#pay button[type=submit]")
    assert visit.page.locator(".errors").count() == 1


def _placed(method: str) -> Callable[[Visit], None]:
    def go(visit: Visit) -> None:
        visit.buy(method)

    return go


def _paid(visit: Visit) -> None:
    visit.buy("test")
    visit.press("button[value=paid]")


def _find_errors(visit: Visit) -> None:
    visit.open("/orders/find/")
    visit.page.fill("#id_number", "XXXXXXXXXXX")
    visit.page.fill("#id_contact", "nobody@example.test")
    visit.press("main form button")
    assert visit.page.locator(".errors").count() == 1


def _login_errors(visit: Visit) -> None:
    visit.open("/auth/login/")
    visit.page.fill("input[name=login]", "nobody@example.test")
    visit.page.fill("input[name=password]", "not-a-password")
    visit.press("main form button[type=submit]")


def _signup_errors(visit: Visit) -> None:
    visit.open("/auth/signup/")
    visit.page.fill("input[name=email]", "somebody@example.test")
    visit.page.fill("input[name=password1]", "123")
    visit.press("main form button[type=submit]")


def _address_book(visit: Visit) -> None:
    visit.open("/account/addresses/add/")
    page = visit.page
    page.fill("#id_recipient", RECIPIENT)
    page.fill("#id_phone", PHONE)
    page.fill("#id_line1", LINE)
    visit.pick_area()
    visit.press("main form button[type=submit]")
    assert page.locator(".cardbox").count() >= 1, f"{page.url}: {page.locator('main').inner_text()}"


def _address_errors(visit: Visit) -> None:
    visit.open("/account/addresses/add/")
    visit.press("main form button[type=submit]")


def _favourites(visit: Visit) -> None:
    """A heart from the shelf, seen in the list; taken off when the visit is over."""
    visit.open("/products/")
    visit.page.wait_for_load_state("networkidle")  # the person's hearts come after the page
    heart = visit.page.locator("button.heart").first
    if heart.get_attribute("aria-pressed") == "false":
        with visit.page.expect_response("**/account/favourites/change/"):
            heart.click()
    visit.open("/account/favourites/")
    assert visit.page.locator(".heart[name=remove]").count() >= 1


def _following(visit: Visit) -> None:
    visit.open(visit.facts.group)
    visit.page.wait_for_load_state("networkidle")  # whether the person follows comes after the page
    button = visit.page.locator("button[data-follow]")
    if button.get_attribute("name") == "add":
        with visit.page.expect_response("**/account/following/change/"):
            button.click()
    visit.open("/account/following/")
    assert visit.page.locator(".acc-group").count() >= 1


def _delete_refused(visit: Visit) -> None:
    visit.open("/account/privacy/delete/")
    visit.page.fill("#word", "not-my-password")
    visit.press("main form button[type=submit], main form button.danger")
    assert visit.page.locator(".errors").count() == 1


def _profile_errors(visit: Visit) -> None:
    visit.open("/account/profile/")
    visit.page.fill("#id_phone", "12")
    visit.press("main form button")


def _below(visit: Visit) -> None:
    """The cooperative's own desk by the switcher, and the first group below it."""
    visit.open("/workspace/")
    own = visit.page.locator(".ws-list a", has_text="สหกรณ์")
    visit.press(own.or_(visit.page.locator(".ws-list a", has_text="Cooperative")))
    visit.press("#below ~ .ws-list a")
    assert visit.page.locator(".ws-sums").count() == 1


def _invite_errors(visit: Visit) -> None:
    visit.open(f"{visit.facts.workspace}people/")
    visit.page.fill("#id_email", "not-an-address")
    visit.press("form[action$='/invite/'] button[type=submit]")
    assert visit.page.locator(".errors li").count() == 2


def _office_person(visit: Visit) -> None:
    visit.open("/office/people/")
    visit.press(".ws-list a")
    assert visit.page.locator("#office").count() == 1


def _filter_sheet(visit: Visit) -> None:
    visit.open("/products/")
    opener = visit.page.locator("[popovertarget=filters]:not([popovertargetaction=hide])")
    if opener.is_visible():
        opener.click()


def _sent_back(visit: Visit) -> str:
    return f"{visit.facts.workspace}certificates/{visit.facts.sent_back_paper}/"


def _paper_errors(visit: Visit) -> None:
    """A wrong number, days of the wrong year, no photo, no product."""
    visit.open(f"{visit.facts.workspace}certificates/new/TCPS/")
    visit.page.fill("#id_number", "๑๒๓")
    visit.page.fill("#id_issued_on", "1/1/2469")
    visit.page.fill("#id_expires_on", "1/1/2560")
    visit.press("main button[value=hand_in]")
    assert visit.page.locator(".errors li").count() >= 4


def only_thai(stop: Stop) -> Stop:
    """Pages of the office stand outside the languages."""
    return replace(stop, only_thai=True)


SHOP = (
    at("home", "/"),
    at("listing", "/products/"),
    at("listing-filtered", "/products/?region=N&stock=1&min=100"),
    at("listing-nothing", "/products/?min=9999999"),
    at("listing-page-2", "/products/?page=2"),
    Stop("filter-sheet", _filter_sheet),
    at("category", lambda visit: f"/categories/{visit.facts.goods[0].category}/"),
    at("product", lambda visit: visit.facts.goods[0].path),
    at("product-variants", lambda visit: visit.facts.variant.path),
    at("product-sold-out", lambda visit: visit.facts.sold_out),
    at("product-not-for-sale", lambda visit: visit.facts.not_for_sale),
    *SEARCHING,
    at("groups", "/groups/"),
    at("groups-nothing", "/groups/?q=qqqqqqqq"),
    at("group", lambda visit: visit.facts.group),
    at("networks", "/networks/"),
    at("network-region", lambda visit: visit.facts.region),
    at("network-province", lambda visit: visit.facts.province),
    at("register", "/certificates/"),
    at("register-nothing", "/certificates/?q=qqqqqqqq"),
    at("certificate", lambda visit: visit.facts.certificate),
    at("certificate-labels", lambda visit: f"{visit.facts.certificate}labels/"),
    at("certificate-slip", lambda visit: f"{visit.facts.certificate[:-2]}U/", status=404),
    at("trace", lambda visit: visit.facts.trace),
    at("trace-recalled", lambda visit: visit.facts.trace_recalled),
    at("trace-labels", lambda visit: f"{visit.facts.trace}labels/"),
    at("trace-index", "/trace/"),
    at("certificate-expired", lambda visit: visit.facts.expired_certificate),
    at("news", "/news/"),
    at("story", lambda visit: visit.facts.story),
    at("plain-page", "/how-to-buy/"),
    at("not-found", "/no-such-page/", status=404),
)
BUYING = (
    at("basket-empty", "/basket/"),
    Stop("basket", _full_basket),
    Stop("basket-troubled", _troubled_basket),
    Stop("checkout", _checkout),
    Stop("checkout-errors", _checkout_errors),
    Stop("checkout-picker", _checkout_picker),
    Stop("confirm", _confirm),
    Stop("confirm-no-method", _confirm_no_method),
    Stop("confirm-other-price", _confirm_other_price),
    Stop("order-new", _placed("cod")),
    Stop("order-paid", _paid),
    at("find-order", "/orders/find/"),
    Stop("find-order-errors", _find_errors),
)
ACCOUNT = (
    at("login", "/auth/login/"),
    Stop("login-errors", _login_errors),
    at("signup", "/auth/signup/"),
    Stop("signup-errors", _signup_errors),
    at("password-reset", "/auth/password/reset/"),
    at("account", "/account/", cast.BUYER),
    at("account-orders", "/account/orders/", cast.BUYER),
    at("order-delivered", lambda visit: f"/orders/{visit.facts.delivered_order}/", cast.BUYER),
    at("order-cancelled", lambda visit: f"/orders/{visit.facts.cancelled_order}/", cast.BUYER),
    Stop("addresses", _address_book, cast.BUYER),
    Stop("address-errors", _address_errors, cast.BUYER),
    at("profile", "/account/profile/", cast.BUYER),
    Stop("profile-errors", _profile_errors, cast.BUYER),
    Stop("favourites", _favourites, cast.BUYER),
    Stop("following", _following, cast.BUYER),
    at("account-orders-open", "/account/orders/?show=open", cast.BUYER),
    at("privacy", "/account/privacy/", cast.BUYER),
    at("account-delete", "/account/privacy/delete/", cast.BUYER),
    Stop("account-delete-refused", _delete_refused, "packer.a@example.test"),
    at("account-left", "/account/left/"),
    at("privacy-text", "/privacy/"),
    at("email", "/auth/email/", cast.BUYER),
    at("password-change", "/auth/password/change/", cast.BUYER),
    at("logout", "/auth/logout/", cast.BUYER),
)


def _sheet(name: str) -> Callable[[Visit], None]:
    """One of the sheets that the demo's officer sent in, once it was looked through."""

    def go(visit: Visit) -> None:
        visit.open("/office/import/")
        visit.page.get_by_role("link", name=name).click()
        visit.page.locator("#run .note").wait_for()

    return go


WORK = (
    at("workspace-home", "/workspace/", cast.COOPERATIVE),
    at("workspace-desk", lambda visit: visit.facts.workspace, cast.MANAGER),
    at("workspace-orders", lambda visit: f"{visit.facts.workspace}orders/", cast.MANAGER),
    at("workspace-goods", lambda visit: f"{visit.facts.workspace}goods/", cast.MANAGER),
    at("workspace-goods-new", lambda visit: f"{visit.facts.workspace}goods/new/", cast.MANAGER),
    at("workspace-product", lambda visit: f"{visit.facts.workspace}goods/{visit.facts.gated}/", cast.MANAGER),
    at(
        "workspace-product-pictures",
        lambda visit: f"{visit.facts.workspace}goods/{visit.facts.gated}/pictures/",
        cast.MANAGER,
    ),
    at(
        "workspace-product-origin",
        lambda visit: f"{visit.facts.workspace}goods/{visit.facts.gated}/part/origin/",
        cast.MANAGER,
    ),
    at("workspace-goods-off", lambda visit: f"{visit.facts.workspace}goods/?show=off", cast.MANAGER),
    at(
        "workspace-exemption",
        lambda visit: f"{visit.facts.workspace}goods/{visit.facts.gated}/exemption/",
        cast.MANAGER,
    ),
    at("workspace-lots", lambda visit: f"{visit.facts.workspace}lots/", cast.MANAGER),
    at("workspace-lot-enter", lambda visit: f"{visit.facts.workspace}lots/new/{visit.facts.gated}/", cast.MANAGER),
    at("workspace-orders-none", lambda visit: f"{visit.facts.workspace}orders/?state=qqq", cast.MANAGER),
    at(
        "workspace-order",
        lambda visit: f"{visit.facts.workspace}orders/{visit.facts.vendor_order}/",
        cast.MANAGER,
    ),
    at(
        "workspace-order-to-send",
        lambda visit: f"{visit.facts.workspace}orders/{visit.facts.vendor_order_to_pack}/",
        cast.MANAGER,
    ),
    at("papers", lambda visit: f"{visit.facts.workspace}certificates/", cast.MANAGER),
    at("papers-withdrawn", lambda visit: f"{visit.facts.workspace}certificates/?show=withdrawn", cast.MANAGER),
    at("paper-kinds", lambda visit: f"{visit.facts.workspace}certificates/new/", cast.MANAGER),
    at("paper-hand-in", lambda visit: f"{visit.facts.workspace}certificates/new/TCPS/", cast.MANAGER),
    Stop("paper-errors", _paper_errors, cast.MANAGER),
    at("paper", lambda visit: f"{visit.facts.workspace}certificates/{visit.facts.carrying_paper}/", cast.MANAGER),
    at("paper-sent-back", lambda visit: f"{_sent_back(visit)}edit/", cast.MANAGER),
    at(
        "paper-renewal",
        lambda visit: f"{visit.facts.workspace}certificates/{visit.facts.carrying_paper}/renew/",
        cast.MANAGER,
    ),
    only_thai(at("office-papers", "/office/certificates/", cast.OFFICER)),
    only_thai(at("office-papers-verified", "/office/certificates/?show=verified", cast.OFFICER)),
    only_thai(at("office-paper", lambda visit: f"/office/certificates/{visit.facts.waiting_paper}/", cast.OFFICER)),
    only_thai(
        at("office-paper-verified", lambda visit: f"/office/certificates/{visit.facts.carrying_paper}/", cast.OFFICER)
    ),
    at("workspace-acting", lambda visit: visit.facts.workspace, cast.COOPERATIVE),
    Stop("workspace-below", _below, cast.COOPERATIVE),
    at("workspace-people", lambda visit: f"{visit.facts.workspace}people/", cast.MANAGER),
    Stop("workspace-people-errors", _invite_errors, cast.MANAGER),
    at("workspace-grants", lambda visit: f"{visit.facts.workspace}grants/", cast.MANAGER),
    at("workspace-history", lambda visit: f"{visit.facts.workspace}history/", cast.MANAGER),
    at("office", "/office/", cast.ADMINISTRATOR),
    at("office-people", "/office/people/", cast.CHIEF),
    Stop("office-person", _office_person, cast.CHIEF, only_thai=True),
    at("office-regions", "/office/regions/", cast.ADMINISTRATOR),
    at("office-region-of", "/office/regions/TH-50/", cast.ADMINISTRATOR),
    at("office-officer", "/office/", cast.OFFICER),
    at("office-import", "/office/import/", cast.OFFICER),
    Stop("office-import-ready", _sheet("กลุ่มใหม่ ไตรมาส 4.csv"), cast.OFFICER, only_thai=True),
    Stop("office-import-problems", _sheet("กลุ่มตกสำรวจ.csv"), cast.OFFICER, only_thai=True),
    at("office-goods", "/office/goods/", cast.OFFICER),
    Stop("office-good", _office_good, cast.OFFICER, only_thai=True),
    at("office-lots", "/office/lots/", cast.OFFICER),
    Stop("office-lot", _office_lot, cast.OFFICER, only_thai=True),
    at("office-transfers", "/office/transfers/", cast.ADMINISTRATOR),
    at("office-outbox", "/office/outbox/", cast.ADMINISTRATOR),
)
_TOLD = (*NEWSROOM, *TRAININGS, *FAIRS, *CONTENT)
_PAID = (*BOOKS, *DOCUMENTS, *MONEY, *PAYING)
_ALL = (SHOP, BUYING, VOUCHERS, DELIVERY, ACCOUNT, JOINING, WORK, DESK, HUBS, _PAID, GOODS, _TOLD)
STOPS = {stop.name: stop for part in _ALL for stop in part}
