"""Are the database's guards of documents there and awake? Asked by `manage.py check --database default` and by `migrate`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register

from shop.ledger import checks

GUARDS = {
    "documents_document_kept": "documents_document",
    "documents_document_frozen": "documents_document",
    "documents_document_not_emptied": "documents_document",
    "documents_document_numbered": "documents_document",
    "documents_series_counts": "documents_series",
    "documents_series_kept": "documents_series",
    "documents_series_not_emptied": "documents_series",
    "documents_series_without_gap": "documents_series",
}
"""Trigger → its table (migration 0001)."""
_AWAKE = ("O", "A")
"""Enabled for whoever writes here. A replica copies rows that were asked about where they were written."""


def sleeping_guards(alias: str = "default") -> list[tuple[str, str]]:
    """(trigger, table) of every guard that is missing or disabled."""
    return checks.sleeping_guards(alias, GUARDS, _AWAKE)


@register(Tags.database)
def guards_are_awake(*, databases: Sequence[str] | None = None, **_options: Any) -> list[CheckMessage]:
    """Without them what is numbered could be changed, and a number could be lost."""
    return [
        Error(
            f"The trigger {guard} on {table} is missing or disabled: numbered documents are not protected.",
            hint=f"ALTER TABLE {table} ENABLE TRIGGER {guard}; where it is missing, make it anew from"
            " shop/documents/migrations/0001_numbered_without_a_gap.py. Then run manage.py check_invariants.",
            id="documents.E001",
        )
        for alias in databases or []
        for guard, table in sleeping_guards(alias)
    ]
