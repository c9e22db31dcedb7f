"""The whole purchase of a guest in Thai on a small phone: by touch, and without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from shop.order.models import Order, VendorOrder
from tests.browser.conftest import Come, Market
from tests.browser.watch import Watch
from tests.tour.visit import LINE, PHONE, RECIPIENT, Visit


def placed(market: Market, number: str) -> tuple[Order, list[tuple[str, str, int]]]:
    """The order and its parts as (group, state, pieces)."""

    def read() -> tuple[Order, list[tuple[str, str, int]]]:
        order = Order.objects.select_related("shipping_address").get(number=number)
        parts = VendorOrder.objects.filter(order=order).select_related("group").order_by("pk")
        rows = [(part.group.name_th, part.state, sum(part.lines.values_list("quantity", flat=True))) for part in parts]
        return order, rows

    return market.ask(read)


def choose_goods(visit: Visit) -> None:
    """From the front page: category and product of the first good, then two more, one of them a variant."""
    page, facts = visit.page, visit.facts
    visit.open("/")
    expect(page).to_have_title(re.compile("ตลาดร่วม"))
    assert page.locator("html").get_attribute("lang") == "th"
    visit.press(
        f"main a[href='/categories/{facts.goods[0].category}/'], .cats a[href='/categories/{facts.goods[0].category}/']"
    )
    visit.press(f"a.good[href='{facts.goods[0].path}']")
    expect(page.locator("h1")).to_have_text(facts.goods[0].name)
    visit.put_in()
    visit.open(facts.goods[1].path)
    page.fill("#quantity", "2")
    visit.put_in()
    visit.open(facts.variant.path)
    page.locator(".opt label", has_text=re.compile(rf"^{re.escape(facts.variant.variant)}")).first.click()
    visit.put_in()
    visit.open("/basket/")


def check_order(visit: Visit, market: Market, number: str, quantities: tuple[int, int, int]) -> None:
    """The order page and the database tell the same: three parts, each with its group and its pieces."""
    facts = visit.facts
    order, parts = placed(market, number)
    wanted = zip((*facts.goods[:2], facts.variant), quantities, strict=True)
    assert sorted(parts) == sorted((good.group, "to_accept", pieces) for good, pieces in wanted)
    assert order.shipping_address.recipient == RECIPIENT
    assert order.shipping_address.phone == visit.phone.replace(" ", "")
    assert order.shipping_address.line1 == LINE
    assert order.shipping_address.subdistrict_code == "750205"
    assert order.shipping_address.postcode == "75120"
    sections = visit.page.locator("section[aria-labelledby^='vo-']")
    assert sections.count() == 3
    for group, _state, _pieces in parts:
        expect(sections.filter(has_text=group)).to_have_count(1)
    expect(visit.page.locator(".order-no")).to_contain_text(number)
    expect(visit.page.locator(".total")).to_have_text(f"{order.total_incl_tax:,.2f} บาท")


def test_a_guest_buys_of_three_groups_on_a_phone(come: Come, open_market: Market) -> None:
    watch = Watch()
    visit = come(watch=watch, has_touch=True, is_mobile=True)
    visit.until = "networkidle"
    page = visit.page
    choose_goods(visit)
    assert page.locator(".lot").count() == 3
    first = page.locator(".row", has_text=visit.facts.goods[0].name)
    for _tap in range(2):
        first.locator("[data-pieces='1']").tap()
    expect(page.locator("[data-me-count]").first).to_have_text("6")
    expect(page.locator(".row", has_text=visit.facts.goods[0].name).locator("input[name=quantity]")).to_have_value("3")
    visit.press("a[href='/checkout/']")
    visit.fill_address()
    expect(page.locator("#id_postcode")).to_have_value("75120")
    visit.press("main form:has(#id_recipient) button[type=submit]")
    expect(page.locator("main")).to_contain_text("ต.บางคนที อ.บางคนที จ.สมุทรสงคราม 75120")
    number = visit.place("cod")
    expect(page.locator("h1")).to_have_text("ขอบคุณที่อุดหนุน")
    check_order(visit, open_market, number, (3, 2, 1))
    assert watch.problems == []


def test_a_postcode_finds_the_sub_district(come: Come) -> None:
    watch = Watch()
    visit = come(watch=watch)
    visit.fill_basket()
    visit.open("/checkout/")
    page = visit.page
    page.locator("#area_query").press_sequentially("10220")
    options = page.locator("#area_list [role=option]")
    expect(options.first).to_contain_text("10220")
    chosen = options.filter(has_text="แขวงอนุสาวรีย์ เขตบางเขน")
    chosen.click()
    assert page.input_value("#id_area_code") == "100502"
    expect(page.locator("#id_postcode")).to_have_value("10220")
    expect(page.locator("[data-area-chosen]")).to_have_text("แขวงอนุสาวรีย์ เขตบางเขน กรุงเทพมหานคร")
    assert watch.problems == []


def test_the_purchase_without_javascript(come: Come, open_market: Market) -> None:
    watch = Watch()
    visit = come(watch=watch, java_script_enabled=False)
    visit.until = "networkidle"
    page = visit.page
    choose_goods(visit)
    visit.press("a[href='/checkout/']")
    page.fill("#id_recipient", RECIPIENT)
    page.fill("#id_phone", PHONE)
    page.fill("#id_email", "noscript@example.test")
    page.fill("#id_line1", LINE)
    page.locator(".area details summary").click()
    for name, value in (("province", "75"), ("district", "7502"), ("subdistrict", "750205")):
        page.select_option(f"#{name}", value)
        visit.press("button[name=pick][value=selects]")
        assert page.input_value("#id_recipient") == RECIPIENT
        assert page.input_value("#id_email") == "noscript@example.test"
    expect(page.locator("[data-area-chosen]")).to_have_text("ต.บางคนที อ.บางคนที จ.สมุทรสงคราม")
    expect(page.locator("#id_postcode")).to_have_value("75120")
    visit.press("main form:has(#id_recipient) button[type=submit]:not([name])")
    number = visit.place("cod")
    check_order(visit, open_market, number, (1, 2, 1))
    assert watch.problems == []


def test_the_address_search_without_javascript(come: Come) -> None:
    visit = come(java_script_enabled=False)
    visit.fill_basket()
    visit.open("/checkout/")
    page = visit.page
    page.fill("#id_line1", LINE)
    page.fill("#area_query", "บางคนที")
    visit.press("button[name=pick][value=search]")
    page.get_by_label(re.compile(r"^ต\.บางคนที อ\.บางคนที")).check()
    visit.press("button[name=pick][value=choice]")
    expect(page.locator("[data-area-chosen]")).to_have_text("ต.บางคนที อ.บางคนที จ.สมุทรสงคราม")
    assert page.input_value("#id_line1") == LINE


@pytest.mark.parametrize("problem", ["missing script", "refused style", "failed request"])
def test_the_watch_sees_what_it_must(come: Come, problem: str) -> None:
    """The negative control: a page with one flaw does not pass."""
    watch = Watch()
    visit = come(watch=watch)
    visit.until = "networkidle"
    visit.open("/orders/find/")
    before = len(watch.problems)
    script = {
        "missing script": "document.head.append(Object.assign(document.createElement('script'), {src: '/static/none.js'}))",
        "refused style": "document.head.append(Object.assign(document.createElement('style'), {textContent: 'p{color:red}'}))",
        "failed request": "fetch('http://127.0.0.1:9/').catch(() => {})",
    }[problem]
    visit.page.evaluate(script)
    for _try in range(50):  # the browser tells of a failure a moment after it
        if len(watch.problems) > before:
            break
        visit.page.wait_for_timeout(100)
    assert len(watch.problems) > before
