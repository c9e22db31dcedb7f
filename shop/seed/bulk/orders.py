"""Orders of the big market in every state, with the sums, stock and sold pieces that the services would leave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import connection

from catalogue.models import Product
from catalogue.selectors import sellable
from catalogue.services import count_sold
from shop.checkout.writing import line_values
from shop.common import clock
from shop.common.money import to_baht
from shop.order.models import Line, Order, ShippingAddress, VendorOrder, VendorOrderEvent
from shop.partner.offers import Offer, offers
from shop.partner.services import refresh_offer
from shop.payment.models import PaymentAttempt
from shop.payment.services import offered_methods, pay_by
from shop.people.addresses import Area, all_areas
from shop.seed import names
from shop.seed.bulk.copying import Dice, Progress, copy_in, take_ids
from shop.shipping.services import Part, PriceList, price_list

V, P = VendorOrder.State, PaymentAttempt.State
_ROAD = (V.AWAITING_PAYMENT, V.TO_ACCEPT, V.TO_PACK, V.PACKED, V.HANDED_OVER, V.DELIVERED)
_STATES = {
    V.AWAITING_PAYMENT: 4,
    V.TO_ACCEPT: 8,
    V.TO_PACK: 7,
    V.PACKED: 5,
    V.HANDED_OVER: 8,
    V.DELIVERED: 58,
    V.CANCELLED: 10,
}
_PLACED_TOGETHER = 500
_MOST_LINES, _MOST_PIECES = 5, 3


@dataclass(slots=True)
class Plan:
    """One order before it is written: lines by (group, place), in the order of choosing."""

    area: Area
    state: str
    moment: dt.datetime
    parts: dict[tuple[int, int], list[tuple[Offer, int]]] = field(default_factory=dict)

    def total_satang(self, key: tuple[int, int]) -> int:
        """The goods of one part."""
        return sum(offer.price_satang * quantity for offer, quantity in self.parts[key])

    def weight_g(self, key: tuple[int, int]) -> int:
        """The weight of one part."""
        return sum(offer.weight_g * quantity for offer, quantity in self.parts[key])


@dataclass
class Books:
    """The rows of a batch of orders, table by table, and what they do to stock and to sold pieces."""

    addresses: list[dict[str, Any]] = field(default_factory=list)
    orders: list[dict[str, Any]] = field(default_factory=list)
    parts: list[dict[str, Any]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    lines: list[dict[str, Any]] = field(default_factory=list)
    attempts: list[dict[str, Any]] = field(default_factory=list)
    held: dict[int, int] = field(default_factory=dict)
    gone: dict[int, int] = field(default_factory=dict)
    sold: dict[int, int] = field(default_factory=dict)


def make_orders(dice: Dice, number: int, progress: Progress) -> int:
    """Writes up to `number` orders over what is for sale now; returns how many (stock may run out first)."""
    goods = list(
        Product.objects.filter(sellable(clock.now()), in_stock=True, price_from_satang__isnull=False)
        .exclude(structure="parent")
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    dice.shuffle(goods)
    areas, prices, made = all_areas(), price_list(clock.today()), 0
    left: dict[int, int] = {}
    while made < number and goods:
        plans = _plans(dice, min(_PLACED_TOGETHER, number - made), goods, areas, left)
        if not plans:
            break
        books = Books()
        keys = zip(
            plans, take_ids(Order, len(plans)), take_ids(ShippingAddress, len(plans)), range(made, number), strict=False
        )
        for plan, order, address, position in keys:
            _enter(dice, books, plan, (order, address, position), prices)
        _write(books)
        made += len(plans)
        progress("orders", made)
    return made


def _plans(dice: Dice, number: int, goods: Sequence[int], areas: Sequence[Area], left: dict[int, int]) -> list[Plan]:
    """Plans what many buyers take; `left` remembers over all batches what nobody has taken yet."""
    wishes = [
        [goods[dice.early(len(goods))] for _line in range(dice.randint(1, _MOST_LINES))] for _order in range(number)
    ]
    known = offers({key for wish in wishes for key in wish})
    plans = []
    for wish in wishes:
        state = dice.choices(list(_STATES), list(_STATES.values()))[0]
        hours = dice.randint(1, 20) if state == V.AWAITING_PAYMENT else dice.randint(72, 24 * 120)
        plan = Plan(dice.choice(areas), state, clock.now() - dt.timedelta(hours=hours))
        for key in dict.fromkeys(wish):
            offer = known[key]
            free = left.setdefault(key, offer.available)
            quantity = min(dice.randint(1, _MOST_PIECES), free)
            if quantity:
                left[key] = free - (0 if state == V.CANCELLED else quantity)
                plan.parts.setdefault((offer.group_id, offer.place_id), []).append((offer, quantity))
        if plan.parts:
            plans.append(plan)
    return plans


def _enter(dice: Dice, books: Books, plan: Plan, keys: tuple[int, int, int], prices: PriceList) -> None:
    order, address, position = keys
    delivery = prices.quote(
        plan.area.province_code,
        [Part(key, lines[0][0].place_province, plan.weight_g(key)) for key, lines in plan.parts.items()],
    )
    goods = sum(plan.total_satang(key) for key in plan.parts)
    method = _method(dice, plan, goods + delivery.total_satang)
    number = dice.code(11)
    books.addresses.append(_address(dice, address, plan.area))
    books.orders.append(
        {
            "id": order,
            "number": number,
            "shipping_address_id": address,
            **_totals(goods, delivery.total_satang),
            **_buyer(dice, plan, position),
            **_course(plan, method),
        }
    )
    for step, (key, part_id) in enumerate(
        zip(plan.parts, take_ids(VendorOrder, len(plan.parts)), strict=True), start=1
    ):
        quoted = delivery.of(key)
        part = {"id": part_id, "number": f"{number}-{step}", "order_id": order, "group_id": key[0], "place_id": key[1]}
        part |= {"state": plan.state, "state_changed_at": _moments(plan)[-1][1], "created_at": plan.moment}
        part |= {"goods_satang": plan.total_satang(key), "delivery_satang": quoted.price_satang}
        books.parts.append(part | {"weight_g": plan.weight_g(key), "carrier": quoted.carrier})
        books.events += [{"vendor_order_id": part_id, "state": state, "at": at} for state, at in _moments(plan)]
        for offer, quantity in plan.parts[key]:
            _enter_line(books, plan, offer, quantity, (order, part_id))
    books.attempts.append(_attempt(plan, order, number, method, goods + delivery.total_satang))


def _enter_line(books: Books, plan: Plan, offer: Offer, quantity: int, keys: tuple[int, int]) -> None:
    order, part = keys
    cancelled = plan.state == V.CANCELLED
    books.lines.append(
        {"order_id": order, "vendor_order_id": part, "allocation_cancelled": cancelled, **line_values(offer, quantity)}
    )
    if cancelled:
        return
    pile = books.gone if plan.state in (V.HANDED_OVER, V.DELIVERED) else books.held
    pile[offer.stockrecord_id] = pile.get(offer.stockrecord_id, 0) + quantity
    if plan.state != V.AWAITING_PAYMENT:
        books.sold[offer.product_id] = books.sold.get(offer.product_id, 0) + quantity


def _moments(plan: Plan) -> list[tuple[str, dt.datetime]]:
    """The states that a vendor order went through, an hour or a day apart."""
    if plan.state == V.CANCELLED:
        return [(V.AWAITING_PAYMENT, plan.moment), (V.CANCELLED, plan.moment + dt.timedelta(hours=49))]
    way = _ROAD[: _ROAD.index(V(plan.state)) + 1]
    return [(state, plan.moment + dt.timedelta(hours=step * 9)) for step, state in enumerate(way)]


def _method(dice: Dice, plan: Plan, total: int) -> str:
    """Cash at the door never waits for money, so an order that waits or ran out was to be paid before."""
    methods = offered_methods(total)
    if plan.state in (V.AWAITING_PAYMENT, V.CANCELLED) and "cod" in methods:
        methods.remove("cod")
    if plan.state == V.AWAITING_PAYMENT:
        return "transfer" if "transfer" in methods else methods[0]
    return dice.choice(methods)


def _address(dice: Dice, key: int, area: Area) -> dict[str, Any]:
    name = f"{dice.choice(names.WOMEN + names.MEN)} {dice.choice(names.LAST_NAMES)}"
    return {
        "id": key,
        "recipient": name,
        "first_name": name,
        "line1": f"{dice.randint(1, 299)} หมู่ {dice.randint(1, 12)}",
        "line3": area.subdistrict_th,
        "line4": area.district_th,
        "state": area.province_th,
        "postcode": area.postcodes[0],
        "country_id": "TH",
        "phone": f"08{dice.randrange(10**8):08d}",
        "subdistrict_code": area.code,
        "province_code": area.province_code,
    }


def _totals(goods: int, delivery: int) -> dict[str, Any]:
    whole, shipping = to_baht(goods + delivery), to_baht(delivery)
    return {
        "currency": "THB",
        "total_incl_tax": whole,
        "total_excl_tax": whole,
        "shipping_incl_tax": shipping,
        "shipping_excl_tax": shipping,
        "shipping_method": "ส่งตรงจากกลุ่ม",
        "shipping_code": "direct",
    }


def _buyer(dice: Dice, plan: Plan, position: int) -> dict[str, Any]:
    return {
        "site_id": settings.SITE_ID,
        "guest_email": f"bulk-buyer-{position + 1}@example.test",
        "guest_phone": f"08{dice.randrange(10**8):08d}",
        "link_nonce": dice.key().hex[:22],
        "link_expires_at": plan.moment + dt.timedelta(days=settings.GUEST_LINK_DAYS),
        "language": "en" if dice.happens(10) else "th",
    }


def _course(plan: Plan, method: str) -> dict[str, Any]:
    with clock.moved_to(plan.moment):
        until = pay_by(method)
    return {
        "status": settings.OSCAR_INITIAL_ORDER_STATUS,
        "date_placed": plan.moment,
        "payment_method": method,
        "pay_by": until,
        "cancelled_at": _moments(plan)[-1][1] if plan.state == V.CANCELLED else None,
        "cancel_reason": "expired" if plan.state == V.CANCELLED else "",
    }


def _attempt(plan: Plan, order: int, number: str, method: str, total: int) -> dict[str, Any]:
    state, changed = P.SUCCEEDED, plan.moment + dt.timedelta(minutes=5)
    if plan.state == V.CANCELLED:
        state, changed = P.EXPIRED, _moments(plan)[-1][1]
    elif method == "cod" and plan.state == V.DELIVERED:
        changed = _moments(plan)[-1][1]
    elif method == "cod" or plan.state == V.AWAITING_PAYMENT:
        state, changed = P.AWAITING_PAYER, plan.moment
    return {
        "order_id": order,
        "number": 1,
        "method": method,
        "state": state,
        "amount_satang": total,
        "received_satang": total if state == P.SUCCEEDED else None,
        "received_at": changed if state == P.SUCCEEDED else None,
        "idempotency_key": f"pay:{number}:1",
        "provider": "",
        "provider_ref": "",
        "payment_ref": "",
        "provider_open": False,
        "show": {},
        "reason": "",
        "note": "",
        "created_at": plan.moment,
        "changed_at": changed,
    }


_STOCK = """
UPDATE partner_stockrecord s
SET num_allocated = COALESCE(s.num_allocated, 0) + n.held, num_in_stock = s.num_in_stock - n.gone
FROM unnest(%s::bigint[], %s::int[], %s::int[]) AS n (id, held, gone) WHERE s.id = n.id
"""


def _write(books: Books) -> None:
    for model, rows in (
        (ShippingAddress, books.addresses),
        (Order, books.orders),
        (VendorOrder, books.parts),
        (VendorOrderEvent, books.events),
        (Line, books.lines),
        (PaymentAttempt, books.attempts),
    ):
        copy_in(model, rows)
    touched = sorted({*books.held, *books.gone})
    with connection.cursor() as cursor:
        held = [books.held.get(key, 0) for key in touched]
        cursor.execute(_STOCK, [touched, held, [books.gone.get(key, 0) for key in touched]])
    count_sold(quantities=books.sold)
    refresh_offer({row["product_id"] for row in books.lines})
