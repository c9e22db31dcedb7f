"""A form of price and stock saved field by field: what its reader left alone stays as it is by then."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from catalogue.errors import ChangedMeanwhile
from catalogue.models import Product, ProductEvent
from catalogue.services.review import lock_product
from catalogue.services.sections import stamp
from shop.partner.errors import StockMoved
from shop.partner.listing import change_offer, offer_values, save_variant, variant_values
from shop.partner.services import hold_offers
from vendors.policies import Right

Values = dict[str, Any]


@dataclass(frozen=True)
class Seen:
    """What a form showed, and the last change of price or stock by a person that it knew of."""

    values: Values
    last: int


def mark(product: Product, values: Values) -> str:
    """What the form shows, to come back with it."""
    return json.dumps({"values": values, "last": _last_change(product)}, ensure_ascii=False, sort_keys=True)


def read_mark(text: str) -> Seen | None:
    """What a form says that its reader saw; None when it says nothing of sense."""
    try:
        found = json.loads(text)
        return Seen(dict(found["values"]), int(found["last"]))
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _last_change(product: Product) -> int:
    """An order takes pieces and writes no event of the product: so the two are told apart."""
    acts = (ProductEvent.Act.PRICED, ProductEvent.Act.CHANGED)
    events = ProductEvent.objects.filter(product=product.parent_id or product.pk, act__in=acts)
    return events.order_by("-pk").values_list("pk", flat=True).first() or 0


def kept(now: Values, seen: Seen | None, typed: Values) -> Values:
    """What was typed; a field that was left as it was shown has the value of now."""
    if seen is None:
        return typed
    return {key: now[key] if value == seen.values.get(key) else value for key, value in typed.items()}


def _merged(product: Product, now: Values, seen: Seen | None, typed: Values) -> Values:
    if seen is None:
        raise ChangedMeanwhile
    after = kept(now, seen, typed)
    met = [key for key, value in after.items() if now[key] not in (value, seen.values.get(key))]
    if met == ["in_stock"] and _last_change(product) == seen.last:
        raise StockMoved(was=seen.values.get("in_stock") or 0, now=now["in_stock"] or 0)
    if met:
        raise ChangedMeanwhile
    return after


@transaction.atomic
def save_offer(*, product: Product, typed: Values, seen: str, by: Any) -> None:
    """Price, stock and warning as one member typed them. Raises StockMoved, and what `change_offer` raises."""
    hold_offers([product.pk])
    owner = lock_product(product, by, Right.LIST)
    now = offer_values(product)
    after = _merged(owner, now, read_mark(seen), typed)
    change_offer(product=product, seen=stamp(now), by=by, **after)


@transaction.atomic
def save_variant_form(*, parent: Product, variant: Product | None, typed: Values, seen: str, by: Any) -> Product:
    """A variant as one member typed it. Raises StockMoved, and what `save_variant` raises."""
    hold_offers([parent.pk if variant is None else variant.pk])
    owner = lock_product(parent, by, Right.LIST)
    row = Product.objects.get(pk=variant.pk) if variant is not None else None
    now = variant_values(row)
    after = _merged(owner, now, read_mark(seen), typed)
    return save_variant(parent=owner, variant=row, values=after, seen=stamp(now), by=by)
