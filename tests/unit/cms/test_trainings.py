"""Seats of a training: never more than there are, given back to who waits, and only by whom it concerns."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail

from cms import errors, services
from cms.jobs import remind
from cms.models import Course, Registration, RegistrationEvent
from cms.training_selectors import place_in_line
from shop.common import clock, outbox
from tests.market import Market
from tests.unit.cms.trainings import facts, make, register
from vendors import history
from vendors.errors import NotYours, ReasonMissing
from vendors.models import Organisation, Province
from vendors.services.reviews import close, lift, suspend

pytestmark = pytest.mark.django_db
State = Registration.State


def states(course: Course) -> list[tuple[str, str]]:
    return list(course.registrations.order_by("pk").values_list("name", "state"))


def told() -> list[str]:
    """Subjects of the letters that the outbox sends now."""
    mail.outbox.clear()
    outbox.work_off()
    return sorted(letter.subject for letter in mail.outbox)


def test_seats_go_in_order_and_the_rest_waits(market: Market) -> None:
    course = make(market)
    register(market, course, "สมหญิง  ใจดี")
    register(market, course, "บุญมี", "คำปัน", group="isan")
    assert states(course) == [("สมหญิง ใจดี", "registered"), ("บุญมี", "registered"), ("คำปัน", "waiting")]
    assert place_in_line(course.registrations.get(name="คำปัน")) == 1
    assert told() == ["ลงชื่ออบรมแล้ว: ถ่ายภาพสินค้าด้วยมือถือ"] * 2
    (words,) = {letter.body for letter in mail.outbox if "คำปัน" in letter.body}
    assert "คำปัน: อยู่ในรายชื่อสำรอง" in words
    assert "บุญมี: มีที่นั่ง" in words
    assert "สมหญิง" not in words


def test_a_place_given_back_goes_to_the_first_who_waits(market: Market) -> None:
    course = make(market)
    first, second = register(market, course, "ก", "ข")
    waiting = [*register(market, course, "ค", group="isan"), *register(market, course, "ง", group="south")]
    told()
    services.cancel_registration(registration=first, by=market.people["north"])
    assert states(course) == [("ก", "cancelled"), ("ข", "registered"), ("ค", "registered"), ("ง", "waiting")]
    assert told() == ["ได้ที่นั่งแล้ว: ถ่ายภาพสินค้าด้วยมือถือ"]
    assert mail.outbox[0].to == ["isan@example.test"]
    assert next(history.words_of(row) for row in history.history_of(market.groups["isan"])) == (
        "ได้เลื่อนขึ้นจากรายชื่อสำรองของการอบรม"
    )
    with pytest.raises(errors.NotRegisteredAnyMore):
        services.cancel_registration(registration=first, by=market.people["north"])
    assert waiting[1].pk
    assert second.pk
    assert RegistrationEvent.objects.filter(registration=first).count() == 2


def test_more_seats_move_the_line_up_and_fewer_than_taken_are_refused(market: Market) -> None:
    course = make(market)
    register(market, course, "ก", "ข", "ค", "ง")
    officer = market.people["officer"]
    more = facts(seats=3, starts_at=course.starts_at, ends_at=course.ends_at, province=course.province)
    services.change_course(course=course, facts=more, seen=0, by=officer)
    assert [state for _name, state in states(course)] == ["registered", "registered", "registered", "waiting"]
    less = facts(seats=2, starts_at=course.starts_at, ends_at=course.ends_at, province=course.province)
    with pytest.raises(errors.SeatsTaken) as refusal:
        services.change_course(course=course, facts=less, seen=1, by=officer)
    assert refusal.value.facts == {"taken": 3}
    with pytest.raises(errors.TrainingChanged):
        services.change_course(course=course, facts=more, seen=0, by=officer)
    course.refresh_from_db()
    assert (course.seats, course.version) == (3, 1)


def test_the_same_form_sent_twice_registers_once(market: Market) -> None:
    course = make(market)
    register(market, course, "สมหญิง ใจดี")
    with pytest.raises(errors.AlreadyRegistered):
        register(market, course, "สมหญิง   ใจดี ", "บุญมี")
    with pytest.raises(errors.AlreadyRegistered):
        register(market, course, "บุญมี", "บุญมี")
    assert states(course) == [("สมหญิง ใจดี", "registered")]
    register(market, course, "สมหญิง ใจดี", group="isan")
    assert course.registrations.count() == 2


@pytest.mark.parametrize(
    ("changes", "group", "names", "error"),
    [
        ({"register_from": dt.timedelta(days=1)}, "north", ["ก"], errors.RegistrationClosed),
        ({"register_until": dt.timedelta(hours=-1)}, "north", ["ก"], errors.RegistrationClosed),
        ({"open_to": "TH-40"}, "north", ["ก"], errors.NotForThisProvince),
        ({}, "north", ["ก", "ข", "ค", "ง", "จ", "ฉ"], errors.TooManyPeople),
        ({}, "north", ["ก", " "], errors.NobodyNamed),
        ({}, "north", [], errors.NobodyNamed),
    ],
)
def test_what_is_refused_leaves_nothing(
    market: Market, changes: dict[str, Any], group: str, names: list[str], error: type[Exception]
) -> None:
    given = {
        key: [Province.objects.get(pk=value)] if key == "open_to" else clock.now() + value
        for key, value in changes.items()
    }
    course = make(market, **given)
    told()
    with pytest.raises(error):
        register(market, course, *names, group=group)
    assert course.registrations.count() == 0
    assert told() == []


def test_only_the_group_and_who_acts_for_it_register(market: Market) -> None:
    course = make(market)
    for key in ("isan", "officer", "cooperative", "buyer"):
        with pytest.raises(NotYours):
            services.register_people(
                course=course, group=market.groups["north"], people=[services.Comer("ก")], by=market.people[key]
            )
    (row,) = register(market, course, "ก")
    for key in ("isan", "cooperative"):
        with pytest.raises(NotYours):
            services.cancel_registration(registration=row, by=market.people[key])
    assert states(course) == [("ก", "registered")]


def test_a_suspended_group_keeps_its_seat_and_is_passed_over_in_the_line(market: Market) -> None:
    course, north = make(market, seats=1), market.groups["north"]
    (seat,) = register(market, course, "ก", group="isan")
    register(market, course, "ข")
    register(market, course, "ค", group="south")
    officer = market.people["officer"]
    suspend(group=north, reason="ตรวจสอบ", by=officer, seen="approved")
    with pytest.raises(errors.GroupMayNotRegister):
        register(market, course, "ง")
    services.cancel_registration(registration=seat, by=market.people["isan"])
    assert states(course) == [("ก", "cancelled"), ("ข", "waiting"), ("ค", "registered")]
    lift(group=Organisation.objects.get(pk=north.pk), by=officer, seen="suspended")
    outbox.work_off()
    assert states(course)[1] == ("ข", "waiting")
    more = facts(seats=2, starts_at=course.starts_at, ends_at=course.ends_at, province=course.province)
    services.change_course(course=course, facts=more, seen=0, by=market.people["officer"])
    assert states(course)[1] == ("ข", "registered")
    close(group=Organisation.objects.get(pk=north.pk), reason="เลิกกลุ่ม", by=officer, seen="approved")
    outbox.work_off()
    assert states(course)[1] == ("ข", "cancelled")


def test_called_off_with_a_reason_and_everybody_is_told(market: Market) -> None:
    course = make(market)
    register(market, course, "ก", "ข", "ค")
    told()
    with pytest.raises(ReasonMissing):
        services.cancel_course(course=course, reason="  ", by=market.people["officer"])
    with pytest.raises(NotYours):
        services.cancel_course(course=course, reason="ฝนตก", by=market.people["north"])
    services.cancel_course(course=course, reason="วิทยากรป่วย", by=market.people["officer"])
    assert told() == ["งดจัดอบรม: ถ่ายภาพสินค้าด้วยมือถือ"]
    assert "วิทยากรป่วย" in mail.outbox[0].body
    with pytest.raises(errors.RegistrationClosed):
        register(market, course, "ง", group="isan")
    with pytest.raises(errors.TrainingClosed):
        services.cancel_course(course=course, reason="อีกครั้ง", by=market.people["officer"])


def test_a_new_day_is_told_and_the_reminder_comes_once_for_each_day(market: Market) -> None:
    course = make(market)
    register(market, course, "ก")
    told()
    later = course.starts_at + dt.timedelta(days=1)
    moved = facts(starts_at=later, ends_at=later + dt.timedelta(hours=6), province=course.province)
    services.change_course(course=course, facts=moved, seen=0, by=market.people["officer"])
    assert told() == ["การอบรมเปลี่ยนแปลง: ถ่ายภาพสินค้าด้วยมือถือ"]
    with clock.moved_to(later - dt.timedelta(days=3, minutes=1)):
        remind()
        assert told() == []
    with clock.moved_to(later - dt.timedelta(days=2, hours=23)):
        remind()
        remind()
        assert told() == ["อีก 3 วัน: ถ่ายภาพสินค้าด้วยมือถือ"]


def test_nobody_moves_up_once_it_has_begun(market: Market) -> None:
    course = make(market, seats=1)
    (row,) = register(market, course, "ก")
    register(market, course, "ข", group="isan")
    with clock.moved_to(course.starts_at + dt.timedelta(minutes=1)):
        with pytest.raises(errors.TrainingBegun):
            services.cancel_registration(registration=row, by=market.people["north"])
        services.cancel_registration(registration=row, by=market.people["officer"], as_office=True)
    assert states(course) == [("ก", "cancelled"), ("ข", "waiting")]
