"""Columns of a sheet, and rows read by them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language

from shop.common.sheets import Formula, Line, Table, Value, column_letters
from vendors.sheets.problems import Problem, Wrong
from vendors.sheets.values import CLEAR, Reader, name_key, plain

EXAMPLE = "ตัวอย่าง:"
"""How the template's example row begins."""


@dataclass(frozen=True)
class Column:
    """A column: by what headings it is known, what it takes, and what the template says about it."""

    key: str
    thai: str
    english: str
    read: Reader
    help: str | Promise = ""
    example: str = ""
    required: bool = False
    clearable: bool = True
    width: int = 18

    @property
    def heading(self) -> str:
        """In the page's language."""
        return self.english if (get_language() or "th").startswith("en") else self.thai


@dataclass
class Entry:
    """One row, read: values by column key (left out when empty or unreadable), where each stands, and which are unreadable."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)

    def get(self, key: str) -> Any:
        """The value, or None when the cell is empty."""
        return self.values.get(key)

    def problem(self, key: str, code: str, **facts: Any) -> Problem:
        """Something wrong in this row's cell."""
        return Problem(self.number, code, key, self.letters.get(key, ""), facts)


def read_rows(table: Table, columns: Sequence[Column]) -> tuple[list[Entry], list[Problem]]:
    """Every row with its values, and everything that single cells have wrong: such a cell counts as empty.

    The rest of the row is looked at all the same, so that a person learns everything at once. Wrong headings leave no rows.
    """
    places, problems = _places(table.headings, columns)
    if problems:
        return [], problems
    letters = {column.key: column_letters(position) for position, column in places.items()}
    entries = []
    for line in table.lines:
        if _is_example(line):
            continue
        entry, found = _read(line, places, letters)
        problems += found
        entries.append(entry)
    return entries, problems


def _places(headings: Line, columns: Sequence[Column]) -> tuple[dict[int, Column], list[Problem]]:
    known = {name_key(name): column for column in columns for name in (column.key, column.thai, column.english)}
    places: dict[int, Column] = {}
    problems = []
    for position, cell in enumerate(headings.cells):
        letter = column_letters(position)
        if isinstance(cell, Formula):
            problems.append(Problem(headings.number, "heading_formula", "", letter))
        elif cell is not None:
            column = known.get(name_key(str(cell)))
            if column is None:
                facts = {"heading": str(cell)[:60]}
                problems.append(Problem(headings.number, "heading_unknown", "", letter, facts))
            elif column in places.values():
                problems.append(Problem(headings.number, "heading_twice", column.key, letter, {"heading": str(cell)}))
            else:
                places[position] = column
    for column in columns:
        if column.required and column not in places.values():
            problems.append(Problem(headings.number, "heading_missing", column.key, "", {"heading": column.thai}))
    return places, problems


def _is_example(line: Line) -> bool:
    """The template's own example, which people forget to delete."""
    first = next((cell for cell in line.cells if cell is not None), "")
    return isinstance(first, str) and first.startswith(EXAMPLE)


def _read(line: Line, places: dict[int, Column], letters: dict[str, str]) -> tuple[Entry, list[Problem]]:
    entry, problems = Entry(line.number, letters=letters), []
    for position, column in places.items():
        cell: Value = line.cells[position] if position < len(line.cells) else None
        try:
            found = _value(column, cell)
        except Wrong as wrong:
            problems.append(entry.problem(column.key, wrong.code, **wrong.facts))
            entry.unread.add(column.key)
        else:
            if found is not None:
                entry.values[column.key] = found
    return entry, problems


def _value(column: Column, cell: Value) -> Any:
    """None for an empty cell, "" for one that clears."""
    if isinstance(cell, str) and not isinstance(cell, Formula) and not plain(cell):
        cell = None
    if cell is None:
        if column.required:
            raise Wrong("required")
        return None
    if isinstance(cell, str) and cell.strip() in (CLEAR, f"'{CLEAR}"):
        if column.required or not column.clearable:
            raise Wrong("cannot_clear")
        return ""
    return column.read(cell)
