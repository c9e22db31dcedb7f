"""Paying in a real browser, with the stand-in as bank and card page: by card, by PromptPay in another tab, late, by transfer."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from shop.common import clock
from shop.order.models import Order
from shop.payment.models import PaymentAttempt, TransferSlip
from tests.browser.conftest import Come, Market
from tests.browser.watch import Watch
from tests.tour.paying import slip_picture
from tests.tour.visit import Visit

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


def number_of(visit: Visit) -> str:
    found = re.search(r"/orders/([^/]+)/", visit.page.url)
    assert found
    return found[1]


def state_of(market: Market, number: str) -> str:
    return market.ask(lambda: PaymentAttempt.objects.filter(order__number=number).order_by("-number")[0].state)


def is_fine(page: Page) -> None:
    """Nothing too wide for a phone, nothing that axe finds."""
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("innerWidth")
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()


def other_tab(page: Page, selector: str) -> Page:
    """Follows a link that opens beside the page."""
    with page.expect_popup() as opened:
        page.locator(selector).click()
    opened.value.wait_for_load_state()
    return opened.value


def test_promptpay_is_paid_in_another_tab_and_the_page_turns_by_itself(come: Come, open_market: Market) -> None:
    watch = Watch()
    visit = come(watch=watch)
    number = visit.buy("promptpay")
    page = visit.page
    expect(page.get_by_role("img", name=re.compile("คิวอาร์พร้อมเพย์ ยอด"))).to_be_visible()
    expect(page.locator(".left")).to_have_text(re.compile(r"เหลือเวลา \d\d:\d\d"))
    assert page.locator(".code svg").bounding_box()["width"] >= 240  # type: ignore[index]
    is_fine(page)
    bank = other_tab(page, ".bank-app")
    bank.click("button[value=pay]")
    page.bring_to_front()
    expect(page.locator(".pay-paid h2")).to_be_visible(timeout=20_000)
    expect(page.locator("#pay-say")).to_have_text("ได้รับเงินแล้ว ขอบคุณที่อุดหนุน")
    assert state_of(open_market, number) == "succeeded"
    is_fine(page)
    visit.press(".pay-paid .btn")
    assert page.url.endswith(f"/orders/{number}/?paid=1")
    page.go_back()
    page.reload()
    assert f"/orders/{number}/?paid=1" in page.url, "the payment page of a paid order leads to the order"
    assert watch.problems == []


def test_a_card_that_asks_its_holder(come: Come, open_market: Market) -> None:
    visit = come()
    number = visit.buy("card")
    page = visit.page
    is_fine(page)
    visit.press("a[rel~=external]")
    page.click("button[value=no_money]")
    page.click("button[value=close]")
    page.wait_for_url("**/pay/?back=closed")
    expect(page.locator(".note.bad")).to_contain_text("เงินในบัตรไม่พอ")
    is_fine(page)
    visit.press("a[rel~=external]")
    page.click("button[value=challenge]")
    page.click("button[value=prove]")
    page.wait_for_url(re.compile(rf"/orders/{number}/(\?paid=1|pay/\?back=paid)"))
    expect(page.get_by_text("ได้รับเงินแล้ว ขอบคุณที่อุดหนุน").first).to_be_visible(timeout=20_000)
    assert state_of(open_market, number) == "succeeded"


def test_a_code_that_lapses_while_the_page_is_open(come: Come, open_market: Market) -> None:
    visit = come()
    visit.buy("promptpay")
    page = visit.page
    bank = other_tab(page, ".bank-app")
    bank.click("button[value=expire]")
    page.bring_to_front()
    expect(page.locator(".pay-failed h2")).to_be_visible(timeout=20_000)
    is_fine(page)
    assert page.locator("input[name=method][value=promptpay]").is_checked()
    visit.press(".choose button")
    expect(page.locator(".code svg")).to_be_visible()


def test_an_order_whose_time_is_over_says_so_by_itself(come: Come, open_market: Market) -> None:
    visit = come()
    number = visit.buy("promptpay")

    def end() -> None:
        from shop.fulfilment.services import expire_order

        past = clock.now() - dt.timedelta(hours=1)
        Order.objects.filter(number=number).update(pay_by=past)
        PaymentAttempt.objects.filter(order__number=number).update(expires_at=past, provider_open=False)
        assert expire_order(order=Order.objects.get(number=number))

    open_market.ask(end)
    expect(visit.page.locator(".pay-expired h2")).to_be_visible(timeout=20_000)
    is_fine(visit.page)


def test_a_transfer_with_its_slip_by_keyboard(come: Come, open_market: Market) -> None:
    visit = come()
    number = visit.buy("transfer")
    page = visit.page
    is_fine(page)
    button = page.locator("#slip form button.btn")
    page.set_input_files("#id_file", slip_picture())
    page.locator("details.more summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("สามร้อย")
    button.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "errors"
    is_fine(page)
    page.fill("#id_paid", "๓๐๐")
    page.fill("#id_bank_reference", "0142 AB 77")
    button = page.locator("#slip form button.btn")
    button.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".slab > .sent").first).to_be_visible()
    is_fine(page)
    slip = open_market.ask(lambda: TransferSlip.objects.get(order__number=number))
    assert (slip.paid_satang, slip.bank_reference, state_of(open_market, number)) == (
        30_000,
        "0142AB77",
        "awaiting_payer",
    )


@pytest.mark.parametrize("method", ["promptpay", "card"])
def test_without_a_script_there_is_a_link_to_look_again(come: Come, open_market: Market, method: str) -> None:
    number = come().buy(method)
    visit = come(java_script_enabled=False)
    email = open_market.ask(lambda: Order.objects.get(number=number).guest_email)
    visit.open("/orders/find/")
    visit.page.fill("#id_number", number)
    visit.page.fill("#id_contact", email)
    visit.press("main form button")
    visit.open(f"/orders/{number}/pay/")
    visit.press("[data-asks]")
    assert visit.page.url.endswith("back=look")
    assert visit.page.locator(".pay-qr, .pay-card").count() == 1
