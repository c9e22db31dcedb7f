"""Freezing who gets what when an order is placed, and taking back exactly the part of what does not reach its buyer."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from catalogue.models import Product
from shop.common import clock
from shop.common.money import to_satang
from shop.order import dividing
from shop.order.models import Line, LineShare, Order, VendorOrder
from shop.order.rules import Rule, Seller, category_path, pick, read_rules

Kind = LineShare.Kind
PLACED = "placed"
"""The cause of what was frozen with the order."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A paid stretch of the way: who earns how much with it, and (where not all) for which vendor orders."""

    payee_id: int
    price_satang: int
    vendor_orders: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Carried:
    """What is frozen of the way: the stretches, and by vendor order the organisations of the hubs that take its goods in hand."""

    stretches: tuple[Stretch, ...]
    hubs: Mapping[int, tuple[int, ...]]
    direct: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A share of a price as it is shown and frozen."""

    kind: str
    payee_id: int | None
    satang: int
    rule: Rule | None


def freeze_shares(
    *, order: Order, lines: Sequence[Line], parts: Sequence[VendorOrder], way: Carried, bearer: str = ""
) -> list[LineShare]:
    """Writes the shares of a new order's lines and delivery, by the rules of today. Two statements, however large it is.

    All have their part of the full price. What a line's discount takes off is a row of its own of kind `bearer` to the order's
    `discount_by`, so that together they make what the buyer pays.
    """
    (known, known_sellers), today = read_rules(part.group_id for part in parts), clock.today()
    paths = _categories(lines) if any(rule.scope == "category" for rule in known) else {}
    moment, rows = clock.now(), []
    for part in parts:
        own = [line for line in lines if line.vendor_order_id == part.pk]
        seller, hubs = known_sellers[part.group_id], way.hubs.get(part.pk, ())
        picked = [pick(known, day=today, seller=seller, category_path=paths.get(line.product_id, "")) for line in own]
        totals = [to_satang(line.line_price_incl_tax) for line in own]
        for line, shares in zip(own, parts_of_parcel(totals, picked, seller, hubs), strict=True):
            rows += [_row(order, part, line, share, moment) for share in shares]
            if line.discount_satang:
                borne = Part(bearer, order.discount_by_id, -line.discount_satang, None)
                rows.append(_row(order, part, line, borne, moment))
    rows += _delivery(order, parts, way, moment)
    return LineShare.objects.bulk_create(rows)


def parts_of_parcel(
    totals: Sequence[int], picked: Sequence[Mapping[str, Rule]], seller: Seller, hubs: Sequence[int] = ()
) -> list[list[Part]]:
    """The shares of the lines of one parcel. What is fixed for a parcel is spread over its lines by their price."""
    fixed: list[dict[str, int]] = [{} for _ in totals]
    for kind in dividing.ORDER[1:]:
        having = [number for number, found in enumerate(picked) if kind in found and found[kind].fixed_satang]
        if having:
            satang = max(picked[number][kind].fixed_satang for number in having)
            for number, given in zip(having, dividing.spread(satang, [totals[n] for n in having]), strict=True):
                fixed[number][kind] = given
    return [
        _parts(total, found, fixed[number], seller, hubs)
        for number, (total, found) in enumerate(zip(totals, picked, strict=True))
    ]


def _parts(
    total: int, found: Mapping[str, Rule], fixed: dict[str, int], seller: Seller, hubs: Sequence[int]
) -> list[Part]:
    percents = {kind: rule.basis_points for kind, rule in found.items() if rule.basis_points}
    parts = []
    for kind, satang in dividing.divide(total, percents, fixed).items():
        rule = found.get(kind)
        if kind == Kind.HUB and hubs:
            shared = dividing.spread(satang, [1] * len(hubs))
            parts += [Part(kind, hub, share, rule) for hub, share in zip(hubs, shared, strict=True) if share]
        else:
            payee = None if kind == Kind.PLATFORM else seller.payee_of(kind)
            parts.append(Part(kind, payee, satang, rule))
    return parts


def _categories(lines: Iterable[Line]) -> dict[int | None, str]:
    keys = [line.product_id for line in lines if line.product_id]
    rows = Product.objects.filter(pk__in=keys).values_list("pk", "main_category_id", "parent__main_category_id")
    return {pk: category_path(own or parents) for pk, own, parents in rows}


def _row(order: Order, part: VendorOrder, line: Line | None, share: Part, moment: dt.datetime) -> LineShare:
    return LineShare(
        order=order,
        vendor_order=part,
        line=line,
        kind=share.kind,
        payee_id=share.payee_id,
        amount_satang=share.satang,
        rule_id=share.rule.pk if share.rule else None,
        cause=PLACED,
        made_at=moment,
    )


def _delivery(order: Order, parts: Sequence[VendorOrder], way: Carried, moment: dt.datetime) -> list[LineShare]:
    """Sent by the groups, each stretch belongs to one vendor order; through hubs all bear all stretches by what they pay."""
    earned: dict[tuple[int, int], int] = defaultdict(int)
    if way.direct:
        for stretch in way.stretches:
            earned[stretch.vendor_orders[0], stretch.payee_id] += stretch.price_satang
    else:
        prices = [stretch.price_satang for stretch in way.stretches]
        cells = dividing.matrix([part.delivery_satang for part in parts], prices)
        for part, row in zip(parts, cells, strict=True):
            for stretch, satang in zip(way.stretches, row, strict=True):
                earned[part.pk, stretch.payee_id] += satang
    by_key = {part.pk: part for part in parts}
    return [
        _row(order, by_key[key], None, Part(Kind.DELIVERY, payee, satang, None), moment)
        for (key, payee), satang in earned.items()
        if satang
    ]


@dataclass(frozen=True, slots=True)
class Left:
    """What somebody still has of a line or of a delivery charge."""

    vendor_order_id: int
    line_id: int | None
    kind: str
    payee_id: int | None
    satang: int


def shares_left(order_id: int) -> list[Left]:
    """What all still have of an order, in the order in which it was frozen; one query."""
    rows = LineShare.objects.filter(order_id=order_id).order_by("pk")
    found: dict[tuple[int, int | None, str, int | None], int] = {}
    for *key, satang in rows.values_list("vendor_order_id", "line_id", "kind", "payee_id", "amount_satang"):
        place: Any = tuple(key)
        found[place] = found.get(place, 0) + satang
    return [Left(*key, satang) for key, satang in found.items()]


@transaction.atomic
def take_back(
    *,
    order_id: int,
    pieces: Mapping[int, int],
    delivery: Mapping[int, int],
    cause: str,
    discounts: Mapping[int, int] | None = None,
) -> list[LineShare]:
    """Takes back the shares of pieces of lines (key → satang) and of delivery (vendor order → satang); the order is locked.

    `pieces` are full prices; `discounts` (key → satang) is what of them goes back to whoever bears the discount, the rest to the buyer.
    The same cause again changes nothing and returns what it took. What has no shares has nothing to take.
    """
    before = list(LineShare.objects.filter(order_id=order_id, cause=cause).order_by("pk"))
    left = shares_left(order_id)
    if before or not left:
        return before
    rows: list[LineShare] = []
    backs = discounts or {}
    for key in {**pieces, **backs}:
        own = [one for one in left if one.line_id == key]
        rows += _taken(order_id, own, pieces.get(key, 0), cause, backs.get(key, 0))
    for key, satang in delivery.items():
        own = [one for one in left if one.line_id is None and one.vendor_order_id == key]
        rows += _taken(order_id, own, satang, cause)
    return LineShare.objects.bulk_create(rows)


@transaction.atomic
def take_any(*, order_id: int, satang: int, cause: str) -> list[LineShare]:
    """Takes an amount back from all who have something of an order, delivery and goods alike. Again changes nothing.

    Whoever bears a discount has back what belongs to the amount, all of it with the last satang.
    """
    before = list(LineShare.objects.filter(order_id=order_id, cause=cause).order_by("pk"))
    left = shares_left(order_id)
    net, borne = sum(one.satang for one in left), -sum(min(0, one.satang) for one in left)
    amount = min(satang, net)
    discount = borne * amount // net if net else 0
    return before or LineShare.objects.bulk_create(_taken(order_id, left, amount + discount, cause, discount))


@transaction.atomic
def give_again(*, order_id: int, cause: str) -> list[LineShare]:
    """What a cause took is theirs again: the refund did not arrive. Again changes nothing."""
    again = f"again:{cause}"
    rows = list(LineShare.objects.filter(order_id=order_id, cause__in=[cause, again]).order_by("pk"))
    before = [row for row in rows if row.cause == again]
    return before or LineShare.objects.bulk_create(
        _copy(order_id, Left(row.vendor_order_id, row.line_id, row.kind, row.payee_id, -row.amount_satang), again)
        for row in rows
    )


def _taken(order_id: int, left: Sequence[Left], satang: int, cause: str, discount: int = 0) -> list[LineShare]:
    """As far as it reaches: what was never shared cannot be taken. `discount` goes back to whoever bears it."""
    having, bearing = [one for one in left if one.satang >= 0], [one for one in left if one.satang < 0]
    amount = min(satang, sum(one.satang for one in having))
    parts = [-part for part in dividing.take(amount, [one.satang for one in having])]
    back = min(discount, -sum(one.satang for one in bearing))
    parts += dividing.take(back, [-one.satang for one in bearing])
    return [
        _copy(order_id, Left(one.vendor_order_id, one.line_id, one.kind, one.payee_id, part), cause)
        for one, part in zip([*having, *bearing], parts, strict=True)
        if part
    ]


def _copy(order_id: int, one: Left, cause: str) -> LineShare:
    return LineShare(
        order_id=order_id,
        vendor_order_id=one.vendor_order_id,
        line_id=one.line_id,
        kind=one.kind,
        payee_id=one.payee_id,
        amount_satang=one.satang,
        cause=cause,
        made_at=clock.now(),
    )
