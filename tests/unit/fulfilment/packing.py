"""Handles for the tests of packing: a purchase of three groups, and what one of them does with its part."""

from __future__ import annotations

from typing import Any

from django.core import mail

from shop.basket.models import Basket
from shop.basket.selectors import basket_view
from shop.basket.services import add_to_basket
from shop.checkout.services import Buyer, place_order, quote_basket
from shop.common import outbox
from shop.order.models import Line, Order, VendorOrder
from tests.market import Market, signed_in
from tests.unit.rights.world import HOME


def buy_of_three(market: Market, user: Any) -> Order:
    basket = Basket.objects.create(owner=user, status=Basket.OPEN)
    for key, quantity in (("kratip", 3), ("mat", 1), ("hat", 1), ("bag", 1)):
        add_to_basket(basket=basket, product_id=market.products[key].pk, quantity=quantity)
    view = basket_view(basket)
    total = view.total_satang + quote_basket(view, "TH-10").total_satang
    buyer = Buyer(email=user.email, phone=HOME.phone, user=user)
    return place_order(basket=basket, buyer=buyer, address=HOME, method="cod", expected_total_satang=total).order


def base(part: VendorOrder) -> str:
    return f"/workspace/north-group/orders/{part.number}/"


def lines(part: VendorOrder) -> tuple[Line, Line]:
    first, second = part.lines.order_by("pk")
    return first, second


def mark(market: Market, part: VendorOrder, line: Line, available: str, **more: Any) -> Any:
    data = {"available": available, "reason": "sold_out", "seen": line.short_quantity, **more}
    return signed_in(market.people["north"]).post(f"{base(part)}short/{line.pk}/", data)


def letters() -> list[Any]:
    mail.outbox.clear()
    while outbox.work_off():
        pass
    return list(mail.outbox)
