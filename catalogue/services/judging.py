"""An officer decides about what the page showed: what the group wrote since then is looked at first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction

from catalogue.errors import ChangedWhileRead
from catalogue.models import Product
from catalogue.services.review import lock_product
from catalogue.services.sections import CERTIFIED, stamp, values_of
from vendors.policies import Right

_OF_VARIANT = ("pk", "variant_th", "variant_en", "unit_th", "unit_en")


def judged(product: Product) -> str:
    """A mark of all that an officer's word stands on: the certified parts, the units, and the variants' names."""
    values = values_of(product, sorted({*CERTIFIED, "unit_th", "unit_en"}))
    variants = sorted([getattr(one, field) for field in _OF_VARIANT] for one in product.children.all())
    return stamp({**values, "variants": variants})


@transaction.atomic
def decide_as_read(*, product: Product, seen: str, by: Any, decide: Callable[[], Any]) -> None:
    """Lets `decide` act while nobody can change the product. Raises ChangedWhileRead, and what `decide` raises."""
    locked = lock_product(product, by, Right.REVIEW)
    if judged(locked) != seen:
        raise ChangedWhileRead
    decide()
