"""May I? One module that pages, menus, lists and the API ask; every right follows from the tree, read anew on each request.

A person's *posts* (memberships, and grants to the organisations they serve) are read once per request, in one query,
and kept on `request.user`; that object is a new one on every request, so a removal counts on the very next.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.http import Http404

from shop.common import access
from shop.common.access import Kind
from vendors import errors
from vendors.models import Certificate, GroupApplication, Membership, Organisation

Role = Membership.Role


class Right(enum.StrEnum):
    """What a person may do for an organisation."""

    SEE = "see"
    """Open its pages; holds for everything below one's own organisation, and for an office in its province."""
    LIST = "list"
    """Goods, certificates, lots, shop page, the group's record."""
    PACK = "pack"
    """Orders and parcels."""
    BOOKS = "books"
    """Money: payouts, documents, figures in baht."""
    MANAGE = "manage"
    """People and their roles, grants, the application, the bank account."""
    REVIEW = "review"
    """Decide about applications and certificates: officers, in their province."""


ALL_BUT_REVIEW = frozenset(Right) - {Right.REVIEW}
_BY_ROLE: dict[str, frozenset[Right]] = {
    Role.MANAGER: ALL_BUT_REVIEW,
    Role.EDITOR: frozenset({Right.SEE, Right.LIST}),
    Role.PACKER: frozenset({Right.SEE, Right.PACK}),
    Role.TREASURER: frozenset({Right.SEE, Right.BOOKS}),
}
_BY_GRANT = frozenset({Right.SEE, Right.LIST, Right.PACK})
"""What `act_for` passes on at most: never money and people."""
_BY_OFFICE: dict[str, frozenset[Right]] = {
    Role.MANAGER: frozenset({Right.SEE, Right.REVIEW}),
    Role.OFFICER: frozenset({Right.SEE, Right.REVIEW}),
    Role.EDITOR: frozenset({Right.SEE}),
}
"""An office manager's right over people is apart: see `_runs_offices`."""
_BY_ADMINISTRATION = frozenset({Right.SEE, Right.MANAGE, Right.REVIEW})
_KIND_OF: dict[str, Kind] = {
    Organisation.Kind.GROUP: Kind.GROUP_MEMBER,
    Organisation.Kind.COOPERATIVE: Kind.COOPERATIVE_MEMBER,
    Organisation.Kind.FARMER_GROUP: Kind.COOPERATIVE_MEMBER,
    Organisation.Kind.NATIONAL: Kind.HUB_PACKER,
    Organisation.Kind.REGIONAL: Kind.HUB_PACKER,
    Organisation.Kind.PROVINCIAL: Kind.HUB_PACKER,
}


@dataclass(frozen=True)
class Post:
    """One role of a person in one organisation."""

    organisation_id: int
    kind: str
    path: str
    province_id: str | None
    role: str

    @property
    def is_office(self) -> bool:
        return self.kind == Organisation.Kind.OFFICE


@dataclass(frozen=True)
class Granted:
    """An organisation that allows one the person serves to act for it."""

    organisation_id: int
    path: str
    through_id: int
    role: str


@dataclass(frozen=True)
class Standing:
    """Everything that decides what a person may do."""

    posts: tuple[Post, ...] = ()
    granted: tuple[Granted, ...] = ()
    is_administrator: bool = False


def standing_of(user: Any) -> Standing:
    """The posts of a person; one query, once for each `user` object (that is, once per request)."""
    if not user.is_authenticated or not user.is_active:
        return Standing()
    kept: Standing | None = user.__dict__.get("_market_standing")
    if kept is None:
        kept = _read(user)
        user.__dict__["_market_standing"] = kept
    return kept


def forget_standing(user: Any) -> None:
    """After a change of posts within one request."""
    user.__dict__.pop("_market_standing", None)


_POSTS = """
SELECT post.id, grants.id, grants.giver_id, giver.path,
    post.organisation_id, own.kind, own.path, own.province_id, post.role
FROM vendors_membership post JOIN vendors_organisation own ON own.id = post.organisation_id
LEFT JOIN vendors_grant grants
    ON grants.taker_id = own.id AND grants."right" = 'act_for' AND grants.revoked_at IS NULL
LEFT JOIN vendors_organisation giver ON giver.id = grants.giver_id
WHERE post.user_id = %s ORDER BY post.id, grants.id
"""
"""As SQL, for every page of every signed-in person asks it: making it out of objects took three times as long as the answer."""


def _read(user: Any) -> Standing:
    """Memberships with the grants to their organisations, in one query: a row for each pair, or one without a grant."""
    with connection.cursor() as cursor:
        cursor.execute(_POSTS, [user.pk])
        rows = cursor.fetchall()
    posts: dict[int, Post] = {}
    granted: list[tuple[int, Granted]] = []
    for key, grant, giver, path, *facts in rows:
        post = posts.setdefault(key, Post(*facts))
        if grant is not None and not post.is_office:
            granted.append((grant, Granted(giver, path, post.organisation_id, post.role)))
    granted.sort(key=lambda pair: pair[0])
    return Standing(tuple(posts.values()), tuple(one for _key, one in granted), bool(user.is_superuser))


@access.kinds_source
def kinds(user: Any) -> set[Kind]:
    """The kinds of visitor that follow from a person's memberships."""
    found: set[Kind] = set()
    for post in standing_of(user).posts:
        if post.is_office:
            found.add(Kind.EDITOR if post.role == Role.EDITOR else Kind.OFFICER)
        else:
            found.add(_KIND_OF[post.kind])
    return found


def may(user: Any, right: Right, organisation: Organisation) -> bool:
    """True when the person has `right` over `organisation`; costs no query of its own. What is closed lists nothing."""
    if right is Right.LIST and organisation.state == Organisation.State.CLOSED:
        return False
    standing = standing_of(user)
    if standing.is_administrator and right in _BY_ADMINISTRATION:
        return True
    if any(_post_gives(post, right, organisation) for post in standing.posts):
        return True
    return any(
        one.organisation_id == organisation.pk and right in _BY_GRANT & _BY_ROLE.get(one.role, frozenset())
        for one in standing.granted
    )


def _runs_offices(post: Post) -> bool:
    """A manager of the department itself names the people of all offices, and nobody of the networks."""
    return post.is_office and post.province_id is None and post.role == Role.MANAGER


def _post_gives(post: Post, right: Right, organisation: Organisation) -> bool:
    if right is Right.MANAGE and _runs_offices(post):
        return organisation.kind == Organisation.Kind.OFFICE
    if post.is_office:
        inside = post.organisation_id == organisation.pk or post.province_id in (None, organisation.province_id)
        return inside and right in _BY_OFFICE.get(post.role, frozenset())
    if post.organisation_id == organisation.pk:
        return right in _BY_ROLE.get(post.role, frozenset())
    return right is Right.SEE and organisation.path.startswith(post.path)


def reach(user: Any, right: Right) -> QuerySet[Organisation]:
    """The organisations over which the person has `right`: one query, a prefix of the path or a province."""
    standing = standing_of(user)
    if standing.is_administrator and right in _BY_ADMINISTRATION:
        return Organisation.objects.all()
    inside = Q(pk__in=[])
    for post in standing.posts:
        if right is Right.MANAGE and _runs_offices(post):
            inside |= Q(kind=Organisation.Kind.OFFICE)
        elif post.is_office:
            if right in _BY_OFFICE.get(post.role, frozenset()):
                everything = Q(pk__isnull=False) if post.province_id is None else Q(province_id=post.province_id)
                inside |= Q(pk=post.organisation_id) | everything
        elif right is Right.SEE:
            inside |= Q(path__startswith=post.path)
        elif right in _BY_ROLE.get(post.role, frozenset()):
            inside |= Q(pk=post.organisation_id)
    for one in standing.granted:
        if right in _BY_GRANT & _BY_ROLE.get(one.role, frozenset()):
            inside |= Q(pk=one.organisation_id)
    found = Organisation.objects.filter(inside)
    return found.exclude(state=Organisation.State.CLOSED) if right is Right.LIST else found


def organisation_or_404(user: Any, right: Right, slug: str) -> Organisation:
    """The one door to an organisation: fetching and permission are one call; not yours looks like not there."""
    organisation = Organisation.objects.select_related("province", "picture").filter(slug=slug).first()
    if organisation is None or not may(user, right, organisation):
        raise Http404("no such organisation")
    return organisation


def certificate_or_404(user: Any, right: Right, code: str, *, holder: Organisation | None = None) -> Certificate:
    """The one door to a certificate: its holder's people (LIST) and officers (REVIEW); others' look like not there."""
    rows = Certificate.objects.select_related("scheme", "holder__province", "evidence", "verified_by")
    if holder is not None:
        rows = rows.filter(holder=holder)
    certificate = rows.filter(code=code).first()
    if certificate is None or not may(user, right, certificate.holder):
        raise Http404("no such certificate")
    if right is Right.REVIEW and certificate.handed_in_at is None and certificate.state in _UNSEEN:
        raise Http404("not handed in yet")
    return certificate


_UNSEEN = frozenset({Certificate.State.DRAFT, Certificate.State.WITHDRAWN})
"""What was never handed in is nobody's business but the group's."""


def require(user: Any, right: Right, organisation: Organisation) -> None:
    """For services that decide: reads the posts anew inside the transaction. Raises NotYours.

    An officer who was moved while the page lay open decides nothing any more.
    """
    forget_standing(user)
    if not may(user, right, organisation):
        raise errors.NotYours


def runs_offices(user: Any) -> bool:
    """May the person name and move the people of the department's offices? No query of its own."""
    standing = standing_of(user)
    return standing.is_administrator or any(_runs_offices(post) for post in standing.posts)


def require_administrator(user: Any) -> None:
    """For services that only an administrator decides. Raises NotYours."""
    forget_standing(user)
    if not standing_of(user).is_administrator:
        raise errors.NotYours


def acts_through(user: Any, organisation: Organisation) -> int | None:
    """The organisation (key) in whose place a person acts for another; None for one's own members and everybody else."""
    standing = standing_of(user)
    if any(post.organisation_id == organisation.pk for post in standing.posts):
        return None
    return next((one.through_id for one in standing.granted if one.organisation_id == organisation.pk), None)


def workspace_keys(user: Any) -> set[int]:
    """The keys of the organisations in whose name the person may work; no query of its own."""
    standing = standing_of(user)
    own = {post.organisation_id for post in standing.posts if not post.is_office}
    return own | {one.organisation_id for one in standing.granted}


def workspaces_of(user: Any) -> QuerySet[Organisation]:
    """The organisations in whose name the person may work: own ones and those that granted `act_for`."""
    return Organisation.objects.filter(pk__in=workspace_keys(user)).order_by("sort_name", "pk")


def workspace_or_404(user: Any, slug: str) -> Organisation:
    """The one door to a workspace: own organisations and those that granted `act_for`; others look like not there."""
    organisation = workspaces_of(user).select_related("province").filter(slug=slug).first()
    if organisation is None:
        raise Http404("no such workspace")
    return organisation


def below_or_404(user: Any, organisation: Organisation, slug: str) -> Organisation:
    """An organisation below one that the person serves; what stands elsewhere looks like not there."""
    below = reach(user, Right.SEE).filter(path__startswith=organisation.path).exclude(pk=organisation.pk)
    found = below.select_related("province").filter(slug=slug).first()
    if found is None or acts_through(user, organisation) is not None:
        raise Http404("nothing below of this name")
    return found


def application_or_404(user: Any, code: str) -> GroupApplication:
    """The one door to an application: who began it, until there is a group; then those who manage the group.

    One that a cooperative began stays open to its managers and editors.
    """
    rows = GroupApplication.objects.select_related("parent__province", "organisation", "applicant")
    application = rows.filter(code=code).first()
    if application is None or not _opens(user, application):
        raise Http404("no such application")
    return application


def _opens(user: Any, application: GroupApplication) -> bool:
    parent, group = application.parent, application.organisation
    if application.for_cooperative and parent is not None and may(user, Right.LIST, parent):
        return True
    if group is not None:
        return may(user, Right.MANAGE, group)
    return application.applicant_id == user.pk
