"""A seller's own copies: by month, each as page and PDF, and the report of output tax as a sheet."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_safe

from shop.common import access, clock
from shop.documents import selectors
from shop.documents.policies import document_of_seller_or_404, seller_or_404
from shop.documents.standing import facts_of
from shop.documents.web.months import last_day, month_choices, month_of
from shop.documents.web.sheets import month_sheet, tax_sheet
from shop.documents.web.views import as_pdf, show
from vendors.models import Organisation
from vendors.policies import Right
from vendors.web.workspace import registry

_PER_PAGE = 50
_SELLS = (*Organisation.PARENTS, Organisation.Kind.GROUP)


@access.members()
@require_safe
def index(request: HttpRequest, workspace: str) -> HttpResponse:
    """What was issued in a month, in the seller's own name."""
    organisation = seller_or_404(request.user, workspace)
    first = month_of(request)
    rows = selectors.documents_between(first, last_day(first), seller=organisation)
    month = f"{first:%Y-%m}"
    context = {
        "organisation": organisation,
        "page": Paginator(rows, _PER_PAGE).get_page(request.GET.get("page", "1")),
        "page_query": f"month={month}",
        "month": month,
        "months": month_choices(get_language() or "th"),
        "facts": facts_of(organisation, clock.today()),
    }
    return render(request, "workspace_documents/index.html", context)


@access.members()
@require_safe
def month_csv(request: HttpRequest, workspace: str) -> HttpResponseBase:
    """Every document of a month, receipts too."""
    return month_sheet(request, seller_or_404(request.user, workspace))


@access.members()
@require_safe
def tax_csv(request: HttpRequest, workspace: str) -> HttpResponseBase:
    """The report of output tax of a month."""
    return tax_sheet(request, seller_or_404(request.user, workspace))


@access.members()
@require_safe
def detail(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """One document."""
    organisation, document = document_of_seller_or_404(request.user, workspace, code)
    return show(request, document, "workspace_documents/detail.html", organisation=organisation)


@access.members()
@require_safe
def paper(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """The same as PDF."""
    return as_pdf(document_of_seller_or_404(request.user, workspace, code)[1])


registry.register(
    registry.Entry(
        title=gettext_lazy("Receipts and tax invoices"),
        address=lambda organisation: reverse("seller_documents:index", args=[organisation.slug]),
        is_for=lambda organisation: organisation.kind in _SELLS,
        right=Right.BOOKS,
        own_only=True,
        position=62,
    )
)
