"""Files made to do harm are refused with a reason, in little time and little memory; honest large ones are read."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import time
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest

from shop.common.sheets import Formula, read_table
from shop.common.sheets import errors as e
from tests.strings import ROOT
from tests.unit.sheets.files import SHEET, XML, csv_bytes, inline, raw_workbook, workbook

MEGABYTE = 1024 * 1024
HEAD = f"<row>{inline('ชื่อ')}</row>"


def refused(data: bytes, kind: type[Exception], *, seconds: float = 10, megabytes: int = 60) -> None:
    """Refused as `kind`; the limits are generous for a busy machine and far below what a bomb would take."""
    tracemalloc.start()
    began = time.process_time()
    try:
        with pytest.raises(kind):
            read_table(data)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert time.process_time() - began < seconds
    assert peak < megabytes * MEGABYTE, f"{peak / MEGABYTE:.0f} MB"


def test_an_honest_workbook_is_read() -> None:
    """The control of all others: the hand-made workbook itself is no reason to refuse."""
    table = read_table(raw_workbook(SHEET.format(HEAD + f"<row>{inline('กลุ่ม')}</row>")))
    assert (table.headings.cells, table.lines[0].cells) == (("ชื่อ",), ("กลุ่ม",))


def test_a_zip_bomb_is_not_unpacked() -> None:
    bomb = SHEET.format(HEAD + f"<row><c t='inlineStr'><is><t>{'ก' * 20_000_000}</t></is></c></row>")
    data = raw_workbook(bomb)
    assert len(data) < 200_000
    refused(data, e.SheetUnfoldsTooLarge, seconds=2, megabytes=5)


def test_many_parts_are_together_too_large() -> None:
    part = XML + "<a>" + "<b>0123456789</b>" * 240_000 + "</a>"
    more = {f"xl__more{number}_dot_xml": part for number in range(25)}
    refused(raw_workbook(SHEET.format(HEAD), **more), e.SheetUnfoldsTooLarge, seconds=2, megabytes=5)


def test_a_part_that_lies_about_its_size_yields_no_more_than_it_said() -> None:
    data = bytearray(raw_workbook(SHEET.format(HEAD + f"<row>{inline('ก' * 3_000_000)}</row>")))
    name = b"xl/worksheets/sheet1.xml"
    at = data.rindex(name)
    struct.pack_into("<I", data, at - 46 + 24, 100)  # the directory's word for the unpacked size
    refused(bytes(data), e.SheetDamaged, seconds=2, megabytes=15)


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE worksheet SYSTEM "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        "<!DOCTYPE worksheet>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_types_and_entities_are_refused_unread(prolog: str, encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>{prolog}' + SHEET.format(HEAD + "<row><c><v>&x;</v></c></row>")
    refused(raw_workbook(text.encode(encoding)), e.SheetForbiddenXml, seconds=2, megabytes=5)


@pytest.mark.parametrize("part", ["xl__workbook_dot_xml", "xl__sharedStrings_dot_xml", "_rels___dot_rels"])
def test_entities_in_any_part_are_refused(part: str) -> None:
    evil = f'{XML}<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    refused(raw_workbook(SHEET.format(HEAD), **{part: evil}), e.SheetForbiddenXml, seconds=2, megabytes=5)


def test_a_million_rows_are_refused_at_the_first_too_many() -> None:
    rows = HEAD + "".join(f'<row r="{number}">{inline(f"กลุ่ม {number}")}</row>' for number in range(2, 250_000))
    refused(raw_workbook(SHEET.format(rows)), e.SheetTooLong, seconds=5, megabytes=10)


def test_a_million_declared_rows_cost_nothing() -> None:
    """A row with a high number: openpyxl would fill a million rows before it."""
    sheet = SHEET.format(HEAD + f'<row r="1048576">{inline("ก")}</row>')
    refused(raw_workbook(sheet), e.SheetTooLong, seconds=5, megabytes=10)
    sheet = SHEET.format(HEAD + f'<row r="99999999999999">{inline("ก")}</row>')
    refused(raw_workbook(sheet), e.SheetTooLong, seconds=5, megabytes=10)


def test_a_row_of_a_million_cells_is_refused() -> None:
    refused(raw_workbook(SHEET.format("<row>" + "<c><v>1</v></c>" * 150_000 + "</row>")), e.SheetTooWide, seconds=3)


def test_far_cells_are_not_padded() -> None:
    """A cell in column XFD of each row: 16,384 cells a row when somebody fills up to it."""
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, 3000))
    began = time.process_time()
    assert len(read_table(raw_workbook(SHEET.format(rows))).lines) == 2998
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, e.SheetOld),
        (b"PK\x03\x04" + b"\0" * 100, e.SheetDamaged),
        (b"%PDF-1.7\n\x00\x01", e.SheetKindUnknown),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), e.SheetKindUnknown),
        (b"", e.SheetEmpty),
        ("ชื่อ,จังหวัด\r\n".encode(), e.SheetEmpty),
        (b"a,b\r\n\xff\xfc\xdb,\xde\r\n", e.SheetEncodingUnknown),
        (b'a,b\r\n"' + b"x" * 200_000, e.SheetDamaged),
        (("," * 60 + "x\r\n").encode() * 3, e.SheetTooWide),
        (b"a\r\n" + b"x\r\n" * 20_001, e.SheetTooLong),
        (b"a\r\n" * 2 + b"\r\n" * 60_000 + b"x\r\n", e.SheetTooLong),
        (b"x" * (5 * MEGABYTE + 1), e.SheetTooHeavy),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_what_is_no_sheet_is_told_apart(data: bytes, kind: type[Exception]) -> None:
    refused(data, kind)


def test_macros_and_other_office_files_are_refused() -> None:
    refused(raw_workbook(SHEET.format(HEAD), xl__vbaProject_dot_bin=b"x"), e.SheetHasMacros)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("[Content_Types].xml", "<a/>")
        archive.writestr("word/document.xml", "<a/>")
    refused(target.getvalue(), e.SheetKindUnknown)


@pytest.mark.parametrize(
    "sheet",
    [
        SHEET.format(HEAD + '<row><c t="s"><v>999999</v></c></row>'),
        SHEET.format(HEAD + '<row><c r="!!"><v>1</v></c></row>'),
        SHEET.format(HEAD)[:-20],
        "not xml at all",
        XML + "<a>" * 5000,
    ],
)
def test_made_up_sheets_are_damaged_and_nothing_worse(sheet: str) -> None:
    refused(raw_workbook(sheet), e.SheetRefused)


def test_formulas_are_told_and_never_evaluated() -> None:
    table = read_table(workbook(("ชื่อ", "จำนวน"), ('=WEBSERVICE("http://x")', 5), ("=1+1", "=2")))
    assert [type(cell) for line in table.lines for cell in line.cells] == [Formula, int, Formula, Formula]
    table = read_table(csv_bytes(("ชื่อ", "จำนวน"), ("=cmd|'/c calc'!A0", "-5"), ("+66 81", "@x")))
    assert [type(cell) for line in table.lines for cell in line.cells] == [Formula, str, str, str]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_of_every_origin_is_read_alike(encoding: str, separator: str) -> None:
    data = csv_bytes(("ชื่อ", "จังหวัด"), ("กลุ่มจักสานบ้านดอย", "เชียงใหม่"), encoding=encoding, separator=separator)
    table = read_table(data)
    assert table.headings.cells == ("ชื่อ", "จังหวัด")
    assert table.lines[0].cells == ("กลุ่มจักสานบ้านดอย", "เชียงใหม่")


def test_rows_are_numbered_as_excel_shows_them() -> None:
    table = read_table(b'sep=;\r\n\r\na;b\r\n\r\n"1\r\n2";x\r\ny;z\r\n')
    assert [line.number for line in (table.headings, *table.lines)] == [2, 4, 5]
    assert [line.number for line in read_table(workbook((), ("a",), (), ("x",))).lines] == [4]


_MEASURE = """
import sys, time
sys.path.insert(0, {root!r})
from shop.common.sheets import read_table
def peak():
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")) // 1024
data = open({path!r}, "rb").read()
before, began = peak(), time.process_time()
try:
    result = len(read_table(data).lines)
except Exception as error:
    result = type(error).__name__
print(result, round(time.process_time() - began, 2), peak() - before)
"""


def measured(data: bytes, path: str) -> tuple[str, float, int]:
    """Result, seconds of processor time and megabytes more of a process of its own."""
    with open(path, "wb") as file:
        file.write(data)
    code = _MEASURE.format(root=str(ROOT), path=path)
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    result, seconds, megabytes = out.split()
    return result, float(seconds), int(megabytes)


@pytest.mark.slow
def test_the_largest_honest_and_the_worst_made_up_file_stay_within_bounds(
    tmp_path_factory: Callable[..., object],
) -> None:
    """What one file can cost the worker at most; the figures stand in docs/performance.md."""
    path = str(tmp_path_factory.mktemp("sheets") / "x")  # type: ignore[attr-defined]
    honest = workbook(("a",) * 14, *[[f"กลุ่มจักสานบ้านดอย {n} {c}" for c in range(14)] for n in range(20_000)])
    strings = XML + '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    strings += "".join(f"<si><t>{n:x}</t></si>" for n in range(900_000)) + "</sst>"
    rows = "".join(f"<row>{'<c/>' * 18}</row>" for _ in range(49_000))
    worst = {"honest": honest, "cells": raw_workbook(SHEET.format(HEAD + rows))}
    worst["strings"] = raw_workbook(SHEET.format(HEAD + f"<row>{inline('x')}</row>"), xl__sharedStrings_dot_xml=strings)
    for name, data in worst.items():
        result, seconds, megabytes = measured(data, path)
        print(name, f"{len(data):,} bytes:", result, seconds, "s", megabytes, "MB")
        assert seconds < 60, name
        assert 0 < megabytes < 700, name
