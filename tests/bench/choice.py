"""What the benchmark buys and looks at: the same kinds of things at every size, with enough stock for a whole run."""

from __future__ import annotations

from dataclasses import dataclass

import psycopg

CATEGORY = "basketry"
_STOCK = 1_000_000
_MOST_SATANG = 60_000  # three of them stay below the limit of cash on delivery
_BUYABLE = """
SELECT p.group_id, array_agg(p.id ORDER BY p.id) FROM catalogue_product p
WHERE p.structure = 'standalone' AND p.in_stock AND p.price_from_satang < %s AND p.sellable_from <= now()
    AND (p.sellable_until IS NULL OR p.sellable_until > now() + interval '1 day')
GROUP BY p.group_id HAVING count(*) >= 3 ORDER BY p.group_id LIMIT 20
"""
_GROUP = """
SELECT o.slug FROM vendors_organisation o JOIN catalogue_product p ON p.group_id = o.id
WHERE o.state = 'approved' AND p.structure <> 'child' AND p.sellable_from <= now()
    AND (p.sellable_until IS NULL OR p.sellable_until > now())
GROUP BY o.id ORDER BY abs(count(*) - 24), o.id LIMIT 1
"""
_PRODUCT = """
SELECT p.id, p.slug FROM catalogue_product p JOIN catalogue_productcertificate l ON l.product_id = p.id
WHERE p.id = ANY(%s) GROUP BY p.id ORDER BY abs(count(*) - 2), p.id LIMIT 1
"""


@dataclass(frozen=True)
class Choice:
    """Keys and addresses."""

    of_three_groups: tuple[int, int, int]
    of_one_group: tuple[int, int, int]
    product_path: str
    group_path: str


def choose(connection: psycopg.Connection) -> Choice:
    """Chooses, and fills up the stock of what will be bought."""
    rows = connection.execute(_BUYABLE, [_MOST_SATANG]).fetchall()
    if len(rows) < 3:
        raise LookupError("this market has too little to buy: make it anew with more products")
    three = tuple(keys[0] for _group, keys in rows[:3])
    one = tuple(rows[0][1][:3])
    row = connection.execute(_PRODUCT, [[key for _group, keys in rows for key in keys]]).fetchone()
    slug = connection.execute(_GROUP).fetchone()
    if row is None or slug is None:
        raise LookupError("this market has no product or group to look at: make it anew with more products")
    wanted = [*three, *one]
    connection.execute("UPDATE partner_stockrecord SET num_in_stock = %s WHERE product_id = ANY(%s)", [_STOCK, wanted])
    return Choice(three, one, f"/products/{row[1]}_{row[0]}/", f"/groups/{slug[0]}/")
