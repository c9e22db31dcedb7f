"""Orders in every state, placed and moved by the services, at moments of the last weeks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.auth import get_user_model

from catalogue.models import Product
from shop.basket.models import Basket
from shop.basket.selectors import basket_view
from shop.basket.services import add_to_basket
from shop.checkout.services import Buyer, Placed, place_order, quote_basket
from shop.common import clock
from shop.fulfilment import services as work
from shop.gateways import trial
from shop.order.models import Order, VendorOrder
from shop.payment import services as payments
from shop.people import addresses
from shop.people.addresses import AddressData
from vendors.models import Membership

_ADDRESSES = (
    AddressData("ญาณิศา ผู้พัฒน์", "0812345678", "88/12 ซอยพหลโยธิน 48", "100502", "10220"),
    AddressData("ธนกร มีสุข", "0891112222", "9 หมู่ 4 ถนนสายเอก", "500101", "50200"),
    AddressData("สมหญิง พรหมมา", "0623334444", "55 ถนนราษฎร์ยินดี", "900101", "90000"),
)
Step = Callable[[Order], None]


def _each(act: Callable[..., Any], only: int | None = None, *, helped: bool = False) -> Step:
    def step(order: Order) -> None:
        for part in order.vendor_orders.order_by("pk")[:only]:
            act(vendor_order=part, by=_person(part.group_id, helped))

    return step


def _person(group: int, helped: bool) -> Any:
    """Who does the work of a group: its manager, or where it is helped somebody of the cooperative that acts for it."""
    people = get_user_model().objects.filter(memberships__role=Membership.Role.MANAGER)
    helper = people.filter(memberships__organisation__grants_taken__giver=group).order_by("pk").first()
    return (helped and helper) or people.filter(memberships__organisation=group).order_by("pk").first()


def _pay(order: Order) -> None:
    _answer(order, paid=True)


def _decline(order: Order) -> None:
    _answer(order, paid=False)


def _answer(order: Order, *, paid: bool) -> None:
    """What the bank answers; a transfer is seen on the account by a person."""
    attempt = order.payment_attempts.get()
    if not attempt.provider:
        payments.confirm(attempt=attempt, note="demo")
        return
    trial.press(payments.begin(attempt=attempt).provider_ref, paid=paid)
    payments.refresh(attempt=attempt)


def _cancel(order: Order) -> None:
    work.cancel_order(order=order, by=None, reason="buyer")


def _expire(order: Order) -> None:
    with clock.moved_to(clock.now() + dt.timedelta(days=3)):
        work.expire_order(order=order)


def _begin(order: Order) -> None:
    """One line of the first group lies in the box; of another there is one piece less than was ordered."""
    part = order.vendor_orders.order_by("pk")[0]
    lines, by = list(part.lines.order_by("pk")), _person(part.group_id, False)
    work.tick_lines(vendor_order=part, packed={lines[0].pk: True}, by=by)
    other = next((line for each in order.vendor_orders.all() for line in each.lines.all() if line.to_pack > 1), None)
    if other is not None and other.vendor_order is not None:
        person = _person(other.vendor_order.group_id, False)
        facts = {"line_id": other.pk, "available": other.to_pack - 1, "reason": "sold_out", "seen": 0}
        work.mark_short(vendor_order=other.vendor_order, by=person, **facts)


ACCEPT, SEND, DELIVER = (_each(act) for act in (work.accept, work.hand_over, work.deliver))
PACK = _each(work.pack, helped=True)
STORIES: tuple[tuple[str, tuple[Step, ...]], ...] = (
    ("transfer", ()),
    ("test", ()),
    ("test", (_decline,)),
    ("transfer", (_expire,)),
    ("transfer", (_cancel,)),
    ("cod", ()),
    ("cod", (_cancel,)),
    ("test", (_pay,)),
    ("transfer", (_pay, ACCEPT, _begin)),
    ("test", (_pay, ACCEPT, PACK)),
    ("test", (_pay, ACCEPT, PACK, _each(work.hand_over, only=1))),
    ("test", (_pay, ACCEPT, PACK, SEND)),
    ("test", (_pay, ACCEPT, PACK, SEND, DELIVER)),
    ("cod", (ACCEPT, PACK, SEND, DELIVER)),
    ("test", (_pay, ACCEPT, PACK, SEND, DELIVER)),
)


def make_orders(users: list[Any], group_a: Any, group_b: Any) -> Iterator[Order]:
    """One order for each story; every one holds goods of groups A and B and of a third."""
    goods = [_good_of(group_a.pk), _good_of(group_b.pk)]
    others = list(_buyable().exclude(group_id__in=[group_a.pk, group_b.pk]).order_by("pk")[: len(STORIES)])
    for number, (method, steps) in enumerate(STORIES):
        moment = clock.now() - dt.timedelta(days=len(STORIES) - number, hours=2)
        user = users[number % len(users)] if number % 3 else None
        with clock.moved_to(moment):
            chosen = [*goods, others[number]] if number % 2 == 0 else [goods[number % 4 // 2], others[number]]
            order = _place(chosen, user, method, number).order
        for hours, step in enumerate(steps, start=1):
            with clock.moved_to(moment + dt.timedelta(hours=hours)):
                step(Order.objects.get(pk=order.pk))
        yield order


def _buyable() -> Any:
    cheap = Product.objects.filter(in_stock=True, structure="standalone", price_from_satang__lte=120_000)
    return cheap.filter(sellable_from__lte=clock.now() - dt.timedelta(seconds=0))


def _good_of(group_id: int) -> Product:
    """What the group has most of: every second story sells a piece of it."""
    goods = _buyable().filter(group_id=group_id).order_by("-stockrecords__num_in_stock", "pk")
    product: Product | None = goods.first()
    assert product is not None, "groups A and B need something to sell"
    return product


def _place(products: list[Product], user: Any, method: str, number: int) -> Placed:
    basket = Basket.objects.create(owner=user, status=Basket.OPEN)
    for position, product in enumerate(products):
        add_to_basket(basket=basket, product_id=product.pk, quantity=1 + (number + position) % 2)
    address = _ADDRESSES[number % len(_ADDRESSES)]
    area = addresses.area(address.area_code)
    assert area is not None
    view = basket_view(basket)
    total = view.total_satang + quote_basket(view, area.province_code).total_satang
    buyer = Buyer(email=user.email if user else f"guest{number}@example.test", phone=address.phone, user=user)
    return place_order(
        basket=basket, buyer=buyer, address=address, method=method, expected_total_satang=total, language="th"
    )


def place_one(group: Any, user: Any, method: str) -> Order:
    """One more order of what the group has most of."""
    return _place([_good_of(group.pk)], user, method, 0).order


def states_present() -> set[str]:
    """The states of vendor orders that exist now."""
    return set(VendorOrder.objects.values_list("state", flat=True))
