"""Reads of stock for pages."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, Sum, Value
from django.db.models.functions import Coalesce

from shop.partner.models import StockRecord


def stock_left(product_ids: Iterable[int]) -> dict[int, int]:
    """Pieces that nobody holds yet, per product, over all its places."""
    rows = (
        StockRecord.objects.filter(product_id__in=list(product_ids))
        .values("product_id")
        .annotate(left=Sum(F("num_in_stock") - Coalesce(F("num_allocated"), Value(0))))
        .values_list("product_id", "left")
    )
    return {product_id: left or 0 for product_id, left in rows}
