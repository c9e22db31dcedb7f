"""Closed days of the country and of hubs: what was, is and comes; entered ahead, dropped while they have not begun."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shop.common import access, clock
from shop.common.errors import MarketError
from shop.fulfilment.hub_selectors import at_counter
from shop.shipping import services
from shop.shipping.models import Closure
from shop.shipping.policies import delivery_or_404
from shop.shipping.web.forms import ClosureForm, PlaceClosureForm

_LOOKING_BACK = dt.timedelta(days=60)


@access.staff("officer")
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """All closed days from two months ago on, and the form for new ones."""
    delivery_or_404(request.user)
    form = PlaceClosureForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and closed(request, form, form.cleaned_data["place"]):
        return redirect("office_delivery:closed")
    rows = Closure.objects.select_related("place").filter(last_day__gte=clock.today() - _LOOKING_BACK)
    context = {"form": form, "rows": with_when(rows.order_by("first_day", "place__name_th"))}
    return render(request, "office_delivery/closed.html", context, status=422 if form.errors else 200)


@access.staff("officer")
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Closed days are dropped, or end today."""
    delivery_or_404(request.user)
    opened(request, get_object_or_404(Closure.objects.select_related("place__organisation"), pk=pk))
    return redirect("office_delivery:closed")


def closed(request: HttpRequest, form: ClosureForm, place: Any) -> bool:
    """Brings a form to its service; a refusal stands in the form, and a question where goods lie there or come."""
    there = at_counter(place)
    if (there.shelf or there.coming) and "sure" not in request.POST:
        form.there = there
        return False
    facts = {name: form.cleaned_data[name] for name in ("first_day", "last_day", "reason_th", "reason_en")}
    try:
        services.set_closure(place=place, by=request.user, **facts)
    except MarketError as refusal:
        form.add_error(None, refusal.text)
        return False
    messages.success(request, _("Entered. Days that are told from now on know of it."))
    if there.shelf or there.coming:
        messages.info(
            request,
            _("What waits at a counter is kept for as many open days as before. Buyers whose day moves get a letter."),
        )
    return True


def opened(request: HttpRequest, closure: Closure) -> None:
    """Drops or ends closed days and says so."""
    try:
        left = services.end_closure(closure=closure, by=request.user)
    except MarketError as refusal:
        messages.error(request, refusal.text)
    else:
        said = _("Dropped. It is open on these days.") if left is None else _("Today is the last closed day.")
        messages.success(request, said)


def with_when(rows: Any) -> list[tuple[Closure, str]]:
    """Each with past, now or coming."""
    today = clock.today()
    return [(row, "coming" if row.first_day > today else "past" if row.last_day < today else "now") for row in rows]
