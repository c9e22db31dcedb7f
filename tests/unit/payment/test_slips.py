"""Slips of transfers: checked, kept once, for one order only; and the order waits for the staff."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from media.models import PrivateFile
from shop.common import clock
from shop.fulfilment import services as work
from shop.fulfilment.web.slip_form import MOST_SLIPS
from shop.order.models import Order
from shop.payment.models import PaymentProblem, TransferSlip
from shop.payment.services.slips import after_working_days, plain_reference
from tests.market import Market, photo, signed_in
from tests.payments import place

pytestmark = pytest.mark.django_db


@pytest.fixture
def buyer(market: Market) -> Client:
    return signed_in(market.people["buyer"])


def bought(market: Market) -> Order:
    return place(market, "transfer", user=market.people["buyer"])


def send(client: Client, order: Order, picture: str = "one", **typed: Any) -> Any:
    # the comment of a picture does not survive its re-encoding: another picture has another size
    size = {"one": (600, 900), "two": (600, 910)}.get(picture)
    data = {**typed, **({"file": photo("slip.jpg", size=size)} if size else {})}
    return client.post(f"/orders/{order.number}/pay/slip/", data)


def test_a_slip_is_kept_with_what_was_read_on_it(market: Market, buyer: Client) -> None:
    order = bought(market)
    today = clock.today()
    day = f"{today.day}/{today.month}/{today.year + 543}".translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    answer = send(buyer, order, paid="๓๐๐", paid_on=day, paid_time="๑๔.๓๐ น.", bank_reference="0142-ab 88")
    assert answer.url == f"/orders/{order.number}/pay/"
    slip = TransferSlip.objects.get()
    assert (slip.order_id, slip.paid_satang, slip.bank_reference) == (order.pk, 30_000, "0142AB88")
    assert slip.paid_at == dt.datetime.combine(today, dt.time(14, 30), tzinfo=clock.BANGKOK)
    assert slip.file is not None
    assert slip.file.content_type == "image/jpeg"
    page = buyer.get(answer.url).content.decode()
    assert "ได้รับสลิปเมื่อ" in page
    assert order.payment_attempts.get().state == "awaiting_payer", "a slip is no money"


def test_the_same_slip_again_is_fine_and_may_say_more(market: Market, buyer: Client) -> None:
    order = bought(market)
    send(buyer, order)
    assert send(buyer, order, bank_reference="A12345").status_code == 302
    assert send(buyer, order, "two", bank_reference="a-123 45").status_code == 302
    assert list(TransferSlip.objects.values_list("bank_reference", flat=True)) == ["A12345", ""]
    assert not PaymentProblem.objects.exists()


@pytest.mark.parametrize(("picture", "reference"), [("one", ""), ("two", "a 12345")])
def test_a_slip_of_another_order_is_refused_and_told(
    market: Market, buyer: Client, picture: str, reference: str
) -> None:
    first, second = bought(market), bought(market)
    send(buyer, first, bank_reference="A12345")
    answer = send(buyer, second, picture, bank_reference=reference)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert ("เลขอ้างอิงนี้เคยส่งให้คำสั่งซื้ออื่นแล้ว" if reference else "สลิปนี้เคยส่งให้คำสั่งซื้ออื่นแล้ว") in page
    assert ('href="#id_bank_reference"' if reference else 'href="#id_file"') in page
    assert not second.slips.exists()
    problem = PaymentProblem.objects.get()
    assert (problem.kind, problem.attempt) == ("slip", second.payment_attempts.get())


def test_what_was_typed_and_sent_stays_when_something_is_wrong(market: Market, buyer: Client) -> None:
    order = bought(market)
    answer = send(buyer, order, paid="สามร้อย", bank_reference="REF9")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="REF9"' in page
    assert 'href="#id_paid"' in page
    assert "มีรูปของคุณอยู่แล้ว" in page
    assert not TransferSlip.objects.exists()
    again = send(buyer, order, "none", paid="300", bank_reference="REF9", kept=answer.context["kept"])
    assert again.status_code == 302
    assert TransferSlip.objects.get().file == PrivateFile.objects.get()


def test_a_kept_picture_belongs_to_its_order(market: Market, buyer: Client) -> None:
    first, second = bought(market), bought(market)
    kept = send(buyer, first, paid="x").context["kept"]
    assert send(buyer, second, "none", kept=kept).status_code == 422
    assert not TransferSlip.objects.exists()


def test_no_picture_a_wrong_file_a_day_to_come(market: Market, buyer: Client) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    order = bought(market)
    assert "กรุณาเลือกรูปสลิป" in send(buyer, order, "none").content.decode()
    script = SimpleUploadedFile("slip.jpg", b"<script>alert(1)</script>", content_type="image/jpeg")
    assert buyer.post(f"/orders/{order.number}/pay/slip/", {"file": script}).status_code == 422
    later = clock.today() + dt.timedelta(days=2)
    assert "วันนี้ยังมาไม่ถึง" in send(buyer, order, paid_on=later.isoformat()).content.decode()
    assert not TransferSlip.objects.exists()


def test_an_order_with_a_slip_waits_for_two_working_days_and_no_longer(market: Market, buyer: Client) -> None:
    order = bought(market)
    friday = dt.datetime(2026, 12, 4, 20, 0, tzinfo=clock.BANGKOK)
    Order.objects.filter(pk=order.pk).update(pay_by=friday + dt.timedelta(hours=1))
    order.payment_attempts.update(expires_at=friday + dt.timedelta(hours=1))
    with clock.moved_to(friday):
        send(buyer, order)
    order.refresh_from_db()
    tuesday = dt.datetime(2026, 12, 8, 20, 0, tzinfo=clock.BANGKOK)
    assert (order.pay_by, order.payment_attempts.get().expires_at) == (tuesday, tuesday)
    with clock.moved_to(friday + dt.timedelta(days=1)):
        send(buyer, order, "two")
    order.refresh_from_db()
    assert order.pay_by == tuesday, "more slips do not hold goods for longer"


def test_a_slip_comes_too_late_or_for_another_way(market: Market, buyer: Client) -> None:
    order = bought(market)
    work.cancel_order(order=order, by=None, reason="buyer")
    assert send(buyer, order).url == f"/orders/{order.number}/"
    cash = place(market, "cod", user=market.people["buyer"])
    assert send(buyer, cash).url == f"/orders/{cash.number}/"
    assert not TransferSlip.objects.exists()
    assert not PrivateFile.objects.exists()


def test_a_stranger_sends_nothing(market: Market) -> None:
    order = bought(market)
    assert send(Client(), order).status_code == 404
    assert not PrivateFile.objects.exists()


def test_a_reference_is_read_as_people_type_it() -> None:
    assert plain_reference(" ๐๑๔-ab/ 9 ") == "014AB9"
    friday = dt.datetime(2026, 11, 27, 12, tzinfo=clock.BANGKOK)
    assert after_working_days(friday, 1).date() == dt.date(2026, 11, 30)


@pytest.mark.parametrize("reference", ["KBANK", "001", "12345", "KASIKORN", "000000", "------"])
def test_what_names_no_transfer_is_no_reason_to_refuse_a_slip(market: Market, buyer: Client, reference: str) -> None:
    for name in ("one", "two"):
        assert send(buyer, bought(market), name, bank_reference=reference).status_code == 302
    assert (TransferSlip.objects.count(), PaymentProblem.objects.count()) == (2, 0)


def test_one_orders_many_tries_keep_no_other_order_from_its_slip(market: Market, buyer: Client) -> None:
    first, second = bought(market), bought(market)
    for _try in range(MOST_SLIPS):
        send(buyer, first, paid="x")
    assert "ส่งไฟล์มากเกินไป" in send(buyer, first).content.decode()
    assert send(buyer, second).status_code == 302


def test_after_a_slip_the_order_page_says_that_it_is_looked_at(market: Market, buyer: Client) -> None:
    order = bought(market)
    page = buyer.get(f"/orders/{order.number}/").content.decode()
    assert "โอนเงินให้ตรงยอดนี้ไปที่" in page
    send(buyer, order)
    page = buyer.get(f"/orders/{order.number}/").content.decode()
    assert "กำลังตรวจยอดโอนของคุณ" in page
    assert "ไม่ต้องโอนซ้ำ" in page
    assert "โอนเงินให้ตรงยอดนี้ไปที่" not in page
