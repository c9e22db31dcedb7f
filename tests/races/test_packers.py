"""Two people of one group at once: in the box, and at the shop page."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from cms import errors as page_errors
from cms import services as pages
from cms.selectors import pages_of, versions_of
from cms.services import shop_pages
from cms.shop_page import digest
from shop.fulfilment import errors, services
from shop.fulfilment.services import orders
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
    save, together = Line.save, threading.Barrier(2, timeout=20)

    def late(line: Line, **facts: Any) -> None:
        if "num_allocated" in facts["update_fields"]:
            together.wait()  # both have looked before one writes
        save(line, **facts)

    monkeypatch.setattr(orders, "lock_order", lambda order_id: None)
    monkeypatch.setattr(type(VendorOrder.objects.all()), "select_for_update", lambda self, **_options: self)
    monkeypatch.setattr(Line, "save", late)
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


def two_lines(market: Market) -> tuple[VendorOrder, list[int]]:
    """North's part with two lines to tick."""
    part = to_pack(market)
    first = part.lines.get()
    second = Line.objects.get(pk=first.pk)
    second.pk = None
    second.save()
    return part, [first.pk, second.pk]


def test_two_phones_that_tick_at_once_lose_no_tick(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    part, keys = two_lines(race_market)
    for _round in range(5):
        Line.objects.filter(pk__in=keys).update(packed=False)
        at_once(lambda key: services.tick_lines(vendor_order=part, packed={key: True}, by=None), keys, threads=2)
        assert set(Line.objects.filter(pk__in=keys).values_list("packed", flat=True)) == {True}


def test_one_line_ticked_by_two_phones_is_ticked_and_a_closed_box_stays_closed(
    race_market: Market, at_once: Callable[..., list[Any]]
) -> None:
    part, keys = two_lines(race_market)

    def act(number: int) -> Any:
        if number == 3:
            return services.pack(vendor_order=part, by=None)
        return services.tick_lines(vendor_order=part, packed={keys[0]: number % 2 == 0}, by=None)

    results = at_once(act, list(range(6)), threads=6)
    assert {type(one) for one in results if isinstance(one, Exception)} <= {errors.WrongState}
    part.refresh_from_db()
    assert part.state == "packed"
    before = list(Line.objects.filter(pk__in=keys).order_by("pk").values_list("packed", flat=True))
    with pytest.raises(errors.WrongState):
        services.tick_lines(vendor_order=part, packed={keys[0]: not before[0]}, by=None)
    assert list(Line.objects.filter(pk__in=keys).order_by("pk").values_list("packed", flat=True)) == before


def test_control_a_phone_that_writes_the_whole_page_takes_the_others_tick_away(race_market: Market) -> None:
    """Why only what was changed on a page is written: the page of the second phone was older."""
    part, keys = two_lines(race_market)
    services.tick_lines(vendor_order=part, packed={keys[0]: True}, by=None)
    services.tick_lines(vendor_order=part, packed={keys[0]: False, keys[1]: True}, by=None)
    assert list(Line.objects.filter(pk__in=keys).order_by("pk").values_list("packed", flat=True)) == [False, True]


def test_control_without_the_lock_both_save_the_page(
    race_market: Market, at_once: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    group = race_market.groups["north"]
    seen = digest(pages_of(group.pk).draft, "story")
    read, together = shop_pages.pages_of, threading.Barrier(2, timeout=20)

    def late(group_id: int) -> Any:
        found = read(group_id)
        together.wait()  # both have looked before one writes
        return found

    monkeypatch.setattr(shop_pages, "_locked", lambda group, by: late(group.pk))

    def save(words: str) -> bool:
        return pages.save_part(group=group, part="story", changes={"story": words}, seen=seen, by=None)

    assert at_once(save, ["<p>1</p>", "<p>2</p>"], threads=2) == [True, True]


def test_of_two_who_restore_a_version_one_is_told(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    group = race_market.groups["north"]
    for words in ("<p>ก</p>", "<p>ข</p>", "<p>ค</p>"):
        draft = pages_of(group.pk).draft
        pages.save_part(group=group, part="story", changes={"story": words}, seen=digest(draft, "story"), by=None)
    now = pages_of(group.pk)
    keys = [one.key for one in versions_of(now)[1:3]]
    results = at_once(
        lambda key: pages.restore_version(group=group, key=key, seen=now.version, by=None), keys, threads=2
    )
    assert results.count(True) == 1
    assert {type(one) for one in results if one is not True} == {page_errors.DraftMoved}
