"""Are the database's guards of the books there and awake? Asked by `manage.py check --database default` and by `migrate`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

GUARDS = {
    "ledger_account_kept": "ledger_account",
    "ledger_account_not_emptied": "ledger_account",
    "ledger_entry_kept": "ledger_entry",
    "ledger_entry_not_emptied": "ledger_entry",
    "ledger_entry_marked": "ledger_entry",
    "ledger_entry_balanced": "ledger_entry",
    "ledger_posting_kept": "ledger_posting",
    "ledger_posting_not_emptied": "ledger_posting",
    "ledger_posting_comes_with_entry": "ledger_posting",
    "ledger_posting_balanced": "ledger_posting",
}
"""Trigger → its table (migration 0001). They are enabled "always": also for a session that replays a replica's changes."""
_ASLEEP = """
SELECT wanted.guard, wanted.room FROM unnest(%s::text[], %s::text[]) AS wanted(guard, room)
JOIN pg_class ON pg_class.oid = to_regclass(wanted.room)
LEFT JOIN pg_trigger ON tgrelid = pg_class.oid AND tgname = wanted.guard AND tgenabled = ANY(%s)
WHERE pg_trigger.oid IS NULL ORDER BY wanted.guard
"""


def sleeping_guards(
    alias: str = "default", guards: Mapping[str, str] = GUARDS, awake: Sequence[str] = ("A",)
) -> list[tuple[str, str]]:
    """(trigger, table) of every guard that is missing or disabled; tables that are not made yet need none.

    Other rooms ask about theirs: `guards` is trigger → table, `awake` how the database marks what counts as enabled.
    """
    with connections[alias].cursor() as cursor:
        cursor.execute(_ASLEEP, [list(guards), list(guards.values()), list(awake)])
        return [(guard, table) for guard, table in cursor.fetchall()]


@register(Tags.database)
def guards_are_awake(*, databases: Sequence[str] | None = None, **_options: Any) -> list[CheckMessage]:
    """Without them, what is posted could be changed, and entries might not sum to zero."""
    return [
        Error(
            f"The trigger {guard} on {table} is missing or disabled: the books are not protected.",
            hint=f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {guard}; where it is missing, make it anew from"
            " shop/ledger/migrations/0001_books_that_are_never_changed.py. Then run manage.py ledger_check.",
            id="ledger.E001",
        )
        for alias in databases or []
        for guard, table in sleeping_guards(alias)
    ]
