"""Hearts and followed groups through the pages: exactly what was pressed is kept, for the one who pressed."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from catalogue.models import Category
from catalogue.services import add_variant, create_product, withdraw_product
from shop.favourites import services
from shop.favourites.models import Favourite, Follow
from shop.partner.services import set_offer
from tests.market import PASSWORD, Market
from vendors.services import suspend_group

pytestmark = pytest.mark.django_db
HEARTS, FOLLOWS = "/account/favourites/change/", "/account/following/change/"
SAME_ORIGIN: Any = {"HTTP_SEC_FETCH_SITE": "same-origin"}
JSON: Any = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def buyer(market: Market) -> Client:
    client = Client(enforce_csrf_checks=True)
    assert client.login(email=market.people["buyer"].email, password=PASSWORD)
    return client


def hearts(market: Market, name: str = "buyer") -> list[int]:
    rows = Favourite.objects.filter(user=market.people[name]).order_by("pk")
    return list(rows.values_list("product_id", flat=True))


def followed(market: Market, name: str = "buyer") -> list[int]:
    return list(Follow.objects.filter(user=market.people[name]).order_by("pk").values_list("group_id", flat=True))


def test_a_heart_pressed_twice_is_one_and_taken_off_twice_is_none(buyer: Client, market: Market) -> None:
    hat = market.products["hat"].pk
    for _ in range(2):
        answer = buyer.post(HEARTS, {"add": hat}, **SAME_ORIGIN, **JSON)
        assert (answer.status_code, answer.json()) == (200, {"on": True, "text": "เก็บไว้ในรายการถูกใจแล้ว"})
        assert hearts(market) == [hat]
    for _ in range(2):
        answer = buyer.post(HEARTS, {"remove": hat}, **SAME_ORIGIN, **JSON)
        assert (answer.status_code, answer.json()) == (200, {"on": False, "text": "นำออกจากรายการถูกใจแล้ว"})
        assert hearts(market) == []


def test_the_marks_of_cached_pages_come_with_the_private_fragment(buyer: Client, market: Market) -> None:
    hat, north = market.products["hat"].pk, market.groups["north"].pk
    path = f"/products/{market.products['hat'].slug}_{hat}/"
    before = Client().get(path).content
    buyer.post(HEARTS, {"add": hat}, **SAME_ORIGIN)
    buyer.post(FOLLOWS, {"add": north}, **SAME_ORIGIN)
    assert buyer.get(path).content == before == Client().get(path).content
    mine = buyer.get("/fragment/me/?marks=1").json()
    assert (mine["favourites"], mine["follows"]) == ([hat], [north])
    others = Client().get("/fragment/me/?marks=1").json()
    assert (others["favourites"], others["follows"]) == ([], [])
    assert "favourites" not in buyer.get("/fragment/me/").json()


def test_without_javascript_it_leads_to_the_list_and_from_there_back(buyer: Client, market: Market) -> None:
    hat = market.products["hat"]
    page = f"/products/{hat.slug}_{hat.pk}/"
    answer = buyer.post(HEARTS, {"add": hat.pk}, HTTP_REFERER=f"http://testserver{page}?a=1", **SAME_ORIGIN)
    assert answer.status_code == 302
    shown = buyer.get(answer.url).content.decode()
    assert "เก็บไว้ในรายการถูกใจแล้ว" in shown
    assert f'class="acc-back" href="{page}?a=1"' in shown
    assert f'name="remove" value="{hat.pk}"' in shown
    gone = buyer.post(HEARTS, {"remove": hat.pk}, HTTP_REFERER="http://testserver/account/favourites/", **SAME_ORIGIN)
    assert gone.url == "/account/favourites/"
    assert "ยังไม่มีรายการถูกใจ" in buyer.get(gone.url).content.decode()


@pytest.mark.parametrize(
    "referer", ["https://evil.example/x", "http://testserver//evil.example/", "javascript:alert(1)"]
)
def test_the_way_back_never_leads_away(buyer: Client, market: Market, referer: str) -> None:
    answer = buyer.post(HEARTS, {"add": market.products["hat"].pk}, HTTP_REFERER=referer, **SAME_ORIGIN)
    assert answer.url.split("?")[0] == "/account/favourites/"
    assert "acc-back" not in buyer.get(answer.url).content.decode()
    assert "acc-back" not in buyer.get("/account/favourites/?back=//evil.example/").content.decode()


def test_from_a_page_of_another_site_nothing_is_kept(buyer: Client, market: Market) -> None:
    for path, key in ((HEARTS, market.products["hat"].pk), (FOLLOWS, market.groups["north"].pk)):
        assert buyer.post(path, {"add": key}, HTTP_SEC_FETCH_SITE="cross-site").status_code == 403
        assert buyer.get(path).status_code == 405
    assert (hearts(market), followed(market)) == ([], [])


def test_a_guest_signs_in_and_the_heart_is_kept(market: Market) -> None:
    guest, hat = Client(), market.products["hat"]
    page = f"/products/{hat.slug}_{hat.pk}/"
    answer = guest.post(HEARTS, {"add": hat.pk}, HTTP_REFERER=f"http://testserver{page}", **SAME_ORIGIN)
    assert (answer.status_code, answer.url) == (302, f"/auth/login/?next={page.replace('/', '%2F')}")
    assert Favourite.objects.count() == 0
    entered = guest.post(answer.url, {"login": market.people["buyer"].email, "password": PASSWORD, "next": page})
    assert (entered.status_code, entered.url) == (302, page)
    assert hearts(market) == [hat.pk]
    assert "marked_before_login" not in guest.session


def test_a_guest_signs_up_and_follows(market: Market) -> None:
    guest, north = Client(), market.groups["north"].pk
    answer = guest.post(FOLLOWS, {"add": north}, **SAME_ORIGIN, **JSON)
    assert (answer.status_code, answer.json()) == (401, {"login": "/auth/login/?next=%2F"})
    guest.post("/auth/signup/", {"email": "new@example.test", "password1": "a-long-password-2569"})
    assert list(Follow.objects.values_list("user__email", "group_id")) == [("new@example.test", north)]


def test_what_visitors_may_not_see_gets_no_heart(buyer: Client, market: Market) -> None:
    draft = create_product(
        group=market.groups["north"], category=Category.objects.get(slug="basketry"), title_th="ร่าง", title_en="draft"
    )
    for key in (draft.pk, 999_999_999):
        answer = buyer.post(HEARTS, {"add": key}, **SAME_ORIGIN, **JSON)
        assert (answer.status_code, answer.json()) == (409, {"on": False, "text": "รายการนี้ไม่มีในตลาดแล้ว"})
    cooperative = market.groups["north"].get_parent().pk
    suspend_group(group=market.groups["south"], reason="x", by=None)
    for key in (cooperative, market.groups["south"].pk, 999_999_999):
        assert buyer.post(FOLLOWS, {"add": key}, **SAME_ORIGIN, **JSON).status_code == 409
    assert buyer.post(HEARTS, {"add": market.products["bag"].pk}, **SAME_ORIGIN, **JSON).status_code == 409
    for bad in ({}, {"add": "x"}, {"add": "-1"}, {"remove": "1' OR 1"}):
        assert buyer.post(HEARTS, bad, **SAME_ORIGIN).status_code == 400
    assert (hearts(market), followed(market)) == ([], [])


def test_a_heart_on_a_variant_goes_to_the_product(buyer: Client, market: Market) -> None:
    hat = market.products["hat"]
    variant = add_variant(parent=hat, variant_th="ใหญ่")
    set_offer(product=variant, place=market.places["isan"], price_satang=9900, in_stock=1)
    buyer.post(HEARTS, {"add": variant.pk}, **SAME_ORIGIN)
    assert hearts(market) == [hat.pk]


def test_goods_that_left_sale_stay_on_the_list_and_say_so(buyer: Client, market: Market) -> None:
    for key in ("hat", "kratip"):
        buyer.post(HEARTS, {"add": market.products[key].pk}, **SAME_ORIGIN)
    withdraw_product(product=market.products["hat"])
    page = buyer.get("/account/favourites/")
    assert [card["pk"] for card in page.context["goods"]] == [market.products["kratip"].pk]
    assert [product.pk for product in page.context["away"]] == [market.products["hat"].pk]
    assert "ยังไม่เปิดขายในตอนนี้" in page.content.decode()


def test_followed_groups_show_their_newest_goods_and_a_closed_one_says_so(buyer: Client, market: Market) -> None:
    for key in ("north", "south"):
        buyer.post(FOLLOWS, {"add": market.groups[key].pk}, **SAME_ORIGIN)
    rows = buyer.get("/account/following/").context["rows"]
    assert [(row.group.pk, [card["pk"] for card in row.goods]) for row in rows] == [
        (market.groups["south"].pk, [market.products["bag"].pk]),
        (market.groups["north"].pk, [market.products["kratip"].pk]),
    ]
    suspend_group(group=market.groups["south"], reason="x", by=None)
    page = buyer.get("/account/following/")
    assert [(row.is_open, len(row.goods)) for row in page.context["rows"]] == [(False, 0), (True, 1)]
    assert "ตอนนี้กลุ่มนี้ปิดขายชั่วคราว" in page.content.decode()
    assert f"/groups/{market.groups['south'].slug}/" not in page.content.decode()


def test_lists_are_the_persons_own(buyer: Client, market: Market) -> None:
    services.add_favourite(user=market.people["stranger"], product_id=market.products["hat"].pk)
    services.follow_group(user=market.people["stranger"], group_id=market.groups["north"].pk)
    assert buyer.get("/account/favourites/").context["page"].paginator.count == 0
    assert buyer.get("/account/following/").context["rows"] == []
    buyer.post(HEARTS, {"remove": market.products["hat"].pk}, **SAME_ORIGIN)
    buyer.post(FOLLOWS, {"remove": market.groups["north"].pk}, **SAME_ORIGIN)
    assert hearts(market, "stranger") == [market.products["hat"].pk]
    assert followed(market, "stranger") == [market.groups["north"].pk]


def test_the_list_is_full_at_its_limit(buyer: Client, market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST", 1)
    hat, kratip = market.products["hat"].pk, market.products["kratip"].pk
    buyer.post(HEARTS, {"add": hat}, **SAME_ORIGIN)
    answer = buyer.post(HEARTS, {"add": kratip}, **SAME_ORIGIN, **JSON)
    assert answer.json()["text"] == "เก็บได้ไม่เกิน 1 รายการ กรุณานำบางรายการออกก่อน"
    assert buyer.post(HEARTS, {"add": hat}, **SAME_ORIGIN, **JSON).status_code == 200
    assert hearts(market) == [hat]


def test_too_many_changes_at_once_wait(buyer: Client, market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shop.favourites.web.views._MOST", 2)
    keys = [market.products[name].pk for name in ("hat", "kratip", "bag")]
    answers = [buyer.post(HEARTS, {"add": key}, **SAME_ORIGIN, **JSON).status_code for key in keys]
    assert answers == [200, 200, 409]
    assert hearts(market) == keys[:2]
