"""The fund as anybody reads it: what it holds, in and out by month, region and purpose, every entry. All computed from the ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shop.common import access, clock, pdf
from shop.common.baht_words import baht_words
from shop.common.keyset import QUERY_KEYS, slice_of
from shop.common.money import to_baht
from shop.common.public import public_page
from shop.common.sheets import csv_lines, in_batches
from shop.fund import selectors
from shop.fund.models import Spending
from shop.ledger.purposes import ENTRY_KINDS
from shop.theme import formats

_PER_PAGE, _AT_ONCE = 20, 500
_NEAR = dt.timedelta(days=7)
_TEMPLATE = Path(__file__).parent / "templates" / "papers" / "fund.typ"
_PURPOSES = dict(Spending.Purpose.choices)


@access.public
@require_safe
@public_page(*QUERY_KEYS)
def index(request: HttpRequest) -> HttpResponse:
    """Balance, plots with tables, every entry a page of twenty."""
    language = get_language() or "th"
    books = selectors.books()
    cut = slice_of(selectors.entries(), request.GET, size=_PER_PAGE, newest_first=True, near=_NEAR)
    context = {
        "books": books,
        "waiting_satang": books.waiting,
        "came": [(_month(one.first, language), one.came, formats.figure(one.came)) for one in books.months[-12:]],
        "went": [(_month(one.first, language), one.went, formats.figure(one.went)) for one in books.months[-12:]],
        "regions": [
            (formats.pick(one.name_th, one.name_en, language), one.holds, formats.figure(one.holds))
            for one in books.regions
        ],
        "region_rows": [(formats.pick(one.name_th, one.name_en, language), one) for one in books.regions],
        "purposes": [(_PURPOSES[one.key], one.went, formats.figure(one.went)) for one in books.purposes],
        "years": [(year, year + 543 if language == "th" else year) for year in books.years],
        "cut": cut,
        "rows": [_row(one) for one in selectors.told(cut.rows, language)],
    }
    return render(request, "fund/index.html", context)


def _row(entry: selectors.PublicEntry) -> dict[str, Any]:
    return {
        "entry": entry,
        "kind": _kind(entry),
        "purpose": _PURPOSES[entry.spending.purpose] if entry.spending else "",
        "amount": formats.figure(entry.satang),
    }


def _kind(entry: selectors.PublicEntry) -> str:
    if entry.kind == "release":
        return _("Part of a sale")
    if entry.kind in ("share_back", "share_again"):
        return _("Part of a sale, after a refund")
    return str(ENTRY_KINDS.get(entry.kind, entry.kind))


def _paid_to(entry: selectors.PublicEntry) -> str:
    """Who got it, as the page says it: of a private person only that it is one."""
    hides = entry.spending is not None and entry.spending.payee_is_person and not entry.came_back
    return _("A private person") if hides else entry.paid_to


def _month(day: dt.date, language: str) -> str:
    if language == "th":
        return f"{formats.MONTHS_TH_SHORT[day.month - 1]} {(day.year + 543) % 100:02d}"
    return f"{formats.MONTHS_EN[day.month - 1][:3]} {day.year}"


@access.public
@require_safe
def entries_csv(request: HttpRequest) -> HttpResponseBase:
    """Every entry as a sheet, the newest first."""
    head = [_("Date"), _("Kind"), _("Purpose"), _("What for"), _("Paid to"), _("Network"), _("Document"), _("Baht")]
    response = StreamingHttpResponse(csv_lines(_sheet(head)), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="fund-{clock.today():%Y%m%d}.csv"'
    return response


def _sheet(head: list[str]) -> Iterator[list[Any]]:
    yield head
    for rows in in_batches(selectors.entries().iterator(chunk_size=_AT_ONCE), _AT_ONCE):
        for entry in selectors.told(rows):
            day = entry.at.astimezone(clock.BANGKOK).date()
            spent = entry.spending
            yield [
                f"{day.day:02d}/{day.month:02d}/{day.year + 543}",
                _kind(entry),
                str(_PURPOSES[spent.purpose]) if spent else "",
                spent.what if spent else "",
                _paid_to(entry),
                entry.network,
                spent.document_number if spent else "",
                to_baht(entry.satang),
            ]


@access.public
@require_safe
def statement(request: HttpRequest, year: int) -> HttpResponse:
    """The statement of a year (Gregorian in the address, Buddhist Era on the paper), as things stand now."""
    if year not in selectors.books().years:
        raise Http404("no such year")
    with override("th"):
        data = _statement_data(year)
    return pdf.answer(pdf.render(_TEMPLATE, data), f"fund-{year}")


def _statement_data(year: int) -> dict[str, Any]:
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    books = selectors.books(first, last)
    spent = Spending.objects.filter(
        state=Spending.State.APPROVED,
        decided_at__gte=clock.start_of_day(first),
        decided_at__lt=clock.end_of_day(last),
    ).order_by("decided_at", "pk")
    return {
        "year": str(year + 543),
        "issued": formats.date_time(clock.now()),
        "until": formats.date(min(last, clock.today())),
        "opening": formats.figure(books.opening),
        "came": formats.figure(books.came),
        "went": formats.figure(books.went),
        "closing": formats.figure(books.closing),
        "words": baht_words(max(0, books.closing)),
        "months": [
            [_month(one.first, "th"), formats.figure(one.came), formats.figure(one.went)] for one in books.months
        ],
        "regions": [[one.name_th, formats.figure(one.came), formats.figure(one.went)] for one in books.regions],
        "vouchers": _vouchers(books.vouchers),
        "spent": [
            {
                "day": formats.date_short(row.decided_at.astimezone(clock.BANGKOK).date()) if row.decided_at else "",
                "what": row.what,
                "purpose": str(_PURPOSES[row.purpose]),
                "paid_to": "บุคคลธรรมดา" if row.payee_is_person else row.payee_name,
                "document": row.document_number,
                "amount": formats.figure(row.amount_satang),
            }
            for row in spent
        ],
    }


def _vouchers(told: selectors.Vouchers) -> list[list[str]]:
    """Who bore the discounts of buyers; nothing when there were none."""
    if not any((told.aside, told.borne, told.back, told.left)):
        return []
    rows = (
        (_("Set aside for vouchers"), told.aside),
        (_("Discounts that the fund bore"), told.borne),
        (_("Given back unused"), told.back),
        (_("Still set aside"), told.left),
    )
    return [[name, formats.figure(satang)] for name, satang in rows]
