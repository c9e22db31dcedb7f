"""Documents as sheets, in Thai: a seller's report of output tax, as the Revenue Department wants it, and all documents of a month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse

from shop.common import clock
from shop.common.money import to_baht
from shop.common.sheets import csv_lines
from shop.documents.papers import TITLES, branch_words
from shop.documents.selectors import TaxReport, TaxRow, counting_rows, sums_by_seller, tax_report, whole
from shop.documents.web.months import month_of
from vendors.models import Organisation

_HEAD = [
    "ลำดับ",
    "วันเดือนปี",
    "เลขที่เอกสาร",
    "ชื่อผู้ซื้อ",
    "เลขประจำตัวผู้เสียภาษีของผู้ซื้อ",
    "สถานประกอบการ",
    "มูลค่าที่ยกเว้นภาษี",
    "มูลค่าสินค้าหรือบริการ",
    "จำนวนเงินภาษี",
    "หมายเหตุ",
]
_MONTH_HEAD = [
    *_HEAD[:3],
    "ชนิดเอกสาร",
    "ผู้ขาย",
    "เลขประจำตัวผู้เสียภาษีของผู้ขาย",
    "สถานประกอบการของผู้ขาย",
    *_HEAD[3:5],
    "สถานประกอบการของผู้ซื้อ",
    "ขายโดยผู้ที่ไม่ได้จดทะเบียนภาษี",
    *_HEAD[6:9],
    "รวมทั้งสิ้น",
    "หมายเหตุ",
]


def tax_sheet(request: HttpRequest, seller: Organisation) -> StreamingHttpResponse:
    """รายงานภาษีขาย of the month that is asked for."""
    first = month_of(request)
    report = tax_report(seller, first.year, first.month)
    return _sheet(_rows(seller, report), f"output-tax-{seller.code}-{first:%Y%m}")


def month_sheet(request: HttpRequest, seller: Organisation | None = None) -> StreamingHttpResponse:
    """Every document of the month that is asked for, of all sellers or of one, with a sum that the database made of them."""
    first = month_of(request)
    whose = "documents" if seller is None else f"documents-{seller.code}"
    return _sheet(_month(first, seller), f"{whose}-{first:%Y%m}")


def _sheet(rows: Iterator[list[Any]], name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(csv_lines(rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _rows(seller: Organisation, report: TaxReport) -> Iterator[list[Any]]:
    yield ["รายงานภาษีขาย", f"{report.first.month:02d}/{report.first.year + 543}", seller.name_th, seller.tax_id]
    yield _HEAD
    for number, row in enumerate(report.rows, 1):
        yield [
            number,
            day(row.document.dated),
            row.document.reference,
            *row.buyer,
            to_baht(row.untaxed),
            to_baht(row.taxable),
            to_baht(row.vat),
            row.note,
        ]
    yield ["", "", "รวม", "", "", "", to_baht(report.untaxed), to_baht(report.taxable), to_baht(report.vat), ""]
    yield ["", "", f"ออกเมื่อ {day(clock.today())}"]


def _month(first: dt.date, whose: Organisation | None) -> Iterator[list[Any]]:
    title = "เอกสารขายของผู้ขายทุกราย" if whose is None else f"เอกสารขายของ{whose.name_th}"
    yield [title, f"{first.month:02d}/{first.year + 543}"]
    yield _MONTH_HEAD
    for number, row in enumerate(counting_rows(first, whose), 1):
        yield [number, *_facts(row), *_amounts(row), row.note]
    sums = whole(found for _seller, found in sums_by_seller(first, whose))
    amounts = (sums.outside, sums.exempt, sums.taxable, sums.vat, sums.total)
    yield ["", "", "รวม", *[""] * 7, *map(to_baht, amounts), ""]
    yield ["", "", f"ออกเมื่อ {day(clock.today())}"]


def _facts(row: TaxRow) -> list[str]:
    """Which document, whose, for whom."""
    kept = row.document.snapshot["seller"]
    branch = branch_words(kept["branch"]) if kept["is_vat_registered"] else ""
    title, _english = TITLES[row.document.kind]
    return [
        day(row.document.dated),
        row.document.reference,
        title,
        kept["name"],
        kept["tax_id"],
        branch,
        *row.buyer,
    ]


def _amounts(row: TaxRow) -> list[Any]:
    outside, exempt = (row.untaxed, 0) if row.is_outside else (0, row.untaxed)
    return [to_baht(satang) for satang in (outside, exempt, row.taxable, row.vat, row.total)]


def day(value: dt.date) -> str:
    """28/11/2569."""
    return f"{value.day:02d}/{value.month:02d}/{value.year + 543}"
