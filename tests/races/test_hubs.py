"""Two phones at one hub: the same box, the same purchase, the same code at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import Sum

from shop.fulfilment import collecting, errors, services
from shop.fulfilment.models import DeliveryPlan, Holding, Parcel, TransferBox, TransferLine, Where
from shop.fulfilment.services import counting, parcels
from shop.order.models import Order
from tests.hubs import build_hubs, buy, packed
from tests.market import Market
from tests.unit.fulfilment.hub_pages import arrived, on_the_way, shelved

pytestmark = pytest.mark.race


def pieces(where: str) -> int:
    found: int | None = Holding.objects.filter(where=where).aggregate(all=Sum("quantity"))["all"]
    return found or 0


def test_of_many_who_scan_a_box_at_once_one_counts_it(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    hubs = build_hubs(race_market)
    box = packed(buy(race_market, hubs, {"kratip": 3}), race_market, "north")

    def count(_phone: int) -> Any:
        return services.count_in(place=hubs.places["north"], number=box.number, counts={}, by=hubs.packers["north"])

    results = at_once(count, list(range(6)), threads=6)
    assert len([one for one in results if isinstance(one, TransferBox)]) == 1
    assert {type(one) for one in results if not isinstance(one, TransferBox)} == {errors.AlreadyCounted}
    assert pieces(Where.PLACE) == 3


def _taps(market: Market, at_once: Callable[..., list[Any]], phones: int) -> int:
    """Each of so many phones takes one piece off; how many are noted then (five were sent)."""
    hubs = build_hubs(market)
    part = packed(buy(market, hubs, {"kratip": 5}), market, "north")
    at = {"place": hubs.places["north"], "number": part.number, "line_id": part.lines.get().pk}
    results = at_once(
        lambda _phone: services.step_tally(by_pieces=-1, by=hubs.packers["north"], **at), list(range(phones)), phones
    )
    assert {type(one) for one in results} == {TransferLine}
    tally = TransferLine.objects.get().tally
    assert tally is not None
    return tally


def test_no_tap_is_lost(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    assert _taps(race_market, at_once, 4) == 1


def test_control_without_the_lock_a_tap_is_lost(
    race_market: Market, at_once: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same with "look, then write": the test must be able to fail."""
    note, together = counting._note, threading.Barrier(2, timeout=20)

    def late(row: Any, count: Any) -> Any:
        together.wait()  # both have looked before one writes
        return note(row, count)

    hubs = build_hubs(race_market)
    part = packed(buy(race_market, hubs, {"kratip": 5}), race_market, "north")
    at = {"place": hubs.places["north"], "number": part.number, "line_id": part.lines.get().pk}
    monkeypatch.setattr(counting, "_note", late)
    monkeypatch.setattr(type(TransferLine.objects.all()), "select_for_update", lambda self, **_options: self)
    by = hubs.packers["north"]
    at_once(lambda _phone: services.step_tally(by_pieces=-1, by=by, **at), [1, 2], threads=2)
    monkeypatch.undo()
    assert TransferLine.objects.get().tally == 4, "two taps, one is lost"


def test_of_many_who_put_together_at_once_one_makes_the_parcel(
    race_market: Market, at_once: Callable[..., list[Any]]
) -> None:
    hubs = build_hubs(race_market)
    order = arrived(race_market, hubs, {"kratip": 3})

    def make(_phone: int) -> Any:
        return services.put_together(order=order, place=hubs.places["bangkok"], by=hubs.packers["bangkok"])

    results = at_once(make, list(range(6)), threads=6)
    assert len([one for one in results if isinstance(one, list)]) == 1
    assert {type(one) for one in results if not isinstance(one, list)} == {errors.NothingHere}
    assert (Parcel.objects.count(), pieces(Where.PARCEL)) == (1, 3)


def test_control_without_the_lock_the_second_is_stopped_only_by_the_pieces(
    race_market: Market, at_once: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both see the goods; that pieces lie in one place alone keeps a second parcel from being made."""
    hubs = build_hubs(race_market)
    order = arrived(race_market, hubs, {"kratip": 3})
    look, together = parcels.still_to_come, threading.Barrier(2, timeout=20)

    def late(*facts: Any) -> Any:
        together.wait()
        return look(*facts)

    monkeypatch.setattr(parcels, "lock_order", lambda order_id: None)
    monkeypatch.setattr(parcels, "still_to_come", late)
    results = at_once(
        lambda _phone: services.put_together(order=order, place=hubs.places["bangkok"], by=hubs.packers["bangkok"]),
        [1, 2],
        threads=2,
    )
    monkeypatch.undo()
    assert {type(one) for one in results} == {list, errors.NotThere}
    assert (Parcel.objects.count(), pieces(Where.PARCEL)) == (1, 3)


def test_of_two_counters_one_hands_over(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    hubs = build_hubs(race_market)
    parcel = shelved(race_market, hubs, {"kratip": 3})
    code = collecting.code_of(parcel.order.plan)

    def give(_counter: int) -> Any:
        return services.hand_over_parcels(place=hubs.places["bangkok"], code=code, by=hubs.packers["bangkok"])

    results = at_once(give, list(range(6)), threads=6)
    assert len([one for one in results if isinstance(one, list)]) == 1
    assert {type(one) for one in results if not isinstance(one, list)} == {errors.AlreadyCollected}
    assert pieces(Where.BUYER) == 3


def _two_boxes_at_once(
    market: Market, at_once: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> tuple[int, int]:
    """Two boxes of one purchase are counted at its hub by two phones: the pieces that lie there then, and the boxes to come."""
    hubs = build_hubs(market)
    order = on_the_way(market, hubs, {"kratip": 3, "hat": 2})
    plan = DeliveryPlan.objects.get(order=order)
    assert (plan.pieces_here, plan.boxes_coming) == (0, 2)
    _meet(monkeypatch)
    at = {"place": hubs.places["bangkok"], "counts": {}, "by": hubs.packers["bangkok"]}
    numbers = list(order.vendor_orders.values_list("number", flat=True))
    results = at_once(lambda number: services.count_in(number=number, **at), numbers, threads=2)
    assert {type(one) for one in results} == {TransferBox}
    plan.refresh_from_db()
    return plan.pieces_here, plan.boxes_coming


def _meet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody locks the order, and both begin to take their box in at the same moment."""
    take, together = counting._take_in, threading.Barrier(2, timeout=20)

    def both(*facts: Any) -> None:
        together.wait()
        take(*facts)

    monkeypatch.setattr(counting, "lock_order", lambda order_id: Order.objects.get(pk=order_id))
    monkeypatch.setattr(counting, "_take_in", both)


_COUNTED_ANEW = """
CREATE OR REPLACE FUNCTION fulfilment_keep_pieces() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE found bigint;
BEGIN
    SELECT coalesce(sum(h.quantity), 0) INTO found FROM fulfilment_holding h JOIN order_line l ON l.id = h.line_id
    JOIN fulfilment_deliveryplan p ON p.order_id = l.order_id AND p.hub_id = h.place_id WHERE h."where" = 'place';
    PERFORM pg_sleep(0.5);
    UPDATE fulfilment_deliveryplan SET pieces_here = found WHERE hub_id = NEW.place_id;
    RETURN NULL;
END $body$"""


def test_kept_numbers_are_right_even_without_the_lock_of_the_order(
    race_market: Market, at_once: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _two_boxes_at_once(race_market, at_once, monkeypatch) == (5, 0)


def test_control_counted_anew_the_kept_numbers_would_be_wrong(
    race_market: Market, at_once: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both count what the other has not committed yet; whoever writes last writes half."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED_ANEW)
    pieces_here, _boxes_coming = _two_boxes_at_once(race_market, at_once, monkeypatch)
    assert pieces_here in (2, 3)
