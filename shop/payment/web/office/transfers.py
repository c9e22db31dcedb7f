"""Bank transfers, matched with the account's statement: what the buyer sent beside what is waited for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shop.common import access
from shop.common.errors import MarketError
from shop.common.forms import read_number
from shop.common.money import to_satang
from shop.common.thai import clean_text
from shop.payment import services as payments
from shop.payment.models import PaymentAttempt, PaymentProblem, TransferSlip
from shop.payment.policies import money_or_404
from shop.payment.selectors import unmatched_transfers, waiting_transfers
from shop.payment.web.office.forms import ReceivedForm

_PER_PAGE, _LEAST_OF_NAME = 25, 2


@dataclass(frozen=True)
class Row:
    """One transfer that is waited for, what the buyer sent, and what does not fit."""

    attempt: PaymentAttempt
    slips: list[TransferSlip]
    doubles: int
    form: ReceivedForm

    @property
    def has_ended(self) -> bool:
        """Its money would be late money."""
        return self.attempt.order.cancelled_at is not None

    @property
    def is_given_up(self) -> bool:
        """The buyer has chosen another way since."""
        return not self.has_ended and not self.attempt.is_open

    @property
    def differs(self) -> bool:
        """Does a slip say another amount than is asked for?"""
        told = {slip.paid_satang for slip in self.slips if slip.paid_satang is not None}
        return bool(told) and self.attempt.amount_satang not in told


@access.staff("officer")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Those with a slip first; found by number, reference or amount."""
    money_or_404(request.user)
    return _page(request)


def _page(
    request: HttpRequest, form: ReceivedForm | None = None, refused: PaymentAttempt | None = None
) -> HttpResponse:
    words = clean_text(request.GET.get("q", ""))[:60] if refused is None else refused.order.number
    page = Paginator(_found(words), _PER_PAGE).get_page(request.GET.get("page", "1"))
    rows = _rows(list(page))
    if form is not None and refused is not None:
        rows = [replace(row, form=form) if row.attempt.pk == refused.pk else row for row in rows]
    context = {
        "rows": rows,
        "page": page,
        "words": words,
        "page_query": urlencode({"q": words}) if words else "",
        "form": form,
    }
    return render(request, "money/transfers.html", context, status=422 if form is not None else 200)


def _found(words: str) -> QuerySet[PaymentAttempt]:
    if not words:
        return waiting_transfers()
    plain = words.replace(" ", "").replace("-", "").upper()
    wanted = Q(order__number__istartswith=plain) | Q(order__slips__bank_reference__istartswith=plain)
    amount = read_number(words)
    if amount is not None and 0 < amount < 10**9 and amount * 100 == int(amount * 100):
        wanted |= Q(amount_satang=to_satang(amount)) | Q(order__slips__paid_satang=to_satang(amount))
    if amount is None and len(words) >= _LEAST_OF_NAME:
        names = ("order__shipping_address__first_name", "order__shipping_address__last_name", "order__user__first_name")
        for name in (*names, "order__user__last_name"):
            wanted |= Q(**{f"{name}__icontains": words})
    return unmatched_transfers().filter(pk__in=PaymentAttempt.objects.filter(wanted).values("pk"))


def _rows(attempts: list[PaymentAttempt]) -> list[Row]:
    orders = [attempt.order_id for attempt in attempts]
    slips: dict[int, list[TransferSlip]] = {}
    for slip in TransferSlip.objects.filter(order__in=orders).select_related("file"):
        slips.setdefault(slip.order_id, []).append(slip)
    doubles: dict[int, int] = {}
    told = PaymentProblem.objects.filter(kind=PaymentProblem.Kind.SLIP, attempt__order__in=orders, closed_at=None)
    for order, problem in told.values_list("attempt__order", "pk"):
        doubles[order] = problem
    return [
        Row(
            attempt,
            slips.get(attempt.order_id, []),
            doubles.get(attempt.order_id, 0),
            ReceivedForm(auto_id=f"t{attempt.pk}-%s"),
        )
        for attempt in attempts
    ]


@access.staff("officer")
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """A person saw the money on the account: how much, and on which line of the statement."""
    money_or_404(request.user)
    attempt = unmatched_transfers().filter(pk=pk).first()
    if attempt is None:
        raise Http404("no such transfer waits")
    form = ReceivedForm(request.POST, auto_id=f"t{attempt.pk}-%s")
    if not form.is_valid():
        return _page(request, form, attempt)
    data = form.cleaned_data
    line = {name: data[name] for name in ("bank_date", "bank_reference")}
    try:
        done = payments.confirm_transfer(attempt=attempt, by=request.user, received_satang=data["received"], **line)
    except MarketError as refusal:
        form.add_error(None, refusal.text)
        return _page(request, form, attempt)
    return _told(request, done)


def _told(request: HttpRequest, done: PaymentAttempt) -> HttpResponse:
    """What came of it: paid, looked at, or on its way back because nobody waited for it any more."""
    if done.state == PaymentAttempt.State.REVIEW:
        messages.warning(request, _("Another amount was noted. Decide whether to accept it or to send it back."))
    elif done.refunds.exists():
        messages.warning(request, _("Noted. Nobody waits for this money any more: it goes back. Give it back here."))
    else:
        messages.success(request, _("Noted as paid. Buyer and groups are told."))
        return redirect("office:transfers")
    return redirect("money:order", number=done.order.number)
