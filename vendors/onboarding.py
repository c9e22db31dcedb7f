"""Reading applications: whose they are, which groups are known already, and what waits for an officer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import DateTimeField, F, Q, QuerySet
from django.db.models.functions import Coalesce

from shop.common.thai import clean_text
from vendors.likeness import ALIKE, likeness
from vendors.models import GroupApplication, GroupRecord, Membership, Organisation
from vendors.policies import Right, reach, standing_of

Kind, State = Organisation.Kind, Organisation.State
WAITING = (State.APPLIED, State.IN_REVIEW)


@dataclass(frozen=True)
class Known:
    """A group that may be the one that applies. `is_same` keeps the application from being handed in."""

    group: Organisation
    parent: Organisation | None
    is_same: bool
    by_tax_id: bool = False

    @property
    def phone(self) -> str:
        """Whom to ask: a selling group's number is public; for others it is the cooperative's."""
        if self.group.is_selling and self.group.phone:
            return self.group.phone
        return self.parent.phone if self.parent else ""


def known_groups(
    *, name_th: str, parent: Organisation | None, tax_id: str = "", exclude: int | None = None
) -> list[Known]:
    """Groups of the same cooperative with the same or a like name, and any group with the same tax number; two queries.

    A closed group keeps nobody from beginning anew, but is shown.
    """
    found: list[tuple[float, Known]] = []
    siblings: QuerySet[Organisation] = Organisation.objects.none()
    if parent is not None:
        siblings = Organisation.objects.filter(
            kind=Kind.GROUP, depth=parent.depth + 1, path__startswith=parent.path
        ).exclude(pk=exclude)
    for group in siblings:
        alike = likeness(name_th, group.name_th)
        if alike >= ALIKE:
            found.append((alike, Known(group, parent, alike == 1.0 and group.state != State.CLOSED)))
    if tax_id:
        others = Organisation.objects.filter(kind=Kind.GROUP, tax_id=tax_id).exclude(pk=exclude)
        seen = {row.group.pk for _alike, row in found}
        same = [group for group in others if group.pk not in seen]
        above = {row.path: row for row in Organisation.objects.filter(path__in=[g.path[: -g.steplen] for g in same])}
        for group in same:
            above_it = above.get(group.path[: -group.steplen])
            found.append((1.0, Known(group, above_it, group.state != State.CLOSED, by_tax_id=True)))
    found.sort(key=lambda row: (-row[0], row[1].group.pk))
    return [row for _alike, row in found]


def cooperatives(*, province: str = "", text: str = "") -> QuerySet[Organisation]:
    """The register of cooperatives and farmer groups that still exist; `province` is a code such as TH-50."""
    rows = Organisation.objects.filter(kind__in=Organisation.PARENTS, state=State.APPROVED)
    if province:
        rows = rows.filter(province_id=province)
    for word in clean_text(text)[:80].split():
        rows = rows.filter(Q(name_th__icontains=word) | Q(name_en__icontains=word))
    return rows.select_related("province").order_by("sort_name", "pk")


def applications_of(user: Any) -> QuerySet[GroupApplication]:
    """What the person began or may go on with: own ones, those for a cooperative they serve, those of groups they manage."""
    parents, groups = set(), set()
    for post in standing_of(user).posts:
        if post.kind in Organisation.PARENTS and post.role in (Membership.Role.MANAGER, Membership.Role.EDITOR):
            parents.add(post.organisation_id)
        if post.kind == Kind.GROUP and post.role == Membership.Role.MANAGER:
            groups.add(post.organisation_id)
    mine = Q(applicant_id=user.pk, organisation=None) | Q(organisation_id__in=groups)
    rows = GroupApplication.objects.filter(mine | Q(for_cooperative=True, parent_id__in=parents))
    return rows.select_related("parent__province", "organisation").order_by("-pk")


def own_cooperatives(user: Any) -> list[Organisation]:
    """Cooperatives for which the person may apply for a new group."""
    rows = reach(user, Right.LIST).filter(kind__in=Organisation.PARENTS, state=State.APPROVED)
    return list(rows.select_related("province").order_by("sort_name", "pk")[:50])


def reviewable(user: Any) -> QuerySet[Organisation]:
    """Every group about which the person may decide."""
    return reach(user, Right.REVIEW).filter(kind=Kind.GROUP)


def queue(user: Any, *, state: str = "", text: str = "") -> QuerySet[Organisation]:
    """Groups of the officer's province, the longest waiting first; without a state those that wait for a decision."""
    rows = reviewable(user)
    rows = rows.filter(state=state) if state else rows.filter(state__in=WAITING)
    words = clean_text(text)[:80]
    if words:
        rows = rows.filter(Q(name_th__icontains=words) | Q(name_en__icontains=words))
    since = Coalesce(F("record__handed_in_at"), F("created_at"), output_field=DateTimeField())
    rows = rows.annotate(waits_since=since).select_related("province", "record__reviewer")
    return rows.order_by("waits_since", "pk")


def waiting_for(user: Any) -> QuerySet[Organisation]:
    """The groups that wait for this officer."""
    return reviewable(user).filter(state__in=WAITING)


def record_of(group: Organisation) -> GroupRecord | None:
    """The department's record of a group, if there is one yet."""
    return GroupRecord.objects.select_related("reviewer").filter(organisation=group).first()


@dataclass(frozen=True)
class GroupFile:
    """What is kept beside a group: who stands above it, the department's record, the application it came with."""

    parent: Organisation | None
    record: GroupRecord | None
    application: GroupApplication | None


def file_of(group: Organisation) -> GroupFile:
    """All of it in one query."""
    above = group.path[: -group.steplen]
    rows = Organisation.objects.filter(path__in=[above, group.path]).select_related("record__reviewer", "application")
    found = {row.path: row for row in rows}
    own = found[group.path]
    return GroupFile(found.get(above), getattr(own, "record", None), getattr(own, "application", None))


def parents_of(groups: list[Organisation]) -> dict[int, Organisation]:
    """The organisation right above each of them, by the group's key; one query."""
    paths = {group.path[: -group.steplen] for group in groups}
    above = {row.path: row for row in Organisation.objects.filter(path__in=paths)}
    return {group.pk: above[path] for group in groups if (path := group.path[: -group.steplen]) in above}
