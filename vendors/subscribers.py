"""People of organisations: what they are told about themselves, and who may not simply leave."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from shop.people.events import Copy, Departure, Leaving, Section, copy_wanted, leaving_asked, person_left
from vendors import errors
from vendors.models import GroupApplication, Membership
from vendors.services import remove_member
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
        remove_member(membership=membership)
    departure.removed["memberships"] = len(rows)
    drafts = GroupApplication.objects.filter(applicant=departure.user, organisation=None)
    departure.removed["group_applications"], _rows = drafts.delete()
