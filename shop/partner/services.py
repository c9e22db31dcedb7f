"""Prices and stock by place. Reserving is one conditional update; the database's own checks are the net below it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Coalesce

from catalogue.models import Product
from shop.common import clock, versions
from shop.common.money import to_baht, to_satang
from shop.partner.errors import (
    GroupNotApproved,
    OutOfStock,
    PriceNotPositive,
    ReservationLost,
    StockBelowReserved,
)
from shop.partner.models import Partner, PriceChange, StockRecord
from vendors.models import Organisation, Place

_LOCKED = """
WITH wanted AS (
    SELECT * FROM unnest(%(ids)s::bigint[], %(quantities)s::int[]) AS w (id, quantity)
), locked AS (
    SELECT s.id, w.quantity FROM partner_stockrecord s JOIN wanted w ON w.id = s.id ORDER BY s.id FOR UPDATE OF s
)
"""
_RESERVE = """
UPDATE partner_stockrecord s
SET num_allocated = COALESCE(s.num_allocated, 0) + l.quantity, date_updated = now()
FROM locked l
WHERE s.id = l.id AND s.num_in_stock - COALESCE(s.num_allocated, 0) >= l.quantity
RETURNING s.id, s.product_id, s.num_in_stock - s.num_allocated
"""
_RELEASE = """
UPDATE partner_stockrecord s
SET num_allocated = COALESCE(s.num_allocated, 0) - l.quantity, date_updated = now()
FROM locked l
WHERE s.id = l.id AND COALESCE(s.num_allocated, 0) >= l.quantity
RETURNING s.id, s.product_id, s.num_in_stock - s.num_allocated - l.quantity
"""
_CONSUME = """
UPDATE partner_stockrecord s
SET num_allocated = s.num_allocated - l.quantity, num_in_stock = s.num_in_stock - l.quantity, date_updated = now()
FROM locked l
WHERE s.id = l.id AND COALESCE(s.num_allocated, 0) >= l.quantity AND s.num_in_stock >= l.quantity
RETURNING s.id, s.product_id, 1
"""
_NOT_STOCKED = "a quantity to {verb} must be a whole number above zero"


@transaction.atomic
def make_partner(group: Organisation) -> Partner:
    """The Oscar partner of an approved group: without it nothing of the group can have a price."""
    partner: Partner
    partner, _created = Partner.objects.get_or_create(
        group=group, defaults={"code": group.code.lower(), "name": group.name_th[:128]}
    )
    return partner


@transaction.atomic
def make_partners(groups: Sequence[Organisation]) -> None:
    """The same for many groups at once."""
    known = set(Partner.objects.filter(group__in=groups).values_list("group_id", flat=True))
    rows = [
        Partner(group=group, code=group.code.lower(), name=group.name_th[:128])
        for group in groups
        if group.pk not in known
    ]
    Partner.objects.bulk_create(rows, batch_size=500)


KEPT = -1
"""Leaves the number below which a group is warned as it is."""


def hold_offers(product_ids: Iterable[int]) -> None:
    """Locks the stock records of goods, in the order of their ids, before the goods themselves, as orders do: so nobody waits crosswise."""
    rows = StockRecord.objects.select_for_update().filter(product_id__in=list(product_ids)).order_by("pk")
    list(rows.values_list("pk", flat=True))


@transaction.atomic
def set_offer(
    *,
    product: Product,
    place: Place,
    price_satang: int,
    in_stock: int,
    low_stock: int | None = KEPT,
    by: Any = None,
    refresh: bool = True,
) -> StockRecord:
    """Price (VAT included) and stock of a product or variant at a place. `in_stock` counts reserved pieces too.

    `low_stock`: with so few pieces left the group is warned (None: by the market's own number). A price that differs from
    the one before is written down with the person (None: seed, import). Without `refresh` the caller refreshes all its
    goods at the end. Raises PriceNotPositive, StockBelowReserved or GroupNotApproved.
    """
    if price_satang <= 0:
        raise PriceNotPositive
    partner = Partner.objects.filter(group_id=_group_id(product)).first()
    if partner is None:
        raise GroupNotApproved
    record = StockRecord.objects.select_for_update().filter(product=product, place=place).first()
    record = record or StockRecord(product=product, place=place, partner=partner, partner_sku=_sku(product, place))
    if in_stock < (record.num_allocated or 0):
        raise StockBelowReserved(reserved=record.num_allocated)
    before = to_satang(record.price) if record.price is not None else None
    record.price_currency = "THB"
    record.price = to_baht(price_satang)
    record.num_in_stock = in_stock
    if low_stock != KEPT:
        record.low_stock_threshold = low_stock
    record.save()
    if before != price_satang:
        PriceChange.objects.create(
            product=product, place=place, from_satang=before, to_satang=price_satang, at=clock.now(), by=by
        )
    if refresh:
        refresh_offer([product.pk])
    return record


def _group_id(product: Product) -> int | None:
    return product.group_id or (product.parent.group_id if product.parent is not None else None)


def _sku(product: Product, place: Place) -> str:
    return f"{product.public_code or product.pk}-{place.code}"


_OWNERS = """
SELECT o.id FROM catalogue_product o
WHERE o.id IN (SELECT COALESCE(p.parent_id, p.id) FROM catalogue_product p WHERE {which})
ORDER BY o.id FOR NO KEY UPDATE
"""
_GOODS = """
WITH offers AS (
    SELECT p.id, COALESCE(p.parent_id, p.id) AS owner, (p.is_public OR p.parent_id IS NULL) AS shown,
        min(s.price) AS low, max(s.price) AS high,
        COALESCE(bool_or(s.num_in_stock > COALESCE(s.num_allocated, 0)), FALSE) AS stocked
    FROM catalogue_product p
    JOIN unnest(%(owners)s::bigint[]) AS o (id) ON o.id = p.id OR o.id = p.parent_id
    LEFT JOIN partner_stockrecord s ON s.product_id = p.id AND s.price IS NOT NULL
    GROUP BY p.id
), summed AS (
    SELECT id, low, high, stocked FROM offers WHERE id <> owner
    UNION ALL
    SELECT owner, min(low) FILTER (WHERE shown), max(high) FILTER (WHERE shown), bool_or(stocked AND shown)
    FROM offers GROUP BY owner
)
UPDATE catalogue_product p
SET price_from_satang = (n.low * 100)::bigint, price_to_satang = (n.high * 100)::bigint, in_stock = n.stocked
FROM summed n
WHERE p.id = n.id AND (p.price_from_satang, p.price_to_satang, p.in_stock)
    IS DISTINCT FROM ((n.low * 100)::bigint, (n.high * 100)::bigint, n.stocked)
"""


@transaction.atomic
def refresh_offer(product_ids: Iterable[int] | None = None) -> int:
    """Writes prices and "in stock" on products, their variants and parents (None: all); returns changed rows.

    The products are locked first, in the order of their ids, and only then read: two variants that sell out at the same
    moment would otherwise each leave the other one's parent in stock, and two orders could wait for each other crosswise.
    """
    ids = None if product_ids is None else sorted(set(product_ids))
    if ids is not None and not ids:
        return 0
    which = "TRUE" if ids is None else "p.id = ANY(%(ids)s)"
    with connection.cursor() as cursor:
        cursor.execute(_OWNERS.format(which=which), {"ids": ids or []})
        cursor.execute(_GOODS, {"owners": [owner for (owner,) in cursor.fetchall()]})
        changed: int = cursor.rowcount
    if changed:
        versions.bump()
    return changed


@transaction.atomic
def reserve(wanted: Mapping[int, int]) -> None:
    """Holds pieces of stock records for an order: all of them or none. `wanted` is stock record id → quantity.

    Rows are locked in the order of their ids, so two orders never wait for each other crosswise. Raises OutOfStock.
    """
    rows = _move(_RESERVE, wanted, "reserve")
    short = sorted(set(wanted) - {record for record, _product, _free in rows})
    if short:
        raise OutOfStock(stockrecords=short)
    _refresh_where_empty(rows)


@transaction.atomic
def release(wanted: Mapping[int, int]) -> None:
    """Gives reserved pieces back (an order expired or was cancelled). Raises ReservationLost."""
    rows = _move(_RELEASE, wanted, "release")
    if len(rows) != len(wanted):
        raise ReservationLost
    _refresh_where_empty(rows)


@transaction.atomic
def consume(wanted: Mapping[int, int]) -> None:
    """Takes reserved pieces out of stock: they have left the place. Raises ReservationLost."""
    if len(_move(_CONSUME, wanted, "consume")) != len(wanted):
        raise ReservationLost


@transaction.atomic
def close_shelf(stockrecords: Sequence[int]) -> None:
    """The shelf is empty: nothing is there but what is reserved already."""
    rows = StockRecord.objects.select_for_update().filter(pk__in=stockrecords).order_by("pk")
    products = [row.product_id for row in rows]
    StockRecord.objects.filter(pk__in=stockrecords).update(num_in_stock=Coalesce(F("num_allocated"), 0))
    refresh_offer(products)


def _move(statement: str, wanted: Mapping[int, int], verb: str) -> list[tuple[int, int, int]]:
    if any(type(quantity) is not int or quantity <= 0 for quantity in wanted.values()):
        raise ValueError(_NOT_STOCKED.format(verb=verb))
    if not wanted:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_LOCKED + statement, {"ids": list(wanted), "quantities": list(wanted.values())})
        return list(cursor.fetchall())


def _refresh_where_empty(rows: list[tuple[int, int, int]]) -> None:
    """Only a stock that has just become empty, or was, changes what pages say."""
    turned = [product for _record, product, free in rows if free <= 0]
    if turned:
        refresh_offer(turned)
