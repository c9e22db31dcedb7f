"""Who was there: at the door, from the list, taken back; the group's record, certificates, and what is forgotten."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail

from cms import errors, services
from cms.jobs import close_lists, forget
from cms.models import Attendance, Course, Registration
from cms.training_selectors import certified
from shop.common import clock, outbox
from shop.people.leaving import delete_account
from tests.market import PASSWORD, Market
from tests.unit.cms.trainings import make, register
from vendors.errors import NotYours
from vendors.models import Training

pytestmark = pytest.mark.django_db
State = Registration.State
HOUR = dt.timedelta(hours=1)


def entries(market: Market, key: str = "north") -> list[tuple[str, int | None]]:
    return list(Training.objects.filter(organisation=market.groups[key]).values_list("title", "people"))


def come(market: Market, course: Course, code: str, **more: bool) -> Registration:
    return services.check_in(course=course, code=code, by=market.people["officer"], **more)


def test_scanned_typed_and_taken_back_stand_in_the_record(market: Market) -> None:
    course = make(market)
    first, second = register(market, course, "ก", "ข")
    with clock.moved_to(course.starts_at - HOUR):
        come(market, course, first.secret)
        come(market, course, f" {second.code[:3].lower()}-{second.code[3:]} ")
        assert entries(market) == [("ถ่ายภาพสินค้าด้วยมือถือ", 2)]
        with pytest.raises(errors.AlreadyHere) as again:
            come(market, course, first.secret)
        assert again.value.facts == {"name": "ก", "time": "08.00"}
        services.undo_attendance(registration=first, by=market.people["officer"])
        assert entries(market) == [("ถ่ายภาพสินค้าด้วยมือถือ", 1)]
        services.undo_attendance(registration=second, by=market.people["officer"])
        assert entries(market) == []
        assert Attendance.objects.get().entry is None
        with pytest.raises(errors.NotHere):
            services.undo_attendance(registration=second, by=market.people["officer"])
        come(market, course, second.code)
    assert entries(market) == [("ถ่ายภาพสินค้าด้วยมือถือ", 1)]


def test_a_ticket_of_another_training_counts_nobody(market: Market) -> None:
    course, other = make(market), make(market, name_th="บัญชีครัวเรือน", name_en="Books", up=False)
    (row,) = register(market, other, "ก")
    with clock.moved_to(course.starts_at):
        with pytest.raises(errors.TicketOfAnother) as refusal:
            come(market, course, row.secret)
        assert refusal.value.facts["name"] == "บัญชีครัวเรือน"
        for wrong in ("", "XXXXXXXXX", "x" * 400, "' OR 1=1"):
            with pytest.raises(errors.NotATicket):
                come(market, course, wrong)
        for key in ("north", "cooperative", "editor", "buyer"):
            with pytest.raises(NotYours):
                services.check_in(course=other, code=row.code, by=market.people[key])
    row.refresh_from_db()
    assert row.state == State.REGISTERED
    assert entries(market) == []


def test_who_waits_is_let_in_on_purpose_and_who_cancelled_is_not(market: Market) -> None:
    course = make(market, seats=1)
    (seat,) = register(market, course, "ก")
    (waits, gone) = register(market, course, "ข", "ค", group="isan")
    services.cancel_registration(registration=gone, by=market.people["isan"])
    with clock.moved_to(course.starts_at):
        with pytest.raises(errors.TicketWaits):
            come(market, course, waits.code)
        with pytest.raises(errors.TicketCancelled):
            come(market, course, gone.code, let_in=True)
        come(market, course, waits.code, let_in=True)
        services.undo_attendance(registration=waits, by=market.people["officer"])
        waits.refresh_from_db()
        assert (waits.state, waits.is_walk_in) == ("waiting", False)
        made = services.walk_in(
            course=course, name="ง", phone="", group=market.groups["south"], by=market.people["officer"]
        )
        with pytest.raises(errors.AlreadyRegistered):
            services.walk_in(
                course=course, name="ง", phone="", group=market.groups["south"], by=market.people["officer"]
            )
        assert entries(market, "south") == [("ถ่ายภาพสินค้าด้วยมือถือ", 1)]
        services.undo_attendance(registration=made, by=market.people["officer"])
        assert entries(market, "south") == []
        services.walk_in(course=course, name="จ", phone="", group=None, by=market.people["officer"])
    seat.refresh_from_db()
    assert seat.state == State.REGISTERED


def test_the_day_is_the_one_in_thailand_and_ends_at_midnight(market: Market) -> None:
    """23.30 to 01.30: noted from the first midnight in Thailand on, closed 30 days after the second day."""
    start = clock.start_of_day(clock.today() + dt.timedelta(days=10)) + dt.timedelta(hours=23, minutes=30)
    course = make(market, starts_at=start, ends_at=start + 2 * HOUR, register_until=start)
    (row,) = register(market, course, "ก")
    assert (course.last_day - course.first_day).days == 1
    first, last = clock.start_of_day(course.first_day), clock.end_of_day(course.last_day + dt.timedelta(days=30))
    for moment in (first - dt.timedelta(seconds=1), last):
        with clock.moved_to(moment), pytest.raises(errors.NotTheDay):
            come(market, course, row.code)
    with clock.moved_to(first):
        come(market, course, row.code)
        services.undo_attendance(registration=row, by=market.people["officer"])
    with clock.moved_to(last - dt.timedelta(seconds=1)):
        come(market, course, row.code)
    until_midnight = make(market, up=False, starts_at=start - 3 * HOUR, ends_at=start + HOUR / 2)
    assert until_midnight.last_day == until_midnight.first_day


def test_the_list_is_closed_once_and_certificates_go_out(market: Market) -> None:
    course = make(market)
    there, absent = register(market, course, "ก", "ข")
    outbox.work_off()
    with clock.moved_to(course.starts_at):
        come(market, course, there.code)
        with pytest.raises(errors.NotOverYet):
            services.finish_course(course=course, by=market.people["officer"])
    with clock.moved_to(course.ends_at + dt.timedelta(days=3, minutes=1)):
        assert close_lists() == "1 lists closed"
        assert close_lists() == "0 lists closed"
        mail.outbox.clear()
        outbox.work_off()
        assert [letter.subject for letter in mail.outbox] == ["วุฒิบัตรอบรม: ถ่ายภาพสินค้าด้วยมือถือ"]
        absent.refresh_from_db()
        assert absent.state == State.ABSENT
        come(market, course, absent.code)
        mail.outbox.clear()
        outbox.work_off()
        assert mail.outbox == []
        services.undo_attendance(registration=absent, by=market.people["officer"])
    absent.refresh_from_db()
    assert absent.state == State.ABSENT
    assert absent.certificate
    assert certified(absent.certificate) is None
    there.refresh_from_db()
    assert there.certificate
    assert certified(there.certificate) == there


def test_people_are_forgotten_in_two_steps(market: Market) -> None:
    course = make(market)
    there, absent = register(market, course, "ก", "ข")
    with clock.moved_to(course.starts_at):
        come(market, course, there.code)
    with clock.moved_to(course.ends_at + dt.timedelta(days=30)):
        assert forget() == "0 people of old trainings forgotten"
    with clock.moved_to(course.ends_at + dt.timedelta(days=30, minutes=1)):
        assert forget() == "2 people of old trainings forgotten"
        assert forget() == "0 people of old trainings forgotten"
    rows = {row.pk: row for row in Registration.objects.all()}
    assert (rows[there.pk].name, rows[there.pk].phone) == ("ก", "")
    assert (rows[absent.pk].name, rows[absent.pk].name_key, rows[absent.pk].phone) == ("", "", "")
    with clock.moved_to(course.ends_at + dt.timedelta(days=731)):
        assert forget() == "1 people of old trainings forgotten"
    there.refresh_from_db()
    assert there.name == ""
    assert certified(there.certificate or "") == there


def test_who_leaves_the_market_is_not_linked_any_more(market: Market) -> None:
    course, buyer = make(market), market.people["buyer"]
    (row,) = register(market, course, "ก")
    Registration.objects.filter(pk=row.pk).update(person=buyer)
    record = delete_account(user=buyer, word=PASSWORD, language="th")
    row.refresh_from_db()
    assert (row.person, row.phone, row.name) == (None, "", "ก")
    assert record.removed["trainings"] == 1
