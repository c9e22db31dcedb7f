"""May I? Every right follows from a membership and its organisation's place in the tree, read anew on each request."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from shop.common import access
from shop.common.access import Kind
from vendors.models import Grant, Membership, Organisation

Role = Membership.Role
_KIND_OF: dict[str, Kind] = {
    Organisation.Kind.GROUP: Kind.GROUP_MEMBER,
    Organisation.Kind.COOPERATIVE: Kind.COOPERATIVE_MEMBER,
    Organisation.Kind.FARMER_GROUP: Kind.COOPERATIVE_MEMBER,
    Organisation.Kind.NATIONAL: Kind.HUB_PACKER,
    Organisation.Kind.REGIONAL: Kind.HUB_PACKER,
    Organisation.Kind.PROVINCIAL: Kind.HUB_PACKER,
}


@access.kinds_source
def kinds(user: Any) -> set[Kind]:
    """The kinds of visitor that follow from a person's memberships."""
    found: set[Kind] = set()
    for kind, role in Membership.objects.filter(user=user).values_list("organisation__kind", "role"):
        if kind == Organisation.Kind.OFFICE:
            found.add(Kind.EDITOR if role == Role.EDITOR else Kind.OFFICER)
        else:
            found.add(_KIND_OF[kind])
    return found


def visible_to(user: Any) -> QuerySet[Organisation]:
    """Organisations at or below those the person belongs to: one query, a prefix of the path.

    Officers see their office's province (all of them, when the office is national). Administrators see everything.
    """
    if not user.is_authenticated:
        return Organisation.objects.none()
    if user.is_superuser:
        return Organisation.objects.all()
    seen = Q(pk__in=[])
    rows = Membership.objects.filter(user=user).values_list(
        "organisation__path", "organisation__kind", "organisation__province_id"
    )
    for path, kind, province in rows:
        if kind == Organisation.Kind.OFFICE:
            seen |= Q(path=path) | (Q(province_id=province) if province else Q(pk__isnull=False))
        else:
            seen |= Q(path__startswith=path)
    return Organisation.objects.filter(seen)


def workspaces_of(user: Any) -> QuerySet[Organisation]:
    """The organisations in whose name the person may work: own ones and those that granted `act_for`."""
    if not user.is_authenticated:
        return Organisation.objects.none()
    own = Membership.objects.filter(user=user, organisation=OuterRef("pk"))
    granted = Grant.objects.filter(
        giver=OuterRef("pk"),
        right=Grant.Right.ACT_FOR,
        revoked_at=None,
        taker__memberships__user=user,
    )
    return (
        Organisation.objects.filter(Exists(own) | Exists(granted))
        .exclude(kind=Organisation.Kind.OFFICE)
        .order_by("sort_name", "pk")
    )


def workspace_or_404(user: Any, slug: str) -> Organisation:
    """The one door to a workspace: fetching and permission are one call; not yours looks like not there."""
    organisation = workspaces_of(user).filter(slug=slug).first()
    if organisation is None:
        raise Http404("no such workspace")
    return organisation


def has_role(user: Any, organisation: Organisation, *roles: str) -> bool:
    """True when the person holds one of `roles` (manager counts as any) in the organisation or in one it granted."""
    wanted = {*roles, Role.MANAGER}
    if Membership.objects.filter(user=user, organisation=organisation, role__in=wanted).exists():
        return True
    return Grant.objects.filter(
        giver=organisation,
        right=Grant.Right.ACT_FOR,
        revoked_at=None,
        taker__memberships__user=user,
        taker__memberships__role__in=wanted,
    ).exists()
