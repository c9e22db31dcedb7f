"""The department's office: what waits for a person."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from shop.common import access
from shop.common.models import OutboxMessage
from shop.common.together import count_together
from shop.office import selectors
from shop.office.web import registry
from shop.payment.models import PaymentAttempt
from shop.payment.policies import keeps_money
from shop.payment.selectors import waiting_transfers


@access.staff("officer")
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The office's first page."""
    user = request.user
    is_administrator, counts_money = user.is_authenticated and user.is_superuser, keeps_money(user)
    entries = registry.entries_for(user)
    transfers = waiting_transfers() if counts_money else PaymentAttempt.objects.none()
    stuck = selectors.stuck_messages() if is_administrator else OutboxMessage.objects.none()
    waiting = {entry: entry.waiting(user) for entry in entries if entry.waiting}
    *numbers, to_match, not_sent = count_together(*waiting.values(), transfers, stuck)
    behind = dict(zip(waiting, numbers, strict=True))
    context = {
        "is_administrator": is_administrator,
        "menu": [{"title": entry.title, "url": entry.address(), "waiting": behind.get(entry, 0)} for entry in entries],
        "transfers": to_match if counts_money else None,
        "stuck": not_sent,
        "jobs": selectors.job_runs() if is_administrator else [],
    }
    return render(request, "office/home.html", context)


@access.administrators
@require_GET
def outbox(request: HttpRequest) -> HttpResponse:
    """News that is stuck, and in the demo the letters that were sent."""
    context = {"stuck": selectors.stuck_messages()[:100], "letters": selectors.demo_letters()}
    return render(request, "office/outbox.html", context)
