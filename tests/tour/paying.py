"""The payment page in its states. Banks and cards are the stand-in's: what they answer is pressed there."""

from __future__ import annotations

import io
import re
import secrets
from collections.abc import Callable
from typing import Any

from PIL import Image

from tests.tour import facts as cast
from tests.tour.stop import Stop, at
from tests.tour.visit import Visit


def _press(visit: Visit, address: str, act: str) -> None:
    """What somebody presses on a page of the stand-in."""
    answer = visit.page.context.request.post(address, form={"act": act}, max_redirects=0)
    assert answer.status in (200, 303), f"{address}: {answer.status}"


def _bank(visit: Visit, act: str) -> None:
    _press(visit, str(visit.page.locator(".bank-app").get_attribute("href")), act)


def _bought(method: str) -> Callable[[Visit], None]:
    def go(visit: Visit) -> None:
        visit.buy(method)
        if method == "cod":
            visit.open(f"{_path(visit)}pay/")

    return go


def _path(visit: Visit) -> str:
    """The path of the order that is open, without its language."""
    found = re.search(r"/orders/[^/]+/", visit.page.url)
    assert found
    return found[0]


def _promptpay(act: str, wanted: str) -> Callable[[Visit], None]:
    def go(visit: Visit) -> None:
        visit.buy("promptpay")
        _bank(visit, act)
        visit.page.locator(wanted).wait_for(timeout=30_000)

    return go


def _card_declined(visit: Visit) -> None:
    visit.buy("card")
    _press(visit, str(visit.page.locator("a[rel~=external]").get_attribute("href")), "no_money")
    visit.open(f"{_path(visit)}pay/?back=closed")
    assert visit.page.locator(".note.bad").count() == 1


def _card_back(visit: Visit) -> None:
    visit.buy("card")
    visit.open(f"{_path(visit)}pay/?back=paid")


def _down(visit: Visit) -> None:
    """The stand-in is told to give no answer; where it listens is known from an order before."""
    visit.buy("promptpay")
    bank = str(visit.page.locator(".bank-app").get_attribute("href"))
    control = bank.partition("/bank/")[0] + "/_control/"
    order = {"kind": "error_before", "where": "POST /v1/payment_intents", "times": 9}
    visit.page.context.request.post(f"{control}fault", data=order)
    visit.afterwards.append(lambda: visit.page.context.request.post(f"{control}calm", data={}))
    visit.buy("promptpay")
    assert visit.page.locator(".pay-down").count() == 1


def _slip_sent(visit: Visit) -> None:
    visit.buy("transfer")
    visit.page.set_input_files("#id_file", slip_picture())
    visit.press("#slip form button")
    assert visit.page.locator(".slab > .sent").count() == 1


def _slip_errors(visit: Visit) -> None:
    visit.buy("transfer")
    visit.page.locator("details.more summary").click()
    visit.page.fill("#id_paid", "สามร้อย")
    visit.page.fill("#id_paid_time", "เที่ยง")
    visit.press("#slip form button")
    assert visit.page.locator(".errors li").count() == 3


def slip_picture() -> list[Any]:
    """A slip that was never sent before."""
    written = io.BytesIO()
    Image.frombytes("RGB", (8, 8), secrets.token_bytes(192)).resize((640, 900)).save(written, "PNG")
    return [{"name": "slip.png", "mimeType": "image/png", "buffer": written.getvalue()}]


def _failed(visit: Visit) -> None:
    visit.buy("test")
    visit.press("button[value=declined]")
    assert visit.page.locator(".pay-failed").count() == 1


PAYING = (
    Stop("pay-promptpay", _bought("promptpay")),
    Stop("pay-processing", _promptpay("process", ".pay-processing")),
    Stop("pay-lapsed", _promptpay("expire", ".pay-failed")),
    Stop("pay-arrived", _promptpay("pay", ".pay-paid")),
    Stop("pay-down", _down),
    Stop("pay-card", _bought("card")),
    Stop("pay-card-back", _card_back),
    Stop("pay-card-declined", _card_declined),
    Stop("pay-transfer", _bought("transfer")),
    Stop("pay-slip-sent", _slip_sent),
    Stop("pay-slip-errors", _slip_errors),
    Stop("pay-cash", _bought("cod")),
    Stop("pay-test", _bought("test")),
    Stop("pay-declined", _failed),
    at("pay-review", lambda visit: f"/orders/{visit.facts.review_order}/pay/", cast.ADMINISTRATOR),
    at("pay-over", lambda visit: f"/orders/{visit.facts.cancelled_order}/pay/", cast.ADMINISTRATOR),
    at("pay-expired", lambda visit: f"/orders/{visit.facts.expired_order}/pay/", cast.ADMINISTRATOR),
)
