"""One form sent three times at once makes one thing; two offices that want one address at once get two."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest

from cms import services
from cms.models import Course, Fair, FairPage, NewsPage
from cms.services import fairs
from cms.services.releases import begin_press_release
from shop.common import clock
from tests.market import Market
from tests.unit.cms.fairs import at, office
from tests.unit.cms.trainings import facts, office_of
from vendors.models import Province

pytestmark = pytest.mark.race


def fair_of(province: str | None, by: Any = None) -> Fair:
    first = clock.today() + dt.timedelta(days=30)
    return services.create_fair(
        office=office(province),
        name_th="งานของดี",
        summary_th="ของดี",
        starts_at=at(first, 10),
        ends_at=at(first, 20),
        venue_th="ลาน",
        province=Province.objects.get(pk="TH-50"),
        apply_from=clock.today(),
        apply_until=first,
        by=by,
    )


def all_at_once(at_once: Callable[..., list[Any]], act: Callable[[Any], Any], rows: list[Any]) -> list[Any]:
    barrier = threading.Barrier(len(rows))

    def one(row: Any) -> Any:
        barrier.wait(30)
        return act(row)

    return at_once(one, rows)


def test_one_form_sent_three_times_makes_one_fair(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    officer = race_market.people["officer"]
    made = all_at_once(at_once, lambda _click: fair_of("TH-50", officer).pk, [1, 2, 3])
    assert made == [Fair.objects.get().pk] * 3
    assert FairPage.objects.count() == 2


def test_control_who_does_not_wait_in_line_makes_another_fair(
    race_market: Market, at_once: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = threading.Barrier(3)

    def naive(fair: Fair) -> Fair | None:
        found = Fair.objects.filter(office=fair.office, name_th=fair.name_th).first()
        looked.wait(30)
        return found

    monkeypatch.setattr(fairs, "_told_before", naive)
    officer = race_market.people["officer"]
    all_at_once(at_once, lambda _click: fair_of("TH-50", officer).pk, [1, 2, 3])
    assert Fair.objects.count() == 3


def test_fairs_of_one_day_of_several_offices_have_addresses_of_their_own(
    race_market: Market, at_once: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All have looked for a free address before any has written."""
    looked, look = threading.Barrier(3), fairs.unique_slug
    first: set[int] = set()

    def slowly(*given: Any) -> str:
        found = look(*given)
        if threading.get_ident() not in first:
            first.add(threading.get_ident())
            looked.wait(30)
        return found

    monkeypatch.setattr(fairs, "unique_slug", slowly)
    made = all_at_once(at_once, lambda province: fair_of(province).slug, ["TH-50", "TH-40", None])
    day = f"{clock.today() + dt.timedelta(days=30):%Y%m%d}"
    assert sorted(map(str, made)) == [f"fair-{day}", f"fair-{day}-2", f"fair-{day}-3"]
    assert Fair.objects.count() == 3


def test_one_form_sent_three_times_makes_one_training(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    officer, north, told = race_market.people["officer"], office_of(race_market), facts()

    def click(_number: int) -> int:
        return int(services.make_course(office=north, facts=told, by=officer).pk)

    assert all_at_once(at_once, click, [1, 2, 3]) == [Course.objects.get().pk] * 3


def test_one_button_pressed_three_times_begins_one_release(
    race_market: Market, at_once: Callable[..., list[Any]]
) -> None:
    officer = race_market.people["officer"]
    made = all_at_once(at_once, lambda _click: begin_press_release(title="งานผ้า", by=officer).pk, [1, 2, 3])
    assert made == [NewsPage.objects.get().pk] * 3
