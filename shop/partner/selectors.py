"""Reads of stock for pages."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection
from django.db.models import F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from catalogue.models import Product
from catalogue.selectors import sellable
from shop.common import clock
from shop.partner.models import PriceChange, StockRecord

_LEFT = """
SELECT product_id, COALESCE(sum(num_in_stock - COALESCE(num_allocated, 0)), 0)::bigint
FROM partner_stockrecord WHERE product_id = ANY(%s) GROUP BY product_id
"""


FEW = 3
"""With so few pieces left a group is warned, unless the product has a number of its own."""


def owner_field(field: str) -> Coalesce:
    """A text of the product that a stock record belongs to; variants have their parent's."""
    return Coalesce(f"product__parent__{field}", f"product__{field}")


def running_out(group_id: int) -> QuerySet[StockRecord]:
    """What is on sale and has only a few pieces left or none, with `free` pieces."""
    selling = Q(product__in=Product.objects.filter(sellable(clock.now()), group_id=group_id, is_public=True))
    rows = StockRecord.objects.filter(selling, num_in_stock__isnull=False, price__isnull=False)
    rows = rows.exclude(product__structure=Product.PARENT)  # its variants are sold; it may have a row from before
    rows = rows.annotate(free=F("num_in_stock") - Coalesce("num_allocated", 0))
    return rows.filter(free__lte=Coalesce("low_stock_threshold", FEW))


SHOWS = ("", "low", "sale", "off")
"""All; running out; for sale now; the others."""


def table_goods(group_id: int, *, show: str = "", text: str = "") -> QuerySet[Product]:
    """What a group sells, piece by piece: goods without variants, and each variant; by name, variants together."""
    rows = Product.objects.filter(group_id=group_id).exclude(structure=Product.PARENT).select_related("parent")
    selling = Q(sellable(clock.now()), is_public=True, price_from_satang__isnull=False)
    if show == "low":
        rows = rows.filter(pk__in=running_out(group_id).values("product_id"))
    elif show == "sale":
        rows = rows.filter(selling)
    elif show == "off":
        rows = rows.exclude(pk__in=Product.objects.filter(selling, group_id=group_id).values("pk"))
    if text:
        own = Q(title__icontains=text) | Q(title_en__icontains=text) | Q(variant_th__icontains=text)
        rows = rows.filter(own | Q(parent__title__icontains=text) | Q(parent__title_en__icontains=text))
    owner = Coalesce("parent_id", "id")
    return rows.order_by(Coalesce("parent__sort_title", "sort_title"), owner, "pk")


def first_records(product_ids: Iterable[int]) -> dict[int, StockRecord]:
    """The stock record that its group keeps of each product: the first one."""
    rows = StockRecord.objects.filter(product_id__in=list(product_ids)).order_by("product_id", "pk")
    return {row.product_id: row for row in rows.distinct("product_id")}


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
