"""Consents, the copy of one's data and the end of an account: what people were promised is what happens."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.test import Client

from shop.common import clock, outbox
from shop.favourites import services as marks
from shop.favourites.models import Favourite, Follow
from shop.fulfilment import services as work
from shop.order.models import Order
from shop.order.subscribers import forget_old_buyers
from shop.people import addresses, consents
from shop.people.address.models import UserAddress
from shop.people.addresses import AddressData
from shop.people.models import AccountDeletion, Consent, User
from tests.market import PASSWORD, Market, make_user
from tests.unit.rights.world import HOME, fill_basket
from tests.unit.rights.world import order as place
from vendors.models import Membership
from vendors.services import add_member

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
DELETE = "/account/privacy/delete/"
SECRET = AddressData("สมหญิง ลับมาก", "0899999999", "9 ถนนลับ", "100502", "10220")


def signed_in(market: Market, name: str = "buyer") -> Client:
    client = Client()
    client.force_login(market.people[name], backend=BACKEND)
    return client


def delivered(market: Market, name: str = "buyer") -> Order:
    order = place(market, market.people[name], "hat", method="cod").order
    for part in order.vendor_orders.all():
        for act in (work.accept, work.pack, work.hand_over, work.deliver):
            act(vendor_order=part, by=None)
    return order


def furnish(market: Market) -> Order:
    """A buyer with something of everything."""
    user = market.people["buyer"]
    order = delivered(market)
    addresses.remember(user=user, address=SECRET)
    marks.add_favourite(user=user, product_id=market.products["hat"].pk)
    marks.follow_group(user=user, group_id=market.groups["north"].pk)
    consents.answer(user=user, code="newsletter", given=True, language="th")
    fill_basket(market, user, "kratip")
    return order


# --- consents ---------------------------------------------------------------------------------------------------


def answers(user: Any) -> list[tuple[str, bool, str, str]]:
    return list(Consent.objects.filter(user=user).order_by("pk").values_list("purpose", "given", "version", "language"))


def test_nothing_is_agreed_to_by_default_and_each_purpose_stands_alone(market: Market) -> None:
    user, client = market.people["buyer"], signed_in(market)
    assert [entry.given for entry in client.get("/account/privacy/").context["answers"]] == [False, False]
    assert client.post("/account/privacy/consents/newsletter/", {"given": "yes"}).status_code == 302
    assert (consents.has_consented(user, "newsletter"), consents.has_consented(user, "followed")) == (True, False)
    assert answers(user) == [("newsletter", True, consents.PURPOSES["newsletter"].version, "th")]


def test_a_withdrawal_counts_at_once_and_both_answers_stay_on_record(market: Market) -> None:
    user, client = market.people["buyer"], signed_in(market)
    client.post("/en/account/privacy/consents/newsletter/", {"given": "yes"})
    client.post("/account/privacy/consents/newsletter/", {"given": "no"})
    assert consents.has_consented(user, "newsletter") is False
    assert [(row[1], row[3]) for row in answers(user)] == [(True, "en"), (False, "th")]
    for _ in range(2):
        client.post("/account/privacy/consents/newsletter/", {"given": "no"})
    assert len(answers(user)) == 2


def test_a_new_wording_needs_a_new_consent(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    user, client = market.people["buyer"], signed_in(market)
    client.post("/account/privacy/consents/newsletter/", {"given": "yes"})
    old = consents.PURPOSES["newsletter"]
    monkeypatch.setitem(consents.PURPOSES, "newsletter", consents.Purpose(old.code, "2570-1", old.title, "ข้อความใหม่"))
    assert consents.has_consented(user, "newsletter") is False
    assert "ความยินยอมเดิมของคุณไม่นับรวมข้อความใหม่" in client.get("/account/privacy/").content.decode()
    client.post("/account/privacy/consents/newsletter/", {"given": "yes"})
    assert consents.has_consented(user, "newsletter") is True
    assert [row[2] for row in answers(user)] == [old.version, "2570-1"]


def test_consents_need_a_known_purpose_a_token_and_a_post(market: Market) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(market.people["buyer"], backend=BACKEND)
    assert strict.post("/account/privacy/consents/newsletter/", {"given": "yes"}).status_code == 403
    client = signed_in(market)
    assert client.post("/account/privacy/consents/selling/", {"given": "yes"}).status_code == 404
    assert client.get("/account/privacy/consents/newsletter/").status_code == 405
    assert Consent.objects.count() == 0


# --- the copy ---------------------------------------------------------------------------------------------------


def unpacked(answer: Any) -> tuple[dict[str, Any], str]:
    with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
        assert sorted(file.namelist()) == ["talat-ruam-my-data.html", "talat-ruam-my-data.json"]
        return json.loads(file.read("talat-ruam-my-data.json")), file.read("talat-ruam-my-data.html").decode()


def test_the_copy_holds_everything_and_nothing_of_others(market: Market) -> None:
    order = furnish(market)
    strangers = place(market, market.people["stranger"], "kratip", method="cod").order
    answer = signed_in(market).post("/account/privacy/copy/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    assert "attachment" in answer["Content-Disposition"]
    data, page = unpacked(answer)
    assert data["format"] == "talat-ruam/person/1"
    assert data["account"][0]["email"] == "buyer@example.test"
    assert [row["recipient"] for row in data["addresses"]] == [SECRET.recipient]
    assert [row["name"] for row in data["favourites"]] == ["หมวกใบลาน"]
    assert [row["name"] for row in data["followed_groups"]] == ["กลุ่มจักสานบ้านดอย"]
    assert [(row["purpose"], row["given"]) for row in data["consents"]] == [("newsletter", True)]
    assert [(row["name"], row["quantity"]) for row in data["basket"]] == [("กระติบข้าวเหนียว", 1)]
    assert [row["number"] for row in data["orders"]] == [order.number]
    assert data["orders"][0]["total_satang"] == 30_000
    assert data["orders"][0]["recipient"] == HOME.recipient
    assert data["orders"][0]["lines"] == [{"name": "หมวกใบลาน", "quantity": 1, "total_satang": 25_000}]
    assert [(row["order"], row["state"], row["amount_satang"]) for row in data["payments"]] == [
        (order.number, "succeeded", 30_000)
    ]
    for text in (order.number, "300.00 บาท", SECRET.line1, "หมวกใบลาน · 1 · 250.00 บาท", "buyer@example.test"):
        assert text in page, text
    assert strangers.number not in page + json.dumps(data)
    assert PASSWORD not in page + json.dumps(data)


def test_the_copy_is_escaped_needs_a_post_and_has_a_limit(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    User.objects.filter(pk=market.people["buyer"].pk).update(display_name="<script>alert(1)</script>")
    client = signed_in(market)
    _data, page = unpacked(client.post("/account/privacy/copy/"))
    assert "<script>" not in page
    assert client.get("/account/privacy/copy/").status_code == 405
    monkeypatch.setattr("shop.people.web.privacy._COPIES", 1)
    answer = client.post("/account/privacy/copy/")
    assert (answer.status_code, answer.url) == (302, "/account/privacy/")


# --- the end ----------------------------------------------------------------------------------------------------


def test_deleting_takes_what_is_the_persons_and_keeps_the_order_without_its_owner(market: Market) -> None:
    order, user = furnish(market), market.people["buyer"]
    guests = place(market, None, "kratip", method="cod").order
    client, other_device = signed_in(market), signed_in(market)
    page = client.get(DELETE)
    assert page.context["obstacles"] == []
    answer = client.post(DELETE, {"word": PASSWORD})
    assert (answer.status_code, answer.url) == (302, "/account/left/")
    assert "ลบบัญชีเรียบร้อยแล้ว" in client.get(answer.url).content.decode()
    user.refresh_from_db()
    assert (user.display_name, user.phone, user.is_active, user.last_login) == ("", "", False, None)
    assert user.email.endswith("@deleted.invalid")
    assert user.has_usable_password() is False
    for model in (UserAddress, Favourite, Follow):
        assert model.objects.filter(user=user).count() == 0
    assert user.baskets.filter(status="Open").count() == 0
    assert consents.has_consented(user, "newsletter") is False
    assert [row[:2] for row in answers(user)] == [("newsletter", True), ("newsletter", False)]
    order.refresh_from_db()
    assert (order.user_id, order.shipping_address.recipient) == (user.pk, HOME.recipient)
    record = AccountDeletion.objects.get()
    assert record.user_id == user.pk
    assert {key: record.removed[key] for key in ("addresses", "favourites", "followed_groups", "memberships")} == {
        "addresses": 1,
        "favourites": 1,
        "followed_groups": 1,
        "memberships": 0,
    }
    assert "buyer@" not in json.dumps(record.removed)
    for one in (client, other_device):
        assert one.get("/account/").url.startswith("/auth/login/")
        assert one.get(f"/orders/{order.number}/").status_code == 404
    assert Order.objects.filter(pk=guests.pk, guest_email="guest@example.test").exists()


def test_the_address_is_free_again_and_the_new_account_sees_nothing_of_the_old(market: Market) -> None:
    furnish(market)
    signed_in(market).post(DELETE, {"word": PASSWORD})
    again = Client()
    again.post("/auth/signup/", {"email": "buyer@example.test", "password1": "a-long-password-2569"})
    assert again.get("/account/orders/").context["rows"] == []
    login = Client().post("/auth/login/", {"login": "buyer@example.test", "password": PASSWORD})
    assert login.status_code == 200


@pytest.mark.parametrize("word", ["", "wrong", "buyer@example.test"])
def test_without_the_password_nothing_happens(market: Market, word: str) -> None:
    furnish(market)
    client = signed_in(market)
    answer = client.post(DELETE, {"word": word})
    assert answer.status_code == 422
    assert "รหัสผ่านไม่ถูกต้อง ยังไม่มีการลบข้อมูลใด ๆ" in answer.content.decode()
    assert get_user_model().objects.get(email="buyer@example.test").is_active
    assert (UserAddress.objects.count(), Favourite.objects.count(), AccountDeletion.objects.count()) == (1, 1, 0)
    assert client.get("/account/").status_code == 200


def test_an_account_without_a_password_is_confirmed_by_its_email(market: Market) -> None:
    user = market.people["buyer"]
    user.set_unusable_password()
    user.save()
    client = signed_in(market)
    assert client.post(DELETE, {"word": "other@example.test"}).status_code == 422
    assert client.post(DELETE, {"word": " Buyer@Example.test "}).url == "/account/left/"


def test_tries_are_counted(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shop.people.web.privacy._TRIES", 2)
    client = signed_in(market)
    for _ in range(2):
        client.post(DELETE, {"word": "wrong"})
    answer = client.post(DELETE, {"word": PASSWORD})
    assert answer.status_code == 422
    assert "กรุณารอ 15 นาที" in answer.content.decode()
    assert AccountDeletion.objects.count() == 0


def test_an_open_order_stands_in_the_way(market: Market) -> None:
    order = place(market, market.people["buyer"], "hat", method="cod").order
    client = signed_in(market)
    for answer in (client.get(DELETE), client.post(DELETE, {"word": PASSWORD})):
        assert f"ยังมีคำสั่งซื้อที่ไม่เสร็จ: {order.number}" in answer.content.decode()
        assert 'name="word"' not in answer.content.decode()
    assert AccountDeletion.objects.count() == 0
    work.cancel_order(order=order, by=None, reason="buyer")
    assert client.post(DELETE, {"word": PASSWORD}).url == "/account/left/"


def test_the_last_manager_finds_a_successor_first(market: Market) -> None:
    north = market.groups["north"]
    client = signed_in(market, "north")
    answer = client.post(DELETE, {"word": PASSWORD})
    assert answer.status_code == 422
    assert f"คุณเป็นผู้จัดการคนสุดท้ายของ {north.name_th}" in answer.content.decode()
    assert Membership.objects.filter(organisation=north).count() == 1
    successor = make_user("successor")
    add_member(organisation=north, user=successor, role=Membership.Role.MANAGER)
    assert client.post(DELETE, {"word": PASSWORD}).url == "/account/left/"
    assert list(Membership.objects.filter(organisation=north).values_list("user_id", flat=True)) == [successor.pk]


def test_the_last_administrator_stays(market: Market) -> None:
    answer = signed_in(market, "administrator").post(DELETE, {"word": PASSWORD})
    assert "ผู้ดูแลระบบคนสุดท้าย" in answer.content.decode()
    assert User.objects.filter(is_superuser=True, is_active=True).count() == 1


def test_sessions_of_other_devices_are_deleted_with_what_was_typed(market: Market) -> None:
    client, other, bystander = signed_in(market), signed_in(market), signed_in(market, "stranger")
    client.post(DELETE, {"word": PASSWORD})
    outbox.work_off()
    outbox.work_off()
    left = set(Session.objects.values_list("session_key", flat=True))
    assert other.cookies["sessionid"].value not in left
    assert bystander.cookies["sessionid"].value in left


def test_old_orders_of_guests_and_deleted_accounts_lose_the_person_others_stay(market: Market) -> None:
    gone, guests, kept = (
        delivered(market),
        place(market, None, "hat", method="cod").order,
        delivered(market, "stranger"),
    )
    signed_in(market).post(DELETE, {"word": PASSWORD})
    year = clock.today().year
    Order.objects.update(date_placed=dt.datetime(year - 6, 12, 31, 12, tzinfo=dt.UTC))
    within = place(market, None, "hat", method="cod").order
    Order.objects.filter(pk=within.pk).update(date_placed=dt.datetime(year - 5, 1, 2, tzinfo=dt.UTC))
    assert forget_old_buyers() == "2 orders without a name"
    assert forget_old_buyers() == "0 orders without a name"
    for order in (gone, guests):
        order.refresh_from_db()
        target = order.shipping_address
        assert (target.recipient, target.phone, target.line1) == ("", "", "")
        assert (order.guest_email, order.guest_phone, order.link_nonce) == ("", "", "")
        assert order.total_incl_tax > 0
    for order in (kept, within):
        order.refresh_from_db()
        assert order.shipping_address.recipient == HOME.recipient
