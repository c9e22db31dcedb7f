"""An officer decides about a group. Every decision names the state that the officer saw; another one is refused.

The row is locked, the right is read anew inside the transaction, the act is recorded, and the letter is announced: one
service each, so that pages, sheets and the interface for machines cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import translation

from shop.common import clock, outbox
from shop.common.thai import clean_text
from vendors import checklist, errors, history
from vendors.models import GroupApplication, GroupRecord, OfficerCheck, Organisation
from vendors.policies import Right, require
from vendors.selectors import workshop_of
from vendors.services import organisations
from vendors.services.applications import application_for

State, Step = Organisation.State, GroupApplication.Step


def _decide(group: Organisation, by: Any, seen: str) -> Organisation:
    """The locked row, when the person may decide and the state is still the one that was seen."""
    locked: Organisation = Organisation.objects.select_for_update().get(pk=group.pk)
    require(by, Right.REVIEW, locked)
    if locked.kind != Organisation.Kind.GROUP:
        raise errors.WrongState
    if locked.state != seen:
        raise errors.DecidedMeanwhile(state=locked.get_state_display())
    return locked


def _tell(group: Organisation, act: str, by: Any, reason: str = "") -> None:
    history.record(organisation=group, act=f"group.{act}", by=by, what=reason)
    outbox.announce("group.decided", {"group": group.pk, "act": act, "reason": reason})


@transaction.atomic
def take_into_review(*, group: Organisation, by: Any, seen: str) -> Organisation:
    """The officer begins to look; the group is told that somebody does. Raises DecidedMeanwhile, NotYours, WrongState."""
    locked = _decide(group, by, seen)
    moved = organisations._move(locked, State.IN_REVIEW)
    record, _made = GroupRecord.objects.get_or_create(organisation=locked)
    record.reviewer = by
    record.save(update_fields=["reviewer", "updated_at"])
    _tell(moved, "taken", by)
    return moved


@transaction.atomic
def send_back(*, group: Organisation, by: Any, seen: str, reason: str, remarks: dict[str, str]) -> Organisation:
    """Asks for more, in general (`reason`) and by step (`remarks`). Raises ReasonMissing too."""
    locked = _decide(group, by, seen)
    asked = {step: words for step in Step.values if (words := clean_text(remarks.get(step, "")))}
    with translation.override("th"):  # the reason stands in a Thai letter, whatever the officer's page speaks
        lines = [clean_text(reason), *(f"{Step(step).label}: {words}" for step, words in asked.items())]
    whole = "\n".join(line for line in lines if line)
    moved = organisations.send_back_group(group=locked, by=by, reason=whole)
    application = application_for(group=locked)
    application.remarks = asked
    application.save(update_fields=["remarks", "updated_at"])
    _tell(moved, "sent_back", by, whole)
    return moved


@transaction.atomic
def approve(*, group: Organisation, by: Any, seen: str) -> Organisation:
    """The group may sell. Raises ChecksMissing while a point of the checklist is open."""
    locked = _decide(group, by, seen)
    record = GroupRecord.objects.filter(organisation=locked).first()
    rows = checklist.of_group(locked, record, workshop_of(locked))
    if not checklist.may_be_approved(rows):
        missing = ", ".join(str(row.title) for row in rows if not row.is_done)
        raise errors.ChecksMissing(what=missing)
    if seen == State.SUSPENDED:
        raise errors.WrongState
    moved = organisations.approve_group(group=locked, by=by)
    record, _made = GroupRecord.objects.get_or_create(organisation=locked)
    if record.joined_year is None:
        record.joined_year = clock.today().year
        record.save(update_fields=["joined_year", "updated_at"])
    _tell(moved, "approved", by)
    return moved


@transaction.atomic
def suspend(*, group: Organisation, by: Any, seen: str, reason: str) -> Organisation:
    """Takes the group's goods off sale at once, with the reason."""
    moved = organisations.suspend_group(group=_decide(group, by, seen), by=by, reason=reason)
    _tell(moved, "suspended", by, moved.state_reason)
    return moved


@transaction.atomic
def lift(*, group: Organisation, by: Any, seen: str) -> Organisation:
    """Ends a suspension: what was on sale is on sale again."""
    moved = organisations.lift_suspension(group=_decide(group, by, seen), by=by)
    _tell(moved, "lifted", by)
    return moved


@transaction.atomic
def close(*, group: Organisation, by: Any, seen: str, reason: str) -> Organisation:
    """Ends a group, or refuses an application for good; with a reason."""
    locked = _decide(group, by, seen)
    if not clean_text(reason):
        raise errors.ReasonMissing
    moved = organisations.close_group(group=locked, by=by, reason=reason)
    _tell(moved, "closed", by, moved.state_reason)
    return moved


@transaction.atomic
def note_check(*, group: Organisation, what: str, by: Any, note: str) -> OfficerCheck:
    """The officer looked, and says how. Again keeps the first look. Raises NotYours, GroupClosed or ReasonMissing."""
    locked = Organisation.objects.select_for_update().get(pk=group.pk)
    require(by, Right.REVIEW, locked)
    if locked.state == State.CLOSED:
        raise errors.GroupClosed
    if not clean_text(note):
        raise errors.ReasonMissing
    check, made = OfficerCheck.objects.get_or_create(
        organisation=locked,
        what=what,
        defaults={"note": clean_text(note)[:200], "by": by, "at": clock.now()},
    )
    if made:
        history.record(organisation=locked, act=f"group.checked_{what}", by=by, what=check.note)
    return check


@transaction.atomic
def withdraw_check(*, group: Organisation, what: str, by: Any) -> None:
    """A look that turned out wrong counts no more."""
    locked = Organisation.objects.select_for_update().get(pk=group.pk)
    require(by, Right.REVIEW, locked)
    gone, _rows = OfficerCheck.objects.filter(organisation=locked, what=what).delete()
    if gone:
        history.record(organisation=locked, act=f"group.unchecked_{what}", by=by)


DECISIONS: dict[str, tuple[tuple[str, ...], Callable[..., Organisation]]] = {
    "take": ((State.APPLIED,), take_into_review),
    "approve": ((State.APPLIED, State.IN_REVIEW), approve),
    "send-back": ((State.APPLIED, State.IN_REVIEW), send_back),
    "suspend": ((State.APPROVED,), suspend),
    "lift": ((State.SUSPENDED,), lift),
    "close": ((State.APPLIED, State.IN_REVIEW, State.SENT_BACK, State.APPROVED, State.SUSPENDED), close),
}
"""Which decision is possible in which states, and who carries it out."""
