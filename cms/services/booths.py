"""Applications for booths: handed in and taken back by groups, decided by the fair's office.

Whoever decides holds three locks in this order: the group, the fair, the application. A group cannot be closed while its
booth is given, and two decisions about one booth stand in line.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from catalogue.models import SHOWN, Product
from cms import fair_errors as errors
from cms.fair_policies import invited, require_fair
from cms.models import Booth, BoothApplication, BoothEvent, BoothKind, Fair
from cms.services.fairs import locked_fair
from shop.common import clock, codes, versions
from shop.common.outbox import announce
from shop.common.thai import clean_text
from vendors import history
from vendors.models import Organisation
from vendors.policies import Right, require

State = BoothApplication.State


def _locked_group(pk: int) -> Organisation:
    found: Organisation = Organisation.objects.select_for_update(no_key=True).get(pk=pk)
    return found


def _of_group(group: Organisation, goods: Sequence[int]) -> list[Product]:
    found = list(Product.objects.filter(SHOWN, group=group, pk__in=set(goods)))
    if len(found) != len(set(goods)):
        raise errors.UnknownGoods
    return found


def _kind_of(fair: Fair, kind_id: int) -> BoothKind:
    kind = BoothKind.objects.filter(fair=fair, pk=kind_id).first()
    if kind is None:
        raise errors.UnknownKind
    return kind


@transaction.atomic
def apply_for_booth(
    *,
    fair: Fair,
    group: Organisation,
    kind_id: int,
    goods: Sequence[int],
    words: str,
    contact_name: str,
    contact_phone: str,
    by: Any,
) -> BoothApplication:
    """A group asks for a booth; one open application of a group for each fair.

    Raises GroupNotSelling, NotOpenForApplications, NotInvited, AppliedAlready, UnknownKind, UnknownGoods, NotYours.
    """
    locked_group, locked = _locked_group(group.pk), locked_fair(fair.pk)
    if by is not None:
        require(by, Right.LIST, locked_group)
    if not locked_group.is_selling:
        raise errors.GroupNotSelling
    if BoothApplication.objects.filter(fair=locked, group=group, state__in=BoothApplication.OPEN).exists():
        raise errors.AppliedAlready
    if not locked.takes_applications:
        raise errors.NotOpenForApplications
    if not invited(locked, locked_group):
        raise errors.NotInvited
    kind, products = _kind_of(locked, kind_id), _of_group(locked_group, goods)
    application = BoothApplication.objects.create(
        code=codes.new_code(),
        fair=locked,
        group=locked_group,
        kind=kind,
        words=clean_text(words)[:600],
        contact_name=clean_text(contact_name),
        contact_phone=contact_phone,
        submitted_at=clock.now(),
        state_changed_at=clock.now(),
    )
    application.products.set(products)
    _note(application, by)
    history.record(organisation=locked_group, act="fair.applied", by=by, what=locked.name_th)
    return application


@transaction.atomic
def change_application(
    *,
    application: BoothApplication,
    goods: Sequence[int],
    words: str,
    contact_name: str,
    contact_phone: str,
    by: Any,
) -> None:
    """What a group brings and who comes may change until the fair ends. Raises FairOver, NotPossibleNow, NotYours."""
    group, fair, locked = _locked(application)
    if by is not None:
        require(by, Right.LIST, group)
    if fair.phase in (Fair.Phase.PAST, Fair.Phase.CANCELLED):
        raise errors.FairOver
    if not locked.is_open:
        raise errors.NotPossibleNow
    kept = set(locked.products.values_list("pk", flat=True))
    new = _of_group(group, [key for key in goods if key not in kept])
    locked.products.set([*(key for key in goods if key in kept), *(product.pk for product in new)])
    locked.words, locked.contact_name = clean_text(words)[:600], clean_text(contact_name)
    locked.contact_phone, locked.version = contact_phone, locked.version + 1
    locked.save(update_fields=["words", "contact_name", "contact_phone", "version"])
    history.record(organisation=group, act="fair.application_changed", by=by, what=fair.name_th)
    versions.bump()


def _locked(application: BoothApplication) -> tuple[Organisation, Fair, BoothApplication]:
    group, fair = _locked_group(application.group_id), locked_fair(application.fair_id)
    return group, fair, BoothApplication.objects.select_for_update(of=("self",)).get(pk=application.pk)


def _note(application: BoothApplication, by: Any) -> BoothEvent:
    person = by if by is not None and by.is_authenticated else None
    return BoothEvent.objects.create(
        application=application,
        state=application.state,
        booth_code=application.booth.code if application.booth else "",
        reason=application.reason,
        by=person,
        at=application.state_changed_at,
    )


def _move(
    application: BoothApplication, state: str, by: Any, booth: Booth | None = None, reason: str = ""
) -> BoothEvent:
    application.state, application.booth, application.reason = state, booth, clean_text(reason)[:500]
    application.state_changed_at, application.version = clock.now(), application.version + 1
    application.save(update_fields=["state", "booth", "reason", "state_changed_at", "version"])
    versions.bump()
    return _note(application, by)


@transaction.atomic
def withdraw_application(*, application: BoothApplication, by: Any) -> None:
    """The group does not come; its booth is free again. Raises FairOver, NotPossibleNow, NotYours."""
    group, fair, locked = _locked(application)
    if by is not None:
        require(by, Right.LIST, group)
    if fair.phase == Fair.Phase.PAST:
        raise errors.FairOver
    if not locked.is_open:
        raise errors.NotPossibleNow
    _move(locked, State.WITHDRAWN, by)
    history.record(organisation=group, act="fair.withdrawn", by=by, what=fair.name_th)


def _to_decide(application: BoothApplication, seen: int, by: Any) -> tuple[Organisation, Fair, BoothApplication]:
    """The locked rows, for an officer of the fair who saw the application as it is. Raises AnsweredMeanwhile."""
    group, fair, locked = _locked(application)
    require_fair(by, fair)
    if locked.version != seen:
        raise errors.AnsweredMeanwhile
    if fair.phase in (Fair.Phase.PAST, Fair.Phase.CANCELLED):
        raise errors.FairOver
    if not locked.is_open:
        raise errors.NotPossibleNow
    return group, fair, locked


def _free_booth(fair: Fair, booth_id: int) -> Booth:
    """A booth of the fair in which no group stands."""
    booth = Booth.objects.filter(fair=fair, pk=booth_id).first()
    if booth is None:
        raise errors.UnknownBooth
    if BoothApplication.objects.filter(booth=booth).exists():
        raise errors.BoothTaken(code=booth.code)
    return booth


@transaction.atomic
def give_booth(*, application: BoothApplication, booth_id: int, seen: int, by: Any = None) -> None:
    """Accepts an application with a booth, or moves an accepted one to another booth; the group is told.

    Raises BoothTaken, UnknownBooth, AnsweredMeanwhile, FairOver, GroupNotSelling, NotPossibleNow, NotYours.
    """
    group, fair, locked = _to_decide(application, seen, by)
    if not group.is_selling:
        raise errors.GroupNotSelling
    if locked.booth_id == booth_id:
        return
    booth = _free_booth(fair, booth_id)
    moved = locked.state == State.ACCEPTED
    event = _move(locked, State.ACCEPTED, by, booth)
    _told(group, fair, event, "fair.booth_moved" if moved else "fair.booth_given", by, booth.code)


@transaction.atomic
def put_on_waiting_list(*, application: BoothApplication, seen: int, reason: str = "", by: Any = None) -> None:
    """No booth for now. One that was given is taken back, which needs a reason. Raises BoothReasonMissing and others."""
    group, fair, locked = _to_decide(application, seen, by)
    if locked.state == State.WAITING:
        return
    if locked.state == State.ACCEPTED and not clean_text(reason):
        raise errors.BoothReasonMissing
    _told(group, fair, _move(locked, State.WAITING, by, reason=reason), "fair.waiting", by)


@transaction.atomic
def refuse_application(*, application: BoothApplication, seen: int, reason: str, by: Any = None) -> None:
    """No booth, with a reason that the group reads. Raises BoothReasonMissing and others."""
    group, fair, locked = _to_decide(application, seen, by)
    if not clean_text(reason):
        raise errors.BoothReasonMissing
    _told(group, fair, _move(locked, State.REFUSED, by, reason=reason), "fair.refused", by)


def _told(group: Organisation, fair: Fair, event: BoothEvent, act: str, by: Any, code: str = "") -> None:
    history.record(organisation=group, act=act, by=by, what=f"{fair.name_th} {code}".strip())
    announce("fair.decided", {"event": event.pk}, key=f"booth-event:{event.pk}")


def release_closed(group: Organisation) -> None:
    """In the transaction that closes a group: it comes to no fair any more, its booths are free."""
    rows = BoothApplication.objects.filter(group=group, state__in=BoothApplication.OPEN, fair__ends_at__gt=clock.now())
    for fair_id in sorted(set(rows.values_list("fair_id", flat=True))):
        fair = locked_fair(fair_id)
        for application in rows.filter(fair_id=fair_id).select_for_update(of=("self",)):
            _move(application, State.WITHDRAWN, None)
            history.record(organisation=group, act="fair.withdrawn", by=None, what=fair.name_th)
