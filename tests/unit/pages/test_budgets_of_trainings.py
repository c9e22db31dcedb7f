"""Pages of trainings: how many queries they cost, and that the number does not grow with people and trainings."""

from __future__ import annotations

import pytest
from django.test import Client

from cms.models import Course, Registration
from shop.common import clock
from tests.market import Market, signed_in
from tests.unit.cms.trainings import make, register
from tests.unit.pages.test_query_budgets import count, read

pytestmark = pytest.mark.django_db


def crowd(market: Market, course: Course, number: int) -> None:
    """People of another group, and trainings beside it."""
    for each in range(number):
        code = f"T{course.registrations.count()}"
        Registration.objects.create(
            course=course,
            group=market.groups["isan"],
            name=code,
            name_key=code,
            state="registered",
            code=code,
            secret=code,
            registered_at=clock.now(),
        )
        other = make(market, name_en=f"More {each}")
        register(market, other, "สมหญิง")


def test_trainings_are_flat(market: Market) -> None:
    course = make(market, seats=100)
    (row, _second) = register(market, course, "สมหญิง", "บุญมี")
    crowd(market, course, 2)
    visitor, member, officer = Client(), signed_in(market.people["north"]), signed_in(market.people["officer"])
    own = f"/workspace/{market.groups['north'].slug}/trainings/"
    pages = [
        (visitor, "/trainings/", 6),
        (visitor, "/trainings/photos-of-goods-with-a-phone/", 8),
        (visitor, f"/trainings/ticket/{row.secret}/", 6),
        (member, own, 12),
        (member, f"{own}{course.code}/", 12),
        (member, f"{own}{course.code}/{row.code}/ticket/", 10),
        (officer, "/office/trainings/", 10),
        (officer, "/office/trainings/new/", 10),
        (officer, f"/office/trainings/{course.code}/", 12),
        (officer, f"/office/trainings/{course.code}/edit/", 12),
        (officer, f"/office/trainings/{course.code}/scan/", 10),
    ]
    for client, path, _most in pages:
        client.get(path)  # content types are read once per process
    few = {path: count(read(client, path)) for client, path, _most in pages}
    crowd(market, course, 8)
    many = {path: count(read(client, path)) for client, path, _most in pages}
    assert many == few
    assert {path: many[path] for _client, path, most in pages if many[path] > most} == {}
