"""Is the market as its rules say? Asked of the demo and of every big market; each check returns what it found wrong.

Reads only: where a service computes something anew to compare, its work is rolled back. Stored marks follow the
calendar, so on a market that stood still for days the clock's daily job must have run first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from wagtail.models import Page

from catalogue.models import Category, Product
from catalogue.services import refresh_sale, sort_title
from shop.common import codes
from shop.order.models import Order
from shop.partner.services import refresh_offer
from shop.seed.check_queries import EMPTY_WHEN_RIGHT
from vendors.errors import NumberNotValid
from vendors.models import Certificate, CertificationScheme, Organisation
from vendors.services.certificates import check_number, normalise_number

_SHOWN = 5
Check = Callable[[], Iterator[str]]


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, and the check that saw it."""

    check: str
    what: str


def check_market() -> list[Finding]:
    """Runs every check; an empty list means that the market is as it should be."""
    found = [Finding(name, what) for name, sql in EMPTY_WHEN_RIGHT.items() for what in _ask(sql)]
    return found + [Finding(name, what) for name, check in CHECKS.items() for what in check()]


def names() -> list[str]:
    """All checks by name."""
    return [*EMPTY_WHEN_RIGHT, *CHECKS]


def _ask(sql: str) -> list[str]:
    """What a query found, as one line: the first rows and how many."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        rows = cursor.fetchall()
    if not rows:
        return []
    shown = "; ".join(", ".join(str(value) for value in row) for row in rows[:_SHOWN])
    return [f"{len(rows)} rows: {shown}"]


_KEEP = """
CREATE TEMP TABLE computed_before ON COMMIT DROP AS
SELECT id, sellable_from, sellable_until, schemes, region_code, price_from_satang, price_to_satang, in_stock
FROM catalogue_product
"""
_CHANGED = """
SELECT p.id, p.title FROM catalogue_product p JOIN computed_before b ON b.id = p.id
WHERE (p.sellable_from, p.sellable_until, p.schemes, p.region_code, p.price_from_satang, p.price_to_satang, p.in_stock)
    IS DISTINCT FROM
    (b.sellable_from, b.sellable_until, b.schemes, b.region_code, b.price_from_satang, b.price_to_satang, b.in_stock)
ORDER BY p.id
"""


def _computed_columns() -> Iterator[str]:
    """Interval of sale, marks, prices and "in stock" are what the services would write now."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_KEEP)
        refresh_sale()
        refresh_offer()
        found = _ask(_CHANGED)
        transaction.set_rollback(True)
    yield from found


def _trees() -> Iterator[str]:
    """Paths, depths and numbers of children (treebeard's own examination)."""
    kinds = ("odd characters", "wrong length", "no parent", "wrong depth", "wrong number of children")
    for model in (Organisation, Category, Page):
        for kind, rows in zip(kinds, model.find_problems(), strict=True):
            if rows:
                yield f"{model.__name__}: {kind}: {list(rows)[:_SHOWN]}"


def _certificate_numbers() -> Iterator[str]:
    """Numbers look as their scheme says and are stored normalised."""
    schemes = {row.pk: row for row in CertificationScheme.objects.all()}
    for row in Certificate.objects.values("code", "scheme_id", "number", "number_normalised").iterator(5_000):
        try:
            check_number(schemes[row["scheme_id"]], row["number"])
        except NumberNotValid:
            yield f"{row['code']}: {row['number']} is no number of {row['scheme_id']}"
        if row["number_normalised"] != normalise_number(row["number"]):
            yield f"{row['code']}: {row['number_normalised']} is not the normalised form of {row['number']}"


def _codes() -> Iterator[str]:
    """Public codes carry their check character."""
    fields: tuple[tuple[Any, str], ...] = (
        (Organisation, "code"),
        (Certificate, "code"),
        (Product, "public_code"),
        (Order, "number"),
    )
    for model, name in fields:
        for code in model.objects.filter(**{f"{name}__isnull": False}).values_list(name, flat=True).iterator(5_000):
            if not codes.is_valid(code):
                yield f"{model.__name__} {code}"


def _titles() -> Iterator[str]:
    """Products sort by their title as a dictionary would, and have an ASCII address."""
    rows = Product.objects.exclude(structure=Product.CHILD).values_list("pk", "title", "sort_title", "slug")
    for key, title, sort, slug in rows.iterator(5_000):
        if sort != sort_title(title):
            yield f"product {key} sorts as {sort}"
        if not re.fullmatch(r"[a-z0-9-]+", slug):
            yield f"product {key} has the slug {slug}"


CHECKS: dict[str, Check] = {
    "computed columns": _computed_columns,
    "trees": _trees,
    "certificate numbers": _certificate_numbers,
    "codes": _codes,
    "titles": _titles,
}
