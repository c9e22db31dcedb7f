"""What the market owes an organisation, line by line, as it reads it itself: page, sheet, PDF. And where its money is sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shop.common import access, clock, pdf
from shop.common.baht_words import baht_words
from shop.common.errors import MarketError
from shop.common.keyset import slice_of
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
    words, balances = _Words(organisation, cut.rows), told.with_balance(cut.rows, are_first=not cut.back)
    context = {
        "organisation": organisation,
        "form": form if form.is_bound else PeriodForm(initial={"first": first, "last": last}),
        "told": told,
        "cut": cut,
        "query": query,
        "rows": [{**words.line(row), "after": formats.figure(after)} for row, after in balances],
        "purse": told.purse,
        "payouts": PayoutItem.objects.filter(owner=organisation)
        .select_related("batch")
        .only(*_PAID)
        .order_by("-pk")[:10],
        "account": selectors.account_of(organisation),
        "may_enter": may(request.user, Right.MANAGE, organisation),
    }
    return render(request, "workspace_money/statement.html", context, status=422 if form.errors else 200)


class _Words:
    """Lines of a statement in the owner's words; what they are told with is read once for all of them."""

    def __init__(self, organisation: Organisation, rows: Sequence[Posting]) -> None:
        causes = [row.entry.cause for row in rows]
        numbers = {selectors.purchase_of(cause) for cause in causes} - {""}
        self.is_group = organisation.kind == Organisation.Kind.GROUP
        self.kept = selectors.kept_of(organisation, numbers) if numbers else {}
        self.back = selectors.given_back(causes)
        self.language = get_language() or "th"
        self.first: dict[int, int] = {}
        for row in rows:
            if not selectors.is_discount(row):
                self.first.setdefault(row.entry_id, row.pk)

    def line(self, row: Posting) -> dict[str, Any]:
        """What happened, about which order and goods, why, and whether it is more or less. Of a sale the first line tells all."""
        reference = row.entry.cause.partition(":")[2]
        discount, gain = selectors.is_discount(row), selectors.gain(row)
        kind = _DISCOUNT if discount else _KINDS.get(row.entry.kind) or ENTRY_KINDS.get(row.entry.kind)
        is_told = discount or (row.entry.kind == "share" and self.first[row.entry_id] != row.pk)
        return {
            "row": row,
            "kind": str(kind or row.entry.kind),
            "account": row.account.purpose_name,
            "reference": selectors.order_of(row.entry.cause) or reference,
            "about": "" if is_told else self._about(row),
            "kept": None if is_told else self._kept(row),
            "amount": formats.figure(gain),
            "is_less": gain < 0,
        }

    def _about(self, row: Posting) -> str:
        """What was sold, or came back and why; of money that moves within the purse how much."""
        kind, found = row.entry.kind, self.kept.get(selectors.purchase_of(row.entry.cause))
        parts = found.goods if found else {}
        if kind in selectors.WITHIN:
            goods = parts.get(selectors.order_of(row.entry.cause), {}).values()
            words = _some([self._title(good) for good in goods])
            return " · ".join(filter(None, [str(_MOVED[kind]) % {"baht": formats.figure(-row.amount_satang)}, words]))
        mine = {key: good for goods in parts.values() for key, good in goods.items()}
        back = self.back.get(row.entry.cause.partition(":")[2])
        if back is None:
            return _some([f"{good.quantity} × {self._title(good)}" for good in mine.values() if good.quantity])
        told = [f"{number} × {self._title(mine[line])}" for line, number in back.pieces if line in mine]
        told += [_("Delivery")] if any(line is None for line, _number in back.pieces) else []
        return " · ".join(filter(None, [back.why, _some(told)]))

    def _title(self, good: selectors.Good) -> str:
        return formats.pick(good.title_th, good.title_en, self.language)

    def _kept(self, row: Posting) -> dict[str, Any] | None:
        """Of a sale, what was kept of it and by whom."""
        found = self.kept.get(selectors.order_of(row.entry.cause)) if row.entry.kind == "share" else None
        if found is None:
            return None
        return {
            "groups": "" if self.is_group else ", ".join(found.groups),
            "total": formats.figure(found.total_satang),
            "parts": [(NAMES[kind], formats.figure(satang)) for kind, satang in found.parts],
        }


_DISCOUNT = gettext_lazy("Discount that you bear")
_KINDS = {
    "share": gettext_lazy("Your part of a sale"),
    "share_back": gettext_lazy("Your part of what a buyer gets back"),
    "share_again": gettext_lazy("Yours again, the buyer was not given it back"),
}
_MOVED = {
    "release": gettext_lazy("%(baht)s moved from held to ready"),
    "cash_offset": gettext_lazy("%(baht)s in cash counts as paid out to you"),
}
_NAMED = 3


def _some(words: Sequence[str]) -> str:
    """The first of them, and how many more there are."""
    more = len(words) - _NAMED
    rest = [_("and %(number)s more") % {"number": more}] if more > 0 else []
    return " · ".join([*words[:_NAMED], *rest])


def _in_words(kept: dict[str, Any] | None) -> str:
    """What was kept of a sale and by whom, for sheet and paper; empty for other lines."""
    if kept is None:
        return ""
    parts = " · ".join(f"{name} {satang}" for name, satang in kept["parts"])
    return " ".join(word for word in (kept["groups"], _("Of what the buyer paid,"), f"{kept['total']}:", parts) if word)


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
    head = [_("Date"), _("Kind"), _("Account"), _("Reference"), _("Baht"), _("Balance"), _("What was kept")]
    yield [*head, _("What it is about")]
    yield [_day(told.first), _("Balance before"), "", "", "", to_baht(told.opening), "", ""]
    balance = told.opening
    for rows in in_batches(told.rows.iterator(chunk_size=_AT_ONCE), _AT_ONCE):
        words = _Words(organisation, rows)
        for row in rows:
            facts, balance = words.line(row), balance + selectors.gain(row)
            yield [
                _day(row.happened_at.astimezone(clock.BANGKOK).date()),
                facts["kind"],
                str(facts["account"]),
                facts["reference"],
                to_baht(selectors.gain(row)),
                to_baht(balance),
                _in_words(facts["kept"]),
                facts["about"],
            ]
    yield [_day(told.last), _("Balance at the end"), "", "", "", to_baht(told.closing), "", ""]


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
    words = _Words(organisation, rows)
    for row, balance in told.with_balance(rows, are_first=True):
        facts = words.line(row)
        day = formats.date_short(row.happened_at.astimezone(clock.BANGKOK).date())
        lines.append(
            {
                "day": day,
                "kind": facts["kind"],
                "about": f"{facts['account']} · {facts['reference']}",
                "goods": facts["about"],
                "kept": _in_words(facts["kept"]),
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
