"""The department's own people and the map of regions: who names officers, what a moved officer decides, moved provinces."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.contrib.auth import get_user_model

from shop.common import outbox
from tests.crowd import grow_tree
from tests.market import Market, make_user, signed_in
from vendors import errors
from vendors.models import Invitation, Membership, Organisation, Province, Region
from vendors.policies import Right, may, reach, require
from vendors.services import add_member, move_officer, move_province

pytestmark = pytest.mark.django_db
Kind, Role = Organisation.Kind, Membership.Role
PEOPLE = "/office/people/"


def office_of(province: str | None) -> Organisation:
    found: Organisation = Organisation.objects.get(kind=Kind.OFFICE, province_id=province)
    return found


@pytest.fixture
def chief(market: Market) -> Any:
    """A manager of the department itself."""
    user = make_user("chief")
    add_member(organisation=office_of(None), user=user, role=Role.MANAGER)
    return user


def test_only_the_departments_managers_and_administrators_see_its_people(market: Market, chief: Any) -> None:
    local = make_user("local-manager")
    add_member(organisation=office_of("TH-50"), user=local, role=Role.MANAGER)
    for user, status in (
        (chief, 200),
        (market.people["administrator"], 200),
        (market.people["officer"], 404),
        (local, 404),
        (market.people["editor"], 404),
        (market.people["north"], 404),
    ):
        client = signed_in(user)
        assert client.get(PEOPLE).status_code == status, user
        home = client.get("/office/")
        assert (PEOPLE in home.content.decode()) is (status == 200), user


def test_the_chief_names_people_of_offices_and_of_nothing_else(market: Market, chief: Any) -> None:
    offices = Organisation.objects.filter(kind=Kind.OFFICE)
    assert set(reach(chief, Right.MANAGE).values_list("pk", flat=True)) == set(offices.values_list("pk", flat=True))
    assert not any(may(chief, Right.MANAGE, group) for group in market.groups.values())
    client = signed_in(chief)
    member = Membership.objects.get(user=market.people["north"])
    assert client.get(f"{PEOPLE}{member.pk}/").status_code == 404
    assert client.post(f"{PEOPLE}{member.pk}/remove/").status_code == 404
    assert client.post(f"{PEOPLE}{member.pk}/move/", {"office": office_of("TH-40").pk}).status_code == 404
    assert Membership.objects.filter(pk=member.pk).exists()


def test_an_officer_is_invited_to_an_office(market: Market, chief: Any) -> None:
    client, office = signed_in(chief), office_of("TH-40")
    data = {"email": "new-officer@example.test", "organisation": office.pk, "role": "officer"}
    assert client.post(f"{PEOPLE}invite/", {**data, "role": "packer"}).status_code == 422
    assert client.post(f"{PEOPLE}invite/", {**data, "organisation": market.groups["north"].pk}).status_code == 422
    assert not Invitation.objects.exists()
    assert client.post(f"{PEOPLE}invite/", data).url == PEOPLE
    outbox.work_off()
    found = Invitation.objects.get()
    assert (found.organisation, found.role) == (office, "officer")
    assert client.post(f"{PEOPLE}invitations/{found.pk}/withdraw/").url == PEOPLE
    found.refresh_from_db()
    assert found.withdrawn_at is not None


def test_a_moved_officer_sees_the_new_province_and_not_the_old_one(market: Market, chief: Any) -> None:
    officer = market.people["officer"]
    membership = Membership.objects.get(user=officer)
    north, isan = market.groups["north"], market.groups["isan"]
    assert (may(officer, Right.REVIEW, north), may(officer, Right.REVIEW, isan)) == (True, False)
    answer = signed_in(chief).post(f"{PEOPLE}{membership.pk}/move/", {"office": office_of("TH-40").pk})
    moved = Membership.objects.get(user=officer)
    assert answer.url == f"{PEOPLE}{moved.pk}/"
    assert (moved.organisation.province_id, moved.role) == ("TH-40", "officer")
    fresh = get_user_model().objects.get(pk=officer.pk)
    assert (may(fresh, Right.REVIEW, north), may(fresh, Right.REVIEW, isan)) == (False, True)


def test_an_officer_moved_during_a_review_decides_nothing(market: Market, chief: Any) -> None:
    """The page was opened before the move: what it knows about the person is not asked again, the service asks anew."""
    officer, north = market.people["officer"], market.groups["north"]
    assert may(officer, Right.REVIEW, north)
    move_officer(membership=Membership.objects.get(user=officer), office=office_of("TH-40"), by=chief)
    assert may(officer, Right.REVIEW, north), "the control: this person object still remembers the old post"
    with pytest.raises(errors.NotYours):
        require(officer, Right.REVIEW, north)
    require(officer, Right.REVIEW, market.groups["isan"])


def test_moving_asks_for_the_right_and_for_an_office(market: Market, chief: Any) -> None:
    membership = Membership.objects.get(user=market.people["officer"])
    with pytest.raises(errors.NotYours):
        move_officer(membership=membership, office=office_of("TH-40"), by=market.people["officer"])
    with pytest.raises(errors.NoSuchOffice):
        move_officer(membership=membership, office=market.groups["north"], by=chief)
    signed_in(chief).post(f"{PEOPLE}{membership.pk}/move/", {"office": "999999999"})
    assert Membership.objects.get(user=market.people["officer"]).pk == membership.pk


def test_the_departments_last_manager_stays(market: Market, chief: Any) -> None:
    own = Membership.objects.get(user=chief)
    page = signed_in(chief).post(f"{PEOPLE}{own.pk}/move/", {"office": office_of("TH-40").pk}, follow=True)
    assert "นำผู้จัดการคนสุดท้ายออกไม่ได้" in page.content.decode()
    assert Membership.objects.get(user=chief).pk == own.pk


def test_only_an_administrator_moves_a_province(market: Market, chief: Any) -> None:
    for name in ("officer", "north", "hub"):
        client = signed_in(market.people[name])
        assert client.get("/office/regions/").status_code == 404
        assert client.post("/office/regions/TH-50/", {"region": "south"}).status_code == 404
    assert signed_in(chief).post("/office/regions/TH-50/", {"region": "south"}).status_code == 404
    with pytest.raises(errors.NotYours):
        move_province(province=Province.objects.get(pk="TH-50"), region=Region.objects.get(pk="south"), by=chief)
    assert Province.objects.get(pk="TH-50").region_id == "north"
    client = signed_in(market.people["administrator"])
    assert client.get("/office/regions/TH-50/").status_code == 200
    assert client.post("/office/regions/TH-50/", {"region": "nowhere"}).status_code == 422
    assert client.post("/office/regions/TH-50/", {"region": "south"}).url == "/office/regions/"
    assert Province.objects.get(pk="TH-50").region_id == "south"
    client.post("/office/regions/TH-50/", {"region": "south"})
    assert Organisation.find_problems() == ([], [], [], [], [])


def test_a_province_with_six_thousand_below_moves_at_once_and_whole(market: Market) -> None:
    grow_tree(6_000, provinces=["TH-50"])
    province, south = Province.objects.get(pk="TH-50"), Region.objects.get(pk="south")
    target = Organisation.objects.get(kind=Kind.REGIONAL, region=south)
    before = Organisation.objects.get(kind=Kind.REGIONAL, region="north")
    names = set(Organisation.objects.filter(province=province).exclude(kind=Kind.OFFICE).values_list("code", flat=True))
    elsewhere = dict(Organisation.objects.exclude(province=province).values_list("pk", "path"))
    start = time.perf_counter()
    number = move_province(province=province, region=south, by=market.people["administrator"])
    took = time.perf_counter() - start
    assert number == len(names) + 1
    assert number > 6_000
    assert names <= set(Organisation.objects.filter(path__startswith=target.path).values_list("code", flat=True))
    assert not Organisation.objects.filter(path__startswith=before.path, province=province).exists()
    assert set(Organisation.objects.filter(province=province).values_list("region_id", flat=True)) == {"south"}
    assert dict(Organisation.objects.exclude(province=province).values_list("pk", "path")) == elsewhere
    assert Organisation.find_problems() == ([], [], [], [], [])
    assert took < 10, f"{took:.2f} s"
    print(f"moved {number} organisations in {took:.2f} s")
