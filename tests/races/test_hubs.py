"""Two phones at one hub: the same box, the same purchase, the same code at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Sum

from shop.fulfilment import collecting, errors, services
from shop.fulfilment.models import Holding, Parcel, TransferBox, TransferLine, Where
from shop.fulfilment.services import counting, parcels
from tests.hubs import build_hubs, buy, packed
from tests.market import Market
from tests.unit.fulfilment.hub_pages import arrived, shelved

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
