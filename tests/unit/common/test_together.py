"""Several tables in one statement: the rows are those that each question gives by itself."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.db.models.functions import Length
from django.test.utils import CaptureQueriesContext

from shop.common import clock
from shop.common.together import count_together, read_together
from shop.shipping.calendars import closure_rows, hub_day_rows, time_rows
from shop.shipping.fees import area_rows, fee_rows
from shop.shipping.models import Closure, HubDay
from shop.shipping.services import tariff_rows
from tests.market import Market
from vendors.models import Province

pytestmark = pytest.mark.django_db


def test_each_question_gets_its_own_rows_in_its_order(market: Market) -> None:
    today = clock.today()
    Closure.objects.create(first_day=today, last_day=today + dt.timedelta(days=2), reason_th="วันหยุด")
    questions = (
        *(rows(today) for rows in (tariff_rows, fee_rows, time_rows, area_rows, closure_rows, hub_day_rows)),
        Province.objects.order_by("-name_th"),
    )
    with CaptureQueriesContext(connection) as told:
        together = read_together(*questions)
    assert len(told) == 1
    apart = [list(question.all()) for question in questions]
    assert [[row.__dict__ | {"_state": None} for row in rows] for rows in together] == [
        [row.__dict__ | {"_state": None} for row in rows] for rows in apart
    ]
    assert min(len(rows) for rows in (together[0], together[4], together[5], together[6])) > 0


def test_times_days_and_nothing_come_back_as_what_they_are(market: Market) -> None:
    (days,) = read_together(HubDay.objects.order_by("pk")[:1])
    assert isinstance(days[0].cutoff_time, dt.time)
    assert isinstance(days[0].valid_from, dt.date)
    assert days[0].valid_until is None


def test_a_question_without_an_answer_gets_an_empty_list(market: Market) -> None:
    assert read_together(Province.objects.filter(code="TH-00"), Province.objects.filter(code="TH-10"))[0] == []


def test_numbers_of_rows_are_asked_for_together(market: Market) -> None:
    north = Province.objects.filter(pk__in=["TH-50", "TH-57"]).order_by("-name_th")
    labelled = Province.objects.annotate(long=Length("name_th")).filter(long__gt=5).order_by("long")
    nothing, like = Province.objects.filter(pk__in=[]), Province.objects.filter(name_th__contains="%")
    with CaptureQueriesContext(connection) as told:
        assert count_together(north, nothing, labelled, like) == [2, 0, len(labelled.all()), 0]
    assert len(told) == 2, "one for all, one for the test's own comparison"
    with CaptureQueriesContext(connection) as told:
        assert count_together(nothing, Province.objects.none()) == [0, 0]
    assert len(told) == 0
