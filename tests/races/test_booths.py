"""The last booth: two officers give it at once, and five groups apply twice each at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from cms import fair_errors as errors
from cms import services
from cms.models import Booth, BoothApplication, Fair
from cms.services import booths
from tests.market import Market
from tests.unit.cms.fairs import apply, make_fair

pytestmark = pytest.mark.race
State = BoothApplication.State


def decisions(market: Market) -> tuple[Booth, list[BoothApplication]]:
    """Three groups want the one booth of kind ข."""
    fair = make_fair()
    return fair.booths.get(code="ข1"), [apply(market, fair, key) for key in ("north", "isan", "south")]


def give_at_once(booth: Booth, at_once: Callable[..., list[Any]], rows: list[BoothApplication]) -> list[Any]:
    barrier = threading.Barrier(len(rows))

    def act(application: BoothApplication) -> str:
        barrier.wait(30)
        services.give_booth(application=application, booth_id=booth.pk, seen=1)
        return "given"

    return at_once(act, rows)


def test_one_of_three_gets_the_last_booth(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    booth, rows = decisions(race_market)
    results = give_at_once(booth, at_once, rows)
    assert results.count("given") == 1, results
    assert sum(isinstance(result, errors.BoothTaken) for result in results) == 2, results
    assert BoothApplication.objects.filter(booth=booth, state=State.ACCEPTED).count() == 1
    assert BoothApplication.objects.filter(state=State.SUBMITTED).count() == 2


def test_control_without_lock_and_constraint_several_get_it(
    race_market: Market, at_once: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All have looked before any has written: the test must be able to fail."""
    booth, rows = decisions(race_market)
    looked = threading.Barrier(len(rows))
    free = booths._free_booth

    def naive(fair: Fair, booth_id: int) -> Booth:
        found = free(fair, booth_id)
        looked.wait(30)
        return found

    monkeypatch.setattr(booths, "locked_fair", lambda pk: Fair.objects.select_related("office").get(pk=pk))
    monkeypatch.setattr(booths, "_free_booth", naive)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE cms_boothapplication DROP CONSTRAINT one_group_in_a_booth")
    results = give_at_once(booth, at_once, rows)
    assert results.count("given") == 3, results
    assert BoothApplication.objects.filter(booth=booth).count() == 3


def test_a_form_sent_many_times_applies_once(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    fair = make_fair()
    barrier = threading.Barrier(6)

    def act(key: str) -> BoothApplication:
        barrier.wait(30)
        return apply(race_market, fair, key)

    results = at_once(act, ["north", "isan", "south"] * 2)
    assert sum(isinstance(result, BoothApplication) for result in results) == 3, results
    assert sum(isinstance(result, errors.AppliedAlready) for result in results) == 3, results
    assert BoothApplication.objects.filter(fair=fair).count() == 3
