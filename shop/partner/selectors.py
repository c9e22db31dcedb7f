"""Reads of stock for pages."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

_LEFT = """
SELECT product_id, COALESCE(sum(num_in_stock - COALESCE(num_allocated, 0)), 0)::bigint
FROM partner_stockrecord WHERE product_id = ANY(%s) GROUP BY product_id
"""


def stock_left(product_ids: Iterable[int]) -> dict[int, int]:
    """Pieces that nobody holds yet, per product, over all its places."""
    with connection.cursor() as cursor:
        cursor.execute(_LEFT, [list(product_ids)])
        return dict(cursor.fetchall())
