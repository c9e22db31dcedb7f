"""Many want the last seat of a training at once: one gets it, the others wait; one form sent by many tabs registers once."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from cms import errors, services
from cms.models import Course, Registration
from cms.services import registrations
from shop.common.errors import MarketError
from tests.market import Market
from tests.unit.cms.trainings import make, register

pytestmark = pytest.mark.race
State = Registration.State


def counts(course: Course) -> dict[str, int]:
    rows = list(course.registrations.values_list("state", flat=True))
    return {state: rows.count(state) for state in sorted(set(rows))}


def one(market: Market, course: Course) -> Callable[[int], Any]:
    keys = list(market.groups)

    def act(number: int) -> Any:
        return register(market, course, f"คนที่ {number}", group=keys[number % 3])

    return act


def test_the_last_seat_is_given_once(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    course = make(race_market, seats=1)
    results = at_once(one(race_market, course), list(range(12)), threads=12)
    assert [result for result in results if isinstance(result, Exception)] == []
    assert counts(course) == {"registered": 1, "waiting": 11}


def test_control_without_the_lock_the_last_seat_is_given_many_times(
    race_market: Market, at_once: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    course = make(race_market, seats=1)

    def unlocked(given: Course) -> Course:
        row = Course.objects.select_related("office", "province").get(pk=given.pk)
        time.sleep(0.05)
        return row

    monkeypatch.setattr(registrations, "locked_course", unlocked)
    seats_taken = registrations.seats_taken

    def slow(given: Course) -> int:
        taken = seats_taken(given)
        time.sleep(0.2)
        return taken

    monkeypatch.setattr(registrations, "seats_taken", slow)
    at_once(one(race_market, course), list(range(9)), threads=9)
    assert counts(course)["registered"] > 1


def test_seats_given_back_by_many_move_exactly_as_many_up(
    race_market: Market, at_once: Callable[..., list[Any]]
) -> None:
    course = make(race_market, seats=4)
    seated = [*register(race_market, course, "ก", "ข"), *register(race_market, course, "ค", "ง", group="isan")]
    register(race_market, course, "จ", "ฉ", "ช", group="south")
    by = {race_market.groups[key].pk: race_market.people[key] for key in race_market.groups}

    def give(row: Registration) -> Any:
        return services.cancel_registration(registration=row, by=by[row.group_id or 0])

    at_once(give, [*seated[:2], *seated[:2]], threads=4)
    assert counts(course) == {"cancelled": 2, "registered": 4, "waiting": 1}


def test_one_form_sent_by_many_tabs_registers_once(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    course = make(race_market, seats=9)
    results = at_once(lambda _tab: register(race_market, course, "สมหญิง"), list(range(8)), threads=8)
    refused = [result for result in results if isinstance(result, MarketError)]
    assert {type(result) for result in refused} == {errors.AlreadyRegistered}
    assert len(refused) == 7
    assert counts(course) == {"registered": 1}


def test_one_ticket_scanned_at_two_doors_counts_once(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    course = make(race_market)
    (row,) = register(race_market, course, "สมหญิง")
    Course.objects.filter(pk=course.pk).update(starts_at="2026-01-01T02:00:00Z")

    def scan(_door: int) -> Any:
        return services.check_in(course=course, code=row.secret, by=race_market.people["officer"])

    results = at_once(scan, list(range(6)), threads=6)
    assert len([result for result in results if isinstance(result, Registration)]) == 1
    assert {type(result) for result in results if isinstance(result, MarketError)} == {errors.AlreadyHere}
    assert race_market.groups["north"].trainings.get().people == 1
