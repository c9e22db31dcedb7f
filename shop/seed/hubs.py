"""Purchases that go through hubs, one at every step, at the hubs of Bangkok and Chiang Mai; all of it by the services."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model

from catalogue.models import Product
from shop.basket.models import Basket
from shop.basket.selectors import basket_view
from shop.basket.services import add_to_basket
from shop.checkout.services import Buyer, Choice, basket_ways, place_order
from shop.common import clock
from shop.fulfilment import collecting
from shop.fulfilment import services as work
from shop.fulfilment.models import Parcel, Stop, TransferBox
from shop.fulfilment.services import Count
from shop.gateways import trial
from shop.order.models import Order
from shop.payment import services as payments
from shop.people import addresses
from shop.people.addresses import AddressData
from vendors.models import Membership, Place
from vendors.services import add_member

_HOMES = (
    AddressData("ญาณิศา ผู้พัฒน์", "0812345678", "88/12 ซอยพหลโยธิน 48", "100502", "10220"),
    AddressData("ธนกร มีสุข", "0891112222", "9 หมู่ 4 ถนนสายเอก", "500101", "50200"),
)


@dataclass(frozen=True)
class Story:
    """How far a purchase has come. `days`: so long ago it was placed; `left`: so many of its boxes stay at the step before."""

    way: str
    until: str
    days: int
    goods: int = 1
    left: int = 0


_STEPS = ("accepted", "packed", "collected", "sent", "arrived", "together", "out", "done")
"""Packed by the group, taken in by its hub, on the way, taken in by the last hub, put together, sent or shelved, with the buyer."""
STORIES = (
    Story("hubs", "accepted", 3),
    Story("hubs", "packed", 1, 2),
    Story("pickup", "packed", 6),
    Story("hubs", "collected", 4, 2),
    Story("hubs", "sent", 4),
    Story("pickup", "sent", 7),
    Story("hubs", "arrived", 6, 2, 1),
    Story("hubs", "arrived", 7, 2),
    Story("pickup", "arrived", 8),
    Story("hubs", "together", 8),
    Story("pickup", "together", 8),
    Story("hubs", "out", 9),
    Story("pickup", "out", 9),
    Story("pickup", "out", 20),
    Story("hubs", "done", 12),
    Story("pickup", "done", 12),
)


def make_hub_orders(buyers: list[Any]) -> Iterator[Order]:
    """One purchase for each story and each of the two addresses."""
    goods = list(
        Product.objects.filter(in_stock=True, structure="standalone", price_from_satang__lte=60_000)
        .filter(sellable_from__lte=clock.now() - dt.timedelta(days=21))
        .order_by("group_id", "pk")
    )
    for home in _HOMES:
        for number, story in enumerate(STORIES):
            moment = clock.now() - dt.timedelta(days=story.days, hours=2)
            with clock.moved_to(moment):
                order = _place(goods, home, buyers[number % 2], story, number)
            if order is not None:
                _walk(order, story, moment)
                yield order


def _place(goods: list[Product], home: AddressData, user: Any, story: Story, number: int) -> Order | None:
    """The purchase; None where this way is not offered for these goods (which another seed may lack)."""
    area = addresses.area(home.area_code)
    assert area is not None
    basket = Basket.objects.create(owner=user, status=Basket.OPEN)
    groups: set[int] = set()
    for step in range(len(goods)):
        product = goods[(number * 7 + step * 5) % len(goods)]
        if len(groups) < story.goods and product.group_id not in groups:
            groups.add(product.group_id)
            add_to_basket(basket=basket, product_id=product.pk, quantity=1 + number % 3)
    view = basket_view(basket)
    way = basket_ways(view, area, home.postcode).find(story.way)
    if way is None:
        return None
    order = place_order(
        basket=basket,
        buyer=Buyer(email=user.email, phone=home.phone, user=user),
        address=home,
        method="test",
        expected_total_satang=view.total_satang + way.total_satang,
        choice=Choice(story.way, way.hub_id),
    ).order
    trial.press(payments.begin(attempt=order.payment_attempts.get()).provider_ref, paid=True)
    payments.refresh(attempt=order.payment_attempts.get())
    return order


def _walk(order: Order, story: Story, moment: dt.datetime) -> None:
    """Step by step, most of a day apart but never in the future."""
    last = clock.now() - dt.timedelta(minutes=30)
    steps = _STEPS[: _STEPS.index(story.until) + 1]
    for number, step in enumerate(steps, start=1):
        with clock.moved_to(min(moment + dt.timedelta(hours=18 * number), last)):
            _step(Order.objects.select_related("plan__hub").get(pk=order.pk), step, story, step == steps[-1])


def _step(order: Order, step: str, story: Story, is_last: bool) -> None:
    parts = list(order.vendor_orders.select_related("group").order_by("pk"))
    if is_last and story.left:
        parts = parts[: -story.left]
    for part in parts if step in ("accepted", "packed") else ():
        (work.accept if step == "accepted" else work.pack)(vendor_order=part, by=None)
    for part in parts if step == "collected" else ():
        _count(part, Stop.objects.select_related("place").filter(vendor_order=part).order_by("position")[0].place)
    for part in parts if step == "sent" else ():
        box = TransferBox.objects.filter(vendor_order=part, state=TransferBox.State.ANNOUNCED).first()
        if box is not None:
            person = packer_of(box.transfer.from_place)
            work.send_transfer(transfer=box.transfer, boxes=[box.pk], by=person)
    for part in parts if step == "arrived" else ():
        if TransferBox.objects.filter(vendor_order=part, state=TransferBox.State.SENT).exists():
            _count(part, order.plan.hub)
    if step in ("together", "out", "done"):
        _parcels(order, step, story)


def _parcels(order: Order, step: str, story: Story) -> None:
    hub = order.plan.hub
    by = packer_of(hub)
    if step == "together":
        work.put_together(order=order, place=hub, by=by)
        return
    parcels = list(Parcel.objects.filter(order=order).order_by("pk"))
    if step == "done" and story.way == "pickup":
        work.hand_over_parcels(place=hub, code=collecting.code_of(order.plan), by=by, collected_by="")
        return
    for number, parcel in enumerate(parcels):
        if step == "done":
            work.deliver_parcel(parcel=parcel, by=by)
        elif story.way == "pickup":
            work.shelve(parcel=parcel, shelf=f"{'ABC'[parcel.pk % 3]}{1 + (parcel.pk + number) % 4}", by=by)
        else:
            work.send_parcel(parcel=parcel, carrier="ไปรษณีย์ไทย", tracking="EB123456785TH", by=by)


def _count(part: Any, place: Place) -> None:
    """Counted in; of some boxes with three pieces one is broken."""
    lines = list(part.lines.order_by("pk"))
    counts = {}
    if lines[0].to_pack == 3 and part.pk % 2 == 0:
        counts[lines[0].pk] = Count(2, 1, "broken")
    work.count_in(place=place, number=part.number, counts=counts, by=packer_of(place))


def packer_of(place: Place) -> Any:
    """Somebody who packs for the hub's network; made where there is nobody yet."""
    people = Membership.objects.filter(organisation=place.organisation, role=Membership.Role.PACKER)
    found = people.select_related("user").order_by("pk").first()
    if found is not None:
        return found.user
    user = get_user_model().objects.create_user(
        email=f"hub.{place.organisation.slug}@example.test", password=None, display_name="คนแพ็กประจำจุด"
    )
    add_member(organisation=place.organisation, user=user, role=Membership.Role.PACKER)
    return user
