"""The people of an organisation, through the pages: invited by letter, accepted once, roles given and taken at once."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client

from shop.common import clock, outbox
from tests.market import PASSWORD, Market, make_user, signed_in
from vendors import errors
from vendors.history import history_of
from vendors.models import Invitation, Membership
from vendors.services import add_member, clear_invitations, remove_member
from vendors.services.invitations import ask, asked

pytestmark = pytest.mark.django_db
Role = Membership.Role
NORTH = "/workspace/north-group/"
NEW = "wanida@example.test"


@pytest.fixture
def manager(market: Market) -> Client:
    """The manager of the northern group, at her pages."""
    return signed_in(market.people["north"])


def letter() -> str:
    """Works off the news, and returns the way that the newest letter shows."""
    outbox.work_off()
    found = re.search(r"http://[^/]+(/workspace/invitation/\S+)", str(mail.outbox[-1].body))
    assert found is not None
    return found[1]


def invited(manager: Client, email: str = NEW, role: str = Role.PACKER) -> str:
    answer = manager.post(f"{NORTH}people/invite/", {"email": email, "role": role})
    assert (answer.status_code, answer.url) == (302, f"{NORTH}people/")
    return letter()


def roles(market: Market) -> list[tuple[str, str]]:
    rows = Membership.objects.filter(organisation=market.groups["north"]).order_by("pk")
    return list(rows.values_list("user__email", "role"))


def test_from_the_letter_to_work_and_out_again(market: Market, manager: Client) -> None:
    way = invited(manager)
    assert mail.outbox[-1].to == [NEW]
    assert "กลุ่มจักสานบ้านดอย เชิญคุณมาช่วยงาน" in mail.outbox[-1].subject
    newcomer = Client()
    page = newcomer.get(way)
    assert page.status_code == 200
    sign_up = re.search(r'href="(/auth/signup/[^"]+)"', page.content.decode())
    assert sign_up is not None
    opened = newcomer.get(sign_up[1])
    hidden = re.search(r'name="next" value="([^"]+)"', opened.content.decode())
    assert hidden is not None
    made = newcomer.post("/auth/signup/", {"email": NEW, "password1": "ข้าวเหนียวมะม่วง-2569", "next": hidden[1]})
    assert (made.status_code, made.url) == (302, way)
    assert newcomer.get(NORTH).status_code == 404, "an invitation alone opens nothing"
    done = newcomer.post(way)
    assert (done.status_code, done.url) == (302, NORTH)
    assert newcomer.get(f"{NORTH}orders/").status_code == 200
    person = get_user_model().objects.get(email=NEW)
    assert EmailAddress.objects.get(user=person).verified
    assert roles(market) == [("north@example.test", "manager"), (NEW, "packer")]
    assert newcomer.post(f"{NORTH}people/invite/", {"email": "x@example.test", "role": "packer"}).status_code == 404
    membership = Membership.objects.get(user=person)
    assert manager.post(f"{NORTH}people/{membership.pk}/take/").url == f"{NORTH}people/"
    for path in (NORTH, f"{NORTH}orders/", f"{NORTH}people/", "/workspace/"):
        assert newcomer.get(path).status_code == 404, path
    assert roles(market) == [("north@example.test", "manager")]
    acts = [entry.action.removeprefix("market.") for entry in history_of(market.groups["north"])]
    assert acts[:4] == ["member.removed", "member.added", "invitation.accepted", "invitation.made"]


def test_an_invitation_is_used_once(market: Market, manager: Client) -> None:
    way = invited(manager)
    first, again = signed_in(make_user("wanida")), Client()
    assert first.post(way).url == NORTH
    assert first.post(way).url == NORTH, "a double click is one"
    assert Membership.objects.filter(user__email=NEW).count() == 1
    remove_member(membership=Membership.objects.get(user__email=NEW))
    answer = first.post(way)
    assert answer.status_code == 410
    assert again.get(way).status_code == 410
    assert not Membership.objects.filter(user__email=NEW).exists()


@pytest.mark.parametrize("verified_elsewhere", [False, True])
def test_only_the_account_of_that_address_accepts(market: Market, manager: Client, verified_elsewhere: bool) -> None:
    way = invited(manager)
    stranger = market.people["stranger"]
    if verified_elsewhere:  # written down as a second address, but another account has confirmed it
        EmailAddress.objects.create(user=stranger, email=NEW, verified=False)
        EmailAddress.objects.create(user=market.people["buyer"], email=NEW, verified=True)
    answer = signed_in(stranger).post(way)
    assert answer.status_code == 422
    assert "คำเชิญนี้ส่งถึงอีเมลอื่น" in answer.content.decode()
    assert Client().post(way).status_code == 422
    assert roles(market) == [("north@example.test", "manager")]
    assert not Invitation.objects.get().is_settled


def test_an_own_second_address_is_enough(market: Market, manager: Client) -> None:
    way = invited(manager)
    buyer = market.people["buyer"]
    EmailAddress.objects.create(user=buyer, email=NEW, verified=False)
    assert signed_in(buyer).post(way).url == NORTH
    assert EmailAddress.objects.get(user=buyer, email=NEW).verified
    assert roles(market)[-1] == ("buyer@example.test", "packer")


def test_only_a_hash_of_the_secret_is_kept(market: Market, manager: Client) -> None:
    secret = invited(manager).rstrip("/").rpartition("/")[2]
    assert len(secret) >= 22
    row = Invitation.objects.values().get()
    assert secret not in str(row)
    assert secret not in str(list(outbox.OutboxMessage.objects.values_list("payload", flat=True)))


def test_a_second_letter_ends_the_first_and_waits_ten_minutes(market: Market, manager: Client) -> None:
    first = invited(manager)
    path = f"{NORTH}people/invitations/{Invitation.objects.get().pk}/again/"
    start = clock.now()
    with clock.moved_to(start + dt.timedelta(minutes=9)):
        manager.post(path)
        outbox.work_off()
        assert len(mail.outbox) == 1
    with clock.moved_to(start + dt.timedelta(minutes=11)):
        manager.post(path)
        second = letter()
        person = signed_in(make_user("wanida"))
        assert person.get(first).status_code == 404
        assert person.post(first).status_code == 404
        assert person.post(second).url == NORTH


def test_it_ends_after_fourteen_days_or_when_withdrawn(market: Market, manager: Client) -> None:
    way = invited(manager)
    person = signed_in(make_user("wanida"))
    last = Invitation.objects.get().expires_at
    assert last - clock.now() > dt.timedelta(days=13, hours=23)
    with clock.moved_to(last):
        assert person.post(way).status_code == 410
    assert roles(market) == [("north@example.test", "manager")]
    manager.post(f"{NORTH}people/invitations/{Invitation.objects.get().pk}/withdraw/")
    assert person.post(way).status_code == 410
    assert not Membership.objects.filter(user__email=NEW).exists()
    with clock.moved_to(last + dt.timedelta(days=91)):
        assert clear_invitations() == 1
    assert not Invitation.objects.exists()


def test_what_is_wrong_with_an_invitation_is_said_and_kept(market: Market, manager: Client) -> None:
    path = f"{NORTH}people/invite/"
    add_member(organisation=market.groups["north"], user=make_user("wanida"), role=Role.PACKER)
    for data, words in (
        ({"email": "not-an-address", "role": "packer"}, "not-an-address"),
        ({"email": "NEW@example.test", "role": "officer"}, "NEW@example.test"),
        ({"email": "Wanida@Example.test", "role": "packer"}, "คนนี้มีบทบาทนี้อยู่แล้ว"),
    ):
        answer = manager.post(path, data)
        assert answer.status_code == 422, data
        assert words in answer.content.decode()
        assert 'class="errors"' in answer.content.decode()
    assert not Invitation.objects.exists()
    assert manager.post(path, {"email": "New@Example.test", "role": "packer"}).status_code == 302
    assert manager.post(path, {"email": "new@example.test", "role": "packer"}).status_code == 422
    assert list(Invitation.objects.values_list("email", flat=True)) == ["new@example.test"]
    outbox.work_off()
    assert [one.to for one in mail.outbox] == [["new@example.test"]]


def test_a_sheet_asks_each_person_once(market: Market) -> None:
    north, by = market.groups["north"], market.people["officer"]
    for _again in range(2):
        ask(organisation=north, email="Sheet@Example.test", role=Role.PACKER, by=by)
    with pytest.raises(errors.WrongRole):
        ask(organisation=north, email="other@example.test", role=Role.OFFICER, by=by)
    assert asked([north.pk]) == {(north.pk, "sheet@example.test", "packer")}
    assert asked([market.groups["isan"].pk]) == set()
    outbox.work_off()
    assert [one.to for one in mail.outbox] == [["sheet@example.test"]]
    with clock.moved_to(clock.now() + dt.timedelta(days=15)):
        assert asked([north.pk]) == set()
        ask(organisation=north, email="sheet@example.test", role=Role.PACKER, by=by)
        assert asked([north.pk]) == {(north.pk, "sheet@example.test", "packer")}
    assert Invitation.objects.count() == 1


def test_roles_are_given_and_taken_on_the_page(market: Market, manager: Client) -> None:
    packer = make_user("packer")
    membership = add_member(organisation=market.groups["north"], user=packer, role=Role.PACKER)
    manager.post(f"{NORTH}people/{membership.pk}/give/", {"role": "editor"})
    assert roles(market) == [
        ("north@example.test", "manager"),
        ("packer@example.test", "packer"),
        ("packer@example.test", "editor"),
    ]
    manager.post(f"{NORTH}people/{membership.pk}/give/", {"role": "officer"})
    manager.post(f"{NORTH}people/{membership.pk}/take/")
    assert roles(market) == [("north@example.test", "manager"), ("packer@example.test", "editor")]
    page = manager.get(f"{NORTH}people/").content.decode()
    assert "packer@example.test" in page
    assert "ผู้จัดการคนเดียว" in page


def test_the_last_manager_stays(market: Market, manager: Client) -> None:
    own = Membership.objects.get(user=market.people["north"])
    answer = manager.post(f"{NORTH}people/{own.pk}/take/", follow=True)
    assert "นำผู้จัดการคนสุดท้ายออกไม่ได้" in answer.content.decode()
    assert roles(market) == [("north@example.test", "manager")]


def test_other_roles_see_names_and_change_nothing_but_their_own(market: Market, manager: Client) -> None:
    packer = make_user("packer")
    membership = add_member(organisation=market.groups["north"], user=packer, role=Role.PACKER)
    client = signed_in(packer)
    page = client.get(f"{NORTH}people/").content.decode()
    assert "north@example.test" not in page
    assert "เชิญคนเข้าร่วม" not in page
    other = Membership.objects.get(user=market.people["north"])
    for path in (f"people/{other.pk}/take/", f"people/{membership.pk}/give/", "people/invite/"):
        data = {"role": "manager", "email": "friend@example.test"}
        assert client.post(NORTH + path, data).status_code == 404, path
    assert len(roles(market)) == 2
    assert not Invitation.objects.exists()
    gone = client.post(f"{NORTH}people/{membership.pk}/take/")
    assert gone.url == "/account/"
    assert roles(market) == [("north@example.test", "manager")]


def test_a_member_who_was_removed_is_not_brought_back_by_an_open_page(market: Market, manager: Client) -> None:
    packer = make_user("packer")
    membership = add_member(organisation=market.groups["north"], user=packer, role=Role.PACKER)
    remove_member(membership=membership)
    assert manager.post(f"{NORTH}people/{membership.pk}/give/", {"role": "manager"}).status_code == 404
    assert roles(market) == [("north@example.test", "manager")]


def test_who_leaves_the_market_is_named_nowhere(market: Market, manager: Client) -> None:
    way = invited(manager)
    person = make_user("wanida", display_name="วนิดา ใจงาม")
    client = signed_in(person)
    client.post(way)
    assert "วนิดา ใจงาม" in manager.get(f"{NORTH}history/").content.decode()
    assert client.post("/account/privacy/delete/", {"word": PASSWORD}).url.endswith("/account/left/")
    page = manager.get(f"{NORTH}history/").content.decode()
    assert "วนิดา" not in page
    assert NEW not in page
    assert not Invitation.objects.exists()
