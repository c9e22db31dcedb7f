"""The office decides about money: once for each form, with the right, written down for good, and other people's changes shown."""

from __future__ import annotations

import datetime as dt
import re
import time
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from shop.common import clock
from shop.fulfilment import services as work
from shop.order.models import Order
from shop.payment import errors
from shop.payment import services as payments
from shop.payment.audit import violations
from shop.payment.models import MoneyAct, PaymentAttempt, PaymentProblem, ReconciliationRun, Refund
from shop.payment.reconciling import reconcile
from shop.payment.selectors import captured_satang, money_version, paid_satang
from tests.market import Market, make_user
from tests.payments import attempt_of, place, settle
from tests.vouchers import fund_voucher
from vendors import errors as vendors_errors
from vendors.models import Organisation
from vendors.services import add_member

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
TOKEN = "a" * 32


@pytest.fixture
def treasurer(market: Market) -> Any:
    """A treasurer of the department itself."""
    office = Organisation.objects.get(kind=Organisation.Kind.OFFICE, province=None)
    person = make_user("purse")
    add_member(organisation=office, user=person, role="treasurer")
    return person


@pytest.fixture
def admin(client: Client, market: Market) -> Client:
    client.force_login(market.people["administrator"], backend=BACKEND)
    return client


@pytest.fixture
def purse(treasurer: Any) -> Client:
    """The treasurer, who has shown a code a minute ago."""
    client = Client()
    client.force_login(treasurer, backend=BACKEND)
    _shown(client, treasurer, seconds_ago=60)
    return client


def _shown(client: Client, person: Any, *, seconds_ago: int) -> None:
    session = client.session
    session["account_authentication_methods_user"] = str(person.pk)
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time() - seconds_ago, "type": "totp"}]
    session.save()


def paid(market: Market, **quantities: int) -> Order:
    order = place(market, "transfer", **(quantities or {"kratip": 3}))
    payments.confirm(attempt=order.payment_attempts.get())
    return order


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return words(answer.content.decode())


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def filled(client: Client, path: str) -> dict[str, str]:
    """The hidden fields of the form."""
    page = client.get(path).content.decode()
    found = re.findall(r'<input type="hidden" name="(token|seen)" value="([0-9a-f]+)"', page)
    assert {name for name, _value in found} == {"token", "seen"}
    return dict(found)


def test_a_refund_is_looked_at_before_it_is_sent_and_sent_once(market: Market, purse: Client) -> None:
    order = paid(market)
    line = order.lines.get()
    path = f"/office/money/orders/{order.number}/refund/"
    data = {**filled(purse, path), f"line-{line.pk}": "2", f"delivery-{line.vendor_order_id}": "12.50"}
    data |= {"why": "returned", "route": "transfer", "note": "สานไม่แน่น"}
    look = purse.post(path, {**data, "check": "1"})
    assert look.status_code == 200
    assert "ผู้ซื้อจะได้เงินคืน 252.50 บาท" in words(look.content.decode())
    assert not Refund.objects.exists(), "looking does nothing"
    for _click in range(2):
        assert purse.post(path, {**data, "send": "1"}).status_code == 302
    refund = Refund.objects.get()
    assert (refund.amount_satang, refund.route, refund.state, refund.note) == (
        25_250,
        "transfer",
        "pending",
        "สานไม่แน่น",
    )
    act = MoneyAct.objects.get()
    assert (act.what, act.by_name, act.refund_id, act.order_id) == ("refunded", "purse", refund.pk, order.pk)
    assert (act.before, act.after) == (
        {"received": 43_500, "given_back": 0},
        {"received": 43_500, "given_back": 25_250},
    )
    assert "252.50" in text(purse, "/office/money/")
    told = text(purse, f"/office/money/orders/{order.number}/")
    assert "ผู้ซื้อจ่ายสุทธิ 182.50 บาท" in told
    assert "สั่งคืนเงิน" in told


def test_too_much_is_refused_and_what_was_typed_stays(market: Market, purse: Client) -> None:
    order = paid(market)
    line = order.lines.get()
    path = f"/office/money/orders/{order.number}/refund/"
    data = {**filled(purse, path), f"line-{line.pk}": "4", "why": "returned", "route": "cash", "note": "เก็บไว้"}
    answer = purse.post(path, {**data, "send": "1"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="4"' in page
    assert 'value="เก็บไว้"' in page
    nothing = purse.post(path, {**data, f"line-{line.pk}": "0", "send": "1"})
    assert "กรุณาเลือกสินค้าอย่างน้อยหนึ่งชิ้น" in nothing.content.decode()
    assert not Refund.objects.exists()
    assert not MoneyAct.objects.exists()


def test_what_somebody_else_did_meanwhile_is_shown_and_nothing_is_sent(
    market: Market, purse: Client, admin: Client
) -> None:
    order = paid(market)
    line = order.lines.get()
    path = f"/office/money/orders/{order.number}/refund/"
    mine = {**filled(purse, path), f"line-{line.pk}": "1", "why": "returned", "route": "transfer"}
    other = {**filled(admin, path), f"line-{line.pk}": "1", "why": "short", "route": "cash"}
    assert admin.post(path, {**other, "send": "1"}).status_code == 302
    answer = purse.post(path, {**mine, "send": "1"})
    assert answer.status_code == 422
    told = words(answer.content.decode())
    assert "มีคนอื่นทำรายการกับเงินของคำสั่งซื้อนี้" in told
    assert "administrator" in told
    assert Refund.objects.count() == 1
    again = {**mine, "seen": money_version(order.pk), "send": "1"}
    assert purse.post(path, again).status_code == 302
    assert Refund.objects.count() == 2


def test_a_form_sent_to_another_order_does_nothing(market: Market, treasurer: Any) -> None:
    first, second = paid(market), paid(market, hat=1)

    def give(order: Order) -> Refund:
        pieces = {order.lines.get().pk: 1}
        seen = money_version(order.pk)
        return payments.give_back(
            order=order, pieces=pieces, delivery={}, why="other", by=treasurer, token=TOKEN, seen=seen
        )

    refund = give(first)
    assert give(first) == refund
    with pytest.raises(errors.MoneyChanged):
        give(second)
    assert Refund.objects.count() == 1


def _mismatch(market: Market, satang: int = 29_000) -> PaymentAttempt:
    order = place(market, "transfer", hat=1)
    return payments.confirm(attempt=order.payment_attempts.get(), received_satang=satang)


def test_another_amount_is_accepted_by_a_person(market: Market, purse: Client) -> None:
    attempt = _mismatch(market)
    order = attempt.order
    assert attempt.state == "review"
    assert order.number not in text(purse, "/office/transfers/"), "it was seen already"
    with pytest.raises(errors.AttemptClosed):
        payments.confirm_transfer(attempt=attempt, by=market.people["administrator"])
    told = text(purse, f"/office/money/orders/{order.number}/")
    assert "ขอ 300.00 บาท ได้รับ 290.00 บาท" in told
    path = f"/office/money/attempts/{attempt.pk}/accept/"
    assert purse.post(path, {"note": "", "token": TOKEN}).status_code == 422
    assert attempt.order.payment_attempts.get().state == "review"
    for _click in range(2):
        assert purse.post(path, {"note": "ขาดสิบบาท รับได้", "token": TOKEN}).status_code == 302
    assert set(order.vendor_orders.values_list("state", flat=True)) == {"to_accept"}
    assert captured_satang(order.pk) == 29_000
    assert PaymentProblem.objects.get().how == "ขาดสิบบาท รับได้"
    act = MoneyAct.objects.get()
    assert (act.what, act.before["state"], act.after["state"]) == ("accepted", "review", "succeeded")


def test_another_amount_is_sent_back_and_the_goods_are_free_again(market: Market, purse: Client) -> None:
    attempt = _mismatch(market)
    order = attempt.order
    path = f"/office/money/attempts/{attempt.pk}/return/"
    for _click in range(2):
        assert purse.post(path, {"note": "โอนผิด", "token": TOKEN}).status_code == 302
    refund = Refund.objects.get()
    assert (refund.amount_satang, refund.why, refund.route) == (29_000, "mismatch", "transfer")
    assert set(order.vendor_orders.values_list("state", flat=True)) == {"awaiting_payment"}, "nobody starts to work"
    assert paid_satang(order.pk) == 29_000
    with clock.moved_to(clock.now() + dt.timedelta(days=6)):
        assert work.expire_order(order=Order.objects.get(pk=order.pk))
    assert set(order.vendor_orders.values_list("state", flat=True)) == {"cancelled"}
    payments.settle_refund(refund=refund, route="transfer", reference="KTB 42", by=market.people["administrator"])
    assert paid_satang(order.pk) == 0
    assert violations() == []


def test_a_refund_that_failed_is_settled_by_hand_once(market: Market, purse: Client) -> None:
    from shop.gateways import trial
    from shop.gateways.models import TrialCharge

    order = place(market, "test", hat=1)
    attempt = attempt_of(order)
    trial.press(attempt.provider_ref, paid=True)
    payments.refresh(attempt=attempt)
    TrialCharge.objects.update(state="declined")  # the provider will refuse to give back
    failed = payments.ask_refund(order=order, pieces={order.lines.get().pk: 1}, why="returned", by=None)
    settle()
    failed.refresh_from_db()
    assert failed.state == "failed"
    problem = PaymentProblem.objects.get()
    told = text(purse, f"/office/money/problems/{problem.pk}/")
    assert "ขอเลขบัญชีจากผู้ซื้อ โอนเงินคืน แล้วบันทึกเลขอ้างอิง" in told
    path = f"/office/money/refunds/{failed.pk}/settle/"
    assert purse.post(path, {"route": "transfer", "reference": " ", "token": TOKEN}).status_code == 422
    for _click in range(2):
        assert purse.post(path, {"route": "transfer", "reference": "KTB 4711", "token": TOKEN}).status_code == 302
    rows = Refund.objects.order_by("pk").values_list("state", "route", "reference", "amount_satang")
    assert list(rows) == [("failed", "provider", "", 25_000), ("succeeded", "transfer", "KTB 4711", 25_000)]
    problem.refresh_from_db()
    assert problem.closed_at is not None
    assert "บันทึกการคืนเงิน" not in text(purse, f"/office/money/orders/{order.number}/")


def test_without_a_fresh_second_factor_nothing_moves(market: Market, treasurer: Any) -> None:
    order = paid(market)
    client = Client()
    client.force_login(treasurer, backend=BACKEND)
    path = f"/office/money/orders/{order.number}/refund/"
    data = {**filled(client, path), f"line-{order.lines.get().pk}": "1", "why": "returned", "route": "transfer"}
    answer = client.post(path, {**data, "send": "1"})
    assert "กรุณายืนยันตัวก่อน" in answer.content.decode()
    assert "/auth/2fa/totp/activate/" in answer.content.decode()
    _shown(client, treasurer, seconds_ago=901)
    assert client.post(path, {**data, "send": "1"}).status_code == 200
    review = _mismatch(market)
    client.post(f"/office/money/attempts/{review.pk}/accept/", {"note": "ก", "token": TOKEN})
    client.post(f"/office/money/attempts/{review.pk}/return/", {"note": "ก", "token": TOKEN})
    review.refresh_from_db()
    assert review.state == "review"
    assert not Refund.objects.exists()
    assert not MoneyAct.objects.exists()


def test_the_administrator_needs_it_too_outside_the_demo(market: Market, admin: Client, settings: Any) -> None:
    order = paid(market)
    path = f"/office/money/orders/{order.number}/refund/"
    assert "ระบบตัวอย่าง" in text(admin, path)
    settings.DEMO = False
    assert "กรุณายืนยันตัวก่อน" in text(admin, path)


def test_services_ask_for_the_right_themselves(market: Market, treasurer: Any) -> None:
    order = paid(market)
    officer = market.people["officer"]
    seen = money_version(order.pk)
    with pytest.raises(vendors_errors.NotYours):
        payments.give_back(
            order=order,
            pieces={order.lines.get().pk: 1},
            delivery={},
            why="other",
            by=officer,
            token=TOKEN,
            seen=seen,
        )
    with pytest.raises(vendors_errors.NotYours):
        payments.accept_payment(attempt=_mismatch(market), by=officer)
    assert not MoneyAct.objects.exists()


def test_an_act_is_never_changed_and_outlives_its_person(market: Market, treasurer: Any) -> None:
    problem = payments.open_problem(kind="difference", key="x")
    payments.settle_problem(problem=problem, how="ดูแล้ว", by=treasurer)
    act = MoneyAct.objects.get()
    for change in (
        lambda: MoneyAct.objects.update(note="อย่างอื่น"),
        lambda: MoneyAct.objects.update(by=market.people["administrator"]),
        act.delete,
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute("TRUNCATE payment_moneyact")
    treasurer.memberships.all().delete()
    treasurer.delete()
    act.refresh_from_db()
    assert (act.by, act.by_name, act.note) == (None, "purse", "ดูแล้ว")


def test_the_queue_tells_what_to_do_and_is_closed_with_a_word(market: Market, admin: Client) -> None:
    assert "ไม่มีเรื่องที่ต้องดู" in text(admin, "/office/money/")
    problem = payments.open_problem(kind="unknown", key="stripe:pi_x", facts={"ref": "pi_x", "amount": 12_300})
    assert "123.00 บาท · pi_x" in text(admin, "/office/money/")
    path = f"/office/money/problems/{problem.pk}/"
    assert "ค้นหาผู้จ่ายในระบบของผู้ให้บริการ" in text(admin, path)
    assert admin.post(path, {"how": "  "}).status_code == 422
    assert admin.post(path, {"how": "คืนใน Stripe แล้ว"}).status_code == 302
    problem.refresh_from_db()
    assert (problem.how, problem.closed_by) == ("คืนใน Stripe แล้ว", market.people["administrator"])
    assert "ไม่มีเรื่องที่ต้องดู" in text(admin, "/office/money/")


def test_an_order_is_found_by_its_number(market: Market, admin: Client) -> None:
    order = paid(market)
    answer = admin.get("/office/money/", {"q": f" {order.number.lower()} "})
    assert answer.headers["Location"] == f"/office/money/orders/{order.number}/"
    assert "ไม่มีคำสั่งซื้อเลขนี้" in text(admin, "/office/money/?q=NIX")


def test_why_stripe_is_not_offered_is_said(market: Market, admin: Client, settings: Any) -> None:
    assert "STRIPE_SECRET_KEY" in text(admin, "/office/money/")
    settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET = "sk_test_x", "whsec_x"
    assert "STRIPE_SECRET_KEY" not in text(admin, "/office/money/")


def test_cash_is_told_by_who_holds_it(market: Market, admin: Client) -> None:
    assert "ไม่มีใครถือเงินสดอยู่" in text(admin, "/office/money/cash/")
    order = place(market, "cod", hat=1)
    for part in order.vendor_orders.all():
        for step in (work.accept, work.pack, work.hand_over, work.deliver):
            step(vendor_order=part, by=None)
    told = text(admin, "/office/money/cash/")
    holder = order.vendor_orders.get().group
    assert f"{holder.name_th} 300.00 บาท 1 กล่อง" in told
    assert "ถืออยู่ทั้งหมด 300.00 บาท" in told


def test_a_comparison_is_read_by_day(market: Market, admin: Client) -> None:
    path = "/office/money/reconciliation/"
    assert "วันนี้ยังไม่ได้เทียบยอด" in text(admin, path)
    order = place(market, "transfer", hat=1)
    PaymentAttempt.objects.filter(order=order).update(
        state="succeeded", received_satang=30_000, received_at=clock.now()
    )
    reconcile(day=clock.today(), by=market.people["administrator"])
    told = text(admin, f"{path}?day={clock.today().isoformat()}")
    assert "ในสมุดบัญชีไม่มีรายการ" in told
    assert order.number in told
    assert "ของเรา 300.00 บาท" in told
    assert "ไม่ตรง 1 รายการ" in text(admin, path)
    assert text(admin, f"{path}?day=2020-01-01").count("วันนี้ยังไม่ได้เทียบยอด") == 1
    assert admin.get(f"{path}?day=gestern").status_code == 422
    today = clock.today()
    assert admin.post(path, {"day": f"{today.day}/{today.month}/{today.year + 543}"}).status_code == 302
    assert ReconciliationRun.objects.count() == 1, "the worker compares, not the page"


def test_what_was_paid_is_shown_and_goes_back_when_a_voucher_lowered_it(market: Market, purse: Client) -> None:
    """Three of 120.00 with 10.00 off: 350.00 was paid, and the pieces go back for 116.67, 116.67 and 116.66."""
    fund_voucher(amount_satang=1_000)
    order = place(market, "transfer", voucher="FUND10", kratip=3)
    payments.confirm(attempt=order.payment_attempts.get())
    line = order.lines.get()
    path = f"/office/money/orders/{order.number}/refund/"
    page = text(purse, path)
    assert "120.00 บาท × 3 − คูปอง 10.00 บาท = จ่ายจริง 350.00 บาท" in page
    assert "(350.00 บาท)" in page
    data = {**filled(purse, path), f"line-{line.pk}": "2", "why": "returned", "route": "transfer", "note": ""}
    look = words(purse.post(path, {**data, "check": "1"}).content.decode())
    assert "ผู้ซื้อจะได้เงินคืน 233.34 บาท" in look
    assert "× 2 233.34 บาท หักส่วนลดคูปองแล้ว" in look
    assert "240.00" not in look
    assert purse.post(path, {**data, "send": "1"}).status_code == 302
    assert Refund.objects.get().amount_satang == 23_334
    assert "(116.66 บาท)" in text(purse, path)
