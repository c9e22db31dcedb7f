"""Computed columns of products, set by set: the interval of sale and the marks, by `catalogue.certification` alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import connection, transaction
from django.db.models import Q

from catalogue.certification import write_intervals
from catalogue.models import Product
from shop.common import clock, versions


@transaction.atomic
def refresh_sale(product_ids: Iterable[int] | None = None) -> int:
    """Computes the interval of sale of the named products and their variants (None: of all); returns changed rows.

    Ids of variants stand for their parents. Any number of products is one statement.
    """
    wanted = None if product_ids is None else _owners(product_ids)
    if wanted is not None and not wanted:
        return 0
    changed = write_intervals(wanted, now=clock.now(), today=clock.today())
    if changed:
        versions.bump()
    return changed


def refresh_sale_of_group(group_id: int) -> int:
    """The same for all goods of a group."""
    return refresh_sale(
        Product.objects.filter(group_id=group_id).exclude(structure="child").values_list("pk", flat=True)
    )


def _owners(product_ids: Iterable[int]) -> list[int]:
    ids = set(product_ids)
    parents = Product.objects.filter(pk__in=ids, parent__isnull=False).values_list("parent_id", flat=True)
    return sorted(ids | {parent for parent in parents if parent is not None})


_SOLD = """
UPDATE catalogue_product p SET sold_count = GREATEST(0, p.sold_count + s.quantity)
FROM (
    SELECT COALESCE(q.parent_id, q.id) AS id, sum(n.quantity) AS quantity
    FROM unnest(%s::bigint[], %s::int[]) AS n (id, quantity) JOIN catalogue_product q ON q.id = n.id
    GROUP BY 1 ORDER BY 1
) s
WHERE p.id = s.id
"""


@transaction.atomic
def count_sold(*, quantities: Mapping[int, int]) -> None:
    """Adds to `sold_count` (of the parent, for a variant); negative quantities take back.

    Called from news, not from a placing: there it would lock products that `refresh_offer` of another order waits for.
    """
    if quantities:
        with connection.cursor() as cursor:
            cursor.execute(_SOLD, [list(quantities), list(quantities.values())])


def products_touched_by_certificate(certificate_id: int, holder_id: int, *, whole_group: bool) -> list[int]:
    """The products whose interval may follow from a certificate: linked ones, or all goods of its holder."""
    linked = Q(certificate_links__certificate_id=certificate_id)
    touched = linked | Q(group_id=holder_id) if whole_group else linked
    return list(Product.objects.filter(touched).exclude(structure="child").values_list("pk", flat=True).distinct())
