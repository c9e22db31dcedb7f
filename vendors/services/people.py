"""Members and grants. A removal counts on the very next request, since rights are read anew each time.

`add_member`, `remove_member`, `give_grant` and `revoke_grant` do what they say for whoever calls them (approval, import,
the seed). What a person decides on a page goes through the services below them, which ask for the right under the lock.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction

from shop.common import clock
from vendors import errors, history
from vendors.events import membership_changed
from vendors.models import Grant, Membership, Organisation
from vendors.policies import Right, require

Role = Membership.Role
_OFFICE_ROLES = (Role.OFFICER, Role.EDITOR, Role.MANAGER)
_TREE_ROLES = (Role.MANAGER, Role.EDITOR, Role.PACKER, Role.TREASURER)
_MAY_TAKE = (*Organisation.PARENTS, Organisation.Kind.PROVINCIAL, Organisation.Kind.REGIONAL)


def roles_in(organisation: Organisation) -> tuple[str, ...]:
    """The roles that exist in an organisation of this kind; the market's money is kept by the department itself."""
    if organisation.kind != Organisation.Kind.OFFICE:
        return _TREE_ROLES
    return _OFFICE_ROLES if organisation.province_id else (*_OFFICE_ROLES, Role.TREASURER)


def lock_organisation(pk: int) -> Organisation:
    """One change of an organisation's people at a time."""
    locked: Organisation = Organisation.objects.select_for_update().get(pk=pk)
    return locked


@transaction.atomic
def add_member(*, organisation: Organisation, user: Any, role: str, by: Any = None) -> Membership:
    """Gives a person a role; again changes nothing. Raises WrongRole."""
    if role not in roles_in(organisation):
        raise errors.WrongRole
    membership, made = Membership.objects.get_or_create(organisation=organisation, user=user, role=role)
    if made:
        history.record(organisation=organisation, act="member.added", by=by, person=user.pk, role=role)
    membership_changed.run(membership)
    return membership


@transaction.atomic
def remove_member(*, membership: Membership, by: Any = None) -> None:
    """Takes a role away; again does nothing. Raises LastManager: somebody must be able to go on."""
    organisation = lock_organisation(membership.organisation_id)
    if membership.role == Role.MANAGER:
        others = Membership.objects.filter(organisation=organisation, role=Role.MANAGER)
        if not others.exclude(pk=membership.pk).exists():
            raise errors.LastManager
    gone, _kinds = Membership.objects.filter(pk=membership.pk).delete()
    if gone:
        facts: dict[str, Any] = {"person": membership.user_id, "role": membership.role}
        history.record(organisation=organisation, act="member.removed", by=by, **facts)
    membership_changed.run(membership)


@transaction.atomic
def give_grant(*, giver: Organisation, taker: Organisation, right: str = Grant.Right.ACT_FOR, by: Any = None) -> Grant:
    """Allows `taker` one named right over `giver`; again changes nothing."""
    grant, made = Grant.objects.get_or_create(
        giver=giver, taker=taker, right=right, revoked_at=None, defaults={"created_by": by}
    )
    if made:
        _record_both("given", giver, taker, by)
    return grant


@transaction.atomic
def revoke_grant(*, grant: Grant, by: Any = None) -> None:
    """Ends a grant at once."""
    ended = Grant.objects.filter(pk=grant.pk, revoked_at=None).update(revoked_at=clock.now())
    if ended:
        _record_both("revoked", grant.giver, grant.taker, by)


def _record_both(act: str, giver: Organisation, taker: Organisation, by: Any) -> None:
    """The giver reads who may act for it now, the taker for whom it may."""
    history.record(organisation=giver, act=f"grant.{act}", by=by, other=taker.pk)
    history.record(organisation=taker, act=f"grant_to_us.{act}", by=by, other=giver.pk)


@transaction.atomic
def give_role(*, membership: Membership, role: str, by: Any) -> Membership:
    """A manager gives a member one more role. Raises NotYours or WrongRole."""
    organisation = lock_organisation(membership.organisation_id)
    require(by, Right.MANAGE, organisation)
    if not Membership.objects.filter(organisation=organisation, user_id=membership.user_id).exists():
        raise errors.NotYours  # removed in the meantime: nobody comes back by a page that lay open
    return add_member(organisation=organisation, user=membership.user, role=role, by=by)


@transaction.atomic
def take_role(*, membership: Membership, by: Any) -> None:
    """A manager takes a role away, or a member gives an own one back. Raises NotYours or LastManager."""
    organisation = lock_organisation(membership.organisation_id)
    if membership.user_id != by.pk:
        require(by, Right.MANAGE, organisation)
    remove_member(membership=membership, by=by)


@transaction.atomic
def allow_acting(*, giver: Organisation, taker: Organisation, by: Any) -> Grant:
    """A group lets its cooperative, provincial or regional network act for it. Raises NotYours or NotAbove."""
    locked = lock_organisation(giver.pk)
    require(by, Right.MANAGE, locked)
    if locked.kind != Organisation.Kind.GROUP or taker.kind not in _MAY_TAKE or not locked.is_descendant_of(taker):
        raise errors.NotAbove
    return give_grant(giver=locked, taker=taker, by=by)


@transaction.atomic
def end_acting(*, grant: Grant, by: Any) -> None:
    """A group takes a grant back; it counts on the taker's next request. Raises NotYours."""
    require(by, Right.MANAGE, lock_organisation(grant.giver_id))
    revoke_grant(grant=grant, by=by)


@transaction.atomic
def move_officer(*, membership: Membership, office: Organisation, by: Any) -> Membership:
    """Takes a person of the department with their role to another office. Raises NotYours, NoSuchOffice or LastManager.

    What lay on their desk stays where it was: deciding asks for the right anew, under the lock.
    """
    if office.kind != Organisation.Kind.OFFICE or membership.organisation.kind != Organisation.Kind.OFFICE:
        raise errors.NoSuchOffice
    locked = {pk: lock_organisation(pk) for pk in sorted({membership.organisation_id, office.pk})}
    for each in locked.values():
        require(by, Right.MANAGE, each)
    if not Membership.objects.filter(pk=membership.pk).exists():
        raise errors.NotYours
    if membership.organisation_id == office.pk:
        return membership
    remove_member(membership=membership, by=by)
    return add_member(organisation=locked[office.pk], user=membership.user, role=membership.role, by=by)
