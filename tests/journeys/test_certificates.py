"""A certificate's whole life through HTTP, and that everything follows at the very second, with kept pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client

from catalogue.jobs import turn_of_day
from shop.common import clock
from shop.order.models import Order
from shop.partner.models import StockRecord
from tests.market import GUEST, Market
from tests.unit.vendors.papers import client_of, decide, hand_in
from vendors.models import Certificate
from vendors.services import lift_suspension, revoke_certificate, suspend_group

pytestmark = pytest.mark.django_db
Committed = Callable[..., AbstractContextManager[Any]]
SAME_ORIGIN = {"HTTP_SEC_FETCH_SITE": "same-origin"}
NOON = dt.datetime(2026, 11, 24, 5, 0, tzinfo=dt.UTC)
LAST_SECOND = dt.timedelta(seconds=-1)
LISTED = {
    "listing": "/products/",
    "category": "/categories/basketry/",
    "search": "/search/?q=กระติบ",
    "home": "/",
    "group": "/groups/north-group/",
    "network": "/networks/chiang-mai/",
    "sitemap": "/sitemaps/products-{part}.xml",
}


class Watch:
    """Looks everywhere for one product as a visitor without a session does, so that kept pages answer."""

    def __init__(self, market: Market) -> None:
        self.market, self.product = market, market.products["kratip"]
        self.address = f"/products/{self.product.slug}_{self.product.pk}/"
        self.basket = Client()
        self.confirm_total = 0

    def put_into_a_basket(self) -> None:
        self.basket.post(f"/basket/add/{self.product.pk}/", {"quantity": 1}, **SAME_ORIGIN)
        assert self.basket.post("/checkout/", GUEST).status_code == 302
        self.confirm_total = self.basket.get("/checkout/confirm/").context["total"]

    def found(self) -> dict[str, bool]:
        """Where the product is offered now."""
        seen = {}
        for name, path in LISTED.items():
            answer = Client().get(path.format(part=self.product.pk // 5000))
            seen[name] = answer.status_code == 200 and self.address in answer.content.decode()
        page = Client().get(self.address).content.decode()
        seen["buy button"] = f'action="/basket/add/{self.product.pk}/"' in page
        seen["schema.org offer"] = '"offers"' in page
        seen["indexed"] = "noindex" not in page
        seen["badge"] = "มผช." in page
        fresh = Client()
        fresh.post(f"/basket/add/{self.product.pk}/", {"quantity": 1}, **SAME_ORIGIN)
        seen["into a basket"] = fresh.get("/fragment/me/").json()["count"] == 1
        if self.confirm_total:
            basket = self.basket.get("/basket/")
            seen["line of an open basket"] = "ยังไม่เปิดขายสินค้านี้ กรุณานำออก" not in basket.content.decode()
        return seen

    def order(self, method: str = "cod") -> Any:
        data = {"method": method, "expected": self.confirm_total, "note": ""}
        return self.basket.post("/checkout/confirm/", data)


def everywhere(seen: dict[str, bool], *, sold: bool) -> None:
    assert {name for name, offered in seen.items() if offered is not sold} == set()


def north_is_bare(market: Market) -> None:
    revoke_certificate(certificate=market.certificates["north"], by=None, reason="เริ่มใหม่")


def test_from_handing_in_to_the_end_and_back(market: Market, django_capture_on_commit_callbacks: Committed) -> None:
    committed = lambda: django_capture_on_commit_callbacks(execute=True)  # noqa: E731
    last = dt.date(2026, 12, 24)
    with clock.moved_to(NOON):
        with committed():
            turn_of_day()
            north_is_bare(market)
        watch = Watch(market)
        everywhere(watch.found(), sold=False)
        days = {"issued_on": "1/11/2569", "expires_on": "24/12/2569"}
        assert hand_in(market, **days).status_code == 302
        paper = Certificate.objects.order_by("-pk")[0]
        everywhere(watch.found(), sold=False)
        decide(market, paper, "send-back", reason="อ่านเลขที่ไม่ออก")
        page = client_of(market, "north").get(f"/workspace/north-group/certificates/{paper.code}/edit/")
        assert "อ่านเลขที่ไม่ออก" in page.content.decode()
        paper.refresh_from_db()
        hand_in(market, path=f"{paper.code}/edit/", seen=paper.version, **days)
        everywhere(watch.found(), sold=False)
        with committed():
            decide(market, paper, "verify")
        everywhere(watch.found(), sold=True)
    midnight = clock.end_of_day(last)
    with clock.moved_to(midnight + LAST_SECOND):
        watch.put_into_a_basket()
        everywhere(watch.found(), sold=True)
    with clock.moved_to(midnight):
        everywhere(watch.found(), sold=False)
        refused = watch.order()
        assert refused.status_code == 422
        assert "สินค้าบางรายการไม่มีตามที่เลือกไว้แล้ว" in refused.content.decode()
        assert Order.objects.count() == 0
        path = f"{paper.code}/renew/"
        assert hand_in(market, path=path, issued_on="20/12/2569", expires_on="19/12/2572").status_code == 302
        renewal = Certificate.objects.order_by("-pk")[0]
        everywhere(watch.found(), sold=False)
        with committed():
            decide(market, renewal, "verify")
        everywhere(watch.found(), sold=True)
        assert watch.order().status_code == 302
        assert Order.objects.get().lines.get().product == market.products["kratip"]


def test_a_renewal_that_follows_without_a_gap_is_never_noticed(market: Market) -> None:
    with clock.moved_to(NOON):
        turn_of_day()
        north_is_bare(market)
        for first, last in (("1/11/2569", "24/12/2569"), ("25/12/2569", "24/12/2572")):
            hand_in(market, number=f"มผช. {first[0]}7/2563", issued_on=first, expires_on=last, sure="on")
            decide(market, Certificate.objects.order_by("-pk")[0], "verify")
    watch = Watch(market)
    midnight = clock.end_of_day(dt.date(2026, 12, 24))
    for moment in (midnight + LAST_SECOND, midnight):
        with clock.moved_to(moment):
            everywhere(watch.found(), sold=True)


@pytest.mark.parametrize("act", ["revoke", "suspend"])
def test_revocation_and_suspension_are_seen_everywhere_at_once(
    market: Market, django_capture_on_commit_callbacks: Committed, act: str
) -> None:
    watch = Watch(market)
    watch.put_into_a_basket()
    everywhere(watch.found(), sold=True)
    north = market.groups["north"]
    with django_capture_on_commit_callbacks(execute=True):
        if act == "revoke":
            revoke_certificate(certificate=market.certificates["north"], by=None, reason="ทดสอบ")
        else:
            suspend_group(group=north, by=None, reason="ทดสอบ")
    everywhere(watch.found(), sold=False)
    assert watch.order().status_code == 422
    assert Order.objects.count() == 0
    if act == "suspend":
        with django_capture_on_commit_callbacks(execute=True):
            lift_suspension(group=north, by=None)
        everywhere(watch.found(), sold=True)


def test_an_order_placed_in_the_last_second_is_paid_and_packed_after_midnight(market: Market) -> None:
    """Decision: what was bought while the certificate was in force stays bought."""
    last = market.certificates["north"].expires_on
    assert last is not None
    watch = Watch(market)
    midnight = clock.end_of_day(last)
    with clock.moved_to(midnight + LAST_SECOND):
        watch.put_into_a_basket()
        placed = watch.order("test")
        assert placed.status_code == 302
    order = Order.objects.get()
    with clock.moved_to(midnight + dt.timedelta(minutes=1)):
        everywhere({name: seen for name, seen in watch.found().items() if name != "line of an open basket"}, sold=False)
        watch.basket.post(f"/orders/{order.number}/pay/", {"outcome": "paid"})
        part = order.vendor_orders.get()
        assert part.state == "to_accept"
        client_of(market, "north").post(f"/workspace/north-group/orders/{part.number}/accept/")
        part.refresh_from_db()
        assert part.state == "to_pack"
    assert StockRecord.objects.get(pk=market.stock["kratip"].pk).num_allocated == 1
