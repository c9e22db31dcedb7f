"""A group registers people for a training, waits for a seat, and gives it back. The course's row is locked by each act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from cms import errors
from cms.models import Course, Registration, RegistrationEvent
from cms.training_selectors import seats_taken
from shop.common import clock, codes, outbox, versions
from shop.common.thai import clean_text
from vendors import history
from vendors.models import Organisation
from vendors.policies import Right, require

State = Registration.State
MOST_PEOPLE = 5
"""People of one group at one training."""
OPEN = (State.REGISTERED, State.WAITING)


@dataclass(frozen=True)
class Comer:
    """Somebody who is to come; `is_me` links the account of whoever registers."""

    name: str
    phone: str = ""
    is_me: bool = False


def locked_course(course: Course) -> Course:
    """The course's row, locked: everything that counts seats happens behind this line."""
    rows = Course.objects.select_for_update(of=("self",)).select_related("office__province", "province")
    return rows.get(pk=course.pk)


def key_of(name: str) -> str:
    """By which a name is found again: small letters, no blanks."""
    return "".join(name.casefold().split())[:120]


def enter(
    course: Course, *, group: Organisation | None, comer: Comer, state: str, by: Any, **more: Any
) -> Registration:
    """One more row of a locked course."""
    row = Registration.objects.create(
        course=course,
        group=group,
        name=comer.name,
        name_key=key_of(comer.name),
        phone=comer.phone,
        person=by if comer.is_me else None,
        state=state,
        code=codes.new_code(),
        secret=codes.new_secret(),
        registered_at=clock.now(),
        registered_by=by,
        **more,
    )
    note_event(row, by)
    return row


def note_event(row: Registration, by: Any) -> None:
    """Who brought the registration into its state, and when."""
    RegistrationEvent.objects.create(registration=row, state=row.state, by=by, at=clock.now())


@transaction.atomic
def register_people(*, course: Course, group: Organisation, people: Sequence[Comer], by: Any) -> list[Registration]:
    """Seats for people of a group, or places on the waiting list once all are taken; the group is written to.

    Raises NotYours, GroupMayNotRegister, NotForThisProvince, RegistrationClosed, NobodyNamed, TooManyPeople,
    AlreadyRegistered.
    """
    comers = [Comer(clean_text(one.name)[:120], one.phone, one.is_me) for one in people]
    row = locked_course(course)
    _check(row, group, by)
    _check_people(row, group, comers)
    free = max(0, row.seats - seats_taken(row))
    made = []
    for number, comer in enumerate(comers):
        state = State.REGISTERED if number < free else State.WAITING
        made.append(enter(row, group=group, comer=comer, state=state, by=by))
    outbox.announce("training.registered", {"registrations": [entry.pk for entry in made]})
    history.record(organisation=group, act="training.registered", by=by, what=f"{row.name_th} · {len(made)}")
    versions.bump()
    return made


def _check(course: Course, group: Organisation, by: Any) -> None:
    current = Organisation.objects.get(pk=group.pk)
    require(by, Right.LIST, current)
    if current.kind != Organisation.Kind.GROUP or current.state != Organisation.State.APPROVED:
        raise errors.GroupMayNotRegister
    only = set(course.open_to.values_list("pk", flat=True))
    if only and current.province_id not in only:
        raise errors.NotForThisProvince
    if not course.takes_registrations:
        raise errors.RegistrationClosed


def _check_people(course: Course, group: Organisation, comers: Sequence[Comer]) -> None:
    if not comers or not all(comer.name for comer in comers):
        raise errors.NobodyNamed
    there = Registration.objects.filter(course=course, group=group).exclude(state=State.CANCELLED)
    known = set(there.values_list("name_key", flat=True))
    doubled = [comer.name for comer in comers if key_of(comer.name) in known]
    keys = [key_of(comer.name) for comer in comers]
    doubled += [comer.name for number, comer in enumerate(comers) if keys[number] in keys[:number]]
    if doubled:
        raise errors.AlreadyRegistered(names=", ".join(dict.fromkeys(doubled)))
    left = max(0, MOST_PEOPLE - there.count())
    if len(comers) > left:
        raise errors.TooManyPeople(most=MOST_PEOPLE, left=left)


@transaction.atomic
def cancel_registration(*, registration: Registration, by: Any, as_office: bool = False) -> Registration:
    """Gives a seat or a place in the line back; the first who waits moves up. Raises NotYours, NotRegisteredAnyMore, TrainingBegun.

    The group's own people, or with `as_office` the officers who run the training.
    """
    course = locked_course(registration.course)
    row = Registration.objects.select_related("group").get(pk=registration.pk)
    if as_office or row.group is None:
        require(by, Right.REVIEW, course.office)
    else:
        require(by, Right.LIST, row.group)
    if row.state not in OPEN:
        raise errors.NotRegisteredAnyMore
    if course.has_begun and not as_office:
        raise errors.TrainingBegun
    _give_back(row, by)
    if as_office:
        outbox.announce("training.taken_off", {"registration": row.pk})
    if row.group is not None:
        history.record(organisation=row.group, act="training.cancelled", by=by, what=course.name_th)
    fill_seats(course)
    versions.bump()
    return row


def _give_back(row: Registration, by: Any) -> None:
    row.state = State.CANCELLED
    row.save(update_fields=["state"])
    note_event(row, by)


def fill_seats(course: Course) -> list[Registration]:
    """Gives free seats of a locked course to those who wait, in their order; groups that are not selling are passed over.

    After the beginning nobody moves up by itself: the officer at the door lets people in.
    """
    if course.is_cancelled or course.has_begun:
        return []
    free = course.seats - seats_taken(course)
    if free <= 0:
        return []
    waiting = Registration.objects.filter(
        course=course, state=State.WAITING, group__state=Organisation.State.APPROVED
    ).select_related("group")
    moved = list(waiting.order_by("registered_at", "pk")[:free])
    for row in moved:
        row.state = State.REGISTERED
        row.save(update_fields=["state"])
        note_event(row, None)
        outbox.announce("training.moved_up", {"registration": row.pk})
        assert row.group is not None
        history.record(organisation=row.group, act="training.moved_up", by=None, what=course.name_th)
    if moved:
        versions.bump()
    return moved


@transaction.atomic
def follow_group(*, group: Organisation) -> int:
    """A closed group gives back what it has; one that sells again may move up. Returns how many seats were given back."""
    given = 0
    state = Organisation.objects.get(pk=group.pk).state
    rows = Registration.objects.filter(group=group, state__in=OPEN, course__starts_at__gt=clock.now())
    for course in Course.objects.filter(pk__in=rows.values("course_id")).order_by("pk"):
        locked = locked_course(course)
        if state == Organisation.State.CLOSED:
            for row in Registration.objects.filter(course=locked, group=group, state__in=OPEN):
                _give_back(row, None)
                given += 1
        fill_seats(locked)
    if given:
        versions.bump()
    return given
