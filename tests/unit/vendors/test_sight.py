"""Sight follows the tree: one's own organisation and all below it, never a neighbour, never upwards."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.market import make_user
from vendors.models import Membership, Organisation, Province, Region
from vendors.policies import Right, acts_through, forget_standing, may, reach, workspaces_of
from vendors.selectors import groups_below
from vendors.services import add_member, create_organisation, give_grant, move_province, revoke_grant

pytestmark = pytest.mark.django_db
Kind, Role = Organisation.Kind, Membership.Role
PROVINCES = ("TH-50", "TH-51", "TH-40", "TH-93")
_shape = st.lists(
    st.tuples(st.integers(0, len(PROVINCES) - 1), st.integers(0, 3), st.booleans()), min_size=1, max_size=6
)
"""Cooperatives: (in which province, with how many groups, is it a farmer group)."""


class Tree:
    """A random part of the network with the naive truth beside it: who was put below whom."""

    def __init__(self, shape: list[tuple[int, int, bool]]) -> None:
        self.above: dict[int, int | None] = {}
        self.made: list[Organisation] = []
        self.networks = list(Organisation.objects.filter(kind__in=Organisation.NETWORKS))
        by_place = {(row.kind, row.province_id or row.region_id): row for row in self.networks}
        national = by_place[(Kind.NATIONAL, None)]
        for row in self.networks:
            home = Province.objects.get(pk=row.province_id).region_id if row.province_id else None
            upper = {Kind.NATIONAL: None, Kind.REGIONAL: national, Kind.PROVINCIAL: by_place.get((Kind.REGIONAL, home))}
            self.above[row.pk] = upper[row.kind].pk if upper[row.kind] else None
        for number, (place, groups, farmers) in enumerate(shape):
            network = by_place[(Kind.PROVINCIAL, PROVINCES[place])]
            kind = Kind.FARMER_GROUP if farmers else Kind.COOPERATIVE
            cooperative = self._put(kind, network, f"สหกรณ์ {number}")
            for group in range(groups):
                self._put(Kind.GROUP, cooperative, f"กลุ่ม {number} {group}")

    def _put(self, kind: str, parent: Organisation, name: str) -> Organisation:
        made = create_organisation(kind=kind, parent=parent, name_th=name)
        self.above[made.pk] = parent.pk
        self.made.append(made)
        return made

    def below(self, pk: int) -> set[int]:
        """An organisation and all below it, by walking upwards from each: no path is looked at."""
        found = set()
        for entry in self.above:
            step: int | None = entry
            while step is not None and step != pk:
                step = self.above[step]
            if step == pk:
                found.add(entry)
        return found


def _seen(user: Any) -> set[int]:
    """What the person sees on the next request; the list and the question about one agree."""
    forget_standing(user)
    found = set(reach(user, Right.SEE).values_list("pk", flat=True))
    assert {row.pk for row in Organisation.objects.all() if may(user, Right.SEE, row)} == found
    return found


def _works_for(user: Any) -> set[int]:
    forget_standing(user)
    return set(workspaces_of(user).values_list("pk", flat=True))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(shape=_shape, data=st.data())
def test_a_member_sees_own_and_below_in_any_tree(shape: list[tuple[int, int, bool]], data: st.DataObject) -> None:
    with transaction.atomic():
        tree = Tree(shape)
        places = [*tree.made, *tree.networks]
        chosen = data.draw(st.lists(st.sampled_from(places), min_size=0, max_size=3, unique_by=lambda row: row.pk))
        user = make_user("seer")
        for organisation in chosen:
            add_member(organisation=organisation, user=user, role=Role.EDITOR)
        wanted = set().union(*(tree.below(organisation.pk) for organisation in chosen))
        assert _seen(user) == wanted
        assert _works_for(user) == {organisation.pk for organisation in chosen}
        for organisation in chosen:
            approved = set(
                Organisation.objects.filter(
                    pk__in=tree.below(organisation.pk), kind=Kind.GROUP, state="approved"
                ).values_list("pk", flat=True)
            )
            assert set(groups_below(organisation).values_list("pk", flat=True)) == approved
        transaction.set_rollback(True)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(shape=_shape, target=st.sampled_from(["north", "northeast", "central", "south"]))
def test_a_moved_province_takes_its_sight_along(shape: list[tuple[int, int, bool]], target: str) -> None:
    with transaction.atomic():
        tree = Tree(shape)
        province = Province.objects.get(pk="TH-50")
        region = Region.objects.get(pk=target)
        regional = Organisation.objects.get(kind=Kind.REGIONAL, region=region)
        network = Organisation.objects.get(kind=Kind.PROVINCIAL, province=province)
        before = Organisation.objects.get(kind=Kind.REGIONAL, region=province.region)
        new, old = make_user("new"), make_user("old")
        add_member(organisation=regional, user=new, role=Role.PACKER)
        add_member(organisation=before, user=old, role=Role.PACKER)
        move_province(province=province, region=region)
        tree.above[network.pk] = regional.pk
        assert _seen(new) == tree.below(regional.pk)
        assert _seen(old) == tree.below(before.pk)
        transaction.set_rollback(True)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(shape=_shape.filter(lambda shape: any(groups for _place, groups, _farmers in shape)), data=st.data())
def test_only_grants_reach_across_and_only_while_they_hold(
    shape: list[tuple[int, int, bool]], data: st.DataObject
) -> None:
    with transaction.atomic():
        tree = Tree(shape)
        groups = [row for row in tree.made if row.kind == Kind.GROUP]
        giver = data.draw(st.sampled_from(groups))
        taker = data.draw(st.sampled_from([row for row in [*tree.made, *tree.networks] if row.pk != giver.pk]))
        role = data.draw(st.sampled_from([Role.MANAGER, Role.PACKER, Role.TREASURER, Role.EDITOR]))
        user = make_user("helper")
        add_member(organisation=taker, user=user, role=role)
        assert _works_for(user) == {taker.pk}
        grant = give_grant(giver=giver, taker=taker)
        assert _works_for(user) == {giver.pk, taker.pk}
        assert may(user, Right.PACK, giver) is (role in (Role.MANAGER, Role.PACKER))
        assert may(user, Right.LIST, giver) is (role in (Role.MANAGER, Role.EDITOR))
        assert not may(user, Right.MANAGE, giver)
        assert not may(user, Right.BOOKS, giver)
        assert _seen(user) == tree.below(taker.pk) | {giver.pk}
        assert acts_through(user, giver) == taker.pk
        revoke_grant(grant=grant)
        assert _works_for(user) == {taker.pk}
        assert _seen(user) == tree.below(taker.pk)
        assert not any(may(user, right, giver) for right in Right if right is not Right.SEE)
        assert acts_through(user, giver) is None
        transaction.set_rollback(True)


def test_officers_see_their_province_and_national_ones_all() -> None:
    tree = Tree([(0, 2, False), (2, 1, True)])
    offices = Organisation.objects.filter(kind=Kind.OFFICE)
    local, national = make_user("local"), make_user("national")
    office = offices.get(province_id="TH-50")
    add_member(organisation=office, user=local, role=Role.OFFICER)
    add_member(organisation=offices.get(province=None), user=national, role=Role.OFFICER)
    in_province = {row.pk for row in [*tree.made, *tree.networks] if row.province_id == "TH-50"}
    assert _seen(local) == in_province | {office.pk}
    assert _seen(national) == set(Organisation.objects.values_list("pk", flat=True))
    assert _works_for(local) == set()
    assert set(reach(local, Right.REVIEW).values_list("pk", flat=True)) == in_province | {office.pk}
    assert not reach(local, Right.MANAGE).exists()


def test_nobody_sees_nothing() -> None:
    Tree([(0, 1, False)])
    assert _seen(make_user("buyer")) == set()
    assert _seen(AnonymousUser()) == set()
    assert not workspaces_of(AnonymousUser()).exists()
