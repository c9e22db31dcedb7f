"""The finance desk. Whoever makes a batch does not approve it; acts with money ask for the second factor as the money desk does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shop.common import access, clock
from shop.common.errors import MarketError
from shop.common.money import to_baht
from shop.common.sheets import csv_lines
from shop.office.web import registry
from shop.payment.web.office.second_factor import proof_of
from shop.payouts import selectors, services
from shop.payouts.formats import FORMATS
from shop.payouts.models import BankAccount, PayoutBatch, PayoutItem
from shop.payouts.policies import account_or_404, batch_or_404, keeps_money, money_or_404

_MOST, _PER_PAGE = 50, 50
_WHY = {
    "nothing": gettext_lazy("Nothing to pay"),
    "negative": gettext_lazy("Owes the market"),
    "account": gettext_lazy("No bank account in force"),
    "busy": gettext_lazy("In payouts that are under way"),
    "": gettext_lazy("Can be paid"),
}


@access.staff("officer")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What is held, ready, due and negative, by organisation; batches; the way to new payouts."""
    money_or_404(request.user)
    purses = selectors.purses()
    page = Paginator(purses, _PER_PAGE).get_page(request.GET.get("page", "1"))
    can_pay = selectors.ready_to_pay(purses)
    payable = {one.owner.pk for one in can_pay}
    context = {
        "page": page,
        "rows": [(one, _why(one, payable)) for one in page],
        "held": sum(one.held_satang for one in purses),
        "ready": sum(one.ready_satang for one in purses if one.ready_satang > 0),
        "cash": sum(one.cash_satang for one in purses),
        "negative": sum(-one.net_satang for one in purses if one.net_satang < 0),
        "can_pay": can_pay,
        "batches": PayoutBatch.objects.select_related("made_by")[:_MOST],
        "bounced": PayoutItem.objects.filter(state=PayoutItem.State.BOUNCED).count(),
        "to_check": _to_check().count(),
        "proof": proof_of(request),
    }
    return render(request, "office_payouts/index.html", context)


def _why(one: selectors.Purse, payable: set[int]) -> str:
    """Can it be paid now, and if not, why. `payable` are the keys of those who can."""
    return str(_WHY[one.why_not or ("" if one.owner.pk in payable else "busy")])


def _to_check() -> Any:
    rows = BankAccount.objects.filter(ended_at=None).select_related("organisation", "entered_by")
    return rows.filter(verified_at=None) | rows.filter(confirmed_at=None)


@access.staff("officer")
@require_safe
def purses_csv(request: HttpRequest) -> HttpResponseBase:
    """Who is owed what, as a sheet for an accountant."""
    money_or_404(request.user)
    head = [_("Code"), _("Name"), _("Held"), _("Ready"), _("Cash kept"), _("To be paid"), _("State")]
    purses = selectors.purses()
    payable = {one.owner.pk for one in selectors.ready_to_pay(purses)}
    rows: list[list[Any]] = [
        [
            one.owner.code,
            one.owner.name_th,
            *(to_baht(satang) for satang in (one.held_satang, one.ready_satang, one.cash_satang, one.net_satang)),
            _why(one, payable),
        ]
        for one in purses
    ]
    response = StreamingHttpResponse(csv_lines([head, *rows]), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="owed-{clock.today():%Y%m%d}.csv"'
    return response


@access.staff("officer")
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Puts everything that can be paid together."""
    money_or_404(request.user)
    if not proof_of(request).given:
        messages.error(request, _("Show your second factor first."))
        return redirect("office_payouts:index")
    try:
        made = services.make_batch(by=request.user)
    except MarketError as refusal:
        messages.error(request, refusal.text)
        return redirect("office_payouts:index")
    return redirect("office_payouts:batch", made.code)


@access.staff("officer")
@require_http_methods(["GET", "HEAD", "POST"])
def batch(request: HttpRequest, code: str) -> HttpResponse:
    """One batch, its items, and what may be done with it now."""
    found = batch_or_404(request.user, code)
    proof = proof_of(request)
    if request.method == "POST":
        acts: dict[str, Callable[..., Any]] = {
            "approve": services.approve_batch,
            "send": services.mark_sent,
            "withdraw": services.withdraw_batch,
        }
        act = acts.get(request.POST.get("act", ""))
        if act is not None and not proof.given:
            messages.error(request, _("Show your second factor first."))
        elif act is not None:
            _try(request, lambda: act(batch=found, by=request.user))
        return redirect("office_payouts:batch", found.code)
    context = {
        "batch": found,
        "items": found.items.select_related("owner").order_by("position"),
        "is_own": found.made_by_id == request.user.pk,
        "proof": proof,
    }
    return render(request, "office_payouts/batch.html", context)


@access.staff("officer")
@require_safe
def batch_file(request: HttpRequest, code: str) -> HttpResponse:
    """The file for the bank, once the batch is approved."""
    found = batch_or_404(request.user, code)
    if found.state not in (PayoutBatch.State.APPROVED, PayoutBatch.State.SENT, PayoutBatch.State.CLOSED):
        raise Http404("not approved")
    layout = FORMATS["csv"]
    content = layout.render(found, list(found.items.order_by("position")))
    response = HttpResponse(content, content_type=layout.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="payouts-{found.code}.{layout.suffix}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@access.staff("officer")
@require_POST
def item(request: HttpRequest, code: str, position: int) -> HttpResponse:
    """What the bank said about one payout."""
    found = batch_or_404(request.user, code)
    one = found.items.filter(position=position).first()
    if one is None:
        raise Http404("no such payout")
    said = request.POST.get("answer", "")[:120]
    if proof_of(request).given:
        act = services.bounce_item if request.POST.get("act") == "bounce" else services.confirm_item
        _try(request, lambda: act(item=one, by=request.user, answer=said))
    return redirect("office_payouts:batch", found.code)


@access.staff("officer")
@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """Bank details that wait to be verified or confirmed, and those in force."""
    money_or_404(request.user)
    rows = BankAccount.objects.filter(ended_at=None).select_related("organisation").order_by("verified_at", "pk")
    return render(request, "office_payouts/accounts.html", {"rows": rows, "now": clock.now()})


@access.staff("officer")
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One organisation's bank details: compared with the bank book, confirmed over another channel."""
    found = account_or_404(request.user, pk)
    proof = proof_of(request)
    if request.method == "POST" and not proof.given:
        messages.error(request, _("Show your second factor first."))
        return redirect("office_payouts:account", found.pk)
    if request.method == "POST":
        how = request.POST.get("how", "").strip()
        if request.POST.get("act") == "verify":
            _try(request, lambda: services.verify_account(account=found, by=request.user))
        elif how:
            _try(request, lambda: services.confirm_account(account=found, how=how, by=request.user))
        else:
            messages.error(request, _("Say how you asked: by phone, on a visit."))
        return redirect("office_payouts:account", found.pk)
    is_own = found.entered_by_id == request.user.pk
    context = {
        "account": found,
        "now": clock.now(),
        "is_own": is_own,
        "has_verified": found.verified_by_id == request.user.pk,
        "proof": proof,
    }
    return render(request, "office_payouts/account.html", context)


def _try(request: HttpRequest, act: Callable[[], Any]) -> None:
    try:
        act()
    except MarketError as refusal:
        messages.error(request, refusal.text)
    else:
        messages.success(request, _("Done."))


registry.register(
    registry.Entry(
        title=gettext_lazy("Payouts"),
        address=lambda: reverse("office_payouts:index"),
        is_for=keeps_money,
    )
)
