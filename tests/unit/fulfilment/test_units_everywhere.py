"""Whatever people do in whatever order: every piece of every line is in exactly one place, and routes add up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import F, Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shop.common import clock
from shop.common.errors import MarketError
from shop.fulfilment import collecting, services
from shop.fulfilment.models import (
    DeliveryPlan,
    Holding,
    Movement,
    Parcel,
    Stop,
    Transfer,
    TransferBox,
    TransferLine,
    Where,
)
from shop.fulfilment.models.units import ALIVE
from shop.fulfilment.services import Count
from shop.order.models import Line, Order, VendorOrder
from shop.seed.check_queries import EMPTY_WHEN_RIGHT, HUBS
from tests.hubs import Hubs, build_hubs, buy
from tests.market import Market

pytestmark = pytest.mark.django_db
A_MONTH = dt.timedelta(days=30)
GROUPS = ("north", "isan", "south")
ACTS = (
    "accept", "pack", "short", "hand_over", "count", "count_at_wrong_hub", "send", "close", "together", "sure",
    "apart", "shelve", "collect", "back",
)  # fmt: skip
STEP = st.tuples(st.sampled_from(ACTS), st.integers(0, 2), st.integers(0, 3))


class Life:
    """One purchase of three groups and everything that people may do with it; refusals are part of life."""

    def __init__(self, market: Market, hubs: Hubs) -> None:
        self.market, self.hubs = market, hubs
        self.order = buy(market, hubs, {"kratip": 3, "hat": 2, "bag": 1}, way="pickup")
        self.bangkok, self.packer = hubs.places["bangkok"], hubs.packers["bangkok"]

    def part(self, which: int) -> VendorOrder:
        group = self.market.groups[GROUPS[which]]
        return VendorOrder.objects.select_related("order", "group").get(order=self.order, group=group)

    def act(self, name: str, which: int, number: int) -> None:
        try:
            with transaction.atomic():
                getattr(self, name)(which, number)
        except MarketError:
            return

    def accept(self, which: int, _number: int) -> None:
        services.accept(vendor_order=self.part(which), by=None)

    def pack(self, which: int, _number: int) -> None:
        services.pack(vendor_order=self.part(which), by=None)

    def short(self, which: int, number: int) -> None:
        part = self.part(which)
        line = part.lines.get()
        services.mark_short(
            vendor_order=part, line_id=line.pk, available=number, reason="damaged", seen=line.short_quantity, by=None
        )

    def hand_over(self, which: int, _number: int) -> None:
        services.hand_over(vendor_order=self.part(which), by=None)

    def count(self, which: int, number: int) -> None:
        part, key = self.part(which), GROUPS[which]
        box = TransferBox.objects.filter(vendor_order=part, state__in=["announced", "sent"]).first()
        own = box is None or box.transfer.to_place_id == self.hubs.places[key].pk
        place, packer = (self.hubs.places[key], self.hubs.packers[key]) if own else (self.bangkok, self.packer)
        row = box.lines.first() if box else None
        counts = (
            {}
            if row is None or number == 3
            else {row.line_id: Count(max(row.sent - number, 0), min(number, row.sent) // 2, "broken")}
        )
        services.count_in(place=place, number=part.number, counts=counts, by=packer)

    def count_at_wrong_hub(self, which: int, _number: int) -> None:
        key = GROUPS[(which + 1) % 3]
        services.count_in(
            place=self.hubs.places[key], number=self.part(which).number, counts={}, by=self.hubs.packers[key]
        )

    def send(self, which: int, _number: int) -> None:
        key = GROUPS[which]
        start = self.hubs.places[key]
        for transfer in Transfer.objects.filter(from_place=start, state="announced"):
            services.send_transfer(transfer=transfer, by=self.hubs.packers[key])

    def close(self, which: int, _number: int) -> None:
        for transfer in Transfer.objects.filter(from_place=self.hubs.places[GROUPS[which]], state="sent"):
            services.close_transfer(transfer=transfer, by=self.packer)

    def together(self, _which: int, _number: int) -> None:
        services.put_together(order=self.order, place=self.bangkok, by=self.packer)

    def sure(self, _which: int, _number: int) -> None:
        services.put_together(order=self.order, place=self.bangkok, by=self.packer, sure=True)

    def _parcels(self) -> list[Parcel]:
        return list(Parcel.objects.filter(order=self.order).order_by("pk"))

    def apart(self, _which: int, _number: int) -> None:
        for parcel in self._parcels():
            services.take_apart(parcel=parcel, by=self.packer)

    def shelve(self, _which: int, _number: int) -> None:
        for parcel in self._parcels():
            if parcel.state == Parcel.State.READY:
                services.shelve(parcel=parcel, shelf="A1", by=self.packer)

    def collect(self, _which: int, _number: int) -> None:
        services.hand_over_parcels(place=self.bangkok, code=collecting.code_of(self.order.plan), by=self.packer)

    def back(self, _which: int, _number: int) -> None:
        for parcel in self._parcels():
            if parcel.state == Parcel.State.ON_SHELF:
                with clock.moved_to(clock.now() + A_MONTH):  # from the shelf only once its day is over
                    services.return_parcel(parcel=parcel, by=self.packer)


def check(order: Order) -> None:
    """The truths that hold after every act."""
    for line in Line.objects.filter(order=order).select_related("vendor_order"):
        held = dict(Holding.objects.filter(line=line).order_by().values_list("where").annotate(Sum("quantity")))
        assert sum(held.values()) == line.quantity, "every piece is in exactly one place"
        gone = sum(held.get(where, 0) for where in (Where.SHORT, Where.REJECTED, Where.LOST, Where.RETURNED))
        assert gone == line.short_quantity, "what will not reach the buyer is what the buyer was told"
        flows: dict[str, int] = {}
        for source, target, pieces in Movement.objects.filter(line=line).values_list("source", "target", "quantity"):
            flows[target] = flows.get(target, 0) + pieces
            if source:
                flows[source] = flows.get(source, 0) - pieces
        assert {where: pieces for where, pieces in flows.items() if pieces} == held, "the log tells the same"
        state = line.vendor_order.state
        if state == "delivered":
            assert not ALIVE & held.keys()
            assert held.get(Where.BUYER)
        if state == "cancelled":
            assert not (ALIVE | {Where.BUYER}) & held.keys()
    for row in TransferLine.objects.exclude(counted=None):
        assert row.sent == (row.counted or 0) + row.rejected + row.short
    for record in Line.objects.filter(order=order).values_list(
        "stockrecord__num_in_stock", "stockrecord__num_allocated"
    ):
        assert 0 <= (record[1] or 0) <= record[0]
    for name in HUBS:
        assert found_by(name) == [], name


def found_by(name: str) -> list[tuple[Any, ...]]:
    """The rows that a check of the whole market finds wrong."""
    with connection.cursor() as cursor:
        cursor.execute(EMPTY_WHEN_RIGHT[name])
        return list(cursor.fetchall())


@pytest.fixture
def life(market: Market) -> Life:
    """A paid purchase; every made-up life begins here and is taken back."""
    return Life(market, build_hubs(market))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=10, max_size=40))
def test_every_piece_is_somewhere_whatever_is_done(life: Life, steps: list[tuple[str, int, int]]) -> None:
    with transaction.atomic():
        for step in steps:
            life.act(*step)
            check(life.order)
        transaction.set_rollback(True)


def test_a_usual_life_ends_with_the_buyer(life: Life) -> None:
    """The machine reaches its end: without this the property could hold of lives in which nothing happens."""
    for which in range(3):
        for act in ("accept", "pack", "hand_over", "count"):
            life.act(act, which, 3)
        life.act("send", which, 0)
        life.act("count", which, 3)
        check(life.order)
    for act in ("together", "shelve", "collect"):
        life.act(act, 0, 0)
    check(life.order)
    held = Holding.objects.filter(line__order=life.order)
    assert {row.where for row in held} == {Where.BUYER}
    assert sum(row.quantity for row in held) == 6


WRONG: dict[str, Callable[[Life], object]] = {
    "kept numbers": lambda life: DeliveryPlan.objects.filter(order=life.order).update(boxes_coming=1),
    "open boxes": lambda life: Transfer.objects.update(boxes_open=F("boxes_open") + 1),
    "is unpacked": lambda life: Stop.objects.update(is_unpacked=True),
    "waits at a counter": lambda life: Parcel.objects.update(to_counter=False),
}


@pytest.mark.parametrize("words", WRONG)
def test_the_checks_of_hubs_find_a_wrong_number(life: Life, words: str) -> None:
    """The negative control of the kept numbers."""
    for act in ("accept", "pack", "hand_over", "count"):
        life.act(act, 0, 3)
    life.act("send", 0, 0)
    life.act("count", 0, 3)
    life.act("sure", 0, 0)
    check(life.order)
    WRONG[words](life)
    assert [name for name in HUBS if found_by(name)] == [name for name in HUBS if words in name]


def test_the_check_finds_a_piece_that_is_in_two_places(life: Life) -> None:
    """The negative control."""
    Movement.objects.filter(line__order=life.order).first().delete()
    with pytest.raises(AssertionError, match="the log tells the same"):
        check(life.order)
