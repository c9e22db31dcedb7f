"""The stand-in's pages in a real browser: paying, being asked, being declined; nothing too wide, too small or unreadable."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from shop.gateways.standin.server import Standin
from tests.browser.watch import Watch
from tests.standin import card, checkout, promptpay

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


class _Door(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>back</title><link rel=icon href=data:,>back in the shop")

    def log_message(self, *args: Any) -> None:
        return None


@pytest.fixture
def shop() -> Iterator[str]:
    """The address of another site: where Checkout leads back to."""
    server = HTTPServer(("127.0.0.1", 0), _Door)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_a_card_that_asks_its_holder_is_paid(chromium: Browser, standin: Standin, stripe_api: Any, shop: str) -> None:
    leads = {"success_url": f"{shop}/thanks/?s={{CHECKOUT_SESSION_ID}}", "cancel_url": f"{shop}/closed/"}
    session = stripe_api.checkout.sessions.create(checkout(**leads))
    page, watch = chromium.new_page(), Watch()
    watch.follow(page)
    page.goto(session.url)
    page.click("button[value=decline]")
    assert "บัตรถูกปฏิเสธ" in page.inner_text("[role=status]")
    page.click("button[value=challenge]")
    page.click("button[value=unproved]")
    assert "ยังไม่ได้ยืนยัน" in page.inner_text("[role=status]")
    page.click("button[value=challenge]")
    page.click("button[value=prove]")
    page.wait_for_url(f"{shop}/thanks/?s={session.id}")
    assert stripe_api.checkout.sessions.retrieve(session.id).payment_status == "paid"
    page.go_back()
    page.goto(f"{standin.url}/pay/{session.id}")
    assert page.locator("form").count() == 0
    assert [problem for problem in watch.problems if "favicon" not in problem and "404" not in problem] == []
    page.close()


def test_closing_leads_back_to_the_shop(chromium: Browser, stripe_api: Any, shop: str) -> None:
    session = stripe_api.checkout.sessions.create(checkout(success_url=f"{shop}/", cancel_url=f"{shop}/closed/"))
    page = chromium.new_page()
    page.goto(session.url)
    page.click("button[value=close]")
    page.wait_for_url(f"{shop}/closed/")
    page.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_is_content_and_nothing_is_too_wide(
    chromium: Browser, standin: Standin, stripe_api: Any, width: int
) -> None:
    qr = stripe_api.payment_intents.create(promptpay(description="คำสั่งซื้อ T-1")).id
    paid = stripe_api.payment_intents.create(promptpay()).id
    standin.pay(paid)
    stripe_api.refunds.create({"payment_intent": paid, "amount": 5_000})
    standin.dispute(stripe_api.payment_intents.create(card()).id)
    open_, declined = (stripe_api.checkout.sessions.create(checkout()).id for _ in range(2))
    standin.decline(declined)
    standin.fault("slow", "GET /nothing", times=3)
    page = chromium.new_page(viewport={"width": width, "height": 780}, bypass_csp=True)
    found: dict[str, Any] = {}
    for path in ("/", f"/pay/{open_}", f"/pay/{declined}", f"/3ds/{open_}", f"/bank/{qr}", f"/bank/{paid}", "/nothing"):
        page.goto(f"{standin.url}{path}")
        bad = [
            f"{rule['id']}: {rule['nodes'][0]['html']}"
            for rule in Axe().run(page, options=RULES).response["violations"]
        ]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            bad.append("too wide")
        if bad:
            found[path] = bad
    page.close()
    assert found == {}
