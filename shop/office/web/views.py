"""The department's office: what waits for a person."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from shop.common import access
from shop.office import selectors
from shop.office.web import registry
from shop.payment.policies import keeps_money
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
        "transfers": waiting_transfers().count() if keeps_money(request.user) else None,
        "stuck": selectors.stuck_messages().count() if is_administrator else 0,
        "jobs": selectors.job_runs() if is_administrator else [],
    }
    return render(request, "office/home.html", context)


@access.administrators
@require_GET
def outbox(request: HttpRequest) -> HttpResponse:
    """News that is stuck, and in the demo the letters that were sent."""
    context = {"stuck": selectors.stuck_messages()[:100], "letters": selectors.demo_letters()}
    return render(request, "office/outbox.html", context)
