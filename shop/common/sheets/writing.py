"""Files of rows for people to open in Excel: no cell of ours is ever taken for a formula.

A text that begins with = + - @ or a control character gets an apostrophe before it, which spreadsheets read as "this is
text"; reading takes it away again (`undefused`), so that what was exported can be imported.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import IO, Any, TypeVar

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_HEAD = PatternFill("solid", fgColor="F1E8D0")
Value = str | int | Decimal | dt.date | None
Row = Sequence[Value]
_Any = TypeVar("_Any")


def defused(text: str) -> str:
    """The text with an apostrophe before it when a spreadsheet might run it."""
    return f"'{text}" if text.lstrip("'").startswith(_DANGEROUS) else text


def undefused(text: str) -> str:
    """Takes back what `defused` added."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(_DANGEROUS) else text


def csv_lines(rows: Iterable[Row]) -> Iterator[bytes]:
    """UTF-8 with the mark by which Excel knows it, piece by piece."""
    yield b"\xef\xbb\xbf"
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    for number, row in enumerate(rows, start=1):
        writer.writerow([_plain(value) for value in row])
        if number % 200 == 0:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def in_batches(rows: Iterable[_Any], size: int) -> Iterator[list[_Any]]:
    """The same rows, `size` at a time: what belongs to them is read once for each batch."""
    left = iter(rows)
    while batch := list(islice(left, size)):
        yield batch


def _plain(value: Value) -> str:
    if value is None:
        return ""
    return defused(value) if isinstance(value, str) else str(value)


def write_workbook(
    target: IO[bytes], sheets: Iterable[tuple[str, Sequence[int], Iterable[Row]]], *, wraps: bool = False
) -> None:
    """Writes sheets (title, widths of columns, rows; the first row is the heading) row by row into `target`."""
    book = openpyxl.Workbook(write_only=True)
    for title, widths, rows in sheets:
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for position, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(position)].width = width
        for number, row in enumerate(rows):
            sheet.append([_cell(sheet, value, heading=number == 0, wraps=wraps) for value in row])
    book.save(target)


def _cell(sheet: Any, value: Value, *, heading: bool, wraps: bool) -> Any:
    if value is None or value == "":
        return None
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.value = defused(value)
        cell.data_type = "s"
        cell.number_format = "@"  # a phone number keeps its nought when somebody types over it
    if heading:
        cell.font, cell.fill = Font(bold=True), _HEAD
    if wraps or heading:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
