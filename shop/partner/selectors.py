"""Reads of stock for pages."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection
from django.db.models import F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from catalogue.models import Product
from shop.partner.models import PriceChange, StockRecord

_LEFT = """
SELECT product_id, COALESCE(sum(num_in_stock - COALESCE(num_allocated, 0)), 0)::bigint
FROM partner_stockrecord WHERE product_id = ANY(%s) GROUP BY product_id
"""


def stock_left(product_ids: Iterable[int]) -> dict[int, int]:
    """Pieces that nobody holds yet, per product, over all its places."""
    with connection.cursor() as cursor:
        cursor.execute(_LEFT, [list(product_ids)])
        return dict(cursor.fetchall())


def price_changes(product: Product) -> QuerySet[PriceChange]:
    """Every price that a product and its variants had, newest first, with the persons."""
    rows = PriceChange.objects.filter(Q(product=product) | Q(product__parent=product))
    return rows.select_related("product", "by").order_by("-at", "-pk")


def with_stock(goods: QuerySet[Product]) -> QuerySet[Product]:
    """Goods with `left`: pieces that nobody holds yet, those of public variants together."""
    own = _free("product", StockRecord.objects.filter(product=OuterRef("pk")))
    variants = StockRecord.objects.filter(product__parent=OuterRef("pk"), product__is_public=True)
    return goods.annotate(left=Coalesce(own, 0) + Coalesce(_free("product__parent", variants), 0))


def _free(group: str, rows: QuerySet[StockRecord]) -> Subquery:
    free = Sum(F("num_in_stock") - Coalesce(F("num_allocated"), 0))
    return Subquery(rows.order_by().values(group).annotate(free=free).values("free"), output_field=IntegerField())
