"""A discount from the basket to the books: split to the satang, borne by who gives it, given back with what does not reach its buyer."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from shop.common import clock, versions
from shop.fulfilment import services as work
from shop.fulfilment.errors import AlreadyPaid
from shop.fund.selectors import balance, books
from shop.ledger.purposes import PLATFORM
from shop.ledger.selectors import balance_of, trial_balance
from shop.order.models import LineShare, Order
from shop.order.selectors import discount_of
from shop.order.shares import shares_left
from shop.payment import services as payments
from shop.payment.models import Refund
from shop.shipping.models import Tariff
from shop.vouchers import errors, selectors, services
from shop.vouchers.models import Voucher, VoucherUse
from tests.market import Market
from tests.payments import place
from tests.vouchers import fund_voucher, group_voucher, national, terms, wrong

pytestmark = pytest.mark.django_db


def sums(order: Order, line: int | None = None) -> dict[str, int]:
    """Kind → satang that all still have; of one line when its key is given."""
    found: dict[str, int] = {}
    for one in shares_left(order.pk):
        if line is None or one.line_id == line:
            found[one.kind] = found.get(one.kind, 0) + one.satang
    return {kind: satang for kind, satang in found.items() if satang}


def right() -> None:
    """Everything that must be true is."""
    assert wrong() == []
    assert set(trial_balance().sums.values()) <= {0}


def paid(market: Market, voucher: str, **quantities: int) -> Order:
    """Paid by transfer, in baht."""
    order = place(market, "transfer", voucher=voucher, **quantities)
    payments.confirm(attempt=order.payment_attempts.get())
    return order


def aside() -> int:
    return -balance_of(f"org:{national().code}", "fund_vouchers")


def test_the_fund_pays_and_everybody_has_their_part_of_the_full_price(market: Market) -> None:
    fund_voucher()
    assert (balance(), aside()) == (0, 100_000), "the whole budget is set aside when the second person approves it"
    order = paid(market, "fund-10")
    assert (order.discount_satang, order.total_incl_tax, order.voucher_code) == (2_500, 275, "FUND10")
    assert sums(order) == {
        "group": 22_500, "cooperative": 500, "hub": 1_000, "fund": 250, "platform": 750, "delivery": 5_000,
        "fund_voucher": -2_500,
    }  # fmt: skip
    assert aside() == 97_500
    assert balance_of(PLATFORM, "buyers_unallocated") == 0
    assert balance_of(f"org:{market.groups['isan'].code}", "held") == -22_500
    told = discount_of(order)
    assert told is not None
    assert (told.code, told.satang, told.by_fund, told.name("th")) == ("FUND10", 2_500, True, "กองทุนการตลาดร่วม")
    right()


def test_a_group_pays_out_of_its_own_part_alone(market: Market) -> None:
    group_voucher(market)
    order = paid(market, "own10", hat=2, kratip=1)
    lines = {line.product_id: line.discount_satang for line in order.lines.all()}
    assert lines == {market.products["hat"].pk: 5_000, market.products["kratip"].pk: 0}, "only its own goods"
    assert {part.group_id: part.discount_satang for part in order.vendor_orders.all()} == {
        market.groups["isan"].pk: 5_000, market.groups["north"].pk: 0,
    }  # fmt: skip
    found = sums(order)
    assert (found["own_voucher"], found["cooperative"]) == (-5_000, 1_240), "2 % of 620.00, the full prices"
    assert balance_of(f"org:{market.groups['isan'].code}", "held") == -(45_000 - 5_000)
    told = discount_of(order)
    assert told is not None
    assert told.name("th") == market.groups["isan"].name_th
    right()


def test_largest_remainder_over_the_lines(market: Market) -> None:
    fund_voucher(amount_satang=10_000)
    order = place(market, "transfer", voucher="FUND10", kratip=1, hat=1, bag=1)
    lines = list(order.lines.order_by("pk").values_list("line_price_incl_tax", "discount_satang"))
    assert sum(satang for _price, satang in lines) == 10_000
    by_price = {int(price): satang for price, satang in lines}
    assert by_price == {120: 1_579, 250: 3_289, 390: 5_132}, "12/76, 25/76 and 39/76 of 100.00"
    right()


def test_pieces_that_come_back_take_exactly_their_part_of_the_discount(market: Market) -> None:
    fund_voucher(amount_satang=1_000)
    order = paid(market, "FUND10", kratip=3)
    line = order.lines.get()
    given = []
    for _piece in range(3):
        refund = payments.ask_refund(order=order, pieces={line.pk: 1}, why="returned", by=None)
        given.append((refund.amount_satang, refund.lines.get().discount_satang))
        right()
    assert given == [(12_000 - 333, 333), (12_000 - 333, 333), (12_000 - 334, 334)]
    assert sums(order, line.pk) == {}
    assert aside() == 100_000, "all of it is the fund's again"


def test_a_refund_that_does_not_arrive_takes_the_discount_again(market: Market) -> None:
    group_voucher(market)
    order = paid(market, "OWN10", hat=3)
    before, held = sums(order), balance_of(f"org:{market.groups['isan'].code}", "held")
    refund = payments.ask_refund(order=order, pieces={order.lines.get().pk: 2}, why="returned", by=None)
    assert refund.amount_satang == 45_000
    assert sums(order)["own_voucher"] == -2_500
    payments.withdraw_refund(refund=refund, by=None)
    assert (sums(order), balance_of(f"org:{market.groups['isan'].code}", "held")) == (before, held)
    right()


def test_what_is_missing_goes_back_to_the_buyer_and_to_the_bearer(market: Market) -> None:
    fund_voucher()
    order = paid(market, "FUND10", hat=2)
    part = order.vendor_orders.get()
    assert part.due_satang == 50_000 + 5_000 - 5_000
    work.accept(vendor_order=part, by=None)
    work.mark_short(vendor_order=part, line_id=part.lines.get().pk, available=1, reason="sold_out", seen=0, by=None)
    refund = Refund.objects.get(attempt__order=order)
    assert (refund.amount_satang, refund.lines.get().discount_satang) == (22_500, 2_500)
    assert order.vendor_orders.get().due_satang == 25_000 + 5_000 - 2_500
    assert aside() == 97_500
    right()


def test_at_the_door_the_buyer_pays_less(market: Market) -> None:
    fund_voucher()
    order = place(market, "cod", voucher="FUND10", hat=2, kratip=1)
    part = order.vendor_orders.get(group=market.groups["isan"])
    work.accept(vendor_order=part, by=None)
    work.mark_short(vendor_order=part, line_id=part.lines.get().pk, available=1, reason="sold_out", seen=0, by=None)
    other = order.vendor_orders.get(group=market.groups["north"])
    work.accept(vendor_order=other, by=None)
    for one in (part, other):
        for act in (work.pack, work.hand_over, work.deliver):
            act(vendor_order=one, by=None)
    assert balance_of(f"org:{market.groups['isan'].code}", "cash_held") == 25_000 + 5_000 - 2_500
    assert sums(order)["fund_voucher"] == -(2_500 + 1_200)
    assert balance_of(PLATFORM, "buyers_unallocated") == 0
    right()


def test_nothing_to_pay_is_paid_at_once(market: Market) -> None:
    fund_voucher(amount_satang=50_000)
    assert place(market, "transfer", voucher="FUND10").total_incl_tax == 50, "the delivery is never the voucher's"
    Tariff.objects.update(price_satang=0)
    versions.bump()
    order = place(market, "", voucher="FUND10", email="free@example.test", phone="0877777777", hat=2)
    attempt = order.payment_attempts.get()
    assert (order.total_incl_tax, order.payment_method, order.pay_by) == (0, "voucher", None)
    assert (attempt.method, attempt.state, attempt.amount_satang, attempt.received_satang) == (
        "voucher", "succeeded", 0, 0,
    )  # fmt: skip
    part = order.vendor_orders.get()
    assert (part.state, part.due_satang) == ("to_accept", 0)
    assert aside() == 50_000, "divided at once"
    right()
    with pytest.raises(AlreadyPaid):
        work.cancel_order(order=order, by=None, reason="buyer")
    work.accept(vendor_order=part, by=None)
    work.mark_short(vendor_order=part, line_id=part.lines.get().pk, available=1, reason="sold_out", seen=0, by=None)
    refund = Refund.objects.get(attempt__order=order)
    assert (refund.amount_satang, refund.state, refund.lines.get().discount_satang) == (0, "succeeded", 25_000)
    assert aside() == 75_000, "what the buyer did not get the fund does not pay"
    for act in (work.pack, work.hand_over, work.deliver):
        act(vendor_order=part, by=None)
    right()


def test_it_comes_back_with_the_order_and_is_taken_again_with_late_money(market: Market) -> None:
    voucher = fund_voucher(most_uses=1)
    order = place(market, "transfer", voucher="FUND10")
    with pytest.raises(errors.VoucherUsedUp):
        place(market, "transfer", voucher="FUND10", email="other@example.test", phone="0899999999")
    with clock.moved_to(clock.now() + dt.timedelta(days=3)):
        assert work.expire_order(order=order)
        voucher.refresh_from_db()
        assert (voucher.uses, voucher.given_satang) == (0, 0)
        right()
        payments.confirm(attempt=order.payment_attempts.get(), late=True)
        order.refresh_from_db()
        voucher.refresh_from_db()
        assert (order.cancelled_at, voucher.uses, voucher.given_satang) == (None, 1, 2_500)
        assert sums(order)["fund_voucher"] == -2_500
        right()


def test_late_money_goes_back_where_the_voucher_is_gone(market: Market) -> None:
    voucher = fund_voucher(most_uses=1)
    order = place(market, "transfer", voucher="FUND10")
    with clock.moved_to(clock.now() + dt.timedelta(days=3)):
        work.expire_order(order=order)
        place(market, "transfer", voucher="FUND10", email="other@example.test", phone="0899999999")
        payments.confirm(attempt=order.payment_attempts.get(), late=True)
        order.refresh_from_db()
        assert order.cancelled_at is not None
        assert Refund.objects.get(attempt__order=order).amount_satang == 27_500
        voucher.refresh_from_db()
        assert voucher.uses == 1
        right()


def test_each_refusal_says_how_to_put_it_right_and_takes_nothing(market: Market) -> None:
    today = clock.today()
    day = dt.timedelta(days=1)
    fund_voucher("LATER", valid_from=today + day, valid_until=today + 2 * day)
    fund_voucher("BIGGER", least_satang=100_000)
    group_voucher(market, "SOUTH", group="south")
    fund_voucher("ONCE")
    place(market, "transfer", voucher="ONCE")
    ended = group_voucher(market, "ENDED")
    services.end_voucher(voucher=ended, by=market.people["isan"])
    refusals: dict[str, type[Exception]] = {
        "LATER": errors.VoucherTooEarly,
        "BIGGER": errors.VoucherTooSmall,
        "SOUTH": errors.VoucherNoGoods,
        "ONCE": errors.VoucherUsedByYou,
        "ENDED": errors.VoucherOver,
        "NOSUCH": errors.VoucherUnknown,
    }
    before = list(Voucher.objects.order_by("pk").values_list("uses", "given_satang"))
    for code, refusal in refusals.items():
        with pytest.raises(refusal), transaction.atomic():
            place(market, "transfer", voucher=code)
    assert Order.objects.count() == 1
    assert list(Voucher.objects.order_by("pk").values_list("uses", "given_satang")) == before
    market.stock["hat"].refresh_from_db()
    assert market.stock["hat"].num_allocated == 1
    right()


def test_a_group_gives_only_what_is_its_own(market: Market) -> None:
    isan = market.groups["isan"]
    with pytest.raises(errors.PercentTooLarge):
        group_voucher(market, basis_points=6_000)
    with pytest.raises(errors.LimitMissing):
        group_voucher(market, most_uses=None)
    with pytest.raises(Exception, match="not_yours"):
        services.make_group_voucher(organisation=isan, terms=terms("OTHER"), by=market.people["north"])
    group_voucher(market, amount_satang=50_000)
    order = place(market, "transfer", voucher="OWN10")
    assert order.discount_satang == 12_500, "at most half of its goods"
    with pytest.raises(errors.CodeTaken):
        group_voucher(market, "own 10")
    right()


def test_what_a_voucher_gives_is_never_changed(market: Market) -> None:
    voucher = fund_voucher()
    for facts in ({"basis_points": 5_000}, {"budget_satang": 1}, {"most_uses": 99}, {"given_satang": 200_000}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Voucher.objects.filter(pk=voucher.pk).update(**facts)


def test_what_was_not_needed_goes_back_to_the_fund(market: Market) -> None:
    voucher = fund_voucher()
    order = paid(market, "FUND10")
    services.end_voucher(voucher=voucher, by=market.people["administrator"])
    assert services.return_rest(voucher=voucher) == 97_500
    assert services.return_rest(voucher=voucher) == 0, "again is nothing"
    assert (balance(), aside()) == (97_500, 0)
    payments.ask_refund(order=order, pieces={order.lines.get().pk: 1}, why="returned", by=None)
    assert services.return_rest(voucher=voucher) == 2_500, "a refund after its end follows"
    told = books()
    assert (told.closing, told.went) == (100_000, 0)
    assert selectors.borne_satang(voucher) == 0
    right()


def test_the_checks_see_what_is_wrong(market: Market) -> None:
    fund_voucher()
    order = paid(market, "FUND10")
    use = VoucherUse.objects.get()
    spoilt: list[tuple[Any, str]] = [
        (lambda: Voucher.objects.update(uses=2), "as often as orders that count"),
        (lambda: Order.objects.filter(pk=order.pk).update(discount_satang=1), "the discount of the voucher"),
        (lambda: VoucherUse.objects.filter(pk=use.pk).update(returned_at=clock.now()), "given back with its order"),
        (lambda: order.lines.update(discount_satang=1), "borne to the satang"),
    ]
    for spoil, said in spoilt:
        with transaction.atomic():
            spoil()
            assert any(said in one for one in wrong()), said
            transaction.set_rollback(True)
    right()


def test_placing_costs_three_statements_more_with_a_voucher(market: Market) -> None:
    fund_voucher(most_per_buyer=None)

    def cost(voucher: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            place(market, "transfer", voucher=voucher)
        return sum(1 for row in asked if "SAVEPOINT" not in row["sql"])

    cost("")
    without = cost("")
    assert cost("FUND10") <= without + 3 + 1, "the helper itself asks once what it takes off"
    assert LineShare.objects.filter(kind="fund_voucher").count() == 1
