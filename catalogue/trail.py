"""The trail of a lot: from its raw materials, through the lots of other groups here, to its maker."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from catalogue.models import Lot, LotMaterial, Product
from shop.common import clock, codes
from vendors.models import Organisation

_DEEPEST = 4
"""Lots of lots that are followed; a longer way is followed by its links."""


@dataclass
class Step:
    """One raw material, and what the lot that it came from was made of."""

    material: LotMaterial
    below: list[Step] = field(default_factory=list)


def public_lot(code: str) -> Lot | None:
    """A lot with all that its page names. Lots of goods whose group never sold are not shown."""
    rows = Lot.objects.select_related("product__group__province", "product__main_category", "product__province")
    return rows.filter(code=code, product__group__state__in=["approved", "suspended", "closed"]).first()


def steps_of(lot: Lot) -> list[Step]:
    """The way to a lot; one query for each level, however many materials stand on it. A circle ends where it closes."""
    seen = {lot.pk}
    roots = [Step(row) for row in _materials([lot.pk])]
    level = roots
    for _depth in range(_DEEPEST):
        wanted = {step.material.source_id for step in level if step.material.source_id} - seen
        if not wanted:
            break
        seen |= wanted
        rows: dict[int, list[LotMaterial]] = {}
        for row in _materials(sorted(wanted)):
            rows.setdefault(row.lot_id, []).append(row)
        following = []
        for step in level:
            if step.material.source_id in wanted:
                step.below = [Step(row) for row in rows.get(step.material.source_id, [])]
                following += step.below
        level = following
    return roots


def _materials(lots: list[int]) -> QuerySet[LotMaterial]:
    rows = LotMaterial.objects.filter(lot_id__in=lots).order_by("lot_id", "position", "id")
    return rows.select_related("group__province", "province", "source")


def lots_of_group(group_id: int) -> QuerySet[Lot]:
    """A group's lots, newest first."""
    return Lot.objects.filter(product__group_id=group_id).select_related("product").order_by("-made_on", "-pk")


def lots_below(groups: QuerySet[Organisation], *, text: str = "") -> QuerySet[Lot]:
    """Lots of the goods of these groups, newest first; `text` is part of a product's or group's name, or a code."""
    rows = Lot.objects.filter(product__group__in=groups).select_related("product__group__province", "recalled_by")
    if text:
        named = Q(product__title__icontains=text) | Q(product__group__name_th__icontains=text)
        rows = rows.filter(named | Q(code=codes.normalise(text)))
    return rows.order_by("-made_on", "-pk")


def lots_to_pack(products: Iterable[Product]) -> dict[int, list[Lot]]:
    """The lots from which goods may be packed, newest first, by product (variants are packed from their product's)."""
    fresh = Q(best_before=None) | Q(best_before__gte=clock.today())
    owners = {product.pk: product.parent_id or product.pk for product in products}
    found: dict[int, list[Lot]] = {}
    rows = Lot.objects.filter(fresh, product_id__in=set(owners.values()), recalled_at=None)
    for lot in rows.order_by("-made_on", "-pk"):
        found.setdefault(lot.product_id, []).append(lot)
    return {pk: found.get(owner, []) for pk, owner in owners.items()}
