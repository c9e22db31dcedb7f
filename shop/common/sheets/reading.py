"""A file of rows, from XLSX or CSV, as plain values. The kind is told by the content, never by the name.

CSV: UTF-8 with or without its mark, UTF-16 with it, else Windows-874; comma, semicolon or tab. XLSX: the first sheet.
Rows carry the number that Excel shows beside them. A formula is told as such (`Formula`) and never evaluated.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import openpyxl

from shop.common.sheets import errors
from shop.common.sheets.unpacking import COLUMNS, LINES, MEGABYTES, ROWS, check_workbook


class Formula(str):
    """A cell that holds a formula; the text is the formula."""


class Broken(str):
    """A cell that shows an error, such as #N/A."""


Value = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its number in the sheet, and its cells; missing ones at the end are left out."""

    number: int
    cells: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The first row with something in it, and all others that have something."""

    headings: Line
    lines: list[Line]


def read_table(data: bytes) -> Table:
    """Reads a whole file. Raises SheetRefused in one of its forms."""
    if len(data) > MEGABYTES * 1024 * 1024:
        raise errors.SheetTooHeavy(megabytes=MEGABYTES)
    if data.startswith(b"PK"):
        check_workbook(data)
        return _table(_workbook(data))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise errors.SheetOld
    return _table(_csv(_decoded(data)))


def _table(rows: Iterable[tuple[int, Iterable[Value]]]) -> Table:
    lines: list[Line] = []
    for number, cells in rows:
        if number > LINES:
            raise errors.SheetTooLong(rows=f"{ROWS:,}")
        line = Line(number, _trimmed(cells))
        if not line.cells:
            continue
        if len(line.cells) > COLUMNS:
            raise errors.SheetTooWide(columns=COLUMNS)
        lines.append(line)
        if len(lines) > ROWS + 1:
            raise errors.SheetTooLong(rows=f"{ROWS:,}")
    if len(lines) < 2:
        raise errors.SheetEmpty
    return Table(lines[0], lines[1:])


def _trimmed(cells: Iterable[Value]) -> tuple[Value, ...]:
    found = [None if isinstance(cell, str) and not cell.strip() else cell for cell in cells]
    while found and found[-1] is None:
        found.pop()
    return tuple(found)


# --- workbooks ------------------------------------------------------------------------------------------------


def _workbook(data: bytes) -> Iterator[tuple[int, Iterable[Value]]]:
    """Rows of the first sheet. Only after check_workbook: openpyxl trusts what it reads."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
            sheet = book.worksheets[0]
            for number, cells in enumerate(sheet.iter_rows(max_row=LINES + 1, max_col=COLUMNS + 1), start=1):
                yield number, (_value(cell) for cell in cells)
    except errors.SheetRefused:
        raise
    except Exception as error:  # a made-up workbook breaks openpyxl in more ways than it names
        raise errors.SheetDamaged from error


def _value(cell: Any) -> Value:
    value = cell.value
    if value is None:
        return None
    if cell.data_type == "f":
        return Formula(value if isinstance(value, str) else "=")
    if cell.data_type == "e":
        return Broken(value)
    if isinstance(value, bool | int | float | str | dt.datetime | dt.date | dt.time | dt.timedelta):
        return value
    return str(value)


# --- CSV ------------------------------------------------------------------------------------------------------


_CONTROL = bytes(sign for sign in range(32) if sign not in b"\t\n\x0b\x0c\r")


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        if b"\x00" in data or data[:4096].translate(None, _CONTROL) != data[:4096]:  # pictures, PDFs, programs
            raise errors.SheetKindUnknown
        encodings = ["utf-8-sig", "cp874"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise errors.SheetEncodingUnknown


def _csv(text: str) -> Iterator[tuple[int, Iterable[Value]]]:
    head, _line, rest = text.partition("\n")
    if head.strip().lower() in (
        "sep=,",
        "sep=;",
        "sep=\t",
        "sep=",
    ):  # a hint to Excel, which does not count it as a row
        separator, text = head.strip("\r")[4:5] or "\t", rest
    else:
        separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, (Formula(cell) if cell.lstrip().startswith("=") else cell for cell in cells)
    except csv.Error as error:
        raise errors.SheetDamaged from error


def _separator(text: str) -> str:
    """The one that parts the first filled row into the most cells."""
    first = next((line for line in io.StringIO(text) if line.strip(" \t\r\n,;")), "")
    most = {sign: len(next(csv.reader([first[:20_000]], delimiter=sign), [])) for sign in ",;\t"}
    return max(most, key=lambda sign: most[sign])


def column_letters(position: int) -> str:
    """How Excel names the column at a position from 0: A, B … AA; a sheet here has at most 40."""
    first, last = divmod(position, 26)
    return (chr(ord("A") + first - 1) if first else "") + chr(ord("A") + last)
