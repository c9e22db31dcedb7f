"""Members and grants. A removal counts on the very next request, since rights are read anew each time."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from shop.common import clock
from vendors import errors
from vendors.events import membership_changed
from vendors.models import Grant, Membership, Organisation

Role = Membership.Role
_OFFICE_ROLES = {Role.OFFICER, Role.EDITOR, Role.MANAGER}
_TREE_ROLES = {Role.MANAGER, Role.EDITOR, Role.PACKER, Role.TREASURER}


@transaction.atomic
def add_member(*, organisation: Organisation, user: Any, role: str, by: Any = None) -> Membership:
    """Gives a person a role; again changes nothing. Raises WrongRole."""
    allowed = _OFFICE_ROLES if organisation.kind == Organisation.Kind.OFFICE else _TREE_ROLES
    if role not in allowed:
        raise errors.WrongRole
    membership, _made = Membership.objects.get_or_create(organisation=organisation, user=user, role=role)
    membership_changed.run(membership)
    return membership


@transaction.atomic
def remove_member(*, membership: Membership, by: Any = None) -> None:
    """Takes a role away. Raises LastManager: somebody must be able to go on."""
    Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    if membership.role == Role.MANAGER:
        others = Membership.objects.filter(organisation_id=membership.organisation_id, role=Role.MANAGER)
        if not others.exclude(pk=membership.pk).exists():
            raise errors.LastManager
    Membership.objects.filter(pk=membership.pk).delete()
    membership_changed.run(membership)


@transaction.atomic
def give_grant(*, giver: Organisation, taker: Organisation, right: str = Grant.Right.ACT_FOR, by: Any = None) -> Grant:
    """Allows `taker` one named right over `giver`; again changes nothing."""
    grant, _made = Grant.objects.get_or_create(
        giver=giver, taker=taker, right=right, revoked_at=None, defaults={"created_by": by}
    )
    return grant


@transaction.atomic
def revoke_grant(*, grant: Grant, by: Any = None) -> None:
    """Ends a grant at once."""
    Grant.objects.filter(pk=grant.pk, revoked_at=None).update(revoked_at=clock.now())
