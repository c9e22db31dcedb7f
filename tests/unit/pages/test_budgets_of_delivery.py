"""How many queries the pages of delivery cost, and that the number does not grow with rows, hubs and closed days."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shop.common import clock
from shop.shipping.models import Closure, HubDay, ServiceArea, Tariff
from tests.market import Market, make_user, signed_in
from tests.unit.shipping.roads import hub
from vendors.services import add_member

pytestmark = pytest.mark.django_db
MOST = 12
TRY = "/office/delivery/try/?origin=TH-50&postcode=10220&grams=500&storage=ambient&day=4/1/2570&time=10.00"


def _count(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200, path
    return len(queries)


def _grow() -> None:
    today = clock.today()
    for number in range(200):
        day = dt.date(2020, 1, 1) + dt.timedelta(days=number)
        Tariff.objects.create(
            carrier="x",
            storage="ambient",
            zone="same_region",
            max_weight_g=1000,
            price_satang=1,
            valid_from=day,
            valid_until=day,
        )
        ServiceArea.objects.create(prefix=f"1{number:04d}", surcharge_satang=100, name_th="ไกล", valid_from=day)
    for province in ("TH-34", "TH-57", "TH-90", "TH-30", "TH-40"):
        place = hub(province, has_pickup_counter=True)
        for weekday in range(7):
            HubDay.objects.create(place=place, weekday=weekday, valid_from=today)
            Closure.objects.create(place=place, first_day=today, last_day=today, reason_th="ปิด")


def test_pages_of_delivery_are_flat(market: Market) -> None:
    office = signed_in(market.people["administrator"])
    place = hub("TH-50")
    hub("TH-10", has_pickup_counter=True)
    manager = make_user("manages")
    add_member(organisation=place.organisation, user=manager, role="manager")
    paths = [
        (office, "/office/delivery/"),
        *((office, f"/office/delivery/{kind}/") for kind in ("tariffs", "fees", "times", "areas", "weeks", "closed")),
        (office, "/office/delivery/tariffs/ambient-same_region/"),
        (office, f"/office/delivery/weeks/{place.code}/"),
        (office, TRY),
        (signed_in(manager), f"/workspace/{place.organisation.slug}/hub/{place.code}/calendar/"),
    ]
    few = {path: _count(client, path) for client, path in paths}
    _grow()
    many = {path: _count(client, path) for client, path in paths}
    assert {path: number for path, number in many.items() if number > few[path]} == {}
    assert {path: number for path, number in many.items() if number > MOST} == {}
