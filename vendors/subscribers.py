"""People of organisations: what they are told about themselves, and who may not simply leave."""

from __future__ import annotations

import datetime as dt
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shop.common.jobs import job
from shop.common.outbox import subscribe
from shop.people.events import Copy, Departure, Leaving, Section, copy_wanted, leaving_asked, person_left
from vendors import errors, mails
from vendors.models import GroupApplication, Invitation, Membership
from vendors.services import clear_invitations, remove_member, renew_secret
from vendors.services.applications import FIELDS


@copy_wanted.register
def tell_memberships(copy: Copy) -> None:
    """Where the person serves, and as what."""
    labels = {"organisation": _("Organisation"), "role": _("Role"), "since": _("Since")}
    rows = [
        {"organisation": row["organisation__name_th"], "role": row["role"], "since": row["created_at"]}
        for row in Membership.objects.filter(user=copy.user)
        .order_by("pk")
        .values("organisation__name_th", "role", "created_at")
    ]
    copy.add(Section("memberships", _("Organisations"), labels, rows))
    copy.add(_applications(copy))
    copy.add(_invitations(copy))


def _applications(copy: Copy) -> Section:
    """Everything typed into applications, drafts included."""
    names = [name for step in FIELDS.values() for name in step if name not in ("parent", "is_surely_new")]
    labels: dict[str, Any] = {
        name: GroupApplication._meta.get_field(name).verbose_name  # type: ignore[union-attr]
        for name in names
    }
    labels |= {"parent": _("Cooperative"), "area_code": _("Sub-district"), "since": _("Since")}
    mine = GroupApplication.objects.filter(applicant=copy.user).order_by("pk")
    rows = [
        {**{name: row[name] for name in names}, "parent": row["parent__name_th"], "since": row["created_at"]}
        for row in mine.values(*names, "parent__name_th", "created_at")
    ]
    return Section("group_applications", _("Applications"), labels, rows)


def _invitations(copy: Copy) -> Section:
    """Those that were sent to the person, or that they accepted."""
    labels: dict[str, Any] = {
        "organisation": _("Organisation"),
        "role": _("Role"),
        "invited": _("Invited"),
        "accepted": _("Accepted"),
    }
    own = Invitation.objects.filter(email__in=_addresses_of(copy.user)) | Invitation.objects.filter(
        accepted_by=copy.user
    )
    rows = [
        {
            "organisation": row["organisation__name_th"],
            "role": row["role"],
            "invited": row["created_at"],
            "accepted": row["accepted_at"],
        }
        for row in own.order_by("pk").values("organisation__name_th", "role", "created_at", "accepted_at")
    ]
    return Section("invitations", _("Invitations"), labels, rows)


@leaving_asked.register
def no_orphaned_organisation(leaving: Leaving) -> None:
    """The last manager finds a successor first."""
    managers = Membership.objects.filter(role=Membership.Role.MANAGER)
    own = managers.filter(user=leaving.user).select_related("organisation").order_by("organisation_id")
    shared = managers.filter(organisation__in=own.values("organisation_id")).exclude(user=leaving.user)
    with_others = set(shared.values_list("organisation_id", flat=True))
    names = [row.organisation.name_th for row in own if row.organisation_id not in with_others]
    if names:
        leaving.obstacles.append(errors.LastManagerLeaves(names=", ".join(names)))


@person_left.register
def leave_organisations(departure: Departure) -> None:
    """Each role ends as if it were taken away, with all that follows. Raises LastManager."""
    rows = list(Membership.objects.filter(user=departure.user).order_by("organisation_id", "pk"))
    for membership in rows:
        remove_member(membership=membership, by=departure.user)
    departure.removed["memberships"] = len(rows)
    drafts = GroupApplication.objects.filter(applicant=departure.user, organisation=None)
    departure.removed["group_applications"], _rows = drafts.delete()
    sent = Invitation.objects.filter(email__in=_addresses_of(departure.user))
    departure.removed["invitations"] = (sent | Invitation.objects.filter(accepted_by=departure.user)).delete()[0]


def _addresses_of(user: Any) -> list[str]:
    """In small letters, as invitations are kept."""
    more = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
    return [address.lower() for address in {user.email, *more}]


@subscribe("invitation.asked")
def send_invitation(payload: dict[str, Any]) -> None:
    """The letter with a secret made for it; a second letter ends the first one's."""
    renewed = renew_secret(invitation_id=payload["invitation"])
    if renewed is None:
        return
    invitation, secret = renewed
    mails.to_address(
        address=invitation.email,
        template="invitation",
        invitation=invitation,
        organisation=invitation.organisation,
        person=invitation.invited_by.get_full_name() if invitation.invited_by else "",
        link=settings.SITE_URL + reverse("workspace:invitation", args=[secret]),
    )


@job("vendors.clear_invitations", every=dt.timedelta(days=1))
def forget_invitations() -> str:
    """Addresses of people who never came are not kept for good."""
    return f"{clear_invitations()} old invitations deleted"
