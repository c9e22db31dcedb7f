"""Lots: what was made at one time, of what, and the officer's recall."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from catalogue.errors import (
    AlreadyRecalled,
    LotDates,
    LotInFuture,
    LotOfNothing,
    ReasonNeeded,
    SourceUnknown,
    TextMissing,
)
from catalogue.models import Lot, LotMaterial, Product, RawMaterial
from shop.common import clock, codes, outbox, versions
from shop.common.thai import clean_text
from vendors import history
from vendors.models import Organisation, Province
from vendors.policies import Right, require

Origin = RawMaterial.Origin


@dataclass(frozen=True)
class Material:
    """One raw material as it was typed. `source` is the code of a lot or of a group on this market."""

    name_th: str
    origin: str = Origin.OWN
    province: Province | None = None
    source: str = ""
    name_en: str = ""


@transaction.atomic
def enter_lot(
    *,
    product: Product,
    made_on: dt.date,
    quantity: int,
    best_before: dt.date | None = None,
    materials: Iterable[Material] = (),
    by: Any = None,
    is_demo: bool = False,
) -> Lot:
    """Writes down a lot of a product. Raises LotInFuture, LotDates, LotOfNothing, TextMissing or SourceUnknown."""
    rows = Product.objects.select_for_update(of=("self",)).select_related("group")
    owner = rows.get(pk=product.parent_id or product.pk)
    if by is not None and owner.group is not None:
        require(by, Right.LIST, owner.group)
    if made_on > clock.today():
        raise LotInFuture
    if best_before is not None and best_before < made_on:
        raise LotDates
    if quantity < 1:
        raise LotOfNothing
    lot = Lot.objects.create(
        code=codes.new_code(),
        product=owner,
        made_on=made_on,
        best_before=best_before,
        quantity=quantity,
        created_by=by,
        created_at=clock.now(),
        is_demo=is_demo,
    )
    LotMaterial.objects.bulk_create([_material(lot, owner, entry, at) for at, entry in enumerate(materials)])
    _record(lot, owner, "lot.entered", by, "")
    return lot


def _material(lot: Lot, product: Product, entry: Material, position: int) -> LotMaterial:
    name = clean_text(entry.name_th)
    if not name:
        raise TextMissing
    row = LotMaterial(
        lot=lot,
        name_th=name,
        name_en=clean_text(entry.name_en),
        origin=entry.origin,
        province=entry.province,
        position=position,
    )
    if entry.origin == Origin.OWN:
        row.group, row.province = product.group, entry.province or (product.group.province if product.group else None)
    elif entry.origin == Origin.MARKET:
        row.group, row.source = _source(entry.source)
        row.province = row.group.province
    return row


def _source(text: str) -> tuple[Organisation, Lot | None]:
    """The group behind a typed code: of one of its lots, or its own."""
    code = codes.normalise(text)
    lot = Lot.objects.select_related("product__group__province").filter(code=code).first()
    if lot is not None and lot.product.group is not None:
        return lot.product.group, lot
    group = Organisation.objects.select_related("province").filter(
        code=code, kind=Organisation.Kind.GROUP, state=Organisation.State.APPROVED
    )
    found = group.first()
    if found is None:
        raise SourceUnknown(code=text[:20])
    return found, None


@transaction.atomic
def recall_lot(*, lot: Lot, reason: str, by: Any = None) -> Lot:
    """The officer calls a lot back: its page says so at once, and its buyers are written to. Raises AlreadyRecalled."""
    current = Lot.objects.select_for_update(of=("self",)).select_related("product__group").get(pk=lot.pk)
    if by is not None and current.product.group is not None:
        require(by, Right.REVIEW, current.product.group)
    if current.recalled_at is not None:
        raise AlreadyRecalled
    words = clean_text(reason)
    if not words:
        raise ReasonNeeded
    current.recalled_at, current.recalled_by, current.recall_reason = clock.now(), by, words
    current.save(update_fields=["recalled_at", "recalled_by", "recall_reason"])
    _record(current, current.product, "lot.recalled", by, words)
    outbox.announce("lot.recalled", {"lot": current.pk}, key=f"recalled:{current.pk}")
    return current


def _record(lot: Lot, product: Product, act: str, by: Any, reason: str) -> None:
    if product.group is not None:
        history.record(
            organisation=product.group,
            act=act,
            by=by,
            what=f"{product.title} {codes.grouped(lot.code, 3)}",
            reason=reason,
        )
    versions.bump()
