"""Several questions in one statement: one look at the database, and one moment for all of them."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet


def read_together(*questions: QuerySet[Any]) -> list[list[Any]]:
    """The rows of each question as its objects, in its order; one query.

    For rows of one table each, with all their columns: no joined ones, no annotations.
    """
    parts: list[str] = []
    values: list[Any] = []
    for number, question in enumerate(questions):
        sql, own = question.query.sql_with_params()
        parts.append(f"SELECT {number}, row_number() OVER (), to_jsonb(one)::text FROM ({sql}) one")  # noqa: S608
        values += own
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        rows = sorted(cursor.fetchall(), key=lambda row: (row[0], row[1]))
    found: list[list[Any]] = [[] for _question in questions]
    for number, _position, text in rows:
        found[number].append(_object(questions[number].model, json.loads(text)))
    return found


def count_together(*questions: QuerySet[Any]) -> list[int]:
    """How many rows each question has; one query at most."""
    found, asked = [0] * len(questions), []
    parts: list[str] = []
    values: list[Any] = []
    for number, question in enumerate(questions):
        try:
            sql, own = question.order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:
            continue
        asked.append(number)
        parts.append(f"(SELECT count(*) FROM ({sql}) one)")  # noqa: S608
        values += own
    if asked:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(parts)}", values)
            for number, rows in zip(asked, cursor.fetchone(), strict=True):
                found[number] = int(rows)
    return found


def _object(model: type[Model], values: dict[str, Any]) -> Any:
    columns = model._meta.concrete_fields
    found = [one.to_python(values[str(one.column)]) for one in columns]
    return model.from_db(connection.alias, [one.attname for one in columns], found)
