"""The file to fill in, and the file of what is there: the same columns, the same headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import IO, Any

from django.utils import translation

from catalogue import shelves
from catalogue.models import Category
from shop.common.sheets import csv_lines, write_workbook
from shop.partner.sheets.columns import COLUMNS, SALE, STORAGE, VAT
from shop.partner.sheets.ground import export_rows
from vendors.models import Organisation
from vendors.sheets.template import example_of, explained, headings_of

_WIDTHS = [column.width for column in COLUMNS]


def template_lines() -> Iterator[bytes]:
    """The template as CSV."""
    return csv_lines([headings_of(COLUMNS), example_of(COLUMNS)])


def write_template(target: IO[bytes]) -> None:
    """The template as a workbook: the sheet to fill, what each column takes, and all words that are allowed."""
    with translation.override("th"):
        sheets: list[tuple[str, Sequence[int], Any]] = [
            ("กรอกข้อมูล", _WIDTHS, [headings_of(COLUMNS), example_of(COLUMNS)]),
            ("คำอธิบาย", [28, 12, 70, 34], explained(COLUMNS)),
            ("ค่าที่ใช้ได้", [34, 40, 24], _allowed()),
        ]
        write_workbook(target, sheets, wraps=True)


def _allowed() -> Iterator[list[str]]:
    for title, words in (("เปิดขาย", SALE), ("การเก็บรักษา", STORAGE), ("ภาษี", VAT)):
        yield [title, "ภาษาอังกฤษ", ""]
        yield from ([entry[0], entry[1], ""] for entry in words.values())
        yield []
    yield ["หมวด", "ภาษาอังกฤษ", ""]
    for name, english in (
        Category.objects.filter(is_public=True).order_by("position", "path").values_list("name", "name_en")
    ):
        yield [name, english, ""]
    yield []
    yield ["จังหวัด", "ภาษาอังกฤษ", "รหัส"]
    yield from ([one.th, one.en, one.key] for one in shelves.provinces().values())


def export_lines(group: Organisation) -> Iterator[bytes]:
    """What the group sells, as CSV."""
    return csv_lines([headings_of(COLUMNS), *export_rows(group)])


def write_export(group: Organisation, target: IO[bytes]) -> None:
    """The same as a workbook."""
    write_workbook(target, [("สินค้า", _WIDTHS, _with_headings(group))])


def _with_headings(group: Organisation) -> Iterator[list[Any]]:
    yield headings_of(COLUMNS)
    yield from export_rows(group)
