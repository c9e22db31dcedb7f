"""The small market as rows: built once in a run, then laid into each test's transaction by COPY.

Building it through the services takes most of a second, more than most tests themselves. Which rows that writes is found by comparing the whole
database before and after; whatever a room adds to the building is therefore kept without being named here.

The rows' keys stay taken, because sequences do not roll back: what a test makes before the market is laid has other keys.
Where the rows do not fit, the market is built as ever: the clock was moved, the day has changed, or something that building
changes is not as it was.
"""

from __future__ import annotations

import datetime as dt
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg
from django.db import IntegrityError, connection, transaction
from psycopg import sql

from shop.common import clock
from tests.market import Market, build_market

_SOON = dt.timedelta(seconds=5)


@dataclass(frozen=True)
class _Table:
    """A table's columns in the order of COPY, and which of them is its key."""

    name: str
    columns: tuple[str, ...]
    key: str

    def rows(self, keys: list[str] | None = None) -> list[bytes]:
        """The rows as lines of COPY, all or those with the keys."""
        where = sql.SQL("") if keys is None else self.where(keys)
        asked = sql.SQL("COPY (SELECT {} FROM {}{}) TO STDOUT").format(
            self._columns(), sql.Identifier(self.name), where
        )
        with _cursor() as cursor, cursor.copy(asked) as lines:
            return b"".join(bytes(part) for part in lines).splitlines()

    def add(self, lines: list[bytes]) -> None:
        """Writes lines of COPY."""
        into = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(self.name), self._columns())
        with _cursor() as cursor, cursor.copy(into) as copy:
            copy.write(b"\n".join(lines) + b"\n")

    def remove(self, keys: list[str]) -> None:
        """Takes the rows with the keys away."""
        with _cursor() as cursor:
            cursor.execute(sql.SQL("DELETE FROM {}{}").format(sql.Identifier(self.name), self.where(keys)))

    def where(self, keys: list[str]) -> sql.Composed:
        """The condition that picks the rows with the keys."""
        return sql.SQL(" WHERE {}::text = ANY({})").format(sql.Identifier(self.key), sql.Literal(keys))

    def key_of(self, line: bytes) -> str:
        """The key in a line of COPY."""
        return line.split(b"\t")[self.columns.index(self.key)].decode()

    def _columns(self) -> sql.Composed:
        return sql.SQL(", ").join(map(sql.Identifier, self.columns))


@dataclass(frozen=True)
class _Change:
    """What building did to a table: the rows it took away or changed, as they were, and the rows it wrote."""

    table: _Table
    was: list[bytes]
    written: list[bytes]

    def lay(self) -> None:
        """Does it again; refuses where the rows are not as they were."""
        if self.was:
            keys = [self.table.key_of(line) for line in self.was]
            if set(self.table.rows(keys)) != set(self.was):
                raise _OtherRows
            self.table.remove(keys)
        if self.written:
            self.table.add(self.written)


@dataclass
class Kept:
    """The rows of one building, and the handles to them."""

    day: dt.date
    handles: bytes
    changes: list[_Change] = field(default_factory=list)


_kept: Kept | None = None


def keep_market() -> None:
    """Builds the market once, remembers its rows and takes them back. To be called before the first test's rows."""
    global _kept
    with transaction.atomic():
        tables = _tables()
        before = [set(table.rows()) for table in tables]
        market = build_market()
        kept = Kept(clock.today(), pickle.dumps(market))
        for table, old in zip(tables, before, strict=True):
            new = table.rows()
            change = _Change(table, sorted(old.difference(new)), [line for line in new if line not in old])
            if change.was or change.written:
                kept.changes.append(change)
        transaction.set_rollback(True)
    _kept = kept


def lay_market() -> Market:
    """The market in the database as it stands now, and handles of one's own to it."""
    kept = _kept
    moved = abs(clock.now() - dt.datetime.now(dt.UTC)) > _SOON
    if kept is None or moved or kept.day != clock.today():
        return build_market()
    try:
        with transaction.atomic(), _without_triggers():
            for change in kept.changes:
                change.lay()
    except (IntegrityError, _OtherRows):
        return build_market()
    market: Market = pickle.loads(kept.handles)
    return market


class _OtherRows(Exception):
    """Something that building changes is not as it was."""


@contextmanager
def _without_triggers() -> Iterator[None]:
    """Keys of other tables and the database's own rules were looked at when the rows were first written."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = origin")


def _cursor() -> psycopg.Cursor:
    connection.ensure_connection()
    raw: psycopg.Cursor = connection.connection.cursor()
    return raw


def _tables() -> list[_Table]:
    """Every table that has one column as its key."""
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS)
        return [_Table(name, tuple(columns), key) for name, columns, key in cursor.fetchall()]


_COLUMNS = """
    SELECT t.relname, array_agg(c.attname::text ORDER BY c.attnum) FILTER (WHERE c.attgenerated = ''),
           max(c.attname) FILTER (WHERE c.attnum = k.indkey[0])
      FROM pg_class t
      JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum > 0 AND NOT c.attisdropped
      JOIN pg_index k ON k.indrelid = t.oid AND k.indisprimary AND k.indnkeyatts = 1
     WHERE t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace
     GROUP BY t.relname, t.oid
"""
