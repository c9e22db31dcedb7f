"""The books as administrators read them. Nothing can be changed here, and no page names a buyer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_safe

from shop.common import access, clock
from shop.common.access import Kind
from shop.common.money import to_baht
from shop.common.sheets import csv_lines
from shop.common.thai import clean_text
from shop.ledger import selectors
from shop.ledger.models import Account, Entry
from shop.ledger.purposes import ENTRY_KINDS, PLATFORM, PURPOSES
from shop.ledger.web.forms import PeriodForm
from shop.office.selectors import job_runs
from shop.office.web import registry
from vendors.models import Organisation

_PER_PAGE = 50


@access.administrators
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All accounts by purpose, debits against credits, and the last nightly check."""
    context = {
        "books": [
            (currency, [(row, *_sides(row.balance)) for row in rows], _amount(debits), _amount(credits))
            for currency, rows, debits, credits in selectors.trial_balance().by_currency
        ],
        "check": next((run for run in job_runs() if run.name == "ledger.check"), None),
        "newest": _told(list(selectors.entries_of()[:10])),
    }
    return render(request, "ledger/index.html", context)


@access.administrators
@require_safe
def index_csv(request: HttpRequest) -> HttpResponseBase:
    """The same as a sheet."""
    head = [_("Account"), _("Name"), _("Currency"), _("Accounts"), _("Debit"), pgettext("books", "Credit")]
    rows = [
        [row.purpose, row.name, row.currency, row.accounts, _plain(row.debit), _plain(row.credit)]
        for row in selectors.trial_balance().rows
    ]
    return _csv([head, *rows], f"trial-balance-{clock.today():%Y%m%d}")


@access.administrators
@require_safe
def purpose(request: HttpRequest, code: str) -> HttpResponse:
    """The accounts of one purpose, each with its balance."""
    if code not in PURPOSES:
        raise Http404("no such purpose")
    page = Paginator(selectors.accounts_of(code), _PER_PAGE).get_page(request.GET.get("page", "1"))
    names = _owners(account.owner for account in page)
    context = {
        "purpose": PURPOSES[code],
        "page": page,
        "rows": [(row, names[row.owner], *_sides(row.balance)) for row in page],  # type: ignore[attr-defined]
    }
    return render(request, "ledger/purpose.html", context)


@access.administrators
@require_safe
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """The statement of an account: what it held, every posting with the balance after it, what it holds."""
    found = get_object_or_404(Account, pk=pk)
    form = PeriodForm(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    told = selectors.statement(found, *form.days(asked))
    page = Paginator(told.rows, _PER_PAGE).get_page(request.GET.get("page", "1"))
    query = {name: request.GET[name] for name in ("first", "last") if request.GET.get(name)}
    context = {
        "account": found,
        "owner": _owners([found.owner])[found.owner],
        "form": form if form.is_bound else PeriodForm(initial={"first": told.first, "last": told.last}),
        "told": told,
        "opening": _balance(found, told.opening),
        "closing": _balance(found, told.closing),
        "page": page,
        "page_query": urlencode(query),
        "rows": [
            (row, _kind(row.entry.kind), *_sides(row.amount_satang), _balance(found, after))
            for row, after in told.with_balance(list(page))
        ],
    }
    return render(request, "ledger/account.html", context, status=422 if form.errors else 200)


@access.administrators
@require_safe
def account_csv(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The whole statement as a sheet; the balance after each line as the page shows it."""
    found = get_object_or_404(Account, pk=pk)
    form = PeriodForm(request.GET)
    told = selectors.statement(found, *form.days(form.cleaned_data if form.is_valid() else {}))
    head = [
        _("Date"),
        _("Time"),
        _("Cause"),
        _("Kind"),
        _("Debit"),
        pgettext("books", "Credit"),
        _("Balance"),
        _("Note"),
    ]
    before = [_day(told.first), "", _("Balance before"), "", "", "", _plain(_grown(found, told.opening)), ""]
    lines = (
        _csv_line(row, _grown(found, after)) for row, after in told.with_balance(told.rows.iterator(chunk_size=500))
    )
    name = f"statement-{found.pk}-{told.first:%Y%m%d}-{told.last:%Y%m%d}"
    return _csv((row for part in ([head, before], lines) for row in part), name)


def _csv_line(row: Any, after: int) -> list[Any]:
    moment = row.happened_at.astimezone(clock.BANGKOK)
    entry, amount = row.entry, row.amount_satang
    return [
        _day(moment.date()),
        f"{moment:%H:%M:%S}",
        entry.cause,
        _kind(entry.kind),
        _plain(amount if amount > 0 else None),
        _plain(-amount if amount < 0 else None),
        _plain(after),
        entry.memo,
    ]


@access.administrators
@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    """All entries, the newest first; found by the beginning of their cause or by a day."""
    words = clean_text(request.GET.get("q", ""))[:100]
    kind = request.GET.get("kind", "")
    rows = selectors.entries_of(cause_prefix=words, kind=kind if kind in ENTRY_KINDS else "")
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page", "1"))
    query = {name: value for name, value in (("q", words), ("kind", kind)) if value}
    context = {
        "page": page,
        "rows": _told(list(page)),
        "words": words,
        "kind": kind,
        "kinds": ENTRY_KINDS.items(),
        "page_query": urlencode(query),
    }
    return render(request, "ledger/entries.html", context)


@access.administrators
@require_safe
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry with its lines, what it reverses and what reverses it."""
    found = get_object_or_404(Entry.objects.select_related("reverses", "reversed_by"), pk=pk)
    lines = selectors.postings_of(found)
    names = _owners(line.account.owner for line in lines)
    context = {
        "entry": found,
        "kind": _kind(found.kind),
        "lines": [(line, names[line.account.owner], *_sides(line.amount_satang)) for line in lines],
        "reversed_by": getattr(found, "reversed_by", None),
    }
    return render(request, "ledger/entry.html", context)


def _told(rows: list[Entry]) -> list[tuple[Entry, str]]:
    return [(row, _kind(row.kind)) for row in rows]


def _kind(code: str) -> str:
    return str(ENTRY_KINDS.get(code, code))


def _amount(satang: int) -> str:
    """1,234.50, with a true minus."""
    return f"{to_baht(satang):,.2f}".replace("-", "−")


def _sides(amount: int) -> tuple[str, str]:
    """(debit, credit) in words: one of them is empty; nothing at all is a debit of 0.00."""
    return (_amount(amount), "") if amount >= 0 else ("", _amount(-amount))


def _grown(account: Account, balance: int) -> int:
    """A balance as its owner counts: what we owe grows by credits, so it is positive when we owe something."""
    return balance if account.grows_by_debit else -balance


def _balance(account: Account, balance: int) -> str:
    return _amount(_grown(account, balance))


def _owners(references: Iterable[str]) -> dict[str, str]:
    """References → names; what the organisations do not know keeps its reference."""
    wanted = set(references)
    names = {reference: reference for reference in wanted}
    codes = [reference.partition(":")[2] for reference in wanted if reference != PLATFORM]
    if codes:
        rows = Organisation.objects.filter(code__in=codes).values_list("code", "name_th")
        names |= {f"org:{code}": name for code, name in rows}
    if PLATFORM in names:
        names[PLATFORM] = _("The market")
    return names


def _plain(satang: int | None) -> str:
    """For sheets: baht with a point and no thousands, so that they can be summed."""
    return "" if satang is None else f"{to_baht(satang):.2f}"


def _day(day: dt.date) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year + 543}"


def _csv(rows: Iterable[Any], name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(csv_lines(rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


registry.register(
    registry.Entry(
        title=gettext_lazy("The books"),
        address=lambda: reverse("ledger:index"),
        kinds=frozenset({Kind.ADMINISTRATOR}),
    )
)
