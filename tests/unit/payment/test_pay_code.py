"""What the code on the payment page holds, and that a test is marked in the picture itself."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
import segno
from django.test import Client
from PIL import Image

from shop.fulfilment.web import pay_code
from shop.gateways import emvco
from shop.gateways.standin.server import Standin
from shop.payment.models import PaymentAttempt
from tests.market import Market
from tests.payments import attempt_of, place, stripe

pytestmark = pytest.mark.django_db
__all__ = ["stripe"]
PAYABLE = emvco.promptpay("0801234567", 30_000)
RED = (163, 35, 26)


def modules_in(picture: Image.Image, text: str, top: int) -> bool:
    """Is this code drawn there, module by module?"""
    wanted = [list(row) for row in segno.make(text, error="m", micro=False).matrix_iter(border=4)]
    size = picture.width / len(wanted)
    return all(
        (picture.getpixel((int((x + 0.5) * size), int((y + 0.5 + top) * size)))[0] < 128) == bool(dark)  # type: ignore[index]
        for y, row in enumerate(wanted)
        for x, dark in enumerate(row)
    )


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def attempt(market: Market, text: str | None = None) -> PaymentAttempt:
    made = attempt_of(place(market, "promptpay"))
    if text is not None:
        made.show = {**made.show, "qr": text}
        made.save(update_fields=["show"])
    return made


def test_a_test_is_words_between_two_red_bands(market: Market, stripe: Standin) -> None:
    made = attempt(market)
    text = pay_code.told(made)
    assert (text.startswith("ทดสอบ – ห้ามโอนเงิน"), emvco.is_payable(text)) == (True, False)
    svg = pay_code.svg(made)
    assert re.findall(r"<text[^>]*>([^<]+)</text>", svg) == ["ทดสอบ – ห้ามโอนเงิน", "TEST – do not pay"]
    assert 'style="' not in svg, "the pages allow no inline style"
    picture = opened(pay_code.png(made))
    assert picture.height > picture.width
    assert picture.getpixel((3, 3)) == picture.getpixel((3, picture.height - 4)) == RED
    band = picture.crop((0, 0, picture.width, picture.width // 10))
    assert (255, 255, 255) in {color for _count, color in band.getcolors(100_000) or []}, "white words on it"
    assert modules_in(picture, text, top=7)


@pytest.mark.parametrize("text", [PAYABLE, f" {PAYABLE}", "000201\n" + PAYABLE[6:], PAYABLE.lower()])
def test_a_provider_s_test_code_that_a_bank_could_pay_is_never_shown(
    market: Market, stripe: Standin, settings: Any, text: str
) -> None:
    """A real market with a test key of Stripe: what Stripe answers is not taken on trust."""
    settings.DEMO = False
    made = attempt(market, text)
    told = pay_code.told(made)
    assert (told.startswith("ทดสอบ – ห้ามโอนเงิน"), emvco.is_payable(told)) == (True, False)
    assert modules_in(opened(pay_code.png(made)), told, top=7)


def test_a_demo_with_a_live_key_shows_nothing_that_can_be_paid(market: Market, stripe: Standin, settings: Any) -> None:
    made = attempt(market, PAYABLE)
    settings.STRIPE_SECRET_KEY = "sk_live_x"
    assert not emvco.is_payable(pay_code.told(made))
    settings.DEMO = False
    assert pay_code.told(made) == PAYABLE


def test_in_earnest_the_code_is_the_provider_s_and_bears_no_mark(
    market: Market, stripe: Standin, settings: Any
) -> None:
    made = attempt(market, PAYABLE)
    settings.DEMO, settings.STRIPE_SECRET_KEY = False, "sk_live_x"
    assert "<text" not in pay_code.svg(made)
    picture = opened(pay_code.png(made))
    assert picture.width == picture.height
    assert RED not in {color for _count, color in picture.getcolors(100_000) or []}
    assert modules_in(picture, PAYABLE, top=0)


def test_a_demo_has_no_code_for_its_own_account(market: Market, settings: Any) -> None:
    settings.BANK_ACCOUNT = {**settings.BANK_ACCOUNT, "promptpay": "0801234567", "biller": ""}
    made = attempt_of(place(market, "transfer"))
    assert (pay_code.told(made), pay_code.svg(made)) == ("", "")
    settings.DEMO = False
    assert pay_code.told(made) == PAYABLE
    assert "<text" not in pay_code.svg(made)


def test_the_test_payment_has_no_code_at_all(market: Market) -> None:
    made = attempt_of(place(market, "test"))
    assert (pay_code.told(made), pay_code.svg(made)) == ("", "")


def test_page_and_picture_are_marked(market: Market, stripe: Standin) -> None:
    buyer = Client()
    buyer.force_login(market.people["buyer"])
    order = place(market, "promptpay", user=market.people["buyer"])
    page = buyer.get(f"/orders/{order.number}/pay/").content.decode()
    assert 'class="qr test"' in page
    assert "TEST – do not pay" in page
    answer = buyer.get(f"/orders/{order.number}/pay/code.png")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="test-promptpay-{order.number}.png"'
    assert opened(answer.content).getpixel((3, 3)) == RED
