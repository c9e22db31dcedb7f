"""Buyers' data that is needed no more: details after ninety days, names on documents after the years in which the law wants them."""

from __future__ import annotations

import datetime as dt

from django.db import connection, transaction

from shop.common import clock
from shop.documents.models import TaxDetails

DETAILS_DAYS, NAMES_YEARS = 90, 7
_AT_ONCE = 1_000
_FORGET = """
UPDATE documents_document SET snapshot = jsonb_set(snapshot, '{buyer}', 'null')
WHERE id IN (
    SELECT id FROM documents_document
    WHERE dated < %s AND jsonb_typeof(snapshot -> 'buyer') = 'object' ORDER BY id LIMIT %s
)
"""


@transaction.atomic
def forget_details() -> int:
    """Deletes details that were last changed ninety days ago: documents of that order are no longer issued anew."""
    old = clock.now() - dt.timedelta(days=DETAILS_DAYS)
    return TaxDetails.objects.filter(changed_at__lt=old).delete()[0]


@transaction.atomic
def forget_names() -> int:
    """Takes the buyer off documents older than seven years, the one change that the database lets pass."""
    first_kept = dt.date(clock.today().year - NAMES_YEARS, 1, 1)
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [first_kept, _AT_ONCE])
        return int(cursor.rowcount)
