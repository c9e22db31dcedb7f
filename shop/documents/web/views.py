"""A purchase's documents in its buyer's eyes: which there are, in whose name, each as page and PDF."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shop.checkout.web.area_picker import picked_data, picker_context, picker_step
from shop.common import access, pdf
from shop.common.errors import MarketError
from shop.documents import selectors, services
from shop.documents.models import Document, TaxDetails
from shop.documents.papers import TITLES, print_document, shown
from shop.documents.policies import document_of_order_or_404
from shop.documents.web.forms import DetailsForm
from shop.order.models import Order
from shop.order.policies import bare_order_or_404


@access.public
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest, number: str) -> HttpResponse:
    """The documents, and in whose name they are wanted. What was typed stays when it is refused."""
    order = bare_order_or_404(request, number)
    typed: Any = request.POST if request.method == "POST" else _known(order)
    picking = request.method == "POST" and picker_step(request.POST)
    if picking:
        typed = picked_data(request.POST)
    form = DetailsForm(typed) if request.method == "POST" and not picking else DetailsForm(initial=typed)
    if form.is_bound and form.is_valid():
        try:
            services.set_tax_details(order=order, details=form.details())
        except MarketError as refusal:
            form.add_error(None, refusal.text)
        else:
            messages.success(request, _("The documents are in this name now."))
            return redirect("documents:index", order.number)
    rows = selectors.documents_of(order)
    context = {
        "order": order,
        "rows": [(row, TITLES[row.kind]) for row in rows],
        "sellers": {row.snapshot["seller"]["name"] for row in rows},
        "form": form,
        "is_open": form.is_bound or picking,
        **picker_context(form, typed),
    }
    return render(request, "documents/index.html", context, status=422 if form.errors else 200)


def _known(order: Order) -> dict[str, str]:
    """What was asked for before; else the address of the delivery is a beginning."""
    kept = TaxDetails.objects.filter(order=order).first()
    if kept is not None:
        names = ("who", "name", "tax_id", "branch", "line1", "area_code", "postcode")
        return {name: getattr(kept, name) for name in names}
    target = order.shipping_address
    if target is None:
        return {}
    return {"line1": target.line1, "area_code": target.subdistrict_code, "postcode": target.postcode}


@access.public
@require_safe
def detail(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """One document as a page."""
    return show(request, document_of_order_or_404(request, number, code), "documents/detail.html")


@access.public
@require_safe
def paper(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """The same as PDF."""
    return as_pdf(document_of_order_or_404(request, number, code))


def show(request: HttpRequest, document: Document, template: str, **more: Any) -> HttpResponse:
    """A document as a page of whichever reader."""
    return render(request, template, {"document": document, "paper": shown(document), **more})


def as_pdf(document: Document) -> HttpResponse:
    """A document as PDF."""
    return pdf.answer(print_document(document), document.reference)
