"""Money goes back by piece, never more than came, and somebody always knows how."""

from __future__ import annotations

import pytest

from shop.fulfilment import services as work
from shop.gateways import trial
from shop.ledger.purposes import PLATFORM, TEST_MONEY
from shop.ledger.selectors import balance_of
from shop.order.models import LineShare, Order
from shop.payment import errors
from shop.payment import services as payments
from shop.payment.models import Refund
from shop.payment.selectors import paid_satang, refunded_satang
from tests.market import Market
from tests.payments import attempt_of, place, settle

pytestmark = pytest.mark.django_db


def paid(market: Market, method: str = "test", **quantities: int) -> Order:
    order = place(market, method, **quantities)
    attempt = attempt_of(order)
    if attempt.provider:
        trial.press(attempt.provider_ref, paid=True)
        payments.refresh(attempt=attempt)
    else:
        payments.confirm(attempt=attempt)
    return order


def ask(order: Order, pieces: dict[int, int], **facts: object) -> Refund:
    return payments.ask_refund(order=order, pieces=pieces, why="returned", by=None, **facts)  # type: ignore[arg-type]


def test_pieces_and_delivery_go_back_to_the_satang(market: Market) -> None:
    order = paid(market, kratip=3, hat=1)
    line = order.lines.get(product=market.products["kratip"])
    refund = ask(order, {line.pk: 2}, delivery={line.vendor_order_id: 1_250})
    assert (refund.state, refund.amount_satang, paid_satang(order.pk)) == ("asked", 25_250, 73_500)
    settle()
    refund.refresh_from_db()
    assert refund.state == "succeeded"
    assert (refunded_satang(order.pk), paid_satang(order.pk)) == (25_250, 73_500 - 25_250)
    rows = refund.lines.order_by("pk").values_list("line", "vendor_order", "quantity", "amount_satang")
    assert list(rows) == [(line.pk, line.vendor_order_id, 2, 24_000), (None, line.vendor_order_id, 0, 1_250)]
    assert balance_of(PLATFORM, "buyers_unallocated", TEST_MONEY) == 0
    assert sum(LineShare.objects.values_list("amount_satang", flat=True)) == 73_500 - 25_250


def test_a_piece_goes_back_once(market: Market) -> None:
    order = paid(market, kratip=2)
    line = order.lines.get()
    ask(order, {line.pk: 1})
    with pytest.raises(errors.TooManyPieces) as refusal:
        ask(order, {line.pk: 2})
    assert refusal.value.facts["most"] == 1
    ask(order, {line.pk: 1})
    with pytest.raises(errors.TooManyPieces):
        ask(order, {line.pk: 1})
    with pytest.raises(errors.TooMuch):
        ask(order, {}, delivery={line.vendor_order_id: 5_001})
    ask(order, {}, delivery={line.vendor_order_id: 5_000})
    assert sum(Refund.objects.values_list("amount_satang", flat=True)) == 29_000


@pytest.mark.parametrize("quantity", [0, -1, 4])
def test_odd_pieces_are_refused_and_nothing_happens(market: Market, quantity: int) -> None:
    order = paid(market, kratip=3)
    with pytest.raises((errors.TooManyPieces, errors.TooMuch)):
        ask(order, {order.lines.get().pk: quantity})
    assert not Refund.objects.exists()


def test_somebody_elses_line_is_not_given_back(market: Market) -> None:
    order, other = paid(market, kratip=1), paid(market, hat=1)
    with pytest.raises(errors.TooManyPieces):
        ask(order, {other.lines.get().pk: 1})


def test_what_was_not_paid_does_not_go_back(market: Market) -> None:
    order = place(market, "test")
    with pytest.raises(errors.NothingPaid):
        ask(order, {order.lines.get().pk: 1})


def test_a_missing_piece_goes_back_by_itself(market: Market) -> None:
    order = paid(market, kratip=3)
    part = order.vendor_orders.get()
    line = part.lines.get()
    work.mark_short(vendor_order=part, line_id=line.pk, available=1, reason="sold_out", seen=0, by=None)
    settle()
    assert Refund.objects.values_list("amount_satang", "why", "state").get() == (24_000, "short", "succeeded")
    work.mark_short(vendor_order=part, line_id=line.pk, available=0, reason="sold_out", seen=2, by=None)
    settle()
    assert paid_satang(order.pk) == 0  # the last piece, and the delivery of which nothing is left
    part.refresh_from_db()
    assert part.state == "cancelled"


def test_by_bank_transfer_a_person_sends_it_and_says_how(market: Market) -> None:
    order = paid(market, "transfer")
    refund = ask(order, {order.lines.get().pk: 1})
    assert (refund.route, refund.state) == ("transfer", "pending")
    administrator = market.people["administrator"]
    with pytest.raises(errors.ReferenceMissing):
        payments.settle_by_hand(refund=refund, route="transfer", reference=" ", by=administrator)
    done = payments.settle_by_hand(refund=refund, route="transfer", reference="KTB 7781", by=administrator)
    assert (done.state, done.reference, done.done_by) == ("succeeded", "KTB 7781", administrator)
    assert balance_of(PLATFORM, "bank") == 5_000
    with pytest.raises(errors.RefundClosed):
        payments.settle_by_hand(refund=refund, route="cash", reference="again", by=administrator)
    assert balance_of(PLATFORM, "bank") == 5_000


def test_a_failed_refund_is_told_and_takes_another_way(market: Market) -> None:
    order = paid(market)
    refund = ask(order, {order.lines.get().pk: 1})
    payments.refund_refused(refund=refund, reason="account_closed")
    refund.refresh_from_db()
    assert (refund.state, refund.problems.get().kind, paid_satang(order.pk)) == ("failed", "refund_failed", 30_000)
    by = market.people["administrator"]
    done = payments.settle_by_hand(refund=refund, route="cash", reference="paid at the counter", by=by)
    assert (done.pk != refund.pk, done.state, done.route) == (True, "succeeded", "cash")
    assert paid_satang(order.pk) == 5_000
    with pytest.raises(errors.RefundClosed):
        payments.settle_by_hand(refund=refund, route="cash", reference="twice", by=by)


def test_a_refund_made_at_the_provider_is_written_down(market: Market) -> None:
    from shop.gateways.contract import RefundOrder
    from shop.gateways.registry import gateway

    order = paid(market)
    attempt = attempt_of(order)
    gateway("test").refund(RefundOrder(key="by hand", payment_ref=attempt.payment_ref, amount_satang=10_000))
    payments.sync_refunds(attempt=attempt)
    payments.sync_refunds(attempt=attempt)
    refund = Refund.objects.get()
    assert (refund.why, refund.state, refund.amount_satang) == ("outside", "succeeded", 10_000)
    assert [problem.kind for problem in refund.problems.all()] == ["refund_outside"]
    assert balance_of(PLATFORM, "test_clearing", TEST_MONEY) == 20_000


def test_at_the_door_the_delivery_of_an_empty_part_was_never_paid(market: Market) -> None:
    order = place(market, "cod", kratip=2, hat=1)
    empty, sent = order.vendor_orders.order_by("pk")
    short = {"reason": "sold_out", "seen": 0, "by": None}
    work.mark_short(vendor_order=empty, line_id=empty.lines.get().pk, available=0, **short)
    for act in (work.accept, work.pack, work.hand_over, work.deliver):
        act(vendor_order=sent, by=None)
    assert paid_satang(order.pk) == 30_000
    with pytest.raises(errors.TooMuch) as refusal:
        ask(order, {}, delivery={empty.pk: 1})
    assert refusal.value.facts["most"] == "0.00"
    assert not Refund.objects.exists()
