"""What people do besides buying straight on: change the language, sign in, press twice, go back, use two tabs."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from shop.order.models import Order
from tests.browser.conftest import Come, Market
from tests.browser.watch import Watch
from tests.tour import facts as cast
from tests.tour.visit import LINE, RECIPIENT


def orders_of(market: Market, email: str) -> list[str]:
    """Numbers of the orders of a guest's or buyer's e-mail, oldest first."""

    def read() -> list[str]:
        guest, buyer = Order.objects.filter(guest_email=email), Order.objects.filter(user__email=email)
        return list((guest | buyer).order_by("pk").values_list("number", flat=True))

    return market.ask(read)


@pytest.mark.parametrize(
    "path", ["/", "/products/?region=N&stock=1", "/certificates/", "/basket/", "/orders/find/", "/news/"]
)
def test_language_switch_keeps_the_page(come: Come, path: str) -> None:
    visit = come(viewport={"width": 1280, "height": 900})
    visit.open(path)
    visit.press("header .lang")
    expect(visit.page).to_have_url(f"{visit.base}/en{path}")
    assert visit.page.locator("html").get_attribute("lang") == "en"
    visit.press("header .lang")
    expect(visit.page).to_have_url(visit.base + path)
    assert visit.page.locator("html").get_attribute("lang") == "th"


def test_language_switch_keeps_product_story_and_basket(come: Come) -> None:
    visit = come(viewport={"width": 1280, "height": 900})
    good = visit.facts.goods[0]
    visit.add(good, 2)
    for path in (good.path, visit.facts.story, visit.facts.group, "/basket/"):
        visit.open(path)
        visit.press("header .lang")
        expect(visit.page).to_have_url(f"{visit.base}/en{path}")
    expect(visit.page.locator("input[name=quantity]")).to_have_value("2")


def test_signed_in_buyer_uses_the_address_book(come: Come, open_market: Market) -> None:
    watch = Watch()
    visit = come(cast.BUYER, watch=watch)
    visit.until = "networkidle"
    page = visit.page
    before = orders_of(open_market, cast.BUYER)
    visit.open("/account/addresses/add/")
    page.fill("#id_recipient", "สมหญิง ที่ทำงาน")
    page.fill("#id_phone", "0812345678")
    page.fill("#id_line1", LINE)
    visit.pick_area()
    visit.press("main form button[type=submit]:not([name])")
    book = page.locator(".cardbox")
    expect(book.filter(has_text="สมหญิง ที่ทำงาน")).to_contain_text("ต.บางคนที อ.บางคนที จ.สมุทรสงคราม 75120")
    book.filter(has_text="สมหญิง ที่ทำงาน").locator("a").click()
    page.fill("#id_recipient", RECIPIENT)
    visit.press("main form button[type=submit]:not([name])")
    expect(book.filter(has_text=RECIPIENT)).to_have_count(1)
    expect(book.filter(has_text="สมหญิง ที่ทำงาน")).to_have_count(0)
    visit.add(visit.facts.goods[0])
    visit.open("/checkout/")
    expect(page.locator("#id_email")).to_have_count(0)
    expect(page.locator("#id_recipient")).to_have_value(RECIPIENT)
    expect(page.locator("#id_postcode")).to_have_value("75120")
    visit.press("main form:has(#id_recipient) button[type=submit]:not([name])")
    number = visit.place("cod")
    assert orders_of(open_market, cast.BUYER) == [*before, number]
    visit.open("/account/orders/")
    expect(page.locator("main article").first).to_contain_text(number)
    visit.open("/account/addresses/")
    expect(book.filter(has_text=RECIPIENT)).to_have_count(1)
    visit.press(f".cardbox:has-text('{RECIPIENT}') form[action$='/delete/'] button")
    expect(book.filter(has_text=RECIPIENT)).to_have_count(0)
    visit.open(f"/orders/{number}/")
    expect(page.locator("main")).to_contain_text(RECIPIENT)
    assert watch.problems == []


def test_double_click_on_order_gives_one_order(come: Come, open_market: Market) -> None:
    visit = come()
    page = visit.page
    visit.fill_basket()
    visit.open("/checkout/")
    visit.fill_address()
    email = page.input_value("#id_email")
    visit.press("main form:has(#id_recipient) button[type=submit]:not([name])")
    page.check("input[name=method][value=cod]")
    page.locator("#pay button[type=submit]").dblclick(no_wait_after=True)
    page.wait_for_url(re.compile(r"/orders/"))
    numbers = orders_of(open_market, email)
    assert len(numbers) == 1
    expect(page.locator(".order-no")).to_contain_text(numbers[0])


def test_back_after_placing_leads_to_the_order(come: Come, open_market: Market) -> None:
    visit = come()
    page = visit.page
    visit.fill_basket()
    visit.open("/checkout/")
    visit.fill_address()
    email = page.input_value("#id_email")
    visit.press("main form:has(#id_recipient) button[type=submit]:not([name])")
    number = visit.place("cod")
    for _step in range(2):  # the payment step, then the address step
        page.go_back()
        expect(page.locator(".order-no, .empty").first).to_be_visible()
        assert page.locator("#pay").count() == 0
        assert page.locator("#id_recipient").count() == 0
    assert orders_of(open_market, email) == [number]
    visit.open("/basket/")
    expect(page.locator(".empty")).to_be_visible()


def test_two_tabs_send_the_same_order_once(come: Come, open_market: Market) -> None:
    visit = come()
    visit.fill_basket()
    visit.open("/checkout/")
    visit.fill_address()
    email = visit.page.input_value("#id_email")
    before = orders_of(open_market, email)
    visit.press("main form:has(#id_recipient) button[type=submit]:not([name])")
    other = visit.page.context.new_page()
    other.goto(visit.page.url)
    number = visit.place("cod")
    other.check("input[name=method][value=cod]")
    with other.expect_navigation():
        other.locator("#pay button[type=submit]").click()
    expect(other.locator(".order-no")).to_contain_text(number)
    assert sorted(orders_of(open_market, email)) == sorted([*before, number])


def test_address_form_sent_twice_is_one_address(come: Come, open_market: Market) -> None:
    visit = come()
    visit.fill_basket()
    visit.open("/checkout/")
    visit.fill_address()
    visit.page.locator("main form:has(#id_recipient) button[type=submit]:not([name])").dblclick(no_wait_after=True)
    visit.page.wait_for_url(re.compile(r"/checkout/confirm/"))
    expect(visit.page.locator("main")).to_contain_text(RECIPIENT)


def test_order_of_another_guest_is_not_found(come: Come) -> None:
    first, second = come(), come()
    number = first.buy("cod")
    answer = second.open(f"/orders/{number}/")
    assert answer.status == 404
    expect(second.page.locator("main")).not_to_contain_text(RECIPIENT)
