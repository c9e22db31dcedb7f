"""Trainings of the rights tests: of the northern office, where North's people go, and of Isan's, where Isan's go."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cms import services
from cms.models import TrainingPage
from cms.services import Comer
from shop.common import clock
from tests.market import Market
from tests.unit.cms.trainings import facts, office_of
from vendors.models import Organisation


def objects_of_trainings(market: Market) -> dict[str, dict[str, Any]]:
    """By group ("north", "isan"): its slug, a training to come and one that was, with one of its people at each."""
    return {key: _of(market, key) for key in ("north", "isan")}


def _of(market: Market, key: str) -> dict[str, Any]:
    office, by = office_of(market, key), market.people["administrator"]
    coming = _made(office, by, clock.now() + dt.timedelta(days=10))
    past = _made(office, by, clock.now() - dt.timedelta(days=5))
    (registered,) = _register(market, coming, key)
    with clock.moved_to(past.starts_at - dt.timedelta(days=2)):
        (row,) = _register(market, past, key)
    with clock.moved_to(past.starts_at):
        attended = services.check_in(course=past, code=row.code, by=by)
    return {
        "workspace": market.groups[key].slug,
        "coming": coming.code,
        "past": past.code,
        "registered": registered.code,
        "attended": attended.code,
        "secret": registered.secret,
        "certificate": attended.certificate,
        "page": TrainingPage.objects.get(course=coming, locale__language_code="th").slug,
    }


def _made(office: Organisation, by: Any, starts_at: dt.datetime) -> Any:
    given = facts(
        province=office.province,
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(hours=6),
        register_from=starts_at - dt.timedelta(days=30),
        register_until=starts_at,
    )
    course = services.make_course(office=office, facts=given, by=by)
    services.publish_course(course=course, summary_th="เรียนรู้", by=by)
    return course


def _register(market: Market, course: Any, key: str) -> Any:
    return services.register_people(
        course=course, group=market.groups[key], people=[Comer("สมหญิง ใจดี")], by=market.people[key]
    )
