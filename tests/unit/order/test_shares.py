"""Shares through the services: frozen with the order, divided when it is paid, taken back to the satang whatever the rules say now."""

from __future__ import annotations

import datetime as dt
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from shop.common import clock
from shop.fulfilment import services as work
from shop.ledger.purposes import PLATFORM
from shop.ledger.selectors import balance_of, trial_balance
from shop.order import errors, services
from shop.order.models import LineShare, Order, ShareRule
from shop.order.shares import shares_left
from shop.payment import services as payments
from shop.seed.invariants import violations
from tests.hubs import build_hubs, buy
from tests.market import Market
from tests.payments import place
from vendors.errors import NotYours
from vendors.models import Organisation

pytestmark = pytest.mark.django_db
KINDS = ("group", "cooperative", "hub", "fund", "platform", "delivery")


def sums(order: Order, line: int | None = None) -> dict[str, int]:
    """Kind → satang that all still have; of one line when its key is given."""
    found: dict[str, int] = {}
    for one in shares_left(order.pk):
        if line is None or one.line_id == line:
            found[one.kind] = found.get(one.kind, 0) + one.satang
    return {kind: satang for kind, satang in found.items() if satang}


def paid(market: Market, **quantities: int) -> Order:
    """Paid by transfer, in baht."""
    order = place(market, "transfer", **quantities)
    payments.confirm(attempt=order.payment_attempts.get())
    return order


def owner(organisation: Organisation) -> str:
    return f"org:{organisation.code}"


def tomorrow() -> dt.date:
    return clock.today() + dt.timedelta(days=1)


def rule(payee: str, points: int | None = None, **facts: Any) -> ShareRule:
    return ShareRule(payee=payee, basis_points=points, **{"valid_from": tomorrow(), **facts})


def right() -> None:
    """Everything that must be true is."""
    assert [str(one) for one in violations()] == []
    assert set(trial_balance().sums.values()) <= {0}


def test_the_example_of_the_design_from_the_page_to_the_books(market: Market) -> None:
    order = place(market, "transfer")
    assert sums(order) == {
        "group": 22_500, "cooperative": 500, "hub": 1_000, "fund": 250, "platform": 750, "delivery": 5_000
    }  # fmt: skip
    assert balance_of(PLATFORM, "buyers_unallocated") == 0, "nobody has paid yet"
    payments.confirm(attempt=order.payment_attempts.get())
    group = market.groups["isan"]
    cooperative = group.get_parent()
    network = cooperative.get_parent()
    found = {
        "held": balance_of(owner(group), "held"),
        "delivery": balance_of(owner(group), "delivery"),
        "cooperative": balance_of(owner(cooperative), "cooperative"),
        "hub": balance_of(owner(network), "hub"),
        "fund_held": balance_of(owner(network), "fund_held"),
        "commission": balance_of(PLATFORM, "commission"),
        "bank": balance_of(PLATFORM, "bank"),
        "owed": balance_of(PLATFORM, "buyers_unallocated"),
    }
    assert found == {
        "held": -22_500, "delivery": -5_000, "cooperative": -500, "hub": -1_000, "fund_held": -250,
        "commission": -750, "bank": 30_000, "owed": 0,
    }  # fmt: skip
    right()


def test_half_a_line_comes_back_after_the_rule_changed(market: Market) -> None:
    order = paid(market, kratip=4, hat=1)
    line = order.lines.get(product=market.products["kratip"])
    before = sums(order, line.pk)
    assert before == {"group": 43_200, "cooperative": 960, "hub": 1_920, "fund": 480, "platform": 1_440}
    services.write_share_rule(wanted=rule("fund", 2_000), by=market.people["administrator"])
    with clock.moved_to(clock.now() + dt.timedelta(days=2)):
        refund = payments.ask_refund(order=order, pieces={line.pk: 2}, why="returned", by=None)
        assert sums(order, line.pk) == {kind: satang // 2 for kind, satang in before.items()}
        right()
        payments.settle_by_hand(refund=refund, route="transfer", reference="KTB 1", by=None)
        right()
        later = paid(market, kratip=1)
        assert sums(later)["fund"] == 2_400, "20 % of 120.00: the new rule"
    assert balance_of(PLATFORM, "buyers_unallocated") == 0


def test_a_refund_that_does_not_arrive_gives_the_same_satang_again(market: Market) -> None:
    order = paid(market, kratip=3)
    before, books = sums(order), trial_balance().rows
    refund = payments.ask_refund(order=order, pieces={order.lines.get().pk: 1}, why="returned", by=None)
    assert sums(order) != before
    payments.withdraw_refund(refund=refund, by=None)
    assert sums(order) == before
    assert [row for row in trial_balance().rows if row.balance] == [row for row in books if row.balance]
    right()


def test_at_the_door_what_is_missing_belongs_to_nobody(market: Market) -> None:
    order = place(market, "cod", kratip=2, hat=1)
    part = order.vendor_orders.get(group=market.groups["north"])
    other = order.vendor_orders.get(group=market.groups["isan"])
    work.accept(vendor_order=part, by=None)
    line = part.lines.get()
    work.mark_short(vendor_order=part, line_id=line.pk, available=1, reason="sold_out", seen=0, by=None)
    for one in (part, other):
        for act in (work.accept, work.pack, work.hand_over, work.deliver)[one is part :]:
            act(vendor_order=one, by=None)
    assert sums(order, line.pk) == {"group": 10_800, "cooperative": 240, "hub": 480, "fund": 120, "platform": 360}
    assert balance_of(owner(market.groups["north"]), "cash_held") == 17_000
    right()


def test_through_hubs_every_stretch_is_paid_to_who_earns_it(market: Market) -> None:
    hubs = build_hubs(market)
    order = buy(market, hubs, {"kratip": 1, "hat": 1})
    earned: dict[int, int] = {}
    for leg in order.plan.legs.all():
        earned[leg.payee_id] = earned.get(leg.payee_id, 0) + leg.price_satang
    shares = LineShare.objects.filter(order=order, kind="delivery")
    found: dict[int, int] = {}
    for share in shares:
        found[share.payee_id or 0] = found.get(share.payee_id or 0, 0) + share.amount_satang
    assert found == earned
    for part in order.vendor_orders.all():
        own = shares.filter(vendor_order=part).values_list("amount_satang", flat=True)
        assert sum(own) == part.delivery_satang
    carried = set(LineShare.objects.filter(order=order, kind="hub").values_list("payee_id", flat=True))
    assert carried == {leg.payee_id for leg in order.plan.legs.all() if leg.kind in ("collect", "handling")}


def test_more_specific_rules_win_and_ties_are_refused(market: Market) -> None:
    admin, group = market.people["administrator"], market.groups["isan"]
    region = ShareRule.Scope.REGION
    services.write_share_rule(wanted=rule("hub", 500, scope=region, region=group.region), by=admin)
    services.write_share_rule(
        wanted=rule("hub", 600, scope="category", category=market.products["hat"].main_category), by=admin
    )
    with pytest.raises(errors.ShareTie):
        services.write_share_rule(wanted=rule("hub", 700, scope=region, region=group.region), by=admin)
    with pytest.raises(errors.ShareFromTomorrow):
        services.write_share_rule(wanted=rule("hub", 700, valid_from=clock.today()), by=admin)
    services.write_share_rule(wanted=rule("platform", 3_000, scope="organisation", organisation=group), by=admin)
    with pytest.raises(errors.SharesTooLarge), transaction.atomic():
        services.write_share_rule(wanted=rule("fund", 3_000), by=admin)
    with pytest.raises(NotYours):
        services.write_share_rule(wanted=rule("hub", 700), by=market.people["officer"])
    with clock.moved_to(clock.now() + dt.timedelta(days=1)):
        assert sums(place(market, "transfer"))["hub"] == 1_500, "6 % of 250.00 by category"
        last = services.end_share_rule(rule=ShareRule.objects.get(scope="category"), last_day=clock.today(), by=admin)
        assert last.valid_until == clock.today()
    with clock.moved_to(clock.now() + dt.timedelta(days=2)):
        assert sums(place(market, "transfer"))["hub"] == 1_250, "5 % of the region"


def test_what_has_begun_is_never_changed(market: Market) -> None:
    begun = ShareRule.objects.get(payee="fund")
    share = LineShare.objects.filter(order=place(market, "transfer"))[0]
    changes = (
        lambda: ShareRule.objects.filter(pk=begun.pk).update(basis_points=1),
        lambda: LineShare.objects.filter(pk=share.pk).update(amount_satang=1),
        lambda: LineShare.objects.filter(pk=share.pk)._raw_delete("default"),
    )
    for change in changes:
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    with pytest.raises(errors.ShareBegun):
        services.drop_share_rule(rule=begun, by=market.people["administrator"])
    planned = services.write_share_rule(wanted=rule("fund", 300), by=market.people["administrator"])
    services.drop_share_rule(rule=planned, by=market.people["administrator"])
    begun.refresh_from_db()
    assert begun.valid_until is None, "what it would have followed goes on"


def test_freezing_costs_the_same_for_many_lines(market: Market) -> None:
    def shared(**quantities: int) -> int:
        with CaptureQueriesContext(connection) as asked:
            place(market, "transfer", **quantities)
        return sum("order_lineshare" in row["sql"] or "order_sharerule" in row["sql"] for row in asked.captured_queries)

    assert shared(hat=1) == shared(hat=1, kratip=1, bag=1) == 2, "the rules with the groups, and one insert"


def test_the_command_names_what_is_wrong_and_ends_with_1(market: Market) -> None:
    order = paid(market)
    out = StringIO()
    call_command("check_invariants", stdout=out)
    assert out.getvalue().strip().endswith("checks, 0 violations")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE order_lineshare DISABLE TRIGGER USER")
        cursor.execute("UPDATE order_lineshare SET amount_satang = amount_satang + 1 WHERE kind = 'fund'")
        cursor.execute("ALTER TABLE order_lineshare ENABLE TRIGGER USER")
    wrong = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("check_invariants", stdout=StringIO(), stderr=wrong)
    assert end.value.code == 1
    assert f"shares: the shares of a line make its price: {order.number}" in wrong.getvalue()
    assert f"shares: the books say of a divided order what its shares say: {order.number}" in wrong.getvalue()
