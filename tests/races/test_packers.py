"""Two people of one group at once: in the box, and at the shop page."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from cms import errors as page_errors
from cms import services as pages
from cms.selectors import pages_of
from cms.shop_page import digest
from shop.fulfilment import errors, services
from shop.fulfilment.services import packing
from shop.order.models import Line, VendorOrder
from tests.market import Market
from tests.unit.rights.world import order

pytestmark = pytest.mark.race


def to_pack(market: Market, pieces: int = 5) -> VendorOrder:
    """North's part of a purchase, accepted, with so many pieces of one line."""
    placed = order(market, market.people["buyer"], "kratip", method="cod").order
    line = placed.lines.get()
    Line.objects.filter(pk=line.pk).update(quantity=pieces, num_allocated=pieces)
    record = line.stockrecord
    type(record).objects.filter(pk=record.pk).update(num_in_stock=20, num_allocated=pieces)
    return services.accept(vendor_order=placed.vendor_orders.get(), by=None)


def short(part: VendorOrder, line: Line, available: int) -> Line:
    return services.mark_short(
        vendor_order=part, line_id=line.pk, available=available, reason="sold_out", seen=0, by=None
    )


def test_of_many_who_mark_the_same_shortage_one_does(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    part = to_pack(race_market)
    line = part.lines.get()
    results = at_once(lambda _phone: short(part, line, 3), list(range(8)), threads=8)
    assert len([result for result in results if isinstance(result, Line)]) == 1
    assert {type(result) for result in results if not isinstance(result, Line)} == {errors.ChangedMeanwhile}
    line.refresh_from_db()
    line.stockrecord.refresh_from_db()
    assert (line.short_quantity, line.num_allocated) == (2, 3)
    assert (line.stockrecord.num_in_stock, line.stockrecord.num_allocated) == (18, 3)


def test_control_without_locks_the_same_shortage_is_taken_out_twice(
    race_market: Market, at_once: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same people with "look, then write": the test must be able to fail."""
    part = to_pack(race_market)
    line = part.lines.get()
    consume = packing.stock.consume

    def slow(wanted: dict[int, int]) -> None:
        time.sleep(0.3)
        consume(wanted)

    monkeypatch.setattr(packing, "lock_order", lambda order_id: None)
    monkeypatch.setattr(type(VendorOrder.objects.all()), "select_for_update", lambda self, **_options: self)
    monkeypatch.setattr(packing.stock, "consume", slow)
    at_once(lambda _phone: short(part, line, 3), list(range(2)), threads=2)
    monkeypatch.undo()
    line.stockrecord.refresh_from_db()
    assert line.stockrecord.num_in_stock == 16


def test_two_who_close_the_box_close_it_once(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    part = to_pack(race_market)
    results = at_once(lambda _phone: services.pack(vendor_order=part, by=None), list(range(6)), threads=6)
    assert len([result for result in results if isinstance(result, VendorOrder)]) == 1
    assert {type(result) for result in results if not isinstance(result, VendorOrder)} == {errors.WrongState}
    assert part.events.filter(state="packed").count() == 1


def test_of_two_who_save_one_part_of_the_page_one_is_told(
    race_market: Market, at_once: Callable[..., list[Any]]
) -> None:
    group = race_market.groups["north"]
    seen = digest(pages_of(group.pk).draft, "story")

    def save(words: str) -> bool:
        return pages.save_part(group=group, part="story", changes={"story": words}, seen=seen, by=None)

    results = at_once(save, [f"<p>{number}</p>" for number in range(4)], threads=4)
    assert [result for result in results if result is True] == [True]
    assert {type(result) for result in results if result is not True} == {page_errors.ChangedMeanwhile}
