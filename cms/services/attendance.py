"""Who was there: counted at the door or from the list, taken back, put into the group's record, and forgotten after a time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import get_language

from cms import errors
from cms.models import Attendance, Course, Registration
from cms.services.registrations import Comer, enter, key_of, locked_course, note_event
from cms.training_selectors import is_list_open
from shop.common import clock, codes, outbox
from shop.common.thai import clean_text
from shop.theme import formats
from vendors.models import Organisation
from vendors.policies import Right, require
from vendors.services.records import keep_attendance

State = Registration.State
CLOSED_AFTER = dt.timedelta(days=3)
"""The clock closes a list that nobody closed."""
PHONES_KEPT = dt.timedelta(days=30)
NAMES_KEPT = dt.timedelta(days=730)
"""Names of those who were there, for their certificates; everybody else's go with the phones."""


def _open_list(course: Course, by: Any) -> Course:
    row = locked_course(course)
    require(by, Right.REVIEW, row.office)
    if row.is_cancelled:
        raise errors.TrainingClosed
    if not is_list_open(row):
        raise errors.NotTheDay
    return row


def _find(course: Course, code: str) -> Registration:
    rows = Registration.objects.select_related("group", "course")
    found = rows.filter(code=codes.normalise(code)).first() or rows.filter(secret=code).first()
    if found is None:
        raise errors.NotATicket
    if found.course_id != course.pk:
        day = formats.date(found.course.first_day, get_language() or "th")
        raise errors.TicketOfAnother(name=formats.local(found.course, "name_th", get_language() or "th"), day=day)
    return found


@transaction.atomic
def check_in(*, course: Course, code: str, by: Any, let_in: bool = False) -> Registration:
    """Counts the person of a ticket (its short code, or its secret as scanned). `let_in` admits who waits for a seat.

    Raises NotYours, TrainingClosed, NotTheDay, NotATicket, TicketOfAnother, TicketCancelled, TicketWaits, AlreadyHere.
    """
    row = _open_list(course, by)
    found = _find(row, code)
    if found.state == State.ATTENDED:
        last = found.events.filter(state=State.ATTENDED).last()
        at = last.at if last else clock.now()
        raise errors.AlreadyHere(name=found.name, time=f"{at.astimezone(clock.BANGKOK):%H.%M}")
    if found.state == State.CANCELLED:
        raise errors.TicketCancelled(name=found.name)
    if found.state == State.WAITING:
        if not let_in:
            raise errors.TicketWaits(name=found.name)
        found.is_walk_in = True
    return _attended(row, found, by)


def _attended(course: Course, row: Registration, by: Any) -> Registration:
    row.state = State.ATTENDED
    row.certificate = row.certificate or codes.new_code(10)
    row.save()
    note_event(row, by)
    keep_in_record(course, row.group, by)
    if course.finished_at is not None and row.group_id:
        _announce_end(course, row.group_id)
    return row


@transaction.atomic
def walk_in(*, course: Course, name: str, phone: str, group: Organisation | None, by: Any) -> Registration:
    """Somebody who came without a ticket; does not count against the seats. Raises as check_in, NobodyNamed, AlreadyRegistered."""
    words = clean_text(name)[:120]
    if not words:
        raise errors.NobodyNamed
    row = _open_list(course, by)
    same = Registration.objects.filter(course=row, group=group, name_key=key_of(words)).exclude(state=State.CANCELLED)
    if same.exists():
        raise errors.AlreadyRegistered(names=words)
    more = {"is_walk_in": True, "certificate": codes.new_code(10)}
    made = enter(row, group=group, comer=Comer(words, phone), state=State.ATTENDED, by=by, **more)
    keep_in_record(row, group, by)
    if row.finished_at is not None and group is not None:
        _announce_end(row, group.pk)
    return made


@transaction.atomic
def undo_attendance(*, registration: Registration, by: Any) -> Registration:
    """Takes back that a person was there, the group's record with it. Raises NotYours, NotTheDay, NotHere."""
    course = _open_list(registration.course, by)
    row = Registration.objects.select_related("group").get(pk=registration.pk)
    if row.state != State.ATTENDED:
        raise errors.NotHere
    if row.is_walk_in:
        waited = row.events.filter(state=State.WAITING).exists()
        row.state, row.is_walk_in = (State.WAITING, False) if waited else (State.CANCELLED, True)
    else:
        row.state = State.ABSENT if course.finished_at is not None else State.REGISTERED
    row.save()
    note_event(row, by)
    keep_in_record(course, row.group, by)
    return row


def keep_in_record(course: Course, group: Organisation | None, by: Any) -> None:
    """One entry of the training in the group's record while anybody of it was there, with how many."""
    if group is None:
        return
    people = Registration.objects.filter(course=course, group=group, state=State.ATTENDED).count()
    link, _made = Attendance.objects.select_related("entry").get_or_create(course=course, group=group)
    link.entry = keep_attendance(
        group=group,
        entry=link.entry,
        on=course.first_day,
        title=course.name_th,
        organiser=course.office.name_th,
        people=people,
        by=by,
    )
    link.save(update_fields=["entry"])


@transaction.atomic
def finish_course(*, course: Course, by: Any) -> Course:
    """Closes the list: who did not come was absent, certificates and materials go out. `by` None is the clock.

    Raises NotYours, TrainingClosed, NotOverYet.
    """
    row = locked_course(course)
    if by is not None:
        require(by, Right.REVIEW, row.office)
    if row.is_cancelled or row.finished_at is not None:
        raise errors.TrainingClosed
    if not row.is_over:
        raise errors.NotOverYet
    for each in Registration.objects.filter(course=row, state=State.REGISTERED):
        each.state = State.ABSENT
        each.save(update_fields=["state"])
        note_event(each, by)
    row.finished_at = clock.now()
    row.save(update_fields=["finished_at"])
    there = Registration.objects.filter(course=row, state=State.ATTENDED).exclude(group=None)
    for key in sorted(set(there.values_list("group_id", flat=True))):
        _announce_end(row, key)
    return row


def _announce_end(course: Course, group_id: int) -> None:
    """Once for each group, also when its people were noted late."""
    payload = {"course": course.pk, "group": group_id}
    outbox.announce("training.finished", payload, key=f"training.finished:{course.pk}:{group_id}")


def finish_due() -> int:
    """Closes the lists of trainings that ended some days ago."""
    due = Course.objects.filter(ends_at__lt=clock.now() - CLOSED_AFTER, finished_at=None, cancelled_at=None)
    rows = list(due.order_by("pk"))
    with translation.override("th"):
        for course in rows:
            finish_course(course=course, by=None)
    return len(rows)


@transaction.atomic
def forget_people() -> int:
    """Takes phones, accounts and most names off trainings that ended long ago; returns how many rows lost something."""
    now = clock.now()
    nobody = {"name": "", "name_key": "", "phone": "", "person": None}
    old = Registration.objects.filter(course__ends_at__lt=now - PHONES_KEPT)
    gone = old.exclude(state=State.ATTENDED).exclude(name="", phone="", person=None).update(**nobody)
    there = old.filter(state=State.ATTENDED).exclude(phone="", person=None)
    gone += there.update(phone="", person=None)
    ancient = Registration.objects.filter(course__ends_at__lt=now - NAMES_KEPT).exclude(name="")
    gone += ancient.update(**nobody)
    Course.objects.filter(ends_at__lt=now - NAMES_KEPT, forgotten_at=None).update(forgotten_at=now)
    return gone
