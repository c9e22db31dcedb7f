"""Invitations by e-mail: written by a manager, carried by a letter, accepted once by whom the letter reached."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection
from typing import Any

from django.db import transaction

from shop.common import clock, codes, outbox
from shop.people.services import confirm_address, has_address
from vendors import errors, history
from vendors.models import Invitation, Membership, Organisation
from vendors.policies import Right, require
from vendors.services.people import add_member, lock_organisation, roles_in

LASTS = dt.timedelta(days=14)
PAUSE = dt.timedelta(minutes=10)
"""Between two letters of one invitation."""
KEPT = dt.timedelta(days=90)
"""How long a settled or expired invitation is kept: the address in it is somebody's."""


def hash_of(secret: str) -> str:
    """What is kept of a secret. It has 128 random bits, so that a plain hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def invite(*, organisation: Organisation, email: str, role: str, by: Any) -> Invitation:
    """Asks a person to serve. Raises NotYours, GroupClosed, WrongRole, AlreadyMember …"""
    locked = lock_organisation(organisation.pk)
    require(by, Right.MANAGE, locked)
    if locked.state == Organisation.State.CLOSED:
        raise errors.GroupClosed
    address = email.strip().lower()
    if role not in roles_in(locked):
        raise errors.WrongRole
    if Membership.objects.filter(organisation=locked, role=role, user__email__iexact=address).exists():
        raise errors.AlreadyMember
    open_one = _open(locked, address, role)
    if open_one is not None and open_one.expires_at > clock.now():
        raise errors.AlreadyInvited
    return _ask_again(open_one, by) if open_one is not None else _write(locked, address, role, by)


@transaction.atomic
def ask(*, organisation: Organisation, email: str, role: str, by: Any) -> None:
    """The same for a sheet of many people, whose right was asked for the whole sheet. Who is asked already is not asked twice."""
    locked, address = lock_organisation(organisation.pk), email.strip().lower()
    if role not in roles_in(locked):
        raise errors.WrongRole
    open_one = _open(locked, address, role)
    if open_one is None:
        _write(locked, address, role, by)
    elif open_one.expires_at <= clock.now():
        _ask_again(open_one, by)


def asked(organisations: Collection[int]) -> set[tuple[int, str, str]]:
    """Whom these organisations have asked and who may still answer: (organisation, e-mail, role)."""
    rows = Invitation.objects.filter(organisation__in=organisations, accepted_at=None, withdrawn_at=None)
    rows = rows.filter(expires_at__gt=clock.now())
    return set(rows.values_list("organisation_id", "email", "role"))


def _open(organisation: Organisation, address: str, role: str) -> Invitation | None:
    same = Invitation.objects.filter(organisation=organisation, email=address, role=role)
    return same.filter(accepted_at=None, withdrawn_at=None).first()


def _write(organisation: Organisation, address: str, role: str, by: Any) -> Invitation:
    moment = clock.now()
    made = Invitation.objects.create(
        organisation=organisation,
        email=address,
        role=role,
        invited_by=by,
        created_at=moment,
        asked_at=moment,
        expires_at=moment + LASTS,
    )
    _tell("invitation.made", made, by)
    return made


@transaction.atomic
def send_again(*, invitation: Invitation, by: Any) -> Invitation:
    """A new letter with a new secret; it lasts anew. Raises NotYours, InvitationEnded or JustSent."""
    locked = _lock(invitation, by)
    if locked.asked_at + PAUSE > clock.now():
        raise errors.JustSent
    return _ask_again(locked, by)


@transaction.atomic
def withdraw(*, invitation: Invitation, by: Any) -> None:
    """The letter opens nothing any more. Raises NotYours or InvitationEnded."""
    locked = _lock(invitation, by)
    locked.withdrawn_at = clock.now()
    locked.save(update_fields=["withdrawn_at"])
    facts: dict[str, Any] = {"invitation": locked.pk, "role": locked.role}
    history.record(organisation=locked.organisation, act="invitation.withdrawn", by=by, **facts)


def _lock(invitation: Invitation, by: Any) -> Invitation:
    organisation = lock_organisation(invitation.organisation_id)
    require(by, Right.MANAGE, organisation)
    locked = Invitation.objects.select_for_update().select_related("organisation").get(pk=invitation.pk)
    if locked.is_settled:
        raise errors.InvitationEnded
    return locked


def _ask_again(invitation: Invitation, by: Any) -> Invitation:
    moment = clock.now()
    invitation.asked_at, invitation.expires_at, invitation.invited_by = moment, moment + LASTS, by
    invitation.save(update_fields=["asked_at", "expires_at", "invited_by"])
    _tell("invitation.sent_again", invitation, by)
    return invitation


def _tell(act: str, invitation: Invitation, by: Any) -> None:
    facts: dict[str, Any] = {"invitation": invitation.pk, "role": invitation.role}
    history.record(organisation=invitation.organisation, act=act, by=by, **facts)
    outbox.announce("invitation.asked", {"invitation": invitation.pk})


@transaction.atomic
def renew_secret(*, invitation_id: int) -> tuple[Invitation, str] | None:
    """For the letter: a fresh secret, which ends the one before; None when there is nothing to ask any more."""
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("organisation", "invited_by")
    found = rows.filter(pk=invitation_id, accepted_at=None, withdrawn_at=None, expires_at__gt=clock.now()).first()
    if found is None:
        return None
    secret = codes.new_secret()
    found.secret_hash = hash_of(secret)
    found.save(update_fields=["secret_hash"])
    return found, secret


@transaction.atomic
def accept_invitation(*, secret: str, user: Any) -> Membership:
    """The person takes the role; a double click is one. Raises InvitationEnded or OtherAddress.

    Who holds the letter's secret has read the mailbox: the address counts as confirmed from now on.
    """
    found = Invitation.objects.filter(secret_hash=hash_of(secret)).first()
    if found is None:
        raise errors.InvitationEnded
    organisation = lock_organisation(found.organisation_id)
    locked = Invitation.objects.select_for_update().get(pk=found.pk)
    if locked.accepted_by_id == user.pk:
        kept = Membership.objects.filter(organisation=organisation, user=user, role=locked.role).first()
        if kept is not None:
            return kept
    if locked.is_settled or locked.expires_at <= clock.now() or locked.secret_hash != hash_of(secret):
        raise errors.InvitationEnded
    if not has_address(user=user, email=locked.email):
        raise errors.OtherAddress
    confirm_address(user=user, email=locked.email)
    locked.accepted_at, locked.accepted_by = clock.now(), user
    locked.save(update_fields=["accepted_at", "accepted_by"])
    facts: dict[str, Any] = {"invitation": locked.pk, "role": locked.role}
    history.record(organisation=organisation, act="invitation.accepted", by=user, **facts)
    return add_member(organisation=organisation, user=user, role=locked.role, by=locked.invited_by)


@transaction.atomic
def clear_invitations() -> int:
    """Deletes what has been settled or over for long; returns how many."""
    over = Invitation.objects.filter(expires_at__lt=clock.now() - KEPT)
    return int(over.delete()[0])
