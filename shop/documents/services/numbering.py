"""Numbers without a gap: the series' row is locked, counted on by one and used, all in the transaction of the document.

A sequence would leave a gap with each transaction that is rolled back. Whoever fails here gives the number back by failing.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import connection

from shop.common import clock, codes
from shop.documents.models import Document, Series
from vendors.models import Organisation

_PREFIXES = {
    "receipt": "RE",
    "abbreviated": "AB",
    "tax_invoice": "TX",
    "credit_note": "CN",
    "refund_note": "RF",
    "cancellation": "CX",
}
BUDDHIST = 543


def write_document(
    *, seller: Organisation, branch: str, kind: str, dated: dt.date, is_test: bool, **facts: Any
) -> Document:
    """Takes the next number of the series and writes the document that has it. Only inside a transaction."""
    if not connection.in_atomic_block:
        raise RuntimeError("a number is taken in the transaction of its document")
    series = take_number(seller_id=seller.pk, branch=branch, kind=kind, year=dated.year + BUDDHIST, is_test=is_test)
    return Document.objects.create(
        code=codes.new_code(12),
        series=series,
        number=series.last,
        reference=reference_of(series),
        kind=kind,
        seller=seller,
        dated=dated,
        issued_at=clock.now(),
        is_test=is_test,
        **facts,
    )


def take_number(*, seller_id: int, branch: str, kind: str, year: int, is_test: bool) -> Series:
    """The series, locked until the transaction ends, with its next number in `last`."""
    facts = {"seller_id": seller_id, "branch": branch, "kind": kind, "year": year, "is_test": is_test}
    rows = Series.objects.select_for_update()
    series = rows.filter(**facts).first()
    if series is None:
        Series.objects.bulk_create([Series(**facts)], ignore_conflicts=True)
        series = rows.get(**facts)
    series.last += 1
    series.save(update_fields=["last"])
    return series


def reference_of(series: Series) -> str:
    """How the number is printed: TX00000-2569-000001."""
    mark = "TEST-" if series.is_test else ""
    return f"{mark}{_PREFIXES[series.kind]}{series.branch}-{series.year}-{series.last:06d}"
