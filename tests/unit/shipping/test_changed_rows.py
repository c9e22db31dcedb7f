"""Prices, times and calendars change from a day on: exact effects on quotes before and after, and the past stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from shop.common import clock
from shop.shipping import errors, services
from shop.shipping.models import Closure, HubDay, HubFee, ServiceArea, Tariff, TransitTime
from shop.shipping.services import DayOfHub
from shop.shipping.tables import Table, read_table
from tests.market import Market, make_user
from tests.unit.shipping.roads import ask, at, hub, part, the
from vendors import errors as vendors_errors
from vendors.history import history_of
from vendors.models import Organisation
from vendors.services import add_member

pytestmark = pytest.mark.django_db
CHIANG_MAI, BANGKOK = "TH-50", "TH-10"
TODAY = dt.date(2026, 11, 24)
JANUARY = dt.date(2027, 1, 4)
EVE = JANUARY - dt.timedelta(days=1)
AFAR = {"storage": "ambient", "zone": "other_region"}
OLD = [(1000, 5000), (3000, 7500), (5000, 10_000), (10_000, 15_000), (20_000, 25_000)]
NEW = [(1000, 5500), *OLD[1:]]


@pytest.fixture(autouse=True)
def tuesday() -> Any:
    with clock.moved_to(at(24, 11)):
        yield


@pytest.fixture
def officer(market: Market) -> Any:
    """An officer of the department itself."""
    office = Organisation.objects.get(kind=Organisation.Kind.OFFICE, province=None)
    person = make_user("national")
    add_member(organisation=office, user=person, role="officer")
    return person


def dear(by: Any, **more: Any) -> Any:
    facts = {"carrier": "ไปรษณีย์ไทย", "steps": NEW, "valid_from": JANUARY, "by": by, **AFAR, **more}
    return services.set_tariff(**facts)


def price(day: dt.date, grams: int = 500) -> int:
    when = dt.datetime.combine(day, dt.time(10), tzinfo=clock.BANGKOK)
    return the(ask([part(CHIANG_MAI, grams)], when=when), "direct").total_satang


def test_a_tariff_counts_from_its_day_and_not_before(officer: Any) -> None:
    dear(officer)
    assert [price(day) for day in (TODAY, EVE, JANUARY, JANUARY + dt.timedelta(days=300))] == [5000, 5000, 5500, 5500]
    assert price(JANUARY, 2000) == 7500, "the other steps stay as they were"
    rows = Tariff.objects.filter(**AFAR, max_weight_g=1000).order_by("valid_from")
    assert [(row.price_satang, row.valid_from, row.valid_until) for row in rows] == [
        (5000, dt.date(2026, 1, 1), EVE),
        (5500, JANUARY, None),
    ]
    assert Tariff.objects.filter(**AFAR).count() == 6, "what stays the same is the same row"


def test_a_step_may_go_and_another_come(officer: Any) -> None:
    dear(officer, steps=[(2000, 6000), (20_000, 20_000)])
    assert [price(EVE, grams) for grams in (500, 2500, 4000)] == [5000, 7500, 10_000]
    assert [price(JANUARY, grams) for grams in (500, 2500, 4000)] == [6000, 20_000, 20_000]
    assert price(JANUARY, 22_000) == 26_000, "a full one and 2 kg"


def test_it_may_count_from_today_once(officer: Any) -> None:
    dear(officer, valid_from=TODAY)
    assert (price(TODAY - dt.timedelta(days=1)), price(TODAY)) == (5000, 5500)
    with pytest.raises(errors.ChangedToday):
        dear(officer, steps=OLD, valid_from=TODAY)
    dear(officer, steps=OLD, valid_from=TODAY + dt.timedelta(days=1))
    assert (price(TODAY), price(TODAY + dt.timedelta(days=1))) == (5500, 5000)


def test_the_past_and_planned_days_are_left_alone(officer: Any) -> None:
    with pytest.raises(errors.PastDay) as past:
        dear(officer, valid_from=TODAY - dt.timedelta(days=1))
    assert "23 พฤศจิกายน 2569" in past.value.text
    dear(officer)
    before = list(Tariff.objects.order_by("pk").values())
    for day in (JANUARY, JANUARY - dt.timedelta(days=3)):
        with pytest.raises(errors.ChangePlanned) as planned:
            dear(officer, valid_from=day, steps=[(1000, 7000), *OLD[1:]])
        assert "4 มกราคม 2570" in planned.value.text
    assert list(Tariff.objects.order_by("pk").values()) == before
    dear(officer, valid_from=JANUARY + dt.timedelta(days=7), steps=[(1000, 7000), *OLD[1:]])
    days = (EVE, JANUARY, JANUARY + dt.timedelta(days=6), JANUARY + dt.timedelta(days=7))
    assert [price(day) for day in days] == [5000, 5500, 5500, 7000]


def test_a_planned_change_is_taken_back_the_last_first(officer: Any) -> None:
    before = list(Tariff.objects.order_by("pk").values())
    table = Table("tariffs", ("ambient", "other_region"))
    dear(officer)
    dear(officer, valid_from=JANUARY + dt.timedelta(days=7), steps=[(1000, 7000), (3000, 7500)])
    assert services.take_back(table=table, by=officer) == JANUARY + dt.timedelta(days=7)
    assert [price(JANUARY + dt.timedelta(days=days)) for days in (-1, 0, 7)] == [5000, 5500, 5500]
    assert services.take_back(table=table, by=officer) == JANUARY
    assert list(Tariff.objects.order_by("pk").values()) == before
    with pytest.raises(errors.NothingPlanned):
        services.take_back(table=table, by=officer)
    assert list(Tariff.objects.order_by("pk").values()) == before


@pytest.mark.parametrize(
    ("steps", "why"),
    [
        ([], errors.NothingLeft),
        ([(1000, 0), (3000, 7500)], errors.TariffForNothing),
        ([(1000, 5000), (1000, 6000)], errors.StepTwice),
        ([(1000, 5000), (3000, 4900)], errors.StepsNotInOrder),
        ([(3000, 5000), (1000, 5100)], errors.StepsNotInOrder),
        ([(0, 5000)], errors.StepWrong),
        ([(1000, -1)], errors.StepWrong),
        (OLD, errors.NothingChanged),
    ],
)
def test_steps_that_make_no_sense(officer: Any, steps: list[tuple[int, int]], why: type[Exception]) -> None:
    before = list(Tariff.objects.order_by("pk").values())
    with pytest.raises(why):
        dear(officer, steps=steps)
    assert list(Tariff.objects.order_by("pk").values()) == before


def test_fees_may_be_nothing_and_times_have_an_order(officer: Any) -> None:
    hub(CHIANG_MAI)
    hub(BANGKOK, has_pickup_counter=True)
    services.set_fee(service="counter", steps=[(100_000, 0)], valid_from=JANUARY, by=officer)
    pickup = [the(ask([part(CHIANG_MAI, 500)], when=at(day, 1, year=2027)), "pickup") for day in (3, 4)]
    assert [one.total_satang for one in pickup] == [500 + 1800 + 800 + 1000, 500 + 1800 + 800]
    with pytest.raises(errors.TimesNotInOrder):
        services.set_transit(
            service="post", zone="other_region", fastest_days=5, slowest_days=4, valid_from=JANUARY, by=officer
        )
    services.set_transit(
        service="post", zone="other_region", fastest_days=5, slowest_days=6, valid_from=JANUARY, by=officer
    )
    days = [the(ask([part(CHIANG_MAI, 500)], when=at(day, 1, year=2027)), "direct").days for day in (2, 4)]
    # packed in 1 to 2 working days, then 2 to 4 by the old row, 5 to 6 by the new one
    assert days == [
        (dt.date(2027, 1, 6), dt.date(2027, 1, 9)),
        (dt.date(2027, 1, 11), dt.date(2027, 1, 13)),
    ]
    assert HubFee.objects.filter(service="counter").count() == 4
    assert TransitTime.objects.filter(service="post", zone="other_region").count() == 2


def test_an_area_comes_and_goes(officer: Any) -> None:
    facts = {"by_code": "postcode", "prefix": "10220", "name_th": "สายไหม", "by": officer}
    services.set_area(**facts, is_served=True, surcharge_satang=3000, valid_from=TODAY)
    services.set_area(**facts, is_served=False, surcharge_satang=0, valid_from=TODAY + dt.timedelta(days=1))
    services.end_area(by_code="postcode", prefix="10220", by=officer, valid_from=TODAY + dt.timedelta(days=3))
    assert price(TODAY) == 8000
    tomorrow = dt.datetime.combine(TODAY + dt.timedelta(days=1), dt.time(10), tzinfo=clock.BANGKOK)
    assert str(ask([part(CHIANG_MAI, 500)], when=tomorrow).why_not("direct")) == str(errors.NotServed.message)
    assert price(TODAY + dt.timedelta(days=3)) == 5000
    with pytest.raises(errors.PrefixUnknown):
        services.set_area(**{**facts, "prefix": "99"}, is_served=True, surcharge_satang=1, valid_from=TODAY)
    with pytest.raises(errors.AreaSaysNothing):
        services.set_area(**{**facts, "prefix": "84"}, is_served=False, surcharge_satang=1, valid_from=TODAY)
    assert ServiceArea.objects.filter(prefix="10220").count() == 2


def test_a_hub_has_its_own_week_and_the_usual_one_again(officer: Any) -> None:
    north = hub(CHIANG_MAI)
    hub(BANGKOK)
    usual = the(ask([part(CHIANG_MAI, 500)]), "hubs").of((1, 1001)).stops[0].due
    assert usual == dt.date(2026, 11, 25)
    friday = [DayOfHub(4, bring_until=dt.time(10), leaves=True), DayOfHub(5, leaves=True)]
    services.set_hub_days(place=north, days=friday, valid_from=TODAY, by=officer)
    assert the(ask([part(CHIANG_MAI, 500)]), "hubs").of((1, 1001)).stops[0].due == dt.date(2026, 11, 27)
    services.end_hub_days(place=north, valid_from=TODAY + dt.timedelta(days=2), by=officer)
    assert the(ask([part(CHIANG_MAI, 500)]), "hubs").of((1, 1001)).stops[0].due == dt.date(2026, 11, 26)
    wrong = [DayOfHub(1, counter_from=dt.time(16), counter_until=dt.time(9))]
    with pytest.raises(errors.HubDayWrong):
        services.set_hub_days(place=north, days=wrong, valid_from=JANUARY, by=officer)
    assert HubDay.objects.filter(place=north).count() == 2


def test_closed_days_are_entered_ahead_and_end(officer: Any) -> None:
    hub(CHIANG_MAI)
    south = hub(BANGKOK)
    days = {"first_day": dt.date(2026, 11, 25), "last_day": dt.date(2026, 11, 26)}
    closed = services.set_closure(place=None, reason_th="หยุดพิเศษ", by=officer, **days)
    assert the(ask([part(CHIANG_MAI, 500)]), "hubs").of((1, 1001)).stops[0].due == dt.date(2026, 11, 27)
    with pytest.raises(errors.ClosedAlready) as known:
        services.set_closure(place=None, reason_th="ซ้ำ", by=officer, **days)
    assert "หยุดพิเศษ" in known.value.text
    services.set_closure(place=south, reason_th="ซ่อม", by=officer, **days)
    with pytest.raises(errors.PastDay):
        services.set_closure(place=south, reason_th="ก", by=officer, first_day=EVE.replace(year=2025), last_day=EVE)
    with pytest.raises(errors.DaysNotInOrder):
        services.set_closure(place=south, reason_th="ก", by=officer, first_day=JANUARY, last_day=EVE)
    with clock.moved_to(at(25, 11)):
        left = services.end_closure(closure=closed, by=officer)
        assert left is not None
        assert left.last_day == dt.date(2026, 11, 25), "today stays closed: people were told so"
        with pytest.raises(errors.OpenAgain):
            services.end_closure(closure=left, by=officer)
    assert services.end_closure(closure=Closure.objects.get(place=south), by=officer) is None
    assert not Closure.objects.filter(place=south).exists()


def test_it_is_written_down_who_did_it(officer: Any) -> None:
    dear(officer)
    services.take_back(table=Table("tariffs", ("ambient", "other_region")), by=officer)
    office = Organisation.objects.get(kind=Organisation.Kind.OFFICE, province=None)
    acts = [(entry.action, entry.user, entry.data["what"]) for entry in history_of(office)[:2]]
    what = "เก็บที่อุณหภูมิห้อง · คนละภาค · 4 มกราคม 2570"
    assert [act for act, _by, _what in acts] == ["market.delivery.taken_back", "market.delivery.changed"]
    assert {by for _act, by, _what in acts} == {officer}
    assert {told.split(" · ")[-1] for _act, _by, told in acts} == {what.split(" · ")[-1]}


def test_what_was_seen_is_what_is_changed(officer: Any) -> None:
    table = Table("tariffs", ("ambient", "other_region"))
    seen = read_table(table, TODAY).seen
    dear(officer, seen=seen)
    with pytest.raises(errors.ChangedMeanwhile):
        dear(officer, seen=seen, valid_from=JANUARY + dt.timedelta(days=7), steps=OLD)
    with pytest.raises(errors.ChangedMeanwhile):
        services.take_back(table=table, by=officer, seen=seen)
    assert price(JANUARY) == 5500


@pytest.mark.parametrize("who", ["buyer", "north", "cooperative", "hub", "officer", "editor"])
def test_nobody_else_changes_prices(market: Market, who: str) -> None:
    """Also not an officer of a province."""
    by = market.people[who]
    place = hub(BANGKOK)
    acts: list[Callable[[], Any]] = [
        lambda: dear(by),
        lambda: services.set_fee(service="collect", steps=[(1000, 1)], valid_from=JANUARY, by=by),
        lambda: services.set_area(
            by_code="postcode", prefix="10", is_served=True, surcharge_satang=1, valid_from=JANUARY, by=by
        ),
        lambda: services.set_hub_days(place=None, days=[DayOfHub(1)], valid_from=JANUARY, by=by),
        lambda: services.set_hub_days(place=place, days=[DayOfHub(1)], valid_from=JANUARY, by=by),
        lambda: services.set_closure(place=place, first_day=JANUARY, last_day=JANUARY, reason_th="ก", by=by),
        lambda: services.take_back(table=Table("tariffs", ("ambient", "other_region")), by=by),
    ]
    before = (Tariff.objects.count(), HubFee.objects.count(), HubDay.objects.count(), Closure.objects.count())
    for act in acts:
        with pytest.raises(vendors_errors.NotYours):
            act()
    after = (Tariff.objects.count(), HubFee.objects.count(), HubDay.objects.count(), Closure.objects.count())
    assert after == before
