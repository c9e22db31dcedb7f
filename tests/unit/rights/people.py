"""The lines of the rights table about people: who serves an organisation, who is invited, who may act for whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from shop.common.access import Kind
from tests.unit.rights.entries import ADMINISTRATOR, Entry, Filled, only, others_workspaces, own_workspace, same
from tests.unit.rights.world import World


def _managed(world: World, kind: Kind) -> Filled | None:
    """The own workspace of those who manage it; the hub's packer manages nothing."""
    return None if kind is Kind.HUB_PACKER else own_workspace(world, kind)


def _not_of_own_people(world: World, kind: Kind) -> list[Filled]:
    """Other people's workspaces, and that of a group that one may act for: its people are its own."""
    north = {"workspace": world.market.groups["north"].slug}
    return [*others_workspaces(world, kind), *([] if kind is Kind.GROUP_MEMBER else [north])]


def _not_managed(world: World, kind: Kind) -> list[Filled]:
    own = own_workspace(world, kind)
    return [*_not_of_own_people(world, kind), *([own] if own is not None and kind is Kind.HUB_PACKER else [])]


def _membership(world: World, name: str) -> int:
    return int(world.market.people[name].memberships.get().pk)


def _own_membership(world: World, kind: Kind) -> Filled | None:
    own = world.workspace(kind)
    return {"workspace": own.slug, "pk": world.user(kind).memberships.get().pk} if own else None


def _own_people(world: World, kind: Kind) -> Filled | None:
    return None if kind is Kind.HUB_PACKER else _own_membership(world, kind)


def _other_memberships(world: World, kind: Kind) -> list[Filled]:
    """Members of others, named in their workspace and in the own one; for helpers those of the group they act for."""
    own, isan = world.workspace(kind), world.market.groups["isan"]
    slugs = [isan.slug, *([own.slug] if own else [])]
    found: list[Filled] = [{"workspace": slug, "pk": _membership(world, "isan")} for slug in slugs]
    if kind is not Kind.GROUP_MEMBER:
        found.append({"workspace": world.market.groups["north"].slug, "pk": _membership(world, "north")})
    return found


def _invitation_of(world: World) -> int:
    return world.invitation.pk if world.invitation else 0


def _own_invitation(world: World, kind: Kind) -> Filled | None:
    north = world.market.groups["north"].slug
    return {"workspace": north, "pk": _invitation_of(world)} if kind is Kind.GROUP_MEMBER else None


def _other_invitations(world: World, kind: Kind) -> list[Filled]:
    own, office = world.workspace(kind), world.office_invitation
    north = world.market.groups["north"]
    found: list[Filled] = [{"workspace": own.slug if own else north.slug, "pk": office.pk if office else 0}]
    if kind is not Kind.GROUP_MEMBER:
        found += [
            {"workspace": slug, "pk": _invitation_of(world)} for slug in {north.slug, own.slug if own else ""} - {""}
        ]
    return found


def _own_grant(world: World, kind: Kind) -> Filled | None:
    north = world.market.groups["north"]
    return {"workspace": north.slug, "taker": north.get_parent().slug} if kind is Kind.GROUP_MEMBER else None


def _other_grants(world: World, kind: Kind) -> list[Filled]:
    """To somebody who does not stand above; of a group that is not one's own; of an organisation that is no group."""
    north, isan, own = world.market.groups["north"], world.market.groups["isan"], world.workspace(kind)
    found: list[Filled] = [{"workspace": isan.slug, "taker": isan.get_parent().slug}]
    if own is not None:
        found.append({"workspace": own.slug, "taker": isan.get_parent().slug})
    if kind is not Kind.GROUP_MEMBER:
        found.append({"workspace": north.slug, "taker": north.get_parent().slug})
    return found


def _administrators_own(**filled: Callable[[World], Any]) -> Callable[[World, Kind], Filled | None]:
    return lambda world, kind: same(**filled)(world, kind) if kind is ADMINISTRATOR else None


def _for_no_officer(**filled: Callable[[World], Any]) -> Callable[[World, Kind], list[Filled]]:
    """An officer of a province names no people."""
    return lambda world, kind: [same(**filled)(world, kind)] if kind is Kind.OFFICER else []


def _office_person(world: World) -> int:
    return _membership(world, "officer")


def _members_of_groups(world: World, kind: Kind) -> list[Filled]:
    """People of the networks are not the office's to move."""
    officer = [{"pk": _office_person(world)}] if kind is Kind.OFFICER else []
    return [*officer, {"pk": _membership(world, "north")}]


def _office_acts(world: World, kind: Kind) -> list[Filled]:
    office = world.office_invitation.pk if world.office_invitation else 0
    officer = [{"pk": office, "act": "again"}] if kind is Kind.OFFICER else []
    return [*officer, {"pk": office, "act": "destroy"}, {"pk": _invitation_of(world), "act": "withdraw"}]


PEOPLE: dict[str, Entry] = {
    "workspace:invitation": Entry(
        own=same(secret=lambda world: world.secret), hidden=only(lambda world: {"secret": "not-a-secret-of-ours"})
    ),
    "workspace:people": Entry(own=own_workspace, foreign=_not_of_own_people),
    "workspace:invite": Entry(own=_managed, foreign=_not_managed, data={"email": "new@example.test", "role": "packer"}),
    "workspace:give-role": Entry(own=_own_people, foreign=_other_memberships, data={"role": "packer"}),
    "workspace:take-role": Entry(own=_own_membership, foreign=_other_memberships),
    "workspace:invite-again": Entry(own=_own_invitation, foreign=_other_invitations),
    "workspace:invite-withdraw": Entry(own=_own_invitation, foreign=_other_invitations),
    "workspace:grants": Entry(own=own_workspace, foreign=_not_of_own_people),
    "workspace:grant": Entry(own=_own_grant, foreign=_other_grants, data={"allowed": "no"}),
    "workspace:history": Entry(own=own_workspace, foreign=others_workspaces),
    "office_people:people": Entry(own=_administrators_own(), foreign=_for_no_officer()),
    "office_people:invite": Entry(own=_administrators_own(), foreign=_for_no_officer()),
    "office_people:person": Entry(own=_administrators_own(pk=_office_person), foreign=_members_of_groups),
    "office_people:move": Entry(own=_administrators_own(pk=_office_person), foreign=_members_of_groups),
    "office_people:remove": Entry(own=_administrators_own(pk=_office_person), foreign=_members_of_groups),
    "office_people:invitation": Entry(
        own=_administrators_own(
            pk=lambda world: world.office_invitation.pk if world.office_invitation else 0, act=lambda world: "withdraw"
        ),
        foreign=_office_acts,
    ),
    "office_people:regions": Entry(),
    "office_people:region-of": Entry(
        own=same(code=lambda world: "TH-50"), hidden=only(lambda world: {"code": "TH-99"}), data={"region": "south"}
    ),
}
