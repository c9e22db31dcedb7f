"""Spreadsheets that people send and get: read without trust, written so that no cell is taken for a formula."""

from shop.common.sheets.reading import Broken, Formula, Line, Table, Value, column_letters, read_table
from shop.common.sheets.writing import csv_lines, defused, in_batches, undefused, write_workbook

__all__ = [
    "Broken",
    "Formula",
    "Line",
    "Table",
    "Value",
    "column_letters",
    "csv_lines",
    "defused",
    "in_batches",
    "read_table",
    "undefused",
    "write_workbook",
]
