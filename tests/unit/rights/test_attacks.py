"""Other people's ids: not only is the answer 404, nothing happens either."""

from __future__ import annotations

from typing import Any

import pytest
from django.forms.models import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from shop.basket.models import Line
from shop.common import clock
from shop.common.access import AccessMiddleware, Kind, kinds_of
from shop.order import links
from shop.order.models import Order, VendorOrder
from shop.payment.models import PaymentAttempt
from shop.people.address.models import UserAddress
from tests.market import ADDRESS, GUEST, PASSWORD
from tests.unit.rights.world import World

SAME_ORIGIN = {"HTTP_SEC_FETCH_SITE": "same-origin"}
INTRUDERS = [
    Kind.ANONYMOUS,
    Kind.BUYER,
    Kind.GROUP_MEMBER,
    Kind.COOPERATIVE_MEMBER,
    Kind.HUB_PACKER,
    Kind.OFFICER,
    Kind.EDITOR,
]


def _of_order(order: Order) -> dict[str, Any]:
    order.refresh_from_db()
    return {
        "order": model_to_dict(order),
        "attempts": list(PaymentAttempt.objects.filter(order=order).values("method", "state", "number")),
        "parts": list(VendorOrder.objects.filter(order=order).values("state", "carrier")),
    }


@pytest.mark.parametrize("kind", INTRUDERS)
def test_somebody_elses_order_is_not_paid_changed_or_cancelled(world: World, kind: Kind) -> None:
    order = world.strangers_order
    assert order is not None
    before = _of_order(order)
    for act, data in (
        ("pay", {"outcome": "paid"}),
        ("pay", {"outcome": "declined"}),
        ("method", {"method": "transfer"}),
        ("cancel", {}),
    ):
        answer = world.clients[kind].post(f"/orders/{order.number}/{act}/", data)
        assert answer.status_code == 404
        assert _of_order(order) == before


def test_somebody_elses_address_is_neither_read_changed_nor_deleted(world: World) -> None:
    entry = world.strangers_address
    assert entry is not None
    UserAddress.objects.filter(pk=entry.pk).update(line1="9 ถนนลับ")
    client = world.clients[Kind.BUYER]
    for answer in (
        client.get(f"/account/addresses/{entry.pk}/"),
        client.post(f"/account/addresses/{entry.pk}/", {**ADDRESS, "line1": "1 ใหม่"}),
        client.post(f"/account/addresses/{entry.pk}/delete/"),
    ):
        assert answer.status_code == 404
    assert UserAddress.objects.get(pk=entry.pk).line1 == "9 ถนนลับ"
    page = client.get(f"/checkout/?address={entry.pk}")
    assert page.status_code == 200
    assert "9 ถนนลับ" not in page.content.decode()


def test_an_address_form_writes_into_the_own_book_whatever_it_names(world: World) -> None:
    stranger, entry = world.market.people["stranger"], world.strangers_address
    assert entry is not None
    answer = world.clients[Kind.BUYER].post(
        "/account/addresses/add/", {**ADDRESS, "line1": "1 ใหม่", "user": stranger.pk, "pk": entry.pk, "id": entry.pk}
    )
    assert answer.status_code == 302
    assert UserAddress.objects.get(line1="1 ใหม่").user_id == world.user(Kind.BUYER).pk
    assert UserAddress.objects.filter(user=stranger).count() == 1


def test_a_profile_form_gives_no_rights(world: World) -> None:
    user = world.user(Kind.BUYER)
    data = {"display_name": "ใหม่", "phone": "", "preferred_language": "th"}
    forged = {"is_superuser": "1", "is_staff": "1", "is_active": "0", "email": "other@example.test"}
    assert world.clients[Kind.BUYER].post("/account/profile/", {**data, **forged}).status_code == 302
    user.refresh_from_db()
    assert user.display_name == "ใหม่"
    assert (user.is_superuser, user.is_staff, user.is_active, user.email) == (False, False, True, "buyer@example.test")


@pytest.mark.parametrize("kind", [Kind.ANONYMOUS, Kind.BUYER])
def test_lines_of_another_basket_stay_as_they_are(world: World, kind: Kind) -> None:
    line = world.strangers_line
    assert line is not None
    own = world.baskets[kind].lines.get()
    for path, data in ((f"/basket/lines/{line.pk}/", {"quantity": "7"}), (f"/basket/lines/{line.pk}/remove/", {})):
        answer = world.clients[kind].post(path, data)
        assert (answer.status_code, answer.url) == (302, "/basket/")
    assert Line.objects.get(pk=line.pk).quantity == 1
    assert Line.objects.get(pk=own.pk).quantity == 1


def test_a_forged_basket_cookie_opens_nothing(world: World) -> None:
    client = Client()
    client.cookies["market_basket"] = str(world.baskets[Kind.ANONYMOUS].pk)
    assert client.get("/fragment/me/").json()["count"] == 0
    client.cookies["market_basket"] = f"{world.baskets[Kind.ANONYMOUS].pk}:forged"
    assert client.get("/fragment/me/").json()["count"] == 0


def test_a_signed_basket_of_an_account_is_not_opened_by_its_cookie(world: World) -> None:
    from shop.basket.services import _signer

    client = Client()
    client.cookies["market_basket"] = _signer.sign(str(world.baskets[Kind.BUYER].pk))
    assert client.get("/fragment/me/").json()["count"] == 0


def test_a_draft_cannot_be_put_into_a_basket(world: World) -> None:
    assert world.draft_product is not None
    before = Line.objects.count()
    world.clients[Kind.BUYER].post(f"/basket/add/{world.draft_product.pk}/", {"quantity": "1"}, **SAME_ORIGIN)
    hat = world.market.products["hat"].pk
    world.clients[Kind.BUYER].post(f"/basket/add/{hat}/", {"variant": world.draft_product.pk}, **SAME_ORIGIN)
    assert Line.objects.count() == before


@pytest.mark.parametrize(
    ("name", "part", "status"),
    [
        ("north", 1, 302),
        ("north", 2, 404),
        ("isan", 1, 404),
        ("south", 1, 404),
        ("officer", 1, 404),
        ("editor", 1, 404),
        ("administrator", 1, 404),
        ("buyer", 1, 404),
    ],
)
def test_only_its_own_group_works_on_a_part(world: World, name: str, part: int, status: int) -> None:
    assert world.shared is not None
    group = world.market.groups["north"].slug
    number = f"{world.shared.number}-{part}"
    client = Client()
    client.force_login(world.market.people[name], backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(f"/workspace/{group}/orders/{number}/accept/")
    assert answer.status_code == status
    states = [row.state for row in VendorOrder.objects.filter(order=world.shared).order_by("pk")]
    assert states == (["to_pack", "to_accept"] if status == 302 else ["to_accept", "to_accept"])


@pytest.mark.parametrize("kind", [Kind.OFFICER, Kind.GROUP_MEMBER, Kind.BUYER])
def test_only_administrators_note_a_transfer_as_paid(world: World, kind: Kind) -> None:
    assert world.transfer is not None
    attempt = world.transfer.attempt
    path = f"/office/transfers/{attempt.pk}/confirm/"
    assert world.clients[kind].post(path).status_code == 404
    attempt.refresh_from_db()
    assert attempt.state == "awaiting_payer"
    administrator = world.clients[Kind.ADMINISTRATOR]
    assert administrator.post(path).status_code == 422, "nothing is filled in for who does not look"
    line = {"received": str(attempt.amount_satang / 100), "bank_date": clock.today().isoformat(), "bank_reference": "1"}
    assert administrator.post(path, line).status_code == 302
    assert administrator.post(path, line).status_code == 404
    attempt.refresh_from_db()
    assert attempt.state == "succeeded"


def test_another_kind_of_attempt_is_no_transfer(world: World) -> None:
    attempt = world.orders[Kind.BUYER].payment_attempts.get()
    assert world.clients[Kind.ADMINISTRATOR].post(f"/office/transfers/{attempt.pk}/confirm/").status_code == 404
    attempt.refresh_from_db()
    assert attempt.state == "created"


def test_the_test_payment_exists_in_the_demo_only(world: World, settings: Any) -> None:
    settings.DEMO = False
    order = world.orders[Kind.BUYER]
    before = _of_order(order)
    answer = world.clients[Kind.BUYER].post(f"/orders/{order.number}/pay/", {"outcome": "paid"})
    assert answer.status_code == 302
    assert _of_order(order) == before


def test_a_renewed_link_ends_the_old_one_and_its_open_session(world: World) -> None:
    order, client = world.orders[Kind.ANONYMOUS], world.clients[Kind.ANONYMOUS]
    old = links.secret_of(order)
    assert client.get(f"/orders/{order.number}/").status_code == 200
    Order.objects.filter(pk=order.pk).update(link_nonce=links.new_nonce())
    assert client.get(f"/orders/{order.number}/").status_code == 404
    assert Client().get(f"/orders/{order.number}/?key={old}").status_code == 404


def test_one_orders_secret_opens_no_other(world: World) -> None:
    secret = links.secret_of(world.orders[Kind.ANONYMOUS])
    assert world.strangers_order is not None
    assert Client().get(f"/orders/{world.strangers_order.number}/?key={secret}").status_code == 404


def test_an_accounts_order_is_not_found_by_number_and_phone(world: World) -> None:
    order, client = world.orders[Kind.BUYER], Client()
    for contact in ("0812345678", "buyer@example.test"):
        answer = client.post("/orders/find/", {"number": order.number, "contact": contact})
        assert answer.status_code == 422
    assert client.get(f"/orders/{order.number}/").status_code == 404


def test_the_next_person_at_a_browser_sees_nothing_of_the_last(world: World) -> None:
    client = Client()
    assert client.login(email="buyer@example.test", password=PASSWORD)
    page = client.get("/checkout/")
    assert page.status_code == 200
    client.post("/checkout/", ADDRESS)
    total = client.get("/checkout/confirm/").context["total"]
    placed = client.post("/checkout/confirm/", {"method": "cod", "expected": total, "note": ""})
    number = placed.url.split("/")[2]
    assert client.get(f"/orders/{number}/").status_code == 200
    client.post("/auth/logout/")
    assert client.get(f"/orders/{number}/").status_code == 404
    client.post(f"/basket/add/{world.market.products['hat'].pk}/", {"quantity": 1}, **SAME_ORIGIN)
    assert ADDRESS["line1"] not in client.get("/checkout/").content.decode()
    assert client.login(email="stranger@example.test", password=PASSWORD)
    assert client.get(f"/orders/{number}/").status_code == 404


def test_a_guest_orders_for_themselves_whatever_the_form_names(world: World) -> None:
    client = Client()
    client.post(f"/basket/add/{world.market.products['hat'].pk}/", {"quantity": 1}, **SAME_ORIGIN)
    client.post("/checkout/", {**GUEST, "user": world.user(Kind.BUYER).pk})
    total = client.get("/checkout/confirm/").context["total"]
    forged = {"user": world.user(Kind.BUYER).pk, "basket": world.baskets[Kind.BUYER].pk}
    placed = client.post("/checkout/confirm/", {"method": "cod", "expected": total, "note": "", **forged})
    order = Order.objects.get(number=placed.url.split("/")[2])
    assert (order.user_id, order.guest_email) == (None, "guest@example.test")
    assert world.baskets[Kind.BUYER].lines.count() == 1


def test_an_undeclared_view_is_open_to_nobody(world: World) -> None:
    def forgotten(request: HttpRequest) -> HttpResponse:
        return HttpResponse("open")

    middleware = AccessMiddleware(lambda request: HttpResponse("open"))
    for kind in Kind:
        request = RequestFactory().get("/forgotten/")
        request.user = world.user(kind) or Client().get("/fragment/me/").wsgi_request.user
        with pytest.raises(Http404):
            middleware.process_view(request, forgotten, (), {})


def test_everybody_is_exactly_their_kind(world: World) -> None:
    assert {kind: kinds_of(world.user(kind)) for kind in Kind if kind is not Kind.ANONYMOUS} == {
        Kind.BUYER: {Kind.BUYER},
        Kind.GROUP_MEMBER: {Kind.BUYER, Kind.GROUP_MEMBER},
        Kind.COOPERATIVE_MEMBER: {Kind.BUYER, Kind.COOPERATIVE_MEMBER},
        Kind.HUB_PACKER: {Kind.BUYER, Kind.HUB_PACKER},
        Kind.OFFICER: {Kind.BUYER, Kind.OFFICER},
        Kind.EDITOR: {Kind.BUYER, Kind.EDITOR},
        Kind.ADMINISTRATOR: {Kind.BUYER, Kind.ADMINISTRATOR},
    }
