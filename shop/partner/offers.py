"""What may be bought now, from which stock, at what price: read in one query for baskets and for placing orders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from shop.common import clock
from shop.common.money import to_satang
from shop.partner.models import StockRecord


@dataclass(frozen=True)
class Offer:
    """One buyable product at one place. `available`: what nobody else holds; `on_sale`: the interval at this moment."""

    product_id: int
    parent_id: int
    stockrecord_id: int
    partner_id: int
    partner_sku: str
    place_id: int
    place_province: str
    group_id: int
    group_name_th: str
    group_name_en: str
    group_slug: str
    group_picture: str
    title_th: str
    title_en: str
    variant_th: str
    variant_en: str
    unit_th: str
    unit_en: str
    slug: str
    weight_g: int
    storage: str
    vat_class: str
    picture_name: str
    price_satang: int
    available: int
    on_sale: bool


_OWNER = {  # a variant's own columns may be empty: then its parent's count
    "owner_id": Coalesce("product__parent_id", "product_id"),
    "owner_group": Coalesce("product__parent__group_id", "product__group_id"),
    "group_th": Coalesce("product__parent__group__name_th", "product__group__name_th"),
    "group_en": Coalesce("product__parent__group__name_en", "product__group__name_en"),
    "group_slug": Coalesce("product__parent__group__slug", "product__group__slug"),
    "group_picture": Coalesce("product__parent__group__picture__name", "product__group__picture__name"),
    "owner_title": Coalesce("product__parent__title", "product__title"),
    "owner_title_en": Coalesce("product__parent__title_en", "product__title_en"),
    "owner_slug": Coalesce("product__parent__slug", "product__slug"),
    "owner_weight": Coalesce("product__weight_g", "product__parent__weight_g", Value(0)),
    "owner_storage": Coalesce("product__parent__storage", "product__storage"),
    "owner_vat": Coalesce("product__parent__vat_class", "product__vat_class"),
    "owner_picture": Coalesce("product__parent__picture_name", "product__picture_name"),
    "owner_unit_th": Coalesce("product__parent__unit_th", "product__unit_th"),
    "owner_unit_en": Coalesce("product__parent__unit_en", "product__unit_en"),
    "free": F("num_in_stock") - Coalesce("num_allocated", Value(0)),
}
_PLAIN = (
    "product_id",
    "id",
    "partner_id",
    "partner_sku",
    "place_id",
    "place__province_id",
    "price",
    "product__variant_th",
    "product__variant_en",
    "product__unit_th",
    "product__unit_en",
    "product__picture_name",
    "sale_from",
    "sale_until",
)


def offers(product_ids: Iterable[int]) -> dict[int, Offer]:
    """The offers of `product_ids` (a parent of variants has none), keyed by product; one query.

    A product without stock record or price has no offer. Where a product lies at several places, the one with the most
    free stock is offered.
    """
    ids = list(product_ids)
    if not ids:
        return {}
    rows = (
        StockRecord.objects.filter(product_id__in=ids, place__isnull=False, price__isnull=False)
        .filter(~Q(product__structure="parent"))
        .annotate(
            sale_from=Coalesce("product__parent__sellable_from", "product__sellable_from"),
            sale_until=Coalesce("product__parent__sellable_until", "product__sellable_until"),
            **_OWNER,
        )
        .order_by("free", "-id")
        .values(*_PLAIN, *_OWNER)
    )
    moment = clock.now()
    return {row["product_id"]: _offer(row, moment) for row in rows}


def _offer(row: dict[str, Any], moment: dt.datetime) -> Offer:
    begins, ends = row["sale_from"], row["sale_until"]
    return Offer(
        product_id=row["product_id"],
        parent_id=row["owner_id"],
        stockrecord_id=row["id"],
        partner_id=row["partner_id"],
        partner_sku=row["partner_sku"],
        place_id=row["place_id"],
        place_province=row["place__province_id"],
        group_id=row["owner_group"],
        group_name_th=row["group_th"],
        group_name_en=row["group_en"] or row["group_th"],
        group_slug=row["group_slug"],
        group_picture=row["group_picture"] or "",
        title_th=row["owner_title"],
        title_en=row["owner_title_en"] or row["owner_title"],
        variant_th=row["product__variant_th"],
        variant_en=row["product__variant_en"] or row["product__variant_th"],
        unit_th=row["product__unit_th"] or row["owner_unit_th"],
        unit_en=row["product__unit_en"] or row["owner_unit_en"] or row["owner_unit_th"],
        slug=row["owner_slug"],
        weight_g=row["owner_weight"],
        storage=row["owner_storage"],
        vat_class=row["owner_vat"],
        picture_name=row["product__picture_name"] or row["owner_picture"],
        price_satang=to_satang(row["price"]),
        available=max(0, row["free"] or 0),
        on_sale=bool(begins and begins <= moment and (ends is None or moment < ends)),
    )
