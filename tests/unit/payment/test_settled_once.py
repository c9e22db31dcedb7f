"""A refund that did not arrive is made good once, and only as far as its goods are still to be given; with the exact sums."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from shop.common import clock
from shop.gateways.contract import DisputeStand, DisputeStanding
from shop.ledger.purposes import PLATFORM
from shop.ledger.selectors import balance_of
from shop.order.models import Order
from shop.payment import services as payments
from shop.payment.audit import violations
from shop.payment.models import MoneyAct, PaymentAttempt, PaymentProblem, Refund
from shop.payment.selectors import paid_satang, refundable_parts
from tests.market import Market
from tests.payments import place
from tests.unit.payment.test_office import admin, words
from tests.unit.payment.test_refunds import ask, paid

pytestmark = pytest.mark.django_db
__all__ = ["admin"]


def settle(client: Client, refund: Refund, token: str, route: str = "transfer", reference: str = "OFF1") -> Any:
    data = {"route": route, "reference": reference, "token": token * 32}
    return client.post(f"/office/money/refunds/{refund.pk}/settle/", data)


def failed(order: Order, pieces: int = 1, **facts: Any) -> Refund:
    refund = ask(order, {order.lines.order_by("pk")[0].pk: pieces}, **facts)
    payments.refund_refused(refund=refund, reason="account_closed")
    refund.refresh_from_db()
    return refund


def named() -> list[str]:
    return [row.check for row in violations()]


def test_two_officers_with_a_form_each_give_a_failed_refund_back_once(market: Market, admin: Client) -> None:
    order = paid(market, kratip=2)  # 240.00 and 50.00
    refund = failed(order)
    assert settle(admin, refund, "a").status_code == 302
    second = settle(admin, refund, "b", reference="OFF2")
    assert second.status_code == 422
    assert "รายการคืนเงินนี้ปิดไปแล้ว" in words(second.content.decode())
    done = Refund.objects.get(instead_of=refund)
    assert (done.amount_satang, done.state, done.reference, done.note) == (12_000, "succeeded", "OFF1", "")
    assert (Refund.objects.count(), MoneyAct.objects.count(), paid_satang(order.pk)) == (2, 1, 17_000)
    assert named() == []


def test_pieces_that_went_back_meanwhile_do_not_go_back_again(market: Market, admin: Client) -> None:
    order = paid(market, kratip=3)  # 360.00 and 75.00
    refund = failed(order, 2)
    line = order.lines.get()
    ask(order, {line.pk: 2}, route="transfer")
    answer = settle(admin, refund, "a")
    assert answer.status_code == 422
    assert "มีรายการคืนเงินอื่นคืนให้ไปแล้ว" in words(answer.content.decode())
    assert not Refund.objects.filter(instead_of=refund).exists()
    assert (paid_satang(order.pk), refundable_parts(order)[0].lines[0].given) == (43_500, 2)
    ask(order, {line.pk: 1}, route="transfer")
    assert settle(admin, refund, "c").status_code == 422
    given = Refund.objects.exclude(state__in=Refund.GONE).values_list("amount_satang", flat=True)
    assert (sorted(given), named()) == ([12_000, 24_000], [])


def test_delivery_that_went_back_meanwhile_does_not_go_back_again(market: Market, admin: Client) -> None:
    order = paid(market, kratip=3)
    line = order.lines.get()
    refund = ask(order, {}, delivery={line.vendor_order_id: 3_000})
    payments.refund_refused(refund=refund, reason="account_closed")
    ask(order, {}, delivery={line.vendor_order_id: 4_501}, route="transfer")
    assert settle(admin, refund, "a").status_code == 422
    assert not Refund.objects.filter(instead_of=refund).exists()
    assert refundable_parts(order)[0].delivery_left == 2_999


def test_what_is_left_of_a_failed_refund_is_given_once_more_after_its_successor_failed_too(
    market: Market, admin: Client
) -> None:
    order = paid(market, kratip=2)
    first = failed(order)
    assert settle(admin, first, "a", "cash", "คุณเอ").status_code == 302
    again = Refund.objects.get(instead_of=first)
    rows = again.lines.values_list("line", "quantity", "amount_satang")
    assert list(rows) == list(first.lines.values_list("line", "quantity", "amount_satang"))
    page = words(admin.get(f"/office/money/orders/{order.number}/").content.decode())
    assert "แทนรายการที่เงินไปไม่ถึง" in page
    assert "instead of" not in page


def test_the_database_knows_one_successor_only(market: Market) -> None:
    order = paid(market, kratip=2)
    refund = failed(order)
    by = market.people["administrator"]
    payments.settle_by_hand(refund=refund, route="cash", reference="first", by=by)
    facts = {"attempt": refund.attempt, "amount_satang": 12_000, "route": "cash", "state": "pending", "why": "other"}
    facts |= {"asked_at": clock.now(), "changed_at": clock.now(), "number": 9, "idempotency_key": "refund:x:9"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Refund.objects.create(instead_of=refund, **facts)
    assert named() == []
    Refund.objects.create(note=f"instead of {refund}", **facts)  # as it was written before there was a link
    assert named() == ["no refund that failed is settled twice"]


def test_check_money_names_delivery_given_twice(market: Market) -> None:
    order = paid(market, kratip=3)
    line = order.lines.get()
    refund = ask(order, {}, delivery={line.vendor_order_id: 7_499})
    assert refund.amount_satang == 7_499
    other = ask(order, {}, delivery={line.vendor_order_id: 1})
    assert "no delivery is given back twice" not in named()
    other.lines.update(amount_satang=2)
    assert "no delivery is given back twice" in named()


def disputed(order: Order, stand: DisputeStand = DisputeStand.OPEN) -> None:
    attempt = order.payment_attempts.get()
    standing = DisputeStanding("dp_1", stand, int(attempt.received_satang or 0), attempt.payment_ref)
    payments.note_dispute(attempt=attempt, standing=standing)


def test_while_the_payers_bank_disputes_nothing_is_given_by_hand(market: Market, admin: Client) -> None:
    order = paid(market, kratip=2)
    waiting, lost = ask(order, {order.lines.get().pk: 1}, route="transfer"), failed(order)
    disputed(order)
    for refund in (waiting, lost):
        answer = settle(admin, refund, "a")
        assert answer.status_code == 422
        assert "ธนาคารของผู้จ่าย" in words(answer.content.decode())
    assert (Refund.objects.filter(state="succeeded").count(), MoneyAct.objects.count()) == (0, 0)
    disputed(order, DisputeStand.LOST)
    assert settle(admin, waiting, "b").status_code == 422, "the bank took all of it: nothing is left to give"
    assert settle(admin, lost, "c").status_code == 422
    assert (paid_satang(order.pk), Refund.objects.filter(state="succeeded").count()) == (29_000, 0)
    disputed(order, DisputeStand.WON)
    assert settle(admin, waiting, "d").status_code == 302
    assert (paid_satang(order.pk), named()) == (17_000, [])


def test_a_refund_asked_for_by_mistake_is_taken_back_before_it_is_made(market: Market, admin: Client) -> None:
    order = paid(market, "transfer", kratip=2)
    refund = ask(order, {order.lines.get().pk: 1})
    path = f"/office/money/refunds/{refund.pk}/withdraw/"
    assert admin.post(path, {"note": " ", "token": "a" * 32}).status_code == 422
    refund.refresh_from_db()
    assert refund.state == "pending"
    for _click in range(2):
        assert admin.post(path, {"note": "กดผิดคำสั่งซื้อ", "token": "a" * 32}).status_code == 302
    refund.refresh_from_db()
    act = MoneyAct.objects.get()
    assert (refund.state, refund.is_withdrawn, act.what, act.note) == ("cancelled", True, "withdrawn", "กดผิดคำสั่งซื้อ")
    assert (act.before["given_back"], act.after["given_back"]) == (12_000, 0)
    assert (paid_satang(order.pk), balance_of(PLATFORM, "bank")) == (29_000, 29_000)
    assert not PaymentProblem.objects.exists(), "nobody waits for this money"
    assert settle(admin, refund, "b").status_code == 422
    assert "ต้องคืนเงินเอง" not in words(admin.get(f"/office/money/orders/{order.number}/").content.decode())
    ask(order, {order.lines.get().pk: 2})  # its pieces are free again


def test_what_was_made_is_not_taken_back(market: Market, admin: Client) -> None:
    order = paid(market, "transfer", kratip=2)
    refund = ask(order, {order.lines.get().pk: 1})
    assert settle(admin, refund, "a").status_code == 302
    answer = admin.post(f"/office/money/refunds/{refund.pk}/withdraw/", {"note": "x", "token": "b" * 32})
    assert (answer.status_code, paid_satang(order.pk)) == (422, 17_000)
    by_provider = ask(other := paid(market, kratip=1), {other.lines.get().pk: 1})
    path = f"/office/money/refunds/{by_provider.pk}/withdraw/"
    assert admin.post(path, {"note": "x", "token": "c" * 32}).status_code == 422
    by_provider.refresh_from_db()
    assert by_provider.state == "asked"


@pytest.mark.parametrize("route", ["cash", "transfer"])
def test_the_form_remembers_the_way_that_was_asked_for(market: Market, admin: Client, route: str) -> None:
    order = paid(market, "transfer", kratip=2)
    refund = ask(order, {order.lines.get().pk: 1}, route=route)
    page = admin.get(f"/office/money/refunds/{refund.pk}/settle/").content.decode()
    checked = [tag for tag in page.split("<input") if "checked" in tag and 'name="route"' in tag]
    assert len(checked) == 1
    assert f'value="{route}"' in checked[0]


def mismatch(market: Market, satang: int = 9_500) -> PaymentAttempt:
    order = place(market, "transfer", kratip=1)
    return payments.confirm(attempt=order.payment_attempts.get(), received_satang=satang)


def test_another_amount_is_decided_on_and_not_talked_away(market: Market, admin: Client) -> None:
    attempt = mismatch(market)
    problem = PaymentProblem.objects.get()
    path = f"/office/money/problems/{problem.pk}/"
    answer = admin.post(path, {"how": "โทรคุยแล้ว"})
    assert answer.status_code == 422
    assert "ตัดสินใจก่อน" in words(answer.content.decode())
    problem.refresh_from_db()
    assert (problem.closed_at, MoneyAct.objects.count()) == (None, 0)
    data = {"note": "รับไว้", "token": "a" * 32}
    assert admin.post(f"/office/money/attempts/{attempt.pk}/accept/", data).status_code == 302
    problem.refresh_from_db()
    assert problem.closed_at is not None
    assert (paid_satang(attempt.order_id), named()) == (9_500, [])


def test_money_that_nobody_decided_on_stands_in_a_list_whatever_was_closed(market: Market, admin: Client) -> None:
    attempt = mismatch(market)
    PaymentProblem.objects.update(closed_at=clock.now())  # as it could be closed before
    page = words(admin.get("/office/money/").content.decode())
    assert "ยอดไม่ตรง ยังไม่ได้ตัดสินใจ" in page
    assert attempt.order.number in page
