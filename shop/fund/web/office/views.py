"""Spending the fund: asked for by one who keeps the market's money, decided by another; both show their second factor."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from media.services.private import store_private_file
from media.web.private import private_file_response
from shop.common import access
from shop.common.errors import MarketError
from shop.fund import selectors, services
from shop.fund.errors import NameOfPerson
from shop.fund.models import Spending
from shop.fund.policies import keeps_money, money_or_404, spending_or_404
from shop.fund.web.office.forms import PERSON, DecisionForm, SpendingForm
from shop.office.web import registry
from shop.payment.web.office.second_factor import proof_of

_MOST = 100


@access.staff("officer")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What waits for a second person, and what was decided."""
    money_or_404(request.user)
    done = Spending.objects.exclude(state=Spending.State.ASKED).select_related("network")[:_MOST]
    context = {"waiting": selectors.waiting(), "done": done, "holds": selectors.balance()}
    return render(request, "office_fund/index.html", context)


@access.staff("officer")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Asks for a sum."""
    money_or_404(request.user)
    posted = request.method == "POST"
    form = SpendingForm(request.POST if posted else None, request.FILES if posted else None)
    proof = proof_of(request)
    if posted and form.is_valid() and proof.given:
        data = form.cleaned_data
        try:
            document = store_private_file(file=data["file"], by=request.user, folder="fund")
            spending = services.ask_spending(
                network=data["network"],
                purpose=data["purpose"],
                what=data["what"],
                amount_satang=data["amount"],
                payee_name=data["payee_name"],
                payee_is_person=data["payee"] == PERSON,
                document=document,
                document_number=data["document_number"],
                by=request.user,
            )
        except NameOfPerson as refusal:
            form.add_error("payee_name", refusal.text)
        except MarketError as refusal:
            form.add_error(None, refusal.text)
        else:
            messages.success(request, _("Asked for. Another person has to decide."))
            return redirect("office_fund:detail", spending.code)
    return render(request, "office_fund/new.html", {"form": form, "proof": proof}, status=422 if posted else 200)


@access.staff("officer")
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """One spending with its document; the second person decides here."""
    spending = spending_or_404(request.user, code)
    posted = request.method == "POST"
    form = DecisionForm(request.POST if posted else None)
    proof = proof_of(request)
    if posted and form.is_valid() and proof.given:
        try:
            if form.cleaned_data["decision"] == "approve":
                services.approve_spending(spending=spending, by=request.user)
            else:
                services.refuse_spending(spending=spending, reason=form.cleaned_data["reason"], by=request.user)
        except MarketError as refusal:
            form.add_error(None, refusal.text)
        else:
            messages.success(request, _("Decided."))
            return redirect("office_fund:index")
    is_own = spending.asked_by_id == request.user.pk
    context = {"spending": spending, "form": form, "is_own": is_own, "proof": proof}
    return render(request, "office_fund/detail.html", context, status=422 if posted else 200)


@access.staff("officer")
@require_safe
def document(request: HttpRequest, code: str) -> FileResponse:
    """The document of a spending."""
    return private_file_response(spending_or_404(request.user, code).document)


registry.register(
    registry.Entry(
        title=gettext_lazy("Spending of the fund"),
        address=lambda: reverse("office_fund:index"),
        is_for=keeps_money,
        waiting=lambda user: selectors.waiting().exclude(asked_by=user),
    )
)
