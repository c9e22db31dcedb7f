"""Entering a voucher at the basket, and taking it out again; at the till the same is part of its form."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shop.basket.web.context import about, load
from shop.common import access
from shop.vouchers.web import applying


@access.public
@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """The code counts, or the basket's page says why not, with the code as it was typed."""
    view = load(request)
    found = applying.enter(request, view, request.POST.get("voucher", ""))
    if found.problem:
        return render(request, "basket/summary.html", {**about(request, view), "entered": found}, status=422)
    messages.success(request, _("The voucher counts: %(says)s.") % {"says": found.says})
    return redirect("basket:summary")


@access.public
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Without the voucher again."""
    applying.leave(request)
    messages.success(request, _("The voucher is taken out."))
    return redirect("basket:summary")
