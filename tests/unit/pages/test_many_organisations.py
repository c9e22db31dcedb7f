"""The workspace with 60 and with 6,000 organisations below: the same number of queries, whatever stands in the tree."""

from __future__ import annotations

from typing import Any

import pytest

from tests.crowd import grant_all, grow_tree
from tests.market import Market, make_user, signed_in
from tests.unit.pages.test_query_budgets import count, read
from vendors import history
from vendors.models import Membership, Organisation
from vendors.services import add_member, invite

pytestmark = pytest.mark.django_db
Kind, Role = Organisation.Kind, Membership.Role
WORKSPACE = {
    "/workspace/": 8,
    "/workspace/?q=กลุ่ม": 8,
    "/workspace/national/": 10,
    "/workspace/national/?q=กลุ่ม&kind=group&page=2": 10,
    "/workspace/national/people/": 12,
    "/workspace/national/history/": 12,
    "/workspace/north/grants/": 9,
    "/workspace/national/below/north/": 14,
    "/workspace/national/below/chiang-mai/": 14,
}
OFFICE = {"/office/": 9, "/office/people/": 9, "/office/regions/": 6, "/office/regions/TH-50/": 7}


@pytest.fixture
def treasurer(market: Market) -> Any:
    """Somebody of the national network and of a regional one that many groups let act for them."""
    user = make_user("treasurer")
    add_member(organisation=Organisation.objects.get(kind=Kind.NATIONAL), user=user, role=Role.MANAGER)
    add_member(organisation=Organisation.objects.get(slug="north"), user=user, role=Role.MANAGER)
    return user


def costs(user: Any, administrator: Any) -> dict[str, int]:
    found = {path: count(read(signed_in(user), path)) for path in WORKSPACE}
    return found | {path: count(read(signed_in(administrator), path)) for path in OFFICE}


def add_people(number: int, by: Any) -> None:
    """Members with two roles, invitations, officers, and what they did."""
    national = Organisation.objects.get(kind=Kind.NATIONAL)
    office = Organisation.objects.get(kind=Kind.OFFICE, province=None)
    for position in range(number):
        person = make_user(f"person-{national.memberships.count()}")
        for role in (Role.PACKER, Role.EDITOR):
            add_member(organisation=national, user=person, role=role, by=by)
        add_member(organisation=office, user=person, role=Role.OFFICER)
        invite(organisation=national, email=f"{person.pk}@example.test", role=Role.PACKER, by=by)
        history.record(organisation=national, act="grant_to_us.given", by=person, other=office.pk, what=str(position))


def test_sixty_and_six_thousand_cost_the_same(market: Market, treasurer: Any) -> None:
    regional, administrator = Organisation.objects.get(slug="north"), market.people["administrator"]
    add_people(2, treasurer)
    grant_all(grow_tree(60), regional)
    costs(treasurer, administrator)  # content types are kept by the process from the first pages on
    few = costs(treasurer, administrator)
    add_people(12, treasurer)
    grant_all(grow_tree(5_940), regional)
    assert Organisation.objects.count() > 6_000
    many = costs(treasurer, administrator)
    assert many == few
    most = WORKSPACE | OFFICE
    assert {path: number for path, number in many.items() if number > most[path]} == {}
