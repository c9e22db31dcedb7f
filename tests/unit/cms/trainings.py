"""Trainings for tests: an office of the north, a course, and clients of the cast."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cms import services
from cms.models import Course, Registration
from cms.services import Comer, CourseFacts
from shop.common import clock
from tests.market import Market
from vendors.models import Organisation


def office_of(market: Market, key: str = "north") -> Organisation:
    """The office of a group's province."""
    return Organisation.objects.get(kind=Organisation.Kind.OFFICE, province=market.groups[key].province)


def facts(**changes: Any) -> CourseFacts:
    """A day's training in ten days, open for registration now."""
    start = clock.start_of_day(clock.today() + dt.timedelta(days=10)) + dt.timedelta(hours=9)
    values: dict[str, Any] = {
        "name_th": "ถ่ายภาพสินค้าด้วยมือถือ",
        "name_en": "Photos of goods with a phone",
        "starts_at": start,
        "ends_at": start + dt.timedelta(hours=7),
        "venue_th": "ห้องประชุมสำนักงานสหกรณ์จังหวัด",
        "seats": 2,
        "register_from": clock.now() - dt.timedelta(days=1),
        "register_until": start - dt.timedelta(days=1),
    }
    return CourseFacts(**{**values, **changes})


def make(market: Market, *, up: bool = True, **changes: Any) -> Course:
    """A training of the northern office, with its page."""
    office = office_of(market)
    given = facts(**{"province": office.province, **changes})
    course = services.make_course(office=office, facts=given, by=market.people["officer"])
    if up:
        services.publish_course(
            course=course, summary_th="เรียนถ่ายภาพให้ขายได้", summary_en="Learn to shoot", by=market.people["officer"]
        )
    return course


def register(market: Market, course: Course, *names: str, group: str = "north") -> list[Registration]:
    """People of a group, registered by its manager."""
    comers = [Comer(name, "0812345678") for name in names]
    return services.register_people(course=course, group=market.groups[group], people=comers, by=market.people[group])
