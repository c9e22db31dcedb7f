"""An officer finds a lot, sees how far it went, and calls it back. Buyers stay nameless: only orders are counted."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from catalogue.services import recall_lot
from catalogue.trail import lots_below
from shop.common import access, codes
from shop.common.errors import MarketError
from shop.common.thai import clean_text
from shop.fulfilment.selectors import lines_of_lot, reach_of_lot
from shop.fulfilment.web.office.forms import RecallForm
from shop.office.web import registry
from vendors.policies import Right, reach

_PER_PAGE = 30


@access.staff("officer")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Lots of the officer's groups, newest first; a whole code leads to its page at once."""
    text = clean_text(request.GET.get("q", ""))[:80]
    rows = lots_below(reach(request.user, Right.REVIEW), text=text)
    if codes.is_valid(text) and rows.filter(code=codes.normalise(text)).exists():
        return redirect("office_lots:detail", codes.normalise(text))
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page", "1"))
    context = {
        "page": page,
        "rows": [(lot, codes.grouped(lot.code, 3)) for lot in page.object_list],
        "text": text,
        "page_query": urlencode({"q": text}) if text else "",
    }
    return render(request, "office_lots/list.html", context)


@access.staff("officer")
@require_http_methods(["GET", "POST"])
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """One lot with the orders that it went into, and the recall."""
    lot = get_object_or_404(lots_below(reach(request.user, Right.REVIEW)), code=codes.normalise(code))
    form = RecallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            recall_lot(lot=lot, reason=form.cleaned_data["reason"], by=request.user)
        except MarketError as refusal:
            form.add_error(None, refusal.text)
        else:
            messages.success(request, _("Recalled. Every buyer gets a letter."))
            return redirect("office_lots:detail", lot.code)
    page = Paginator(lines_of_lot(lot), _PER_PAGE).get_page(request.GET.get("page", "1"))
    context = {
        "lot": lot,
        "shown_code": codes.grouped(lot.code, 3),
        "numbers": reach_of_lot(lot),
        "page": page,
        "form": form,
    }
    return render(request, "office_lots/detail.html", context, status=422 if form.errors else 200)


registry.register(registry.Entry(title=gettext_lazy("Lots and recalls"), address=lambda: reverse("office_lots:list")))
