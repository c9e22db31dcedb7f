"""Two managers who remove each other at the same moment: one stays, whoever is first. And a tree that moves while it grows."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from tests.market import Market, make_user
from vendors import errors
from vendors.models import Invitation, Membership, Organisation, Province, Region
from vendors.services import (
    accept_invitation,
    add_member,
    create_organisation,
    invite,
    move_province,
    people,
    renew_secret,
    take_role,
)

pytestmark = pytest.mark.race
Role = Membership.Role


def _two_managers(market: Market) -> list[tuple[Membership, Any]]:
    """(whose role goes, who takes it): each takes the other's."""
    north, first, second = market.groups["north"], market.people["north"], make_user("second")
    own = Membership.objects.get(organisation=north, user=first)
    other = add_member(organisation=north, user=second, role=Role.MANAGER)
    return [(other, first), (own, second)]


def _managers(market: Market) -> int:
    return Membership.objects.filter(organisation=market.groups["north"], role=Role.MANAGER).count()


def _met(lock: Callable[[int], Organisation], gate: threading.Barrier) -> Callable[[int], Organisation]:
    """Both stand at the lock before either takes it; `remove_member` inside asks for it again and waits no more."""
    seen = threading.local()

    def wait_and_lock(pk: int) -> Organisation:
        if not getattr(seen, "been", False):
            seen.been = True
            gate.wait(30)
        return lock(pk)

    return wait_and_lock


def test_of_two_managers_who_remove_each_other_one_stays(
    race_market: Market, at_once: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    pairs = _two_managers(race_market)
    monkeypatch.setattr(people, "lock_organisation", _met(people.lock_organisation, threading.Barrier(2)))
    results = at_once(lambda pair: take_role(membership=pair[0], by=pair[1]), pairs, threads=2)
    refused = [one for one in results if isinstance(one, Exception)]
    assert [type(one) for one in refused] == [errors.NotYours], "who was removed takes nothing any more"
    assert _managers(race_market) == 1


def test_without_the_lock_both_would_be_gone(
    race_market: Market, at_once: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: the same meeting behind the checks, and nothing that makes one wait for the other."""
    pairs = _two_managers(race_market)
    gate = threading.Barrier(2)
    monkeypatch.setattr(people, "lock_organisation", lambda pk: Organisation.objects.get(pk=pk))
    note = people.history.record

    def met(**facts: Any) -> None:
        note(**facts)
        gate.wait(30)  # both have asked, both have deleted, neither has committed

    monkeypatch.setattr(people.history, "record", met)
    results = at_once(lambda pair: take_role(membership=pair[0], by=pair[1]), pairs, threads=2)
    assert [one for one in results if isinstance(one, Exception)] == []
    assert _managers(race_market) == 0


def test_one_letter_opened_in_many_tabs_makes_one_member(
    race_market: Market, at_once: Callable[..., list[Any]]
) -> None:
    north, person = race_market.groups["north"], make_user("wanida")
    made = invite(organisation=north, email=person.email, role=Role.PACKER, by=race_market.people["north"])
    renewed = renew_secret(invitation_id=made.pk)
    assert renewed is not None
    results = at_once(lambda _tab: accept_invitation(secret=renewed[1], user=person), range(8), threads=8)
    assert [one for one in results if isinstance(one, Exception)] == []
    assert {one.pk for one in results} == {Membership.objects.get(user=person).pk}
    assert Invitation.objects.filter(accepted_by=person).count() == 1


def test_a_province_moves_while_groups_come_into_it(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    cooperative = race_market.groups["north"].get_parent()
    province = Province.objects.get(pk="TH-50")
    regions = [Region.objects.get(pk=code) for code in ("south", "central", "north", "south")]

    def act(item: Region | int) -> Any:
        if isinstance(item, Region):
            return move_province(province=province, region=item)
        return create_organisation(kind=Organisation.Kind.GROUP, parent=cooperative, name_th=f"กลุ่ม {item}").pk

    items = [part for number in range(4) for part in (number * 3, regions[number], number * 3 + 1, number * 3 + 2)]
    results = at_once(act, items, threads=8)
    assert [one for one in results if isinstance(one, Exception)] == []
    assert Organisation.find_problems() == ([], [], [], [], [])
    fresh = Organisation.objects.get(pk=cooperative.pk)
    assert Organisation.objects.filter(path__startswith=fresh.path, depth=fresh.depth + 1).count() == 13
