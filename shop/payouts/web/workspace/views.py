"""What the market owes an organisation, line by line, as it reads it itself: page, sheet, PDF. And where its money is sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_http_methods, require_safe

from shop.common import access, clock, pdf
from shop.common.baht_words import baht_words
from shop.common.errors import MarketError
from shop.common.keyset import Slice, slice_of
from shop.common.money import to_baht
from shop.common.sheets import csv_lines, in_batches
from shop.ledger.models import Posting
from shop.ledger.purposes import ENTRY_KINDS
from shop.ledger.web.forms import PeriodForm
from shop.order.showing import NAMES
from shop.payouts import selectors, services
from shop.payouts.models import BankAccount, PayoutItem
from shop.payouts.policies import EARNS, purse_or_404
from shop.payouts.web.workspace.forms import AccountForm
from shop.theme import formats
from vendors.models import Organisation
from vendors.policies import Right, may
from vendors.web.workspace import registry

_PER_PAGE, _AT_ONCE, _MOST_ON_PAPER = 20, 500, 2_000
_NEAR = dt.timedelta(days=1)
_PAID = ("state", "changed_at", "position", "answer", "amount_satang", "batch__code")
_TEMPLATE = Path(__file__).parent.parent / "templates" / "papers" / "statement.typ"


def _period(request: HttpRequest) -> tuple[PeriodForm, dt.date, dt.date]:
    form = PeriodForm(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    return form, *form.days(asked)


@access.members()
@require_safe
def statement(request: HttpRequest, workspace: str) -> HttpResponse:
    """Held, ready, paid out; and every line of the days asked for."""
    organisation = purse_or_404(request.user, workspace)
    form, first, last = _period(request)
    told = selectors.statement(organisation, first, last)
    query = urlencode({name: request.GET[name] for name in ("first", "last") if request.GET.get(name)})
    begin = clock.start_of_day(first)
    cut = slice_of(told.rows, request.GET, size=_PER_PAGE, keep=query, near=_NEAR, begin=begin)
    context = {
        "organisation": organisation,
        "form": form if form.is_bound else PeriodForm(initial={"first": first, "last": last}),
        "told": told,
        "cut": cut,
        "query": query,
        "rows": _lines(organisation, told, cut),
        "purse": told.purse,
        "payouts": PayoutItem.objects.filter(owner=organisation)
        .select_related("batch")
        .only(*_PAID)
        .order_by("-pk")[:10],
        "account": selectors.account_of(organisation),
        "may_enter": may(request.user, Right.MANAGE, organisation),
    }
    return render(request, "workspace_money/statement.html", context, status=422 if form.errors else 200)


def _lines(organisation: Organisation, told: selectors.PurseStatement, cut: Slice[Posting]) -> list[dict[str, Any]]:
    """Lines in the owner's words, each sale with what was kept of it and by whom."""
    kept = _kept_of(organisation, cut.rows)
    return [
        {**_told(row), "after": formats.figure(after), "kept": _kept(organisation, kept, row)}
        for row, after in told.with_balance(cut.rows, are_first=not cut.back)
    ]


def _kept_of(organisation: Organisation, rows: list[Posting]) -> dict[str, selectors.Kept]:
    numbers = {selectors.order_of(row.entry.cause) for row in rows if row.entry.kind == "share"}
    return selectors.kept_of(organisation, numbers) if numbers else {}


def _kept(organisation: Organisation, kept: dict[str, selectors.Kept], row: Posting) -> dict[str, Any] | None:
    found = kept.get(selectors.order_of(row.entry.cause)) if row.entry.kind == "share" else None
    if found is None or selectors.is_discount(row):
        return None
    is_group = organisation.kind == Organisation.Kind.GROUP
    return {
        "groups": "" if is_group else ", ".join(found.groups),
        "total": formats.figure(found.total_satang),
        "parts": [(NAMES[kind], formats.figure(satang)) for kind, satang in found.parts],
    }


def _in_words(organisation: Organisation, kept: dict[str, selectors.Kept], row: Posting) -> str:
    """What was kept of a sale and by whom, for sheet and paper; empty for other lines."""
    found = _kept(organisation, kept, row)
    if found is None:
        return ""
    parts = " · ".join(f"{name} {satang}" for name, satang in found["parts"])
    return " ".join(
        word for word in (found["groups"], _("Of what the buyer paid,"), f"{found['total']}:", parts) if word
    )


def _told(row: Posting) -> dict[str, Any]:
    """A line in the owner's words: what happened, about which order, and whether it is more or less."""
    reference = row.entry.cause.partition(":")[2]
    kind = _("Discount that you bear") if selectors.is_discount(row) else ENTRY_KINDS.get(row.entry.kind)
    return {
        "row": row,
        "kind": str(kind or row.entry.kind),
        "account": row.account.purpose_name,
        "reference": selectors.order_of(row.entry.cause) or reference,
        "amount": formats.figure(-row.amount_satang),
        "is_less": row.amount_satang > 0,
    }


@access.members()
@require_safe
def statement_csv(request: HttpRequest, workspace: str) -> HttpResponseBase:
    """The same as a sheet, whole."""
    organisation = purse_or_404(request.user, workspace)
    _form, first, last = _period(request)
    told = selectors.statement(organisation, first, last)
    response = StreamingHttpResponse(csv_lines(_sheet(organisation, told)), content_type="text/csv; charset=utf-8")
    name = f"statement-{organisation.code}-{first:%Y%m%d}-{last:%Y%m%d}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _sheet(organisation: Organisation, told: selectors.PurseStatement) -> Iterator[list[Any]]:
    yield [_("Date"), _("Kind"), _("Account"), _("Reference"), _("Baht"), _("Balance"), _("What was kept")]
    yield [_day(told.first), _("Balance before"), "", "", "", to_baht(told.opening), ""]
    balance = told.opening
    for rows in in_batches(told.rows.iterator(chunk_size=_AT_ONCE), _AT_ONCE):
        kept = _kept_of(organisation, rows)
        for row in rows:
            facts, balance = _told(row), balance - row.amount_satang
            yield [
                _day(row.happened_at.astimezone(clock.BANGKOK).date()),
                facts["kind"],
                str(facts["account"]),
                facts["reference"],
                to_baht(-row.amount_satang),
                to_baht(balance),
                _in_words(organisation, kept, row),
            ]
    yield [_day(told.last), _("Balance at the end"), "", "", "", to_baht(told.closing), ""]


def _day(day: dt.date) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year + 543}"


@access.members()
@require_safe
def statement_pdf(request: HttpRequest, workspace: str) -> HttpResponse:
    """The same on paper; at most two thousand lines, the sheet has all."""
    organisation = purse_or_404(request.user, workspace)
    _form, first, last = _period(request)
    with override("th"):
        data = _paper(organisation, selectors.statement(organisation, first, last))
    return pdf.answer(pdf.render(_TEMPLATE, data), f"statement-{organisation.code}-{first:%Y%m%d}")


def _paper(organisation: Organisation, told: selectors.PurseStatement) -> dict[str, Any]:
    lines, rows = [], list(told.rows[:_MOST_ON_PAPER])
    kept = _kept_of(organisation, rows)
    for row, balance in told.with_balance(rows, are_first=True):
        facts = _told(row)
        day = formats.date_short(row.happened_at.astimezone(clock.BANGKOK).date())
        lines.append(
            {
                "day": day,
                "kind": facts["kind"],
                "about": f"{facts['account']} · {facts['reference']}",
                "kept": _in_words(organisation, kept, row),
                "amount": facts["amount"],
                "after": formats.figure(balance),
            }
        )
    return {
        "name": organisation.name_th,
        "first": formats.date(told.first),
        "last": formats.date(told.last),
        "issued": formats.date_time(clock.now()),
        "opening": formats.figure(told.opening),
        "closing": formats.figure(told.closing),
        "words": baht_words(max(0, told.closing)),
        "lines": lines,
    }


@access.members()
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest, workspace: str) -> HttpResponse:
    """Where the money is sent. New details are frozen and checked by two people of the market."""
    organisation = purse_or_404(request.user, workspace)
    current = BankAccount.objects.filter(organisation=organisation, ended_at=None).first()
    form = AccountForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.enter_account(organisation=organisation, by=request.user, **form.cleaned_data)
        except MarketError as refusal:
            form.add_error(None, refusal.text)
        else:
            messages.success(request, _("Entered. It is checked now; no money is sent there for three days."))
            return redirect("purse:account", organisation.slug)
    context = {
        "organisation": organisation,
        "current": current,
        "form": form,
        "may_enter": may(request.user, Right.MANAGE, organisation),
    }
    return render(request, "workspace_money/account.html", context, status=422 if form.errors else 200)


registry.register(
    registry.Entry(
        title=gettext_lazy("Money"),
        address=lambda organisation: reverse("purse:statement", args=[organisation.slug]),
        is_for=lambda organisation: organisation.kind in EARNS,
        right=Right.BOOKS,
        own_only=True,
        position=60,
    )
)
