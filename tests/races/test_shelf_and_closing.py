"""A parcel is put on the shelf while its counter is being closed for days: it is kept for as many open days as any other."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings

from shop.common import clock, outbox
from shop.fulfilment import services
from shop.fulfilment.models import Parcel
from shop.fulfilment.services import keeping
from shop.shipping.calendars import read_calendar
from shop.shipping.models import Closure
from shop.shipping.services import set_closure
from tests.hubs import build_hubs
from tests.market import Market
from tests.unit.fulfilment.hub_pages import together

pytestmark = pytest.mark.race
A_WHILE = 3
"""Seconds that the shelving waits for the closing, which waits for it in turn."""


def _meet(
    market: Market, at_once: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch, patience: int = A_WHILE
) -> tuple[dt.date, dt.date]:
    """Until when the parcel is kept, and until when it should be: the counter is closed between looking and writing."""
    hubs = build_hubs(market)
    parcel = together(market, hubs, {"kratip": 1}, way="pickup")
    while (
        outbox.work_off()
    ):  # what follows from the purchase waits for its order too, and is not what is looked at here
        pass
    looked, closed, look = threading.Event(), threading.Event(), keeping.last_day

    def late(place_id: int) -> dt.date:
        day = look(place_id)
        looked.set()
        closed.wait(patience)
        return day

    def close() -> Closure:
        looked.wait(patience)
        first = clock.today() + dt.timedelta(days=1)
        by = market.people["administrator"]
        last = first + dt.timedelta(days=9)
        made = set_closure(place=hubs.places["bangkok"], first_day=first, last_day=last, reason_th="ปิด", by=by)
        while outbox.work_off():
            pass
        closed.set()
        return made

    def shelve() -> Parcel:
        return services.shelve(parcel=parcel, shelf="A1", by=hubs.packers["bangkok"])

    monkeypatch.setattr(keeping, "last_day", late)
    results = at_once(lambda act: act(), [shelve, close], threads=2)
    assert {type(one) for one in results} == {Parcel, Closure}, results
    parcel.refresh_from_db()
    assert parcel.keep_until is not None
    today = clock.today()
    return parcel.keep_until, read_calendar(today).kept(parcel.place_id, today, settings.PICKUP_DAYS)


def test_shelved_while_the_counter_closes_it_is_kept_as_long(
    race_market: Market, at_once: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, wanted = _meet(race_market, at_once, monkeypatch)
    assert kept == wanted


def test_control_without_the_two_locks_it_goes_back_too_soon(
    race_market: Market, at_once: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody holds the calendar, and who moves the days does not wait for the order: this parcel is not seen yet."""
    monkeypatch.setattr(keeping, "hold_calendar", lambda: None)
    monkeypatch.setattr(keeping, "lock_order", lambda order_id: None)
    kept, wanted = _meet(
        race_market, at_once, monkeypatch, patience=60
    )  # nothing is in the closing's way: it ends by itself
    assert kept < wanted
