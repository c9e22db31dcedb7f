"""Money in the office: what waits for a person, the story of an order's money, cash, and the comparison by day."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from media.web.private import private_file_response
from shop.common import access, clock
from shop.common.errors import MarketError
from shop.common.thai import clean_text
from shop.gateways import registry as gateways
from shop.office.web import registry
from shop.order.models import Order
from shop.payment import selectors, tasks
from shop.payment import services as payments
from shop.payment.differences import Finding
from shop.payment.models import PaymentAttempt, PaymentProblem, ReconciliationRun, TransferSlip
from shop.payment.policies import keeps_money, money_or_404, problem_or_404
from shop.payment.story import Step, story_of
from shop.payment.web.office import texts
from shop.payment.web.office.forms import CompareForm, DayForm, DecisionForm, WordForm
from shop.payment.web.office.second_factor import proof_of

_PER_PAGE, _DAYS_SHOWN = 25, 31
_CLOSED = (PaymentAttempt.State.CANCELLED, PaymentAttempt.State.EXPIRED, PaymentAttempt.State.FAILED)


@access.staff("officer")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """What waits for a person; an order's money found by its number."""
    money_or_404(request.user)
    number = clean_text(request.GET.get("q", "")).replace(" ", "").upper()[:32]
    if number:
        found = Order.objects.filter(number__iexact=number).first()
        if found is not None:
            return redirect("money:order", number=found.number)
    page = Paginator(selectors.open_problems(), _PER_PAGE).get_page(request.GET.get("page", "1"))
    context = {
        "page": page,
        "rows": [texts.told(row) for row in page],
        "by_hand": list(selectors.refunds_by_hand()[:_PER_PAGE]),
        "undecided": list(selectors.undecided_payments()[:_PER_PAGE]),
        "transfers": selectors.waiting_transfers().count(),
        "run": ReconciliationRun.objects.first(),
        "why_no_stripe": texts.why_no_stripe(gateways.why_not("stripe")),
        "asked": number,
    }
    return render(request, "money/index.html", context)


@access.staff("officer")
@require_http_methods(["GET", "POST"])
def problem(request: HttpRequest, pk: int) -> HttpResponse:
    """One thing to look at, with what to do; closed with a word."""
    found = problem_or_404(request.user, pk)
    form = WordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            payments.settle_problem(problem=found, how=form.cleaned_data["how"], by=request.user)
        except MarketError as refusal:
            form.add_error(None, refusal.text)
        else:
            messages.success(request, _("Closed. Your words are kept with it."))
            return redirect("money:index")
    undecided = found.kind == PaymentProblem.Kind.MISMATCH and found.attempt is not None and found.attempt.is_open
    context = {"problem": found, "told": texts.told(found), "form": form, "undecided": undecided}
    return render(request, "money/problem.html", context, status=422 if form.errors else 200)


@access.staff("officer")
@require_GET
def order(request: HttpRequest, number: str) -> HttpResponse:
    """The story of an order's money."""
    money_or_404(request.user)
    found = get_object_or_404(Order, number=number)
    return _order_page(request, found, DecisionForm(initial={"token": secrets.token_hex(16)}))


def _order_page(request: HttpRequest, found: Order, form: DecisionForm, act: str = "") -> HttpResponse:
    story = story_of(found)
    context = {
        "order": found,
        "story": story,
        "open_problems": [texts.told(row) for row in story.problems if row.closed_at is None],
        "by_hand": texts.for_a_person(story.refunds),
        "steps": steps_for_people(story.steps),
        "machine_steps": [step for step in story.steps if step.room in ("message", "books")],
        "late_transfer": any(
            row.method == PaymentAttempt.Method.TRANSFER and row.state in _CLOSED for row in story.attempts
        ),
        "form": form,
        "act": act,
        "proof": proof_of(request),
    }
    return render(request, "money/order.html", context, status=422 if form.errors or act else 200)


@access.staff("officer")
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Another amount is taken as paid."""
    return _decide(request, pk, "accept", payments.accept_payment, _("Accepted. Buyer and groups are told."))


@access.staff("officer")
@require_POST
def give_back_all(request: HttpRequest, pk: int) -> HttpResponse:
    """All of a payment goes back."""
    return _decide(request, pk, "return", payments.return_payment, _("All of it goes back. The buyer is told."))


def _decide(request: HttpRequest, pk: int, act: str, service: Callable[..., Any], done: str) -> HttpResponse:
    money_or_404(request.user)
    attempt = PaymentAttempt.objects.select_related("order").filter(pk=pk).first()
    if attempt is None:
        raise Http404("no such payment")
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _order_page(request, attempt.order, form, act)
    if not proof_of(request).given:
        return _order_page(request, attempt.order, form, act)
    try:
        service(attempt=attempt, by=request.user, note=form.cleaned_data["note"], token=form.cleaned_data["token"])
    except MarketError as refusal:
        form.add_error(None, refusal.text)
        return _order_page(request, attempt.order, form, act)
    messages.success(request, done)
    return redirect("money:order", number=attempt.order.number)


@access.staff("officer")
@require_GET
def cash(request: HttpRequest) -> HttpResponse:
    """Who holds how much cash that was taken at the door."""
    money_or_404(request.user)
    page = Paginator(selectors.cash_held(), 50).get_page(request.GET.get("page", "1"))
    held = sum(row.held_satang for row in page.paginator.object_list)
    context = {"page": page, "sum": held, "given_out": selectors.cash_given_out()}
    return render(request, "money/cash.html", context)


@access.staff("officer")
@require_http_methods(["GET", "POST"])
def reconciliation(request: HttpRequest) -> HttpResponse:
    """The comparison with the providers, day by day; a day can be compared again."""
    money_or_404(request.user)
    asked = request.POST if request.method == "POST" else request.GET
    form = (CompareForm if request.method == "POST" else DayForm)(asked if asked.get("day") is not None else None)
    day = form.cleaned_data["day"] if form.is_bound and form.is_valid() else None
    if request.method == "POST" and day is not None:
        tasks.reconcile_day.enqueue(day.isoformat(), request.user.pk)
        messages.success(request, _("The day is being compared. Load this page again in a minute."))
        return redirect(f"{reverse('money:reconciliation')}?{urlencode({'day': day.isoformat()})}")
    runs = _last_runs()
    shown = ReconciliationRun.objects.select_related("by").filter(day=day).first() if day else next(iter(runs), None)
    context = {
        "runs": runs,
        "run": shown,
        "day": day or (shown.day if shown else clock.today() - dt.timedelta(days=1)),
        "findings": _told(shown.findings if shown else []),
        "repaired": _told(shown.repaired if shown else []),
        "counts": texts.counted(shown.counts) if shown else [],
        "form": form if form.is_bound else DayForm(initial={"day": clock.today() - dt.timedelta(days=1)}),
    }
    return render(request, "money/reconciliation.html", context, status=422 if form.errors else 200)


def _told(rows: list[dict[str, Any]]) -> list[tuple[Finding, str]]:
    findings = [Finding(**row) for row in rows]
    return [(finding, texts.amounts(finding)) for finding in findings]


def _last_runs() -> list[ReconciliationRun]:
    """The newest comparison of each of the last days."""
    rows = ReconciliationRun.objects.order_by("-day", "-pk").distinct("day")
    return list(rows[:_DAYS_SHOWN])


@access.staff("officer")
@require_GET
def slip(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The picture of a slip."""
    money_or_404(request.user)
    found = get_object_or_404(TransferSlip.objects.select_related("file"), pk=pk)
    return private_file_response(found.file)


def steps_for_people(steps: list[Step]) -> list[Step]:
    """Without the machines' part."""
    return [step for step in steps if step.room not in ("message", "books")]


registry.register(
    registry.Entry(
        title=gettext_lazy("Payments and refunds"),
        address=lambda: reverse("money:index"),
        waiting=lambda user: selectors.open_problems(),
        is_for=keeps_money,
    )
)
