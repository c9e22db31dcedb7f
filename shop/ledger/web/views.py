"""The books as those read them who keep the market's money. Nothing can be changed here, and no page names a buyer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods, require_safe

from shop.common import access, clock
from shop.common.keyset import slice_of
from shop.common.money import to_baht
from shop.common.sheets import csv_lines
from shop.common.thai import clean_text
from shop.ledger import selectors
from shop.ledger.models import Account, Entry
from shop.ledger.purposes import ENTRY_KINDS, PLATFORM, PURPOSES
from shop.ledger.web.forms import PeriodForm
from shop.ledger.web.words import SUBJECT_NAMES, WORDS
from shop.office.selectors import job_runs
from shop.office.web import registry
from shop.order.models import Order
from shop.payment.policies import keeps_money, money_or_404
from shop.seed import invariants
from vendors.models import Organisation

_PER_PAGE = 50


@access.staff("officer")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All accounts by purpose, debits against credits, and the last nightly check."""
    money_or_404(request.user)
    context = {
        "books": [
            (currency, [(row, *_sides(row.balance)) for row in rows], _amount(debits), _amount(credits))
            for currency, rows, debits, credits in selectors.trial_balance().by_currency
        ],
        "check": next((run for run in job_runs() if run.name == "ledger.check"), None),
        "newest": _told(list(selectors.entries_of()[:10])),
    }
    return render(request, "ledger/index.html", context)


@access.staff("officer")
@require_safe
def index_csv(request: HttpRequest) -> HttpResponseBase:
    """The same as a sheet."""
    money_or_404(request.user)
    head = [_("Account"), _("Name"), _("Currency"), _("Accounts"), _("Debit"), pgettext("books", "Credit")]
    rows = [
        [row.purpose, row.name, row.currency, row.accounts, _plain(row.debit), _plain(row.credit)]
        for row in selectors.trial_balance().rows
    ]
    return _csv([head, *rows], f"trial-balance-{clock.today():%Y%m%d}")


@access.staff("officer")
@require_safe
def purpose(request: HttpRequest, code: str) -> HttpResponse:
    """The accounts of one purpose, each with its balance."""
    money_or_404(request.user)
    if code not in PURPOSES:
        raise Http404("no such purpose")
    page = Paginator(selectors.accounts_of(code), _PER_PAGE).get_page(request.GET.get("page", "1"))
    names = _owners(account.owner for account in page)
    held = selectors.balances_of(code)
    context = {
        "purpose": PURPOSES[code],
        "page": page,
        "rows": [(row, names[row.owner], *_sides(held.get(row.pk, 0))) for row in page],
    }
    return render(request, "ledger/purpose.html", context)


@access.staff("officer")
@require_safe
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """The statement of an account: what it held, every posting with the balance after it, what it holds."""
    money_or_404(request.user)
    found = get_object_or_404(Account, pk=pk)
    form = PeriodForm(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    told = selectors.statement(found, *form.days(asked))
    query = urlencode({name: request.GET[name] for name in ("first", "last") if request.GET.get(name)})
    cut = slice_of(told.rows, request.GET, size=_PER_PAGE, keep=query)
    context = {
        "account": found,
        "owner": _owners([found.owner])[found.owner],
        "form": form if form.is_bound else PeriodForm(initial={"first": told.first, "last": told.last}),
        "told": told,
        "opening": _balance(found, told.opening),
        "closing": _balance(found, told.closing),
        "cut": cut,
        "query": query,
        "rows": [
            (row, _kind(row.entry.kind), *_sides(row.amount_satang), _balance(found, after))
            for row, after in told.with_balance(cut.rows, are_first=not cut.back)
        ],
    }
    return render(request, "ledger/account.html", context, status=422 if form.errors else 200)


@access.staff("officer")
@require_safe
def account_csv(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The whole statement as a sheet; the balance after each line as the page shows it."""
    money_or_404(request.user)
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
        _csv_line(row, _grown(found, after))
        for row, after in told.with_balance(told.rows.iterator(chunk_size=500), are_first=True)
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


@access.staff("officer")
@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    """All entries, the newest first; found by the beginning of their cause. The number of an order leads to its books."""
    money_or_404(request.user)
    words = clean_text(request.GET.get("q", ""))[:100]
    if (order := Order.objects.filter(number=words.upper()).first()) is not None:
        return redirect("ledger:order", order.number)
    kind = request.GET.get("kind", "")
    rows = selectors.entries_of(cause_prefix=words, kind=kind if kind in ENTRY_KINDS else "")
    query = urlencode({name: value for name, value in (("q", words), ("kind", kind)) if value})
    cut = slice_of(rows, request.GET, size=_PER_PAGE, newest_first=True, keep=query)
    context = {
        "cut": cut,
        "rows": _told(cut.rows),
        "words": words,
        "kind": kind,
        "kinds": ENTRY_KINDS.items(),
    }
    return render(request, "ledger/entries.html", context)


@access.staff("officer")
@require_safe
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry with its lines, what it reverses and what reverses it."""
    money_or_404(request.user)
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


@access.staff("officer")
@require_safe
def order(request: HttpRequest, number: str) -> HttpResponse:
    """The books of one order: every entry in words and with its lines, and where its money is now."""
    money_or_404(request.user)
    found = get_object_or_404(Order, number=number)
    books = selectors.books_of_order(found.number)
    names = _owners(line.account.owner for _entry, lines in books.entries for line in lines)
    where = books.where
    context = {
        "order": found,
        "entries": [
            (
                row,
                _kind(row.kind),
                WORDS.get(row.kind, ""),
                [(line, names[line.account.owner], *_sides(line.amount_satang)) for line in lines],
            )
            for row, lines in books.entries
        ],
        "where": [(row, names[row.owner], *_sides(amount)) for row, amount in where],
        "bars": [
            (f"{row.purpose_name} · {names[row.owner]}", -amount, _amount(-amount))
            for row, amount in where
            if amount < 0
        ],
        "sides": (_amount(sum(a for _row, a in where if a > 0)), _amount(sum(-a for _row, a in where if a < 0))),
        "sum": _amount(books.sum),
        "is_right": books.sum == 0,
    }
    return render(request, "ledger/order.html", context)


@access.staff("officer")
@require_http_methods(["GET", "HEAD", "POST"])
def proof(request: HttpRequest) -> HttpResponse:
    """Asks everything that must always be true, when the button is pressed; names what is wrong with its ids."""
    money_or_404(request.user)
    found: list[invariants.Violation] | None = None
    if request.method == "POST":
        found = invariants.violations()
    context = {
        "checks": invariants.number_of_checks(),
        "asked_at": clock.now() if found is not None else None,
        "subjects": [
            (SUBJECT_NAMES.get(subject, subject), [one for one in found if one.subject == subject])
            for subject in invariants.SUBJECTS
        ]
        if found is not None
        else [],
        "found": found,
    }
    return render(request, "ledger/proof.html", context)


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
        is_for=keeps_money,
    )
)
