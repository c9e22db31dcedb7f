"""A visitor with a page of a real browser: what the tour and the tests do with the market, in one language."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from playwright.sync_api import BrowserContext, Locator, Page, Response

from tests.tour.facts import Facts, Good

_guests = itertools.count(1)
RECIPIENT, PHONE, LINE = "ญาณิศา ผู้พัฒน์", "081 234 5678", "88/12 ซอยพหลโยธิน 48"
TAMBON, TAMBON_CODE = "บางคนที", "750205"
TAMBON_OPTION = re.compile(r"^(ต\.บางคนที อ\.บางคนที|Bang Khonthi, Bang Khonthi)", re.IGNORECASE)
LANGUAGE_FREE = ("/office/", "/cms/", "/healthz")


@dataclass
class Visit:
    """One visitor. `prefix` is "" for Thai and "/en" for English; `until` says how long a visitor waits for a page."""

    page: Page
    base: str
    facts: Facts
    prefix: str = ""
    phone: str = PHONE
    until: Literal["load", "networkidle"] = "load"
    afterwards: list[Callable[[], None]] = field(default_factory=list)

    def url(self, path: str) -> str:
        """The whole address of a path, in the visitor's language."""
        return self.base + ("" if path.startswith(LANGUAGE_FREE) else self.prefix) + path

    def open(self, path: str) -> Response:
        """Goes to a path."""
        answer = self.page.goto(self.url(path), wait_until=self.until)
        assert answer is not None
        return answer

    def press(self, what: str | Locator) -> None:
        """Presses what sends a form or leads on, and waits for the next page."""
        target = self.page.locator(what) if isinstance(what, str) else what
        with self.page.expect_navigation(wait_until=self.until):
            target.first.click()

    def add(self, good: Good, quantity: int = 1) -> None:
        """Puts a good into the basket as its page's form would, without opening the page."""
        answer = self.page.context.request.post(
            self.url(f"/basket/add/{good.pk}/"),
            form={"quantity": str(quantity)},
            headers={"Sec-Fetch-Site": "same-origin", "Origin": self.base},
            max_redirects=0,
        )
        assert answer.status == 302, f"{good.name}: {answer.status}"

    def put_in(self) -> None:
        """Presses the button of a product's page: with scripts the page stays and says so, without them the basket opens."""
        if not self.page.locator("html.js").count():
            self.press(".buybar .btn")
            return
        with self.page.expect_response("**/basket/add/*/"):
            self.page.locator(".buybar .btn").click()
        self.page.locator("#told .ok").wait_for()

    def fill_basket(self) -> None:
        """Goods of four groups, one of them a variant."""
        for good in (*self.facts.goods, self.facts.variant):
            self.add(good)

    def fill_address(self) -> None:
        """Types contact and address; the sub-district is picked from the list that typing opens."""
        page = self.page
        page.fill("#id_recipient", RECIPIENT)
        if page.locator("#id_email").count():  # a guest of their own: one person may not leave many orders unpaid
            number = next(_guests)
            self.phone = f"089{number:07d}"
            page.fill("#id_email", f"visitor{number}@example.test")
        page.fill("#id_phone", self.phone)
        page.fill("#id_line1", LINE)
        self.pick_area()

    def pick_area(self) -> None:
        """Types a sub-district and picks it from the list."""
        self.page.locator("#area_query").press_sequentially(TAMBON)
        self.page.locator("#area_list [role=option]", has_text=TAMBON_OPTION).first.click()
        assert self.page.input_value("#id_area_code") == TAMBON_CODE

    def to_confirm(self) -> None:
        """From a full basket to the second step."""
        self.open("/checkout/")
        self.fill_address()
        self.press("main form:has(#id_recipient) button[type=submit]")

    def place(self, method: str = "cod") -> str:
        """From the second step to the placed order; returns its number."""
        self.page.check(f"input[name=method][value={method}]")
        self.press("#pay button[type=submit]")
        return self.page.url.split("/orders/")[1].split("/")[0]

    def buy(self, method: str = "cod") -> str:
        """A whole purchase of goods of four groups; returns the number."""
        self.fill_basket()
        self.to_confirm()
        return self.place(method)

    def other_guest(self) -> Visit:
        """Another guest of the same market, in a browser of their own."""
        browser = self.page.context.browser
        assert browser is not None
        context: BrowserContext = browser.new_context()
        self.afterwards.append(context.close)
        return Visit(context.new_page(), self.base, self.facts)

    def log_in(self, email: str) -> None:
        """Signs in by the form."""
        self.open("/auth/login/")
        self.page.fill("input[name=login]", email)
        self.page.fill("input[name=password]", self.facts.password)
        self.press("main form button[type=submit]")
        assert "/auth/login/" not in self.page.url, f"{email} could not sign in"

    def leave(self) -> None:
        """Puts back what the visit took away from others."""
        while self.afterwards:
            self.afterwards.pop()()
