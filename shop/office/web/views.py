"""The department's office: what waits for a person."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shop.common import access
from shop.common.errors import MarketError
from shop.office import selectors
from shop.office.web import registry
from shop.payment import services as payments
from shop.payment.selectors import waiting_transfers


@access.staff("officer")
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The office's first page."""
    is_administrator = request.user.is_authenticated and request.user.is_superuser
    context = {
        "is_administrator": is_administrator,
        "menu": [
            {
                "title": entry.title,
                "url": entry.address(),
                "waiting": entry.waiting(request.user) if entry.waiting else 0,
            }
            for entry in registry.entries_for(request.user)
        ],
        "transfers": waiting_transfers().count() if is_administrator else 0,
        "stuck": selectors.stuck_messages().count() if is_administrator else 0,
        "jobs": selectors.job_runs() if is_administrator else [],
    }
    return render(request, "office/home.html", context)


@access.administrators
@require_GET
def transfers(request: HttpRequest) -> HttpResponse:
    """Bank transfers to match with the account's statement."""
    return render(request, "office/transfers.html", {"attempts": waiting_transfers()[:200]})


@access.administrators
@require_POST
def confirm_transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """A person saw the money on the account."""
    attempt = get_object_or_404(waiting_transfers(), pk=pk)
    try:
        payments.confirm(attempt=attempt, note=f"transfer seen by {request.user.pk}")
        messages.success(request, _("Noted as paid. Buyer and groups are told."))
    except MarketError as refusal:
        messages.error(request, refusal.text)
    return redirect("office:transfers")


@access.administrators
@require_GET
def outbox(request: HttpRequest) -> HttpResponse:
    """News that is stuck, and in the demo the letters that were sent."""
    context = {"stuck": selectors.stuck_messages()[:100], "letters": selectors.demo_letters()}
    return render(request, "office/outbox.html", context)
