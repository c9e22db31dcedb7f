"""A group applies: a draft saved step by step, handed in, sent back, handed in again.

A draft is a row of its own and stands in no tree; the group comes into being when it is handed in, together with its
first manager, its workshop and its record (docs/decisions: drafts stand beside the tree).
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction

from shop.common import clock, codes, outbox
from shop.common.thai import sort_column
from vendors import checklist, errors, history
from vendors.models import (
    Attestation,
    GroupApplication,
    GroupRecord,
    Membership,
    OfficerCheck,
    Organisation,
    Place,
    Whose,
)
from vendors.onboarding import known_groups
from vendors.policies import Right, require
from vendors.selectors import parent_of, workshop_of
from vendors.services.organisations import _move, create_organisation
from vendors.services.people import add_member, give_grant
from vendors.services.places import open_place

State, Step = Organisation.State, GroupApplication.Step
MOST_DRAFTS = 5
FACTS = (
    *("main_goods", "categories", "capacity_amount", "capacity_unit", "otop_id"),
    *("account_of", "bank", "account_number", "account_name", "tax_of", "is_vat_registered"),
)
"""What goes from the application into the record."""
FIELDS: dict[str, tuple[str, ...]] = {
    Step.WHO: ("parent", "name_th", "name_en", "is_surely_new"),
    Step.WHERE: ("contact_name", "line1", "area_code", "postcode", "phone", "email", "line_id"),
    Step.WHAT: (
        *("main_goods", "categories", "members_count", "founded_on"),
        *("capacity_amount", "capacity_unit", "otop_id"),
    ),
    Step.MONEY: ("account_of", "bank", "account_number", "account_name", "tax_of", "tax_id", "is_vat_registered"),
}
_OF_GROUP = ("name_th", "name_en", "contact_name", "phone", "email", "line_id", "founded_on", "members_count")


@transaction.atomic
def start_application(*, by: Any, cooperative: Organisation | None = None) -> GroupApplication:
    """Begins a draft: for the person's own group, or for a new group of a cooperative that they serve.

    Raises TooManyApplications, NotYours.
    """
    if cooperative is not None:
        require(by, Right.LIST, cooperative)
    else:
        get_user_model().objects.select_for_update().get(pk=by.pk)
        open_ones = GroupApplication.objects.filter(applicant=by, organisation=None, for_cooperative=False).count()
        if open_ones >= MOST_DRAFTS:
            raise errors.TooManyApplications(number=open_ones)
    return GroupApplication.objects.create(
        code=codes.new_code(),
        applicant=by,
        for_cooperative=cooperative is not None,
        parent=cooperative,
        contact_name="" if cooperative else by.get_full_name(),
        email="" if cooperative else by.email,
        phone="" if cooperative else by.phone,
    )


def _locked(application: GroupApplication) -> GroupApplication:
    """The row, locked, while it may be changed. Raises WrongState for one that lies with an officer."""
    current: GroupApplication = GroupApplication.objects.select_for_update().get(pk=application.pk)
    if current.organisation_id is not None:
        group = Organisation.objects.select_for_update().get(pk=current.organisation_id)
        if group.state != State.SENT_BACK:
            raise errors.WrongState
        current.organisation = group
    return current


@transaction.atomic
def save_step(
    *, application: GroupApplication, step: str, values: dict[str, Any], seen: int, accepted: dict[str, bool], by: Any
) -> GroupApplication:
    """Keeps one step. `seen` is the revision that the person's page began with.

    Raises ChangedMeanwhile when another window saved other words since, WrongState when it lies with an officer.
    """
    current = _locked(application)
    changed = [name for name in FIELDS[step] if name in values and getattr(current, name) != values[name]]
    if int(current.revisions.get(step, 0)) != seen and changed:
        raise errors.ChangedMeanwhile
    for name in changed:
        setattr(current, name, values[name])
    if "name_th" in changed or "parent" in changed:
        current.is_surely_new = bool(values.get("is_surely_new"))
    if current.tax_of == Whose.PARENT:
        current.tax_id = ""
    if changed:
        current.revisions = {**current.revisions, step: int(current.revisions.get(step, 0)) + 1}
    current.save()
    for what, agrees in accepted.items():
        _attest(current, what, agrees, by)
    return current


def _attest(application: GroupApplication, what: str, agrees: bool, by: Any) -> None:
    row = Attestation.objects.filter(application=application, what=what).first()
    if not agrees:
        Attestation.objects.filter(application=application, what=what).delete()
    elif row is None or row.wording < checklist.RULES_OF:
        Attestation.objects.update_or_create(
            application=application,
            what=what,
            defaults={
                "wording": checklist.RULES_OF,
                "by": by,
                "at": clock.now(),
                "organisation_id": application.organisation_id,
            },
        )


@transaction.atomic
def delete_draft(*, application: GroupApplication) -> None:
    """Throws away a draft that was never handed in. Raises WrongState for others."""
    current = GroupApplication.objects.select_for_update().get(pk=application.pk)
    if current.organisation_id is not None:
        raise errors.WrongState
    current.delete()


@transaction.atomic
def hand_in(*, application: GroupApplication, by: Any) -> Organisation:
    """Gives the application to the officer; the first time the group comes into being, in the state `applied`.

    Raises ApplicationIncomplete, KnownAlready, PerhapsKnown, WrongState, NotYours.
    """
    current = _locked(application)
    if not checklist.may_be_handed_in(checklist.of_application(current)):
        raise errors.ApplicationIncomplete
    parent = Organisation.objects.select_for_update().get(pk=current.parent_id)
    if parent.kind not in Organisation.PARENTS or parent.state != State.APPROVED:
        raise errors.WrongParent
    if current.for_cooperative:
        require(by, Right.LIST, parent)
    _refuse_known(current, parent)
    again = current.organisation is not None
    group = _again(current, parent) if current.organisation else _come_in(current, parent, by)
    _keep(current, group)
    Attestation.objects.filter(application=current).update(organisation=group)
    current.organisation, current.handed_in_at, current.remarks = group, clock.now(), {}
    current.save()
    history.record(organisation=group, act="application.again" if again else "application.handed_in", by=by)
    outbox.announce("group.handed_in", {"group": group.pk, "again": again})
    application.organisation = group
    return group


def _refuse_known(application: GroupApplication, parent: Organisation) -> None:
    known = known_groups(
        name_th=application.name_th,
        parent=parent,
        tax_id=application.tax_id,
        exclude=application.organisation_id,
    )
    same = next((row for row in known if row.is_same), None)
    if same is not None:
        raise errors.KnownAlready(name=same.group.name_th)
    if known and not application.is_surely_new:
        raise errors.PerhapsKnown


def _come_in(application: GroupApplication, parent: Organisation, by: Any) -> Organisation:
    group = create_organisation(
        kind=Organisation.Kind.GROUP,
        parent=parent,
        state=State.APPLIED,
        tax_id=application.tax_id,
        **{name: getattr(application, name) for name in _OF_GROUP},
    )
    first = application.applicant if application.applicant and not application.for_cooperative else by
    add_member(organisation=group, user=first, role=Membership.Role.MANAGER)
    if application.for_cooperative:
        give_grant(giver=group, taker=parent, by=by)
    return group


def _again(application: GroupApplication, parent: Organisation) -> Organisation:
    """What was put right goes into the group; what an officer had checked is asked anew where it changed."""
    group: Organisation = application.organisation  # type: ignore[assignment]
    before = parent_of(group)
    if before is None or before.pk != parent.pk:
        group.move(parent, pos="last-child")
        group = Organisation.objects.get(pk=group.pk)
    if before is None or before.pk != parent.pk or group.name_th != application.name_th:
        OfficerCheck.objects.filter(organisation=group, what=OfficerCheck.What.IDENTITY).delete()
    for name in _OF_GROUP:
        setattr(group, name, getattr(application, name))
    group.tax_id = application.tax_id
    group.province_id, group.region_id = parent.province_id, parent.region_id
    group.sort_name = sort_column(group.name_th)
    group.save()
    return _move(group, State.APPLIED)


def _keep(application: GroupApplication, group: Organisation) -> None:
    values = {name: getattr(application, name) for name in FACTS}
    record, _made = GroupRecord.objects.get_or_create(organisation=group)
    for name, value in values.items():
        setattr(record, name, value)
    record.handed_in_at, record.reviewer = clock.now(), None
    record.save()
    workshop = workshop_of(group)
    where: dict[str, Any] = {
        "address_th": application.line1,
        "subdistrict_code": application.area_code,
        "postcode": application.postcode,
        "phone": application.phone,
    }
    if workshop is None:
        name_en = f"Workshop of {group.name_en}" if group.name_en else ""
        kind = Place.Kind.WORKSHOP
        open_place(organisation=group, kind=kind, name_th=f"ที่ทำการ{group.name_th}", name_en=name_en, **where)
        return
    if (workshop.address_th, workshop.subdistrict_code) != (application.line1, application.area_code):
        OfficerCheck.objects.filter(organisation=group, what=OfficerCheck.What.SITE).delete()
    Place.objects.filter(pk=workshop.pk).update(province_id=group.province_id, **where)


@transaction.atomic
def application_for(*, group: Organisation) -> GroupApplication:
    """The application of a group; one that came in another way gets one of what is kept, so that it can be put right."""
    locked = Organisation.objects.select_for_update().get(pk=group.pk)
    found = GroupApplication.objects.filter(organisation=locked).first()
    if found is not None:
        return found
    record = GroupRecord.objects.filter(organisation=locked).first() or GroupRecord()
    workshop = workshop_of(locked)
    application: GroupApplication = GroupApplication.objects.create(
        code=codes.new_code(),
        organisation=locked,
        parent=parent_of(locked),
        line1=workshop.address_th[:200] if workshop else "",
        area_code=workshop.subdistrict_code if workshop else "",
        postcode=workshop.postcode if workshop else "",
        tax_id=locked.tax_id,
        is_surely_new=True,
        handed_in_at=locked.created_at,
        **{name: getattr(locked, name) for name in _OF_GROUP},
        **{name: getattr(record, name) for name in FACTS},
    )
    Attestation.objects.filter(organisation=locked, application=None).update(application=application)
    return application


def may_be_changed(application: GroupApplication) -> bool:
    """True for a draft and for one that was sent back; while an officer has it, nobody changes it."""
    group = application.organisation
    return group is None or group.state == State.SENT_BACK
