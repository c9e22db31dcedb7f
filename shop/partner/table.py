"""Price, stock, warning and sale of many goods at once: each row by itself, and what two people change is never lost."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from django.db import transaction

from catalogue.models import Product
from catalogue.policies import sold_or_404
from catalogue.services import publish_product, withdraw_product
from catalogue.services.review import lock_product
from catalogue.services.sections import stamp
from shop.partner.errors import RowMet
from shop.partner.listing import change_offer, offer_values, offer_variant, values_of_record, withdraw_variant
from shop.partner.models import StockRecord
from shop.partner.services import hold_offers
from vendors.models import Organisation
from vendors.policies import Right


@dataclass(frozen=True)
class RowValues:
    """What the table holds of one good. `in_stock` counts what is promised to buyers too."""

    price_satang: int | None
    in_stock: int | None
    low_stock: int | None
    on_sale: bool

    def as_text(self) -> str:
        """For the form: what its reader saw."""
        return "|".join("" if value is None else str(int(value)) for value in asdict(self).values())


def row_seen(text: str) -> RowValues | None:
    """What a form says that its reader saw; None when it says nothing of sense."""
    parts = text.split("|")
    if len(parts) != len(fields(RowValues)) or any((part and not part.isascii()) or len(part) > 18 for part in parts):
        return None
    try:
        price, stock, low, sale = (int(part) if part else None for part in parts)
    except ValueError:
        return None
    return RowValues(price, stock, low, bool(sale))


def row_values(product: Product, record: StockRecord | None) -> RowValues:
    """What is there now, from what was read already."""
    return RowValues(**values_of_record(record), on_sale=product.is_public)


@transaction.atomic
def save_row(*, group: Organisation, product_id: int, seen: RowValues | None, wanted: RowValues, by: Any) -> bool:
    """Writes what this person changed in a row; False when that is nothing. What others changed beside it stays.

    Raises RowMet when both changed the same field, NotReady, OfferIncomplete, NotYours and what `set_offer` raises.
    """
    changes = {key: value for key, value in asdict(wanted).items() if seen is None or value != getattr(seen, key)}
    if not changes:
        return False
    hold_offers([product_id])
    lock_product(sold_or_404(group, product_id), by, Right.LIST)
    product = sold_or_404(group, product_id)
    now = RowValues(**offer_values(product), on_sale=product.is_public)
    met = [key for key, value in changes.items() if getattr(now, key) != value and not _as_seen(now, seen, key)]
    if met:
        raise RowMet(now=now)
    after = replace(now, **changes)
    if after == now:
        return False
    _write(product, now, after, by)
    return True


def _as_seen(now: RowValues, seen: RowValues | None, key: str) -> bool:
    return seen is not None and bool(getattr(seen, key) == getattr(now, key))


def _write(product: Product, now: RowValues, after: RowValues, by: Any) -> None:
    change_offer(
        product=product,
        price_satang=after.price_satang,
        in_stock=after.in_stock,
        low_stock=after.low_stock,
        seen=stamp(offer_values(product)),
        by=by,
    )
    if after.on_sale == now.on_sale:
        return
    if product.structure == Product.CHILD:
        (offer_variant if after.on_sale else withdraw_variant)(variant=product, by=by)
    else:
        (publish_product if after.on_sale else withdraw_product)(product=product, by=by)
