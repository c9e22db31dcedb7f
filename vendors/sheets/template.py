"""Files to fill in, and files of what is there: the same columns, the same headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

from django.utils import translation
from django.utils.translation import gettext as _

from shop.common.sheets import csv_lines, write_workbook
from vendors.models import CertificationScheme, ImportRun, Province
from vendors.sheets.columns import EXAMPLE, Column
from vendors.sheets.fields import KIND_WORDS, ROLE_WORDS, SCOPE_WORDS
from vendors.sheets.kinds import SHEETS

FORMATS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
Rows = Iterable[Sequence[Any]]


def headings_of(columns: Sequence[Column]) -> list[str]:
    """In Thai, those that must be filled marked with *, which reading does not mind."""
    return [f"{column.thai}*" if column.required else column.thai for column in columns]


def example_of(columns: Sequence[Column]) -> list[str]:
    """A row to look at; an import passes over it, should it be left."""
    first, *others = (column.example for column in columns)
    return [f"{EXAMPLE} {first}".strip(), *others]


def template_lines(kind: str) -> Iterator[bytes]:
    """The template as CSV."""
    columns = SHEETS[kind].columns
    return csv_lines([headings_of(columns), example_of(columns)])


def write_template(kind: str, target: IO[bytes]) -> None:
    """The template as a workbook: the sheet to fill, what each column takes, and all words that are allowed."""
    columns = SHEETS[kind].columns
    with translation.override("th"):
        sheets: list[tuple[str, Sequence[int], Rows]] = [
            ("กรอกข้อมูล", [column.width for column in columns], [headings_of(columns), example_of(columns)]),
            ("คำอธิบาย", [28, 12, 70, 34], explained(columns)),
            ("ค่าที่ใช้ได้", [24, 44, 44], _allowed(kind)),
        ]
        write_workbook(target, sheets, wraps=True)


def explained(columns: Sequence[Column]) -> Iterator[list[str]]:
    """What each column takes, one row each."""
    yield ["หัวคอลัมน์", "ต้องกรอก", "กรอกอย่างไร", "ตัวอย่าง"]
    for column in columns:
        yield [column.thai, "ต้องกรอก" if column.required else "", str(column.help), column.example]
    yield []
    for text in (
        _("Fill in the first sheet only. Columns may stand in any order; those you do not need may be deleted."),
        _("Delete the example row, or leave it: it is passed over."),
        _("An empty cell leaves what is there as it is. A single - takes it away."),
        _("Thai digits are as good as others. Years may be Buddhist Era or Gregorian."),
        _("Nothing is saved before every row is right and you have seen what will change."),
    ):
        yield [text]


def _allowed(kind: str) -> Iterator[list[str]]:
    kinds = ImportRun.Kind
    words: dict[str, tuple[str, ...]] = {}
    if kind == kinds.COOPERATIVES:
        words = dict(KIND_WORDS)
    elif kind == kinds.MEMBERS:
        words = dict(ROLE_WORDS)
    elif kind == kinds.CERTIFICATES:
        words = dict(SCOPE_WORDS)
    if words:
        yield ["คำที่ใช้ได้", "ภาษาอังกฤษ", ""]
        yield from ([entry[0], entry[-1], ""] for entry in words.values())
        yield []
    if kind == kinds.CERTIFICATES:
        yield ["มาตรฐาน", "ชื่อเต็ม", "ตัวอย่างเลขที่"]
        for scheme in CertificationScheme.objects.all():
            yield [scheme.short_th, scheme.name_th, scheme.number_example]
        yield []
    yield ["จังหวัด", "ภาษาอังกฤษ", "รหัส"]
    yield from ([row.name_th, row.name_en, row.pk] for row in Province.objects.order_by("pk"))


def export_rows(kind: str, user: Any) -> Iterator[Sequence[Any]]:
    """What the person may see, under the template's headings."""
    sheet = SHEETS[kind]
    yield headings_of(sheet.columns)
    yield from sheet.rows(user)


def write_export(kind: str, user: Any, target: IO[bytes]) -> None:
    """The same as a workbook."""
    widths = [column.width for column in SHEETS[kind].columns]
    write_workbook(target, [("ข้อมูล", widths, export_rows(kind, user))])
