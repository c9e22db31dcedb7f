"""Documents as sheets: the report of output tax, as the Revenue Department wants it, in Thai."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse

from shop.common import clock
from shop.common.money import to_baht
from shop.common.sheets import csv_lines
from shop.documents.selectors import TaxReport, tax_report
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


def tax_sheet(request: HttpRequest, seller: Organisation) -> StreamingHttpResponse:
    """รายงานภาษีขาย of the month that is asked for."""
    first = month_of(request)
    report = tax_report(seller, first.year, first.month)
    response = StreamingHttpResponse(csv_lines(_rows(seller, report)), content_type="text/csv; charset=utf-8")
    name = f"output-tax-{seller.code}-{first:%Y%m}"
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


def day(value: dt.date) -> str:
    """28/11/2569."""
    return f"{value.day:02d}/{value.month:02d}/{value.year + 543}"
