"""Money on our account finds its order, also when that has ended; one line of the statement pays one order. Exact sums."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from shop.common import clock
from shop.fulfilment import services as work
from shop.ledger.purposes import PLATFORM
from shop.ledger.selectors import balance_of
from shop.order.models import Order
from shop.partner.models import StockRecord
from shop.payment import services as payments
from shop.payment.audit import violations
from shop.payment.models import MoneyAct, PaymentAttempt, PaymentProblem, Refund
from shop.payment.selectors import cash_given_out, cash_held, paid_satang
from tests.market import Market
from tests.payments import place
from tests.unit.payment.test_office import admin, words

pytestmark = pytest.mark.django_db
__all__ = ["admin"]


def note(
    client: Client, attempt: PaymentAttempt, received: str = "300", reference: str = "KTB 0142", **more: str
) -> Any:
    line = {"received": received, "bank_date": clock.today().isoformat(), "bank_reference": reference, **more}
    return client.post(f"/office/transfers/{attempt.pk}/confirm/", line)


def found(client: Client, words_: str) -> str:
    answer = client.get("/office/transfers/", {"q": words_})
    assert answer.status_code == 200
    return words(answer.content.decode())


def expired(market: Market) -> Order:
    order = place(market, "transfer", hat=1)
    assert order.pay_by is not None
    with clock.moved_to(order.pay_by + dt.timedelta(seconds=1)):
        assert work.expire_order(order=order)
    return Order.objects.get(pk=order.pk)


def test_money_for_an_order_whose_time_was_over_takes_it_up_again(market: Market, admin: Client) -> None:
    order = expired(market)
    attempt = order.payment_attempts.get()
    for asked in (order.number, "300", "ผู้ซื้อ"):
        assert order.number in found(admin, asked), asked
        assert "คำสั่งซื้อจบไปแล้ว" in found(admin, asked)
    assert order.number not in words(admin.get("/office/transfers/").content.decode()), "nobody waits for it"
    assert "เงินโอนเข้ามาทีหลัง" in words(admin.get(f"/office/money/orders/{order.number}/").content.decode())
    assert note(admin, attempt).status_code == 302
    order.refresh_from_db()
    attempt.refresh_from_db()
    assert (order.cancelled_at, attempt.state, paid_satang(order.pk)) == (None, "succeeded", 30_000)
    assert set(order.vendor_orders.values_list("state", flat=True)) == {"to_accept"}
    assert (PaymentProblem.objects.get().kind, balance_of(PLATFORM, "bank"), violations()) == ("late", 30_000, [])


def test_where_the_goods_are_gone_it_goes_back(market: Market, admin: Client) -> None:
    order = expired(market)
    StockRecord.objects.filter(pk=market.stock["hat"].pk).update(num_in_stock=0)
    answer = note(admin, order.payment_attempts.get())
    assert answer.url == f"/office/money/orders/{order.number}/"
    refund = Refund.objects.get()
    assert (refund.amount_satang, refund.route, refund.state, refund.why) == (
        30_000,
        "transfer",
        "pending",
        "goods_gone",
    )
    order.refresh_from_db()
    assert order.cancelled_at is not None
    assert "โอนเงินผ่านธนาคาร" in words(admin.get("/office/money/").content.decode())
    payments.settle_refund(refund=refund, route="transfer", reference="KTB 9", by=market.people["administrator"])
    assert (paid_satang(order.pk), balance_of(PLATFORM, "bank"), violations()) == (0, 0, [])


def test_money_for_an_order_that_the_buyer_cancelled_goes_back(market: Market, admin: Client) -> None:
    order = place(market, "transfer", hat=1)
    work.cancel_order(order=order, by=None, reason="buyer")
    assert order.number in found(admin, order.number)
    assert note(admin, order.payment_attempts.get()).status_code == 302
    assert (Refund.objects.get().amount_satang, Refund.objects.get().state) == (30_000, "pending")
    assert (StockRecord.objects.get(pk=market.stock["hat"].pk).num_allocated or 0, violations()) == (0, [])


def test_money_that_comes_after_another_way_was_chosen_pays_the_order(market: Market, admin: Client) -> None:
    order = place(market, "transfer", hat=1)
    attempt = order.payment_attempts.get()
    work.choose_method(order=order, method="test")
    assert "เลือกจ่ายวิธีอื่นแล้ว" in found(admin, order.number)
    assert note(admin, attempt).status_code == 302
    assert list(order.payment_attempts.order_by("number").values_list("state", flat=True)) == ["succeeded", "cancelled"]
    assert (paid_satang(order.pk), violations()) == (30_000, [])


def test_the_sum_is_typed_and_the_line_named(market: Market, admin: Client) -> None:
    attempt = place(market, "transfer", hat=1).payment_attempts.get()
    page = admin.get("/office/transfers/").content.decode()
    fields = [tag for tag in page.split("<input") if 'name="received"' in tag.split(">")[0]]
    assert len(fields) == 1
    assert "value=" not in fields[0].split(">")[0]
    for wrong in ({"received": ""}, {"bank_reference": "  "}, {"bank_reference": "--"}, {"bank_date": ""}):
        assert note(admin, attempt, **wrong).status_code == 422, wrong
    tomorrow = (clock.today() + dt.timedelta(days=1)).isoformat()
    assert note(admin, attempt, bank_date=tomorrow).status_code == 422
    attempt.refresh_from_db()
    assert (attempt.state, attempt.bank_reference, MoneyAct.objects.count()) == ("awaiting_payer", "", 0)
    assert note(admin, attempt, reference="ktb 0142-ab").status_code == 302
    attempt.refresh_from_db()
    assert (attempt.state, attempt.bank_date, attempt.bank_reference) == ("succeeded", clock.today(), "KTB0142AB")
    assert "KTB0142AB" in MoneyAct.objects.get().note
    assert "KTB0142AB" in words(admin.get(f"/office/money/orders/{attempt.order.number}/").content.decode())


def test_one_line_of_the_statement_pays_one_order(market: Market, admin: Client) -> None:
    first, second = (place(market, "transfer", hat=1, email=f"{name}@example.test") for name in ("a", "b"))
    assert note(admin, first.payment_attempts.get()).status_code == 302
    answer = note(admin, second.payment_attempts.get(), reference="ktb-0142")
    assert answer.status_code == 422
    assert f"จ่ายคำสั่งซื้อ {first.number} ไปแล้ว" in words(answer.content.decode())
    assert (paid_satang(second.pk), second.payment_attempts.get().state) == (0, "awaiting_payer")
    assert (MoneyAct.objects.count(), balance_of(PLATFORM, "bank")) == (1, 30_000)
    assert note(admin, second.payment_attempts.get(), reference="KTB 0143").status_code == 302
    assert (paid_satang(second.pk), violations()) == (30_000, [])


def test_cash_that_the_office_gave_back_is_no_holder(market: Market, admin: Client) -> None:
    order = place(market, "transfer", kratip=2)
    payments.confirm(attempt=order.payment_attempts.get())
    refund = payments.ask_refund(order=order, pieces={order.lines.get().pk: 1}, why="other", by=None, route="cash")
    payments.settle_by_hand(refund=refund, route="cash", reference="คุณเอ", by=market.people["administrator"])
    assert (cash_held(), cash_given_out()) == ([], 12_000)
    page = words(admin.get("/office/money/cash/").content.decode())
    assert "platform" not in page
    assert "สำนักงานคืนเป็นเงินสด: 120.00 บาท" in page


@pytest.mark.parametrize(("day", "status"), [("28/11/2400", 422), ("1/1/1900", 422), ("31/12/2099", 422)])
def test_only_days_of_the_market_are_compared(market: Market, admin: Client, day: str, status: int) -> None:
    assert admin.post("/office/money/reconciliation/", {"day": day}).status_code == status
    today = clock.today().isoformat()
    assert admin.post("/office/money/reconciliation/", {"day": today}).status_code == 302
