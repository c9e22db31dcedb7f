"""Two officers decide about one group at once, and two people hand in one group at once: the first counts, the other is told."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from shop.common.errors import MarketError
from shop.common.models import OutboxMessage
from tests.applying import NAME
from tests.market import Market, make_user
from vendors import errors, history
from vendors.models import Attestation, GroupApplication, Membership, Organisation
from vendors.services import add_member, applications, organisations, reviews

pytestmark = pytest.mark.race
State = Organisation.State


def applied(market: Market) -> Organisation:
    return organisations.create_organisation(
        kind=Organisation.Kind.GROUP, parent=market.groups["north"].get_parent(), name_th=NAME
    )


def officers(market: Market, number: int) -> list[Any]:
    office = Organisation.objects.get(kind=Organisation.Kind.OFFICE, province_id="TH-50")
    people = [make_user(f"officer{each}") for each in range(number)]
    for person in people:
        add_member(organisation=office, user=person, role=Membership.Role.OFFICER)
    return people


def decisions(group: Organisation, people: list[Any]) -> list[Callable[[], Organisation]]:
    """Every other one takes the application into review, the others send it back; all saw `applied`."""

    def one(position: int, person: Any) -> Callable[[], Organisation]:
        if position % 2:
            return lambda: reviews.send_back(group=group, by=person, seen="applied", reason="ขาดที่อยู่", remarks={})
        return lambda: reviews.take_into_review(group=group, by=person, seen="applied")

    return [one(position, person) for position, person in enumerate(people)]


def test_one_of_ten_decisions_counts(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    group = applied(race_market)
    barrier = threading.Barrier(10)

    def act(decision: Callable[[], Organisation]) -> Organisation:
        barrier.wait(30)
        return decision()

    results = at_once(act, decisions(group, officers(race_market, 10)))
    done = [result for result in results if isinstance(result, Organisation)]
    refused = [result for result in results if isinstance(result, errors.DecidedMeanwhile)]
    assert (len(done), len(refused)) == (1, 9), results
    group.refresh_from_db()
    assert group.state == done[0].state
    assert history.history_of(group).count() == 1
    assert OutboxMessage.objects.filter(topic="group.decided").count() == 1


def test_control_without_the_state_that_was_seen_several_count(
    race_market: Market, at_once: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same decisions that look without a lock and do not compare: the test must be able to fail."""
    group = applied(race_market)
    barrier = threading.Barrier(10)

    def naive(group: Organisation, by: Any, seen: str) -> Organisation:
        found: Organisation = Organisation.objects.get(pk=group.pk)
        barrier.wait(30)
        return found

    def move(group: Organisation, state: str, **_details: Any) -> Organisation:
        Organisation.objects.filter(pk=group.pk).update(state=state)
        group.state = state
        return group

    monkeypatch.setattr(reviews, "_decide", naive)
    monkeypatch.setattr(organisations, "_move", move)
    results = at_once(lambda decision: decision(), decisions(group, officers(race_market, 10)))
    assert sum(isinstance(result, Organisation) for result in results) > 1, results


def complete(market: Market, person: Any) -> GroupApplication:
    application = applications.start_application(by=person)
    steps: dict[str, dict[str, Any]] = {
        "who": {"parent": market.groups["north"].get_parent(), "name_th": NAME, "is_surely_new": True},
        "where": {"contact_name": "บัวคำ", "line1": "1", "area_code": "500101", "phone": "0812345678"},
        "what": {"main_goods": "ตะกร้า", "members_count": 5},
        "money": {"bank": "034", "account_number": "0123456789", "account_name": "ก", "is_vat_registered": False},
    }
    for step, values in steps.items():
        accepted = dict.fromkeys(Attestation.What.values, True) if step == "money" else {}
        applications.save_step(application=application, step=step, values=values, seen=0, accepted=accepted, by=person)
    return application


def test_five_people_hand_in_the_same_group(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    people = [make_user(f"applicant{each}") for each in range(5)]
    pairs = [(complete(race_market, person), person) for person in people]
    barrier = threading.Barrier(5)

    def act(pair: tuple[GroupApplication, Any]) -> Organisation:
        barrier.wait(30)
        return applications.hand_in(application=pair[0], by=pair[1])

    results = at_once(act, pairs)
    assert sum(isinstance(result, Organisation) for result in results) == 1, results
    assert sum(isinstance(result, errors.KnownAlready) for result in results) == 4, results
    assert Organisation.objects.filter(name_th=NAME).count() == 1


def test_control_looked_up_before_the_lock_there_are_several(
    race_market: Market, at_once: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [make_user(f"applicant{each}") for each in range(5)]
    pairs = [(complete(race_market, person), person) for person in people]
    monkeypatch.setattr(applications, "_refuse_known", lambda application, parent: None)

    def act(pair: tuple[GroupApplication, Any]) -> Organisation:
        return applications.hand_in(application=pair[0], by=pair[1])

    results = at_once(act, pairs)
    assert [result for result in results if isinstance(result, MarketError)] == []
    assert Organisation.objects.filter(name_th=NAME).count() == 5
