"""Several officers change one price at once, for different days: one counts, and no two rows ever hold for one step."""

from __future__ import annotations

import contextlib
import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest

from shop.common import clock
from shop.shipping import errors, services
from shop.shipping.models import HubFee
from shop.shipping.services import changing
from shop.shipping.tables import History, Table, read_table
from tests.market import Market

pytestmark = pytest.mark.race
TABLE = Table("fees", ("counter", ""))
OFFICERS = 6


def _days() -> list[dt.date]:
    """The latest first: each would be possible alone, whatever came before it."""
    return [clock.today() + dt.timedelta(days=30 + number) for number in range(OFFICERS)]


def _change(market: Market, seen: str | None) -> Callable[[dt.date], History]:
    barrier = threading.Barrier(OFFICERS)

    def act(day: dt.date) -> History:
        barrier.wait(30)
        facts = {"service": "counter", "steps": [(100_000, day.day * 100)], "valid_from": day}
        return services.set_fee(**facts, by=market.people["administrator"], seen=seen)

    return act


def _held(day: dt.date) -> int:
    return len(read_table(TABLE, clock.today()).all_on(day))


def test_one_of_several_changes_counts(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    seen = read_table(TABLE, clock.today()).seen
    results = at_once(_change(race_market, seen), _days())
    done = [result for result in results if isinstance(result, History)]
    told = [result for result in results if isinstance(result, errors.ChangedMeanwhile)]
    assert (len(done), len(told)) == (1, OFFICERS - 1), results
    assert HubFee.objects.filter(service="counter", valid_from__gt=clock.today()).count() == 1
    assert [_held(day) for day in _days()[-1:]] == [1]


def test_without_what_was_seen_they_come_one_after_the_other(
    race_market: Market, at_once: Callable[..., list[Any]]
) -> None:
    """Whoever calls without a page: later days follow, earlier ones are refused; never two rows for one step."""
    results = at_once(_change(race_market, None), _days())
    done = [result for result in results if isinstance(result, History)]
    refused = [result for result in results if isinstance(result, errors.ChangePlanned)]
    assert len(done) >= 1
    assert len(done) + len(refused) == OFFICERS, results
    assert [_held(day) for day in _days()[-1:]] == [1]


def test_control_without_the_lock_several_hold(
    race_market: Market, at_once: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same without the lock, all having read before any writes: the test must be able to fail."""
    barrier = threading.Barrier(OFFICERS)

    def late(table: Table, today: dt.date) -> History:
        found = read_table(table, today)
        if threading.current_thread() is not threading.main_thread() and not barrier.broken:
            with contextlib.suppress(threading.BrokenBarrierError):
                barrier.wait(5)
        return found

    monkeypatch.setattr(changing, "lock", lambda model: None)
    monkeypatch.setattr(changing, "read_table", late)
    at_once(_change(race_market, None), _days())
    assert _held(_days()[-1]) > 1
