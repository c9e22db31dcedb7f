"""Paid is what came in: once, late, twice, too little, and through every door."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from shop.common import clock
from shop.fulfilment import services as work
from shop.gateways import trial
from shop.ledger.purposes import PLATFORM, TEST_MONEY
from shop.ledger.selectors import balance_of
from shop.order.models import LineShare, Order
from shop.partner.models import StockRecord
from shop.payment import errors, states
from shop.payment import services as payments
from shop.payment.models import Dispute, PaymentAttempt, PaymentProblem, Refund
from shop.payment.selectors import captured_satang, paid_satang, refunded_satang
from tests.market import Market
from tests.payments import attempt_of, place, settle

pytestmark = pytest.mark.django_db
A_DAY = dt.timedelta(days=1)


def pay(attempt: PaymentAttempt) -> PaymentAttempt:
    trial.press(attempt.provider_ref, paid=True)
    return payments.refresh(attempt=attempt)


def held(market: Market) -> int:
    return int(StockRecord.objects.get(pk=market.stock["hat"].pk).num_allocated or 0)


def states_of(order: Order) -> list[str]:
    return list(order.payment_attempts.order_by("number").values_list("state", flat=True))


def part_states(order: Order) -> set[str]:
    return set(order.vendor_orders.values_list("state", flat=True))


def test_a_begun_payment_is_one_payment_however_often_it_is_begun(market: Market) -> None:
    attempt = attempt_of(place(market, "test"))
    again = payments.begin(attempt=PaymentAttempt.objects.get(pk=attempt.pk))
    crashed = PaymentAttempt.objects.get(pk=attempt.pk)
    crashed.state, crashed.provider_ref = "created", ""
    third = payments.begin(attempt=crashed)
    assert attempt.state == "awaiting_payer"
    assert {attempt.provider_ref, again.provider_ref, third.provider_ref} == {attempt.provider_ref}


def test_money_makes_the_order_paid_once_and_stands_in_the_ledger(market: Market) -> None:
    order = place(market, "test")
    attempt = pay(attempt_of(order))
    pay(attempt)
    payments.refresh(attempt=PaymentAttempt.objects.get(pk=attempt.pk))
    assert (attempt.state, attempt.received_satang) == ("succeeded", 30_000)
    assert part_states(order) == {"to_accept"}
    assert balance_of(PLATFORM, "test_clearing", TEST_MONEY) == 30_000
    assert balance_of(PLATFORM, "buyers_unallocated", TEST_MONEY) == 0, "divided at once"
    assert balance_of(f"org:{market.groups['isan'].code}", "held", TEST_MONEY) == -22_500


def test_late_money_takes_an_expired_order_up_again(market: Market) -> None:
    order = place(market, "test")
    attempt = attempt_of(order)
    with clock.moved_to(clock.now() + A_DAY):
        assert work.expire_order(order=order)
        assert (states_of(order), held(market)) == (["expired"], 0)
        attempt = pay(attempt)
    order.refresh_from_db()
    assert (order.cancelled_at, part_states(order), held(market)) == (None, {"to_accept"}, 1)
    assert not Refund.objects.exists()
    assert PaymentProblem.objects.get().kind == "late"


def test_late_money_goes_back_when_the_goods_are_gone(market: Market) -> None:
    order = place(market, "test")
    attempt = attempt_of(order)
    with clock.moved_to(clock.now() + A_DAY):
        work.expire_order(order=order)
        StockRecord.objects.filter(pk=market.stock["hat"].pk).update(num_in_stock=0)
        pay(attempt)
        settle()
    order.refresh_from_db()
    refund = Refund.objects.get()
    assert order.cancelled_at is not None
    assert (refund.state, refund.amount_satang, refund.why) == ("succeeded", 30_000, "goods_gone")
    assert (captured_satang(order.pk), refunded_satang(order.pk), paid_satang(order.pk)) == (30_000, 30_000, 0)
    assert balance_of(PLATFORM, "test_clearing", TEST_MONEY) == 0


def test_late_money_of_an_order_the_buyer_cancelled_goes_back(market: Market) -> None:
    order = place(market, "test")
    attempt = attempt_of(order)
    work.cancel_order(order=order, by=None, reason="buyer")
    pay(attempt)
    settle()
    assert Refund.objects.get().state == "succeeded"
    assert part_states(order) == {"cancelled"}


def test_goods_off_sale_meanwhile_are_not_sold_by_late_money(market: Market) -> None:
    order = place(market, "test")
    attempt = attempt_of(order)
    work.cancel_order(order=order, by=None, reason="expired")
    product = market.products["hat"]
    product.sellable_until = clock.now()
    product.save(update_fields=["sellable_until"])
    pay(attempt)
    assert Refund.objects.get().why == "goods_gone"


def test_paid_by_two_ways_the_second_goes_back_whole(market: Market) -> None:
    order = place(market, "test")
    first = attempt_of(order)
    PaymentAttempt.objects.filter(pk=first.pk).update(provider_open=False)  # its provider could not be told
    second = payments.begin(attempt=work.choose_method(order=order, method="test"))
    pay(first)
    assert states_of(order) == ["succeeded", "cancelled"]
    pay(second)
    settle()
    assert states_of(order) == ["succeeded", "succeeded"]
    refund = Refund.objects.get()
    assert (refund.attempt_id, refund.why, refund.amount_satang, refund.state) == (
        second.pk,
        "paid_twice",
        30_000,
        "succeeded",
    )
    assert paid_satang(order.pk) == 30_000
    assert PaymentProblem.objects.filter(kind="paid_twice").count() == 1


def test_another_amount_is_looked_at_and_holds_the_goods(market: Market) -> None:
    order = place(market, "test")
    attempt = attempt_of(order)
    trial.TrialCharge.objects.filter(ref=attempt.provider_ref).update(amount_satang=29_999)
    attempt = pay(attempt)
    assert (attempt.state, attempt.received_satang) == ("review", 29_999)
    with clock.moved_to(clock.now() + A_DAY):
        assert work.expire_order(order=order) is False
    assert (part_states(order), held(market)) == ({"awaiting_payment"}, 1)
    assert PaymentProblem.objects.get().facts == {"received": 29_999, "currency": "THB", "asked": 30_000}
    payments.accept_review(attempt=attempt, by=market.people["administrator"])
    assert part_states(order) == {"to_accept"}
    assert balance_of(PLATFORM, "test_clearing", TEST_MONEY) == 29_999


def test_a_declined_payment_leaves_the_order_and_another_way(market: Market) -> None:
    order = place(market, "test")
    attempt = attempt_of(order)
    trial.press(attempt.provider_ref, paid=False)
    assert payments.refresh(attempt=attempt).state == "failed"
    assert part_states(order) == {"awaiting_payment"}
    pay(payments.begin(attempt=work.choose_method(order=order, method="test")))
    assert states_of(order) == ["failed", "succeeded"]


def test_cash_belongs_to_whoever_holds_it(market: Market) -> None:
    order = place(market, "cod", kratip=2, hat=1)
    parts = list(order.vendor_orders.order_by("pk"))
    work.accept(vendor_order=parts[0], by=None)
    line = parts[0].lines.get()
    work.mark_short(vendor_order=parts[0], line_id=line.pk, available=1, reason="sold_out", seen=0, by=None)
    for part in parts:
        for act in (work.accept, work.pack, work.hand_over, work.deliver)[part is parts[0] :]:
            act(vendor_order=part, by=None)
    attempt = order.payment_attempts.get()
    # 2 × 120 + 50 − 120 that was missing, and 250 + 50
    assert (attempt.state, attempt.received_satang) == ("succeeded", 17_000 + 30_000)
    assert not Refund.objects.exists()
    for key, satang in (("north", 17_000), ("isan", 30_000)):
        assert balance_of(f"org:{market.groups[key].code}", "cash_held") == satang
    assert balance_of(PLATFORM, "buyers_unallocated") == 0
    assert sum(LineShare.objects.values_list("amount_satang", flat=True)) == 47_000, "what was missing is nobody's"


def test_of_a_door_order_of_which_nothing_is_left_nothing_is_paid(market: Market) -> None:
    order = place(market, "cod")
    part = order.vendor_orders.get()
    work.mark_short(vendor_order=part, line_id=part.lines.get().pk, available=0, reason="sold_out", seen=0, by=None)
    assert states_of(order) == ["cancelled"]


def test_ways_below_their_minimum_are_not_offered(market: Market, settings: object) -> None:
    settings.STRIPE_SECRET_KEY = settings.STRIPE_WEBHOOK_SECRET = "sk_test_x"  # type: ignore[attr-defined]
    assert payments.offered_methods(999) == ["transfer", "cod", "test"]
    assert payments.offered_methods(1_000) == ["promptpay", "card", "transfer", "cod", "test"]
    with pytest.raises(errors.BelowMinimum) as refusal:
        payments.check_method(method="promptpay", total_satang=999)
    assert refusal.value.facts == {"least": "10.00"}


def test_without_keys_stripe_is_not_offered(market: Market) -> None:
    assert payments.offered_methods(30_000) == ["transfer", "cod", "test"]
    with pytest.raises(errors.MethodNotOffered):
        payments.check_method(method="card", total_satang=30_000)


ROWS = [
    ("payment_paymentattempt", PaymentAttempt, states.NEXT),
    ("payment_refund", Refund, states.NEXT_OF_REFUND),
    ("payment_dispute", Dispute, states.NEXT_OF_DISPUTE),
]


@pytest.mark.parametrize(("table", "model", "allowed"), ROWS)
def test_the_database_allows_exactly_the_steps_of_the_data(
    market: Market, table: str, model: type, allowed: dict[str, frozenset[str]]
) -> None:
    order = place(market, "test")
    attempt = attempt_of(order)
    moment, facts = clock.now(), {"changed_at": clock.now(), "amount_satang": 1}
    if model is Refund:
        key = Refund.objects.create(
            attempt=attempt, number=1, route="cash", why="other", idempotency_key="k", asked_at=moment, **facts
        ).pk
    elif model is Dispute:
        key = Dispute.objects.create(attempt=attempt, provider_ref="dp_1", opened_at=moment, **facts).pk
    else:
        PaymentAttempt.objects.filter(pk=attempt.pk).update(received_satang=1, received_at=moment)
        key = attempt.pk
    seen = set()
    for old in allowed:
        for new in allowed:
            with transaction.atomic():
                _set_past_the_trigger(table, key, old)
                try:
                    with transaction.atomic():
                        model.objects.filter(pk=key).update(state=new)  # type: ignore[attr-defined]
                    if new != old:
                        seen.add((old, new))
                except IntegrityError:
                    continue
    assert seen == {(str(old), str(new)) for old, nexts in allowed.items() for new in nexts}


def _set_past_the_trigger(table: str, key: int, state: str) -> None:
    with transaction.get_connection().cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(f"UPDATE {table} SET state = %s WHERE id = %s", [state, key])
        cursor.execute("SET LOCAL session_replication_role = origin")
