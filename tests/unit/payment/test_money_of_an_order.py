"""The order page and the receipt: what came, what went back, what is on its way; letters that say when it is a test."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pypdfium2
import pytest
from django.core import mail
from django.test import Client
from django.utils.translation import override

from shop.common import clock, outbox
from shop.fulfilment import services as work
from shop.fulfilment.web.money import money_of
from shop.fulfilment.web.receipts import receipt_data
from shop.gateways import trial
from shop.gateways.standin.server import Standin
from shop.order.models import Order
from shop.payment import services as payments
from shop.payment.models import Refund
from shop.theme import formats
from tests.market import Market, signed_in
from tests.payments import attempt_of, bring, place, settle, stripe

pytestmark = pytest.mark.django_db
__all__ = ["stripe"]


@pytest.fixture
def buyer(market: Market) -> Client:
    return signed_in(market.people["buyer"])


def bought(market: Market, method: str, **quantities: int) -> Order:
    return place(market, method, user=market.people["buyer"], **quantities)


def paid_test(order: Order) -> None:
    trial.press(attempt_of(order).provider_ref, paid=True)
    payments.refresh(attempt=order.payment_attempts.get())


def give_back(order: Order, pieces: int = 1) -> Refund:
    line = order.lines.order_by("pk")[0]
    return payments.ask_refund(order=order, pieces={line.pk: pieces}, why="short", by=None)


def words_of(answer: Any) -> str:
    pages = pypdfium2.PdfDocument(answer.content)
    return "\n".join(page.get_textpage().get_text_range() for page in pages)


def letters() -> list[Any]:
    mail.outbox.clear()
    outbox.work_off()
    return list(mail.outbox)


def test_the_order_page_shows_the_money_as_it_stands(market: Market, stripe: Standin, buyer: Client) -> None:
    order = bought(market, "promptpay", hat=3)
    stripe.pay(attempt_of(order).provider_ref)
    bring(stripe)
    settle()
    refund = give_back(order)
    path = f"/orders/{order.number}/"
    assert "กำลังส่งคืน" in buyer.get(path).content.decode()
    settle()
    refund.refresh_from_db()
    page = buyer.get(path).content.decode()
    assert refund.state in ("pending", "requires_action")
    assert "Stripe ส่งอีเมลถามเลขบัญชี" in page
    assert f"{order.total_incl_tax:,.2f} บาท" in page
    assert "−250.00 บาท" in page
    stripe.refund_succeed(refund.provider_ref)
    bring(stripe)
    settle()
    page = buyer.get(path).content.decode()
    assert "คืนแล้ว" in page
    assert "Stripe ส่งอีเมล" not in page
    flow = money_of(Order.objects.get(pk=order.pk))
    assert (flow.kept_satang, flow.pending_satang) == (int(order.total_incl_tax * 100) - 25_000, 0)


def test_a_refund_by_hand_says_who_does_what(market: Market, buyer: Client) -> None:
    order = bought(market, "transfer", hat=2)
    payments.confirm(attempt=order.payment_attempts.get(), note="seen")
    refund = give_back(order)
    assert "เจ้าหน้าที่จะขอเลขบัญชี" in buyer.get(f"/orders/{order.number}/").content.decode()
    payments.settle_by_hand(refund=refund, route="transfer", reference="KTB 77", by=market.people["buyer"])
    page = buyer.get(f"/orders/{order.number}/").content.decode()
    assert "KTB 77" in page
    assert "เจ้าหน้าที่จะขอเลขบัญชี" not in page


def test_the_receipt_has_sums_words_and_buddhist_dates(market: Market, buyer: Client) -> None:
    order = bought(market, "transfer", hat=2)
    path = f"/orders/{order.number}/receipt.pdf"
    assert buyer.get(path).url == f"/orders/{order.number}/", "nothing was received yet"  # type: ignore[attr-defined]
    payments.confirm(attempt=order.payment_attempts.get(), note="seen")
    answer = buyer.get(f"/en{path}")
    assert (answer.headers["Content-Type"], answer.headers["Cache-Control"]) == ("application/pdf", "private, no-store")
    text = words_of(answer)  # vowels and tone marks come doubled out of a PDF: whole Thai words are asked of the data
    assert order.number in text
    assert "550.00" in text
    assert str(clock.today().year + 543) in text
    give_back(order)
    with override("th"):
        data = receipt_data(Order.objects.get(pk=order.pk), money_of(order))
    assert data["rows"][0]["when"] == formats.date(clock.today(), "th")
    assert (data["kept"], data["words"], data["pending"]) == ("550.00", "ห้าร้อยห้าสิบบาทถ้วน", "250.00")
    again = words_of(buyer.get(path))
    assert "250.00" in again
    assert "real money" not in again


def test_a_receipt_of_a_test_says_so(market: Market, buyer: Client) -> None:
    order = bought(market, "test")
    paid_test(order)
    assert "real money" in words_of(buyer.get(f"/orders/{order.number}/receipt.pdf"))


def test_letters_about_a_test_payment_are_marked_and_no_others(market: Market) -> None:
    order = bought(market, "test")
    paid_test(order)
    sent = letters()
    assert len(sent) >= 2
    assert all(letter.subject.startswith("[ทดสอบ") for letter in sent)
    assert all("ทดสอบ" in letter.body and "ทดสอบ" in letter.alternatives[0].content for letter in sent)
    bought(market, "cod")
    assert not any("ทดสอบ" in letter.subject for letter in letters())


# --- reminders ----------------------------------------------------------------------------------------------------


def test_a_transfer_is_reminded_of_once_a_day_before_its_end(market: Market) -> None:
    order = bought(market, "transfer")
    letters()
    assert order.pay_by is not None
    with clock.moved_to(order.pay_by - dt.timedelta(hours=25)):
        assert work.remind_unpaid() == 0
    with clock.moved_to(order.pay_by - dt.timedelta(hours=23)):
        assert work.remind_unpaid() == 1
        (letter,) = letters()
        assert "ยังรอการโอนเงิน" in letter.subject
        assert "300.00 บาท" in letter.body
        assert f"/orders/{order.number}/" in letter.body
        work.remind_unpaid()
        assert letters() == []


@pytest.mark.parametrize("what", ["paid", "cancelled", "slip", "late"])
def test_who_need_not_be_reminded_is_left_alone(market: Market, buyer: Client, what: str) -> None:
    from tests.unit.payment.test_slips import send

    order = bought(market, "transfer")
    letters()
    assert order.pay_by is not None
    with clock.moved_to(order.pay_by - dt.timedelta(hours=23)):
        work.remind_unpaid()  # announced, but not brought yet
        if what == "paid":
            payments.confirm(attempt=order.payment_attempts.get(), note="seen")
        elif what == "cancelled":
            work.cancel_order(order=order, by=None, reason="buyer")
        elif what == "slip":
            send(buyer, order)
    moment = order.pay_by + dt.timedelta(minutes=1) if what == "late" else order.pay_by - dt.timedelta(hours=22)
    with clock.moved_to(moment):
        assert not any("ยังรอการโอนเงิน" in letter.subject for letter in letters())


def test_no_other_way_is_reminded(market: Market, stripe: Standin) -> None:
    for method in ("promptpay", "cod", "test"):
        order = bought(market, method)
        with clock.moved_to(clock.now() + dt.timedelta(hours=20)):
            Order.objects.filter(pk=order.pk).update(pay_by=clock.now() + dt.timedelta(hours=1))
            assert work.remind_unpaid() == 0


def test_the_letter_of_an_order_that_ended_offers_to_order_again(market: Market) -> None:
    order = bought(market, "transfer")
    letters()
    with clock.moved_to(clock.now() + dt.timedelta(days=3)):
        assert work.expire_order(order=order)
        (letter,) = letters()
    assert "ดูรายการเดิมแล้วสั่งใหม่ได้ที่นี่" in letter.body
    assert "ดูสินค้าแล้วสั่งใหม่" in letter.alternatives[0].content
    assert "เงินให้ทั้งหมด" in letter.body, "what becomes of money that was on its way"


# --- before ordering ----------------------------------------------------------------------------------------------


def test_each_way_says_what_when_and_by_whom_and_what_is_not_offered_why(
    market: Market, stripe: Standin, settings: Any
) -> None:
    from shop.payment.ways import ways

    found = {way.method: way for way in ways(30_000)}
    assert list(found) == ["promptpay", "card", "transfer", "cod", "test"]
    assert not any(way.why_not for way in found.values())
    assert "Stripe" in found["promptpay"].says
    assert "TALAT RUAM" in found["card"].says
    assert "48" in str(found["transfer"].says)
    small, large = ({way.method: way.why_not for way in ways(sum_)} for sum_ in (900, 600_000))
    assert small["promptpay"] == small["card"] == "ใช้ได้ตั้งแต่ 10.00 บาทขึ้นไป"
    assert large["cod"] == "ใช้ได้กับยอดไม่เกิน 5,000 บาท"
    settings.STRIPE_SECRET_KEY = ""
    assert [way.method for way in ways(30_000)] == ["transfer", "cod", "test"], "what is not set up is not named"


def test_the_checkout_names_what_cannot_be_chosen(market: Market, client: Client, settings: Any) -> None:
    from tests.market import GUEST

    settings.COD_LIMIT_SATANG = 10_000
    client.post(f"/basket/add/{market.products['hat'].pk}/", {"quantity": 1}, HTTP_SEC_FETCH_SITE="same-origin")
    client.post("/checkout/", GUEST)
    page = client.get("/checkout/confirm/").content.decode()
    assert "ใช้ได้กับยอดไม่เกิน 100 บาท" in page
    assert 'value="cod"' not in page
