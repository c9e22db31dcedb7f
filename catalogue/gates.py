"""What the law asks of a category before sale, in words: which licences, whether one is there, how to get one.

The rule itself stands in `catalogue.certification`; here it is told for one product from its computed columns, without
a query of its own when category and exemptions were fetched with the product.
"""

from __future__ import annotations

import csv
import datetime as dt
import functools
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import get_language

from catalogue import shelves
from catalogue.models import Category, GateExemption, Product
from shop.common import clock

_DATA = Path(__file__).parent / "data" / "licences.csv"
Kind, State = Category.Gate, GateExemption.State


@dataclass(frozen=True)
class Licence:
    """One licence that would do."""

    code: str
    name: str
    how: str


@dataclass(frozen=True)
class Gate:
    """What a product needs besides a certificate. `licences`: one of them is enough."""

    licences: tuple[Licence, ...]
    is_open: bool
    exemption: GateExemption | None
    """The one that counts today, else the one that waits, else the last one."""

    @property
    def names(self) -> str:
        """The licences by name."""
        return " / ".join(licence.name for licence in self.licences)


def applies(product: Product, category: Category | None) -> bool:
    """True when the law ties this product to a licence of its category."""
    if category is None or not category.gating_any_of:
        return False
    return {
        Kind.ALL: True,
        Kind.PREPACKAGED: product.is_prepacked_processed,
        Kind.INPUTS: product.is_fertiliser_or_seed,
    }.get(Kind(category.gating_applies_to), False)


def gate_of(product: Product) -> Gate | None:
    """The gate before a product; None where there is none. Reads `product.schemes`, which is as of today."""
    category = product.main_category
    if category is None or not applies(product, category):
        return None
    exemption = _telling(product, category)
    exempt = exemption is not None and counts(exemption, clock.today())
    licensed = bool(set(category.gating_any_of) & set(product.schemes))
    return Gate(licences_of(category), licensed or exempt, exemption)


def counts(exemption: GateExemption, day: dt.date) -> bool:
    """True when it frees its product on `day` (in its own category)."""
    if exemption.state != State.GRANTED or exemption.first_day is None or exemption.first_day > day:
        return False
    return exemption.last_day is None or exemption.last_day >= day


def _telling(product: Product, category: Category) -> GateExemption | None:
    today = clock.today()
    own = [entry for entry in product.exemptions.all() if entry.category_id == category.pk]
    ranks = {State.ASKED: 1, State.GRANTED: 2, State.REFUSED: 2, State.REVOKED: 2}
    ordered = sorted(own, key=lambda entry: (0 if counts(entry, today) else ranks[State(entry.state)], -entry.pk))
    return ordered[0] if ordered else None


def licences_of(category: Category) -> tuple[Licence, ...]:
    """The licences of which a category asks one, in the page's language."""
    language = get_language() or "th"
    known = shelves.schemes()
    return tuple(
        Licence(code, known[code].name(language), _how(code, language))
        for code in category.gating_any_of
        if code in known
    )


def _how(code: str, language: str) -> str:
    thai, english = _ways().get(code, ("", ""))
    return english if language.startswith("en") else thai


@functools.cache
def _ways() -> dict[str, tuple[str, str]]:
    with _DATA.open(encoding="utf-8", newline="") as lines:
        return {row["code"]: (row["how_th"], row["how_en"]) for row in csv.DictReader(lines)}
