"""The record of a group: its facts, its account, the support it received, the trainings it attended."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import translation

from shop.common import codes, outbox, versions
from vendors import errors, history
from vendors.models import GroupRecord, Organisation, Support, Training
from vendors.policies import Right, may, require
from vendors.selectors import parent_of

State = Organisation.State
OF_GROUP = ("name_en", "summary_th", "summary_en", "founded_on", "members_count", "email")
OF_RECORD = (
    *("main_goods", "categories", "capacity_amount", "capacity_unit", "otop_id"),
    *("programme", "adviser", "joined_year", "packaging"),
)
ACCOUNT = ("account_of", "bank", "account_number", "account_name", "tax_of", "is_vat_registered")


def may_be_changed(group: Organisation) -> bool:
    """Before it is approved a group writes in its application; closed, it writes nothing more."""
    return group.state in (State.APPROVED, State.SUSPENDED)


def _locked(group: Organisation, by: Any, right: Right, seen: int) -> tuple[Organisation, GroupRecord]:
    locked: Organisation = Organisation.objects.select_for_update().get(pk=group.pk)
    require(by, right, locked)
    if locked.kind != Organisation.Kind.GROUP or not may_be_changed(locked):
        raise errors.WrongState
    record, _made = GroupRecord.objects.get_or_create(organisation=locked)
    if record.revision != seen:
        raise errors.ChangedMeanwhile
    return locked, record


def _set(target: Any, values: dict[str, Any], names: tuple[str, ...]) -> list[str]:
    changed = [name for name in names if name in values and getattr(target, name) != values[name]]
    for name in changed:
        setattr(target, name, values[name])
    return changed


def _words(model: type, names: list[str]) -> list[str]:
    with translation.override("th"):
        return [str(model._meta.get_field(name).verbose_name) for name in names]  # type: ignore[attr-defined]


@transaction.atomic
def save_record(*, group: Organisation, values: dict[str, Any], seen: int, by: Any) -> GroupRecord:
    """Keeps what the group says about itself. Raises ChangedMeanwhile, NotYours, WrongState."""
    locked, record = _locked(group, by, Right.LIST, seen)
    of_group, of_record = _set(locked, values, OF_GROUP), _set(record, values, OF_RECORD)
    if of_group or of_record:
        locked.save()
        record.revision += 1
        record.save()
        what = ", ".join([*_words(Organisation, of_group), *_words(GroupRecord, of_record)])
        history.record(organisation=locked, act="record.changed", by=by, what=what)
        versions.bump()
    return record


@transaction.atomic
def save_account(*, group: Organisation, values: dict[str, Any], seen: int, by: Any) -> GroupRecord:
    """Keeps where the money goes and who is the taxpayer; the group's managers and treasurers are told.

    Raises ChangedMeanwhile, KnownAlready (a tax number of another group), NotYours, WrongState.
    """
    locked, record = _locked(group, by, Right.MANAGE, seen)
    tax_id = values.get("tax_id", locked.tax_id)
    other = Organisation.objects.filter(kind=Organisation.Kind.GROUP, tax_id=tax_id).exclude(tax_id="")
    same = other.exclude(pk=locked.pk).exclude(state=State.CLOSED).first()
    if same is not None:
        raise errors.KnownAlready(name=same.name_th)
    changed = [*_set(record, values, ACCOUNT), *_set(locked, {"tax_id": tax_id}, ("tax_id",))]
    if changed:
        locked.save()
        record.revision += 1
        record.save()
        last = record.account_number[-4:]
        history.record(organisation=locked, act="record.account", by=by, what=f"…{last}")
        outbox.announce("group.account_changed", {"group": locked.pk, "last": last})
    return record


def may_note(user: Any, group: Organisation, parent: Organisation | None) -> bool:
    """Who writes down support and trainings: the group, who acts for it, and the cooperative that gave."""
    if group.state == State.CLOSED:
        return False
    return may(user, Right.LIST, group) or (parent is not None and may(user, Right.LIST, parent))


def _noting(group: Organisation, by: Any) -> Organisation:
    locked: Organisation = Organisation.objects.select_for_update().get(pk=group.pk)
    parent = parent_of(locked)
    right_holder = parent if parent is not None and not may(by, Right.LIST, locked) else locked
    require(by, Right.LIST, right_holder)
    if locked.kind != Organisation.Kind.GROUP or locked.state == State.CLOSED:
        raise errors.WrongState
    return locked


@transaction.atomic
def note_support(
    *, group: Organisation, kind: str, on: dt.date, what: str, amount_satang: int | None, giver: str, by: Any
) -> Support:
    """Capital or knowledge that the group received. Raises NotYours, WrongState."""
    locked = _noting(group, by)
    made: Support = Support.objects.create(
        code=codes.new_code(),
        organisation=locked,
        kind=kind,
        on=on,
        what=what,
        amount_satang=amount_satang if kind == Support.Kind.CAPITAL else None,
        giver=giver,
        by=by,
    )
    history.record(organisation=locked, act="support.noted", by=by, what=what)
    return made


@transaction.atomic
def remove_support(*, group: Organisation, support: Support, by: Any) -> None:
    """Takes back an entry that was wrong; the history keeps that it was there."""
    locked = _noting(group, by)
    gone, _rows = Support.objects.filter(pk=support.pk, organisation=locked).delete()
    if gone:
        history.record(organisation=locked, act="support.removed", by=by, what=support.what)


@transaction.atomic
def note_training(
    *, group: Organisation, on: dt.date, title: str, organiser: str, people: int | None, by: Any
) -> Training:
    """A training that people of the group attended. Raises NotYours, WrongState."""
    locked = _noting(group, by)
    made: Training = Training.objects.create(
        code=codes.new_code(), organisation=locked, on=on, title=title, organiser=organiser, people=people, by=by
    )
    history.record(organisation=locked, act="training.noted", by=by, what=title)
    return made


@transaction.atomic
def remove_training(*, group: Organisation, training: Training, by: Any) -> None:
    """Takes back an entry that was wrong; the history keeps that it was there."""
    locked = _noting(group, by)
    gone, _rows = Training.objects.filter(pk=training.pk, organisation=locked).delete()
    if gone:
        history.record(organisation=locked, act="training.removed", by=by, what=training.title)


@transaction.atomic
def keep_attendance(
    *, group: Organisation, entry: Training | None, on: dt.date, title: str, organiser: str, people: int, by: Any
) -> Training | None:
    """The entry of a training that the department counted itself: made, changed, or taken back when nobody is left.

    The caller answers for the right; the group need not be open for sale.
    """
    locked: Organisation = Organisation.objects.select_for_update().get(pk=group.pk)
    there = Training.objects.filter(pk=entry.pk, organisation=locked).first() if entry is not None else None
    if people == 0:
        if there is not None:
            there.delete()
            history.record(organisation=locked, act="training.removed", by=by, what=title)
        return None
    if there is not None:
        there.people = people
        there.save(update_fields=["people"])
        return there
    made: Training = Training.objects.create(
        code=codes.new_code(), organisation=locked, on=on, title=title, organiser=organiser, people=people, by=by
    )
    history.record(organisation=locked, act="training.noted", by=by, what=title)
    return made
