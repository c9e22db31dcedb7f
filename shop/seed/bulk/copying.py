"""Rows into tables by PostgreSQL's COPY: column defaults from the model, keys from the table's own sequence."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import connection, models
from psycopg import sql
from psycopg.types.json import Jsonb

from shop.common import clock, codes

Row = Mapping[str, Any]
Progress = Callable[[str, int], None]
_STEP = 20_000


def take_ids(model: type[models.Model], number: int) -> list[int]:
    """`number` unused primary keys of a table, taken from its sequence."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [model._meta.db_table, model._meta.pk.column, number],
        )
        return [row[0] for row in cursor.fetchall()]


def copy_in(model: type[models.Model], rows: Iterable[Row], progress: Progress | None = None, what: str = "") -> int:
    """Writes rows (attribute name → value); what a row leaves out has the model's default. Returns how many.

    All rows name the same columns. A primary key that the rows leave out comes from the sequence.
    """
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return 0
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key or field.attname in first]
    unknown = set(first) - {field.attname for field in fields}
    if unknown:
        raise TypeError(f"{model.__name__} has no columns {', '.join(sorted(unknown))}")
    usual = {field.attname: _usual(field) for field in fields}
    json = {field.attname for field in fields if isinstance(field, models.JSONField)}
    names = sql.SQL(", ").join(sql.Identifier(str(field.column)) for field in fields)
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(model._meta.db_table), names)
    number = 0
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for number, row in enumerate(_with_first(first, rows), start=1):
            whole = {**usual, **row}
            copy.write_row([Jsonb(value) if name in json else value for name, value in whole.items()])
            if progress and number % _STEP == 0:
                progress(what, number)
    return number


def _usual(field: Any) -> Any:
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return clock.now()
    return field.get_default()


def _with_first(first: Row, rest: Iterable[Row]) -> Iterable[Row]:
    yield first
    yield from rest


class Dice(random.Random):
    """Chance that falls the same way every time, also for codes and keys."""

    def code(self, length: int = 9) -> str:
        """A public code with its check character, like `codes.new_code`."""
        body = "".join(self.choice(codes.ALPHABET) for _ in range(length - 1))
        return body + codes.check_character(body)

    def key(self) -> uuid.UUID:
        """A random UUID."""
        return uuid.UUID(int=self.getrandbits(128), version=4)

    def happens(self, percent: float) -> bool:
        """True in `percent` of a hundred cases."""
        return self.random() * 100 < percent

    def early(self, number: int) -> int:
        """A position below `number`; early ones far more often, as with what sells."""
        return int(number * self.random() ** 3)
