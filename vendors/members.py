"""Reading the people of an organisation: who serves as what, who is asked to, who may act for whom, and who did what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from wagtail.models import ModelLogEntry

from shop.common import clock
from shop.common.thai import clean_text
from vendors import history
from vendors.models import Grant, Invitation, Membership, Organisation

Role = Membership.Role


@dataclass
class Member:
    """A person of an organisation with every role there."""

    user: Any
    roles: list[Membership] = field(default_factory=list)


def people_of(organisation: Organisation) -> QuerySet[Any]:
    """The people of an organisation by name, each once."""
    people = get_user_model().objects.filter(memberships__organisation=organisation).distinct()
    return people.order_by("display_name", "pk")


def with_roles(organisation: Organisation, people: Iterable[Any]) -> list[Member]:
    """The same people with their roles; one query."""
    members = {user.pk: Member(user) for user in people}
    rows = Membership.objects.filter(organisation=organisation, user_id__in=members)
    for row in sorted(rows, key=lambda row: (Role.values.index(row.role), row.pk)):
        members[row.user_id].roles.append(row)
    return list(members.values())


def managers_count(organisation: Organisation) -> int:
    """How many people manage an organisation."""
    return Membership.objects.filter(organisation=organisation, role=Role.MANAGER).count()


def open_invitations(organisation: Organisation) -> QuerySet[Invitation]:
    """Those that wait for an answer, expired ones with them: they can be sent again."""
    rows = Invitation.objects.filter(organisation=organisation, accepted_at=None, withdrawn_at=None)
    return rows.select_related("invited_by").order_by("-asked_at", "-pk")


def department_people(text: str = "") -> QuerySet[Membership]:
    """Everybody who serves an office of the department, by office; `text` is part of a name, an e-mail or an office."""
    rows = Membership.objects.filter(organisation__kind=Organisation.Kind.OFFICE)
    words = clean_text(text)[:80]
    if words:
        who = Q(user__display_name__icontains=words) | Q(user__email__icontains=words)
        rows = rows.filter(who | Q(organisation__name_th__icontains=words) | Q(organisation__name_en__icontains=words))
    rows = rows.select_related("user", "organisation", "organisation__province")
    return rows.order_by("organisation__depth", "organisation__sort_name", "user__display_name", "pk")


def department_invitations() -> QuerySet[Invitation]:
    """Open invitations of all offices."""
    rows = Invitation.objects.filter(organisation__kind=Organisation.Kind.OFFICE, accepted_at=None, withdrawn_at=None)
    return rows.select_related("organisation", "invited_by").order_by("-asked_at", "-pk")


def offices() -> QuerySet[Organisation]:
    """The department and its offices, in Thai order."""
    rows = Organisation.objects.filter(kind=Organisation.Kind.OFFICE)
    return rows.select_related("province").order_by("depth", "sort_name", "pk")


def grants_given(giver: Organisation) -> dict[int, Grant]:
    """The open grants of an organisation by the key of who may act."""
    rows = Grant.objects.filter(giver=giver, right=Grant.Right.ACT_FOR, revoked_at=None).select_related("created_by")
    return {row.taker_id: row for row in rows}


def grants_taken(taker: Organisation) -> QuerySet[Grant]:
    """For whom an organisation may act now, in Thai order."""
    rows = Grant.objects.filter(taker=taker, right=Grant.Right.ACT_FOR, revoked_at=None)
    return rows.select_related("giver", "giver__province").order_by("giver__sort_name", "pk")


@dataclass(frozen=True)
class Deed:
    """One line of the history: what, about whom, by whom, when, and in whose place."""

    words: str
    what: str
    about: str
    at: Any
    by: str
    through: dict[str, str] | None


def deeds(entries: Iterable[ModelLogEntry]) -> list[Deed]:
    """Entries of the history in words; names are read now, so that who left is named no more. At most three queries."""
    rows = list(entries)
    names = _names(rows)
    return [
        Deed(
            words=history.words_of(row),
            what=str(row.data.get("what", "")),
            about=" · ".join(filter(None, _about(row.data, names))),
            at=row.timestamp,
            by=(row.user.get_full_name() or row.user.email if row.user.is_active else "–") if row.user else "",
            through=row.data.get("through"),
        )
        for row in rows
    ]


def _about(data: dict[str, Any], names: dict[tuple[str, int], str]) -> list[str]:
    told = [names.get((kind, data[kind]), "–") for kind in ("person", "invitation", "other") if kind in data]
    return [*told, str(Role(data["role"]).label) if data.get("role") in Role.values else ""]


def _names(rows: list[ModelLogEntry]) -> dict[tuple[str, int], str]:
    wanted: dict[str, set[int]] = {"person": set(), "invitation": set(), "other": set()}
    for row in rows:
        for kind, keys in wanted.items():
            if kind in row.data:
                keys.add(row.data[kind])
    found: dict[tuple[str, int], str] = {}
    if wanted["person"]:
        for user in get_user_model().objects.filter(pk__in=wanted["person"], is_active=True):
            found["person", user.pk] = user.get_full_name() or user.email
    if wanted["invitation"]:
        addresses = Invitation.objects.filter(pk__in=wanted["invitation"]).values_list("pk", "email")
        found |= {("invitation", pk): email for pk, email in addresses}
    if wanted["other"]:
        others = Organisation.objects.filter(pk__in=wanted["other"]).values_list("pk", "name_th")
        found |= {("other", pk): name for pk, name in others}
    return found


def is_over(invitation: Invitation) -> bool:
    """Its days are over, though nobody withdrew it."""
    return invitation.expires_at <= clock.now()


def invitation_of(secret_hash: str) -> Invitation | None:
    """The invitation whose letter holds this secret, whatever became of it."""
    rows = Invitation.objects.filter(secret_hash=secret_hash) if secret_hash else Invitation.objects.none()
    return rows.select_related("organisation", "organisation__province", "invited_by").first()
