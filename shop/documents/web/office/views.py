"""The office's side: every document, sellers' tax standings, rates; and the one way to put a wrong document right."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shop.common import access, clock
from shop.common.errors import MarketError
from shop.documents import selectors, services
from shop.documents.models import TaxStanding
from shop.documents.policies import document_or_404, keeps_money, money_or_404, seller_of_office_or_404
from shop.documents.standing import facts_of
from shop.documents.web.months import last_day, month_choices, month_of
from shop.documents.web.office.forms import RateForm, StandingForm
from shop.documents.web.sheets import month_sheet, tax_sheet
from shop.documents.web.views import as_pdf, show
from shop.office.web import registry

_PER_PAGE = 50


@access.staff("officer")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Documents of a month, by number too."""
    money_or_404(request.user)
    first, text = month_of(request), request.GET.get("q", "").strip()[:40]
    rows = selectors.documents_between(first, last_day(first), text=text)
    month = f"{first:%Y-%m}"
    context = {
        "page": Paginator(rows, _PER_PAGE).get_page(request.GET.get("page", "1")),
        "page_query": urlencode({"month": month, "q": text}),
        "month": month,
        "months": month_choices(get_language() or "th"),
        "q": text,
        "to_look_at": sum(row.to_look_at for row in selectors.sellers(clock.today())),
        "rate_unconfirmed": selectors.rate_unconfirmed(clock.today()),
    }
    return render(request, "office_documents/index.html", context)


@access.staff("officer")
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """One document; it can be cancelled and issued anew, with what the office knows of its seller now."""
    document = document_or_404(request.user, code)
    if request.method == "POST":
        reason = request.POST.get("reason", "").strip()
        try:
            if not reason:
                messages.error(request, _("Say why it is cancelled. The reason stands on the document."))
            else:
                made = services.issue_anew(document=document, reason=reason, by=request.user)
                messages.success(request, _("Cancelled, and issued anew."))
                return redirect("office_documents:detail", made.code)
        except MarketError as refusal:
            messages.error(request, refusal.text)
        return redirect("office_documents:detail", document.code)
    return show(request, document, "office_documents/detail.html", may_issue_anew=document.is_sale)


@access.staff("officer")
@require_safe
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """The same as PDF."""
    return as_pdf(document_or_404(request.user, code))


@access.staff("officer")
@require_safe
def sellers(request: HttpRequest) -> HttpResponse:
    """How sellers stand today; those who say that they are registered and were not looked at come first."""
    money_or_404(request.user)
    text = request.GET.get("q", "").strip()[:60]
    context = {"rows": selectors.sellers(clock.today(), text=text), "q": text}
    return render(request, "office_documents/sellers.html", context)


@access.staff("officer")
@require_http_methods(["GET", "HEAD", "POST"])
def seller(request: HttpRequest, slug: str) -> HttpResponse:
    """One seller: what is in force, what was, and a new entry."""
    organisation = seller_of_office_or_404(request.user, slug)
    facts = facts_of(organisation, clock.today())
    known = {**asdict(facts), "valid_from": clock.today()}
    form = StandingForm(request.POST) if request.method == "POST" else StandingForm(initial=known)
    if form.is_bound and form.is_valid():
        try:
            services.set_standing(seller=organisation, wanted=form.standing(), by=request.user)
        except MarketError as refusal:
            form.add_error(None, refusal.text)
        else:
            messages.success(request, _("Entered."))
            return redirect("office_documents:seller", organisation.slug)
    context = {
        "seller": organisation,
        "form": form,
        "rows": TaxStanding.objects.filter(seller=organisation),
        "months": month_choices(get_language() or "th"),
    }
    return render(request, "office_documents/seller.html", context, status=422 if form.errors else 200)


@access.staff("officer")
@require_safe
def tax_csv(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A seller's report of output tax."""
    return tax_sheet(request, seller_of_office_or_404(request.user, slug))


@access.staff("officer")
@require_safe
def month(request: HttpRequest) -> HttpResponse:
    """What counts of a month for the output tax: by seller and in all, and the way to every document as a sheet."""
    money_or_404(request.user)
    first = month_of(request)
    rows = selectors.sums_by_seller(first)
    context = {
        "first": first,
        "month": f"{first:%Y-%m}",
        "months": month_choices(get_language() or "th"),
        "rows": rows,
        "whole": selectors.whole(sums for _seller, sums in rows),
    }
    return render(request, "office_documents/month.html", context)


@access.staff("officer")
@require_safe
def month_csv(request: HttpRequest) -> HttpResponseBase:
    """Every document of a month."""
    money_or_404(request.user)
    return month_sheet(request)


@access.staff("officer")
@require_http_methods(["GET", "HEAD", "POST"])
def rates(request: HttpRequest) -> HttpResponse:
    """Rates of the tax; a new one from today on."""
    money_or_404(request.user)
    form = RateForm(request.POST) if request.method == "POST" else RateForm()
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            services.set_rate(
                valid_from=data["valid_from"],
                basis_points=form.basis_points(),
                confirmed_until=data["confirmed_until"],
                note=data["note"],
                by=request.user,
            )
        except MarketError as refusal:
            form.add_error(None, refusal.text)
        else:
            messages.success(request, _("Entered."))
            return redirect("office_documents:rates")
    unconfirmed = selectors.rate_unconfirmed(clock.today())
    context = {"rows": selectors.rates(), "form": form, "rate_unconfirmed": unconfirmed}
    return render(request, "office_documents/rates.html", context, status=422 if form.errors else 200)


registry.register(
    registry.Entry(
        title=gettext_lazy("Receipts and tax invoices"),
        address=lambda: reverse("office_documents:index"),
        is_for=keeps_money,
    )
)
