"""What is given back before it was packed is not packed, and its goods are for sale again."""

from __future__ import annotations

import pytest

from shop.fulfilment import services as work
from shop.fulfilment.models import Holding
from shop.fulfilment.selectors import PurchaseState, purchase_state
from shop.fulfilment.services import units
from shop.order.models import Order, VendorOrderEvent
from shop.partner.models import StockRecord
from shop.payment.audit import violations
from shop.payment.selectors import paid_satang
from tests.market import Market
from tests.money import wrong_with_money
from tests.payments import settle
from tests.unit.payment.test_refunds import ask, paid

pytestmark = pytest.mark.django_db


def everything(order: Order) -> dict[int, int]:
    return {line.pk: line.quantity for line in order.lines.all()}


def reserved(market: Market, key: str) -> int:
    return StockRecord.objects.get(pk=market.stock[key].pk).num_allocated or 0


def test_an_order_of_which_all_goes_back_is_not_prepared(market: Market) -> None:
    order = paid(market, kratip=2, hat=1)
    work.accept(vendor_order=order.vendor_orders.order_by("pk")[0], by=None)
    units.put_down(order.lines.all())
    delivery = {part.pk: part.delivery_satang for part in order.vendor_orders.all()}
    ask(order, everything(order), delivery=delivery)
    assert set(order.vendor_orders.values_list("state", flat=True)) == {"cancelled"}
    assert (reserved(market, "kratip"), reserved(market, "hat")) == (0, 0)
    assert set(Holding.objects.values_list("where", flat=True)) == {"cancelled"}
    assert purchase_state(Order.objects.get(pk=order.pk)) is PurchaseState.CANCELLED
    settle()
    assert (paid_satang(order.pk), violations(), wrong_with_money()) == (0, [], [])


def test_one_groups_part_ends_and_the_other_goes_on(market: Market) -> None:
    order = paid(market, kratip=2, hat=1)
    line = order.lines.get(product=market.products["hat"])
    ask(order, {line.pk: 1})
    states = dict(order.vendor_orders.values_list("lines__product", "state"))
    assert states == {market.products["hat"].pk: "cancelled", market.products["kratip"].pk: "to_accept"}
    assert (reserved(market, "kratip"), reserved(market, "hat")) == (2, 0)
    settle()
    assert (violations(), wrong_with_money()) == ([], [])


def test_a_part_of_a_line_or_delivery_alone_ends_nothing(market: Market) -> None:
    order = paid(market, kratip=2)
    line = order.lines.get()
    ask(order, {line.pk: 1}, delivery={line.vendor_order_id: 5_000})
    assert order.vendor_orders.get().state == "to_accept"
    assert reserved(market, "kratip") == 2


def test_what_is_packed_stays_packed(market: Market) -> None:
    order = paid(market, kratip=2)
    part = order.vendor_orders.get()
    for act in (work.accept, work.pack):
        act(vendor_order=part, by=None)
    events = VendorOrderEvent.objects.count()
    ask(order, everything(order))
    part.refresh_from_db()
    assert (part.state, VendorOrderEvent.objects.count(), reserved(market, "kratip")) == ("packed", events, 2)
