"""Giving money back: chosen by piece, looked at once more, then sent; and what a person gave back by hand."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shop.common import access
from shop.common.errors import MarketError
from shop.order.models import Order
from shop.payment import errors, selectors
from shop.payment import services as payments
from shop.payment.models import MoneyAct, PaymentAttempt, Refund
from shop.payment.policies import money_or_404, refund_or_404
from shop.payment.web.office.forms import RefundForm, SettleForm, WithdrawForm
from shop.payment.web.office.second_factor import proof_of


@access.staff("officer")
@require_http_methods(["GET", "POST"])
def refund(request: HttpRequest, number: str) -> HttpResponse:
    """Three looks at one form: choose, see what would happen, done. Nothing happens before the last."""
    money_or_404(request.user)
    order = get_object_or_404(Order, number=number)
    paid = PaymentAttempt.objects.filter(order=order, state=PaymentAttempt.State.SUCCEEDED).order_by("number").first()
    parts = selectors.refundable_parts(order)
    seen = selectors.money_version(order.pk)
    if request.method == "GET":
        form = RefundForm(parts=parts, attempt=paid, initial={"token": secrets.token_hex(16), "seen": seen})
        return _page(request, order, form, paid)
    before = selectors.act_of_form(order.pk, request.POST.get("token", ""))
    if before is not None and before.refund is not None and "send" in request.POST:
        return _done(request, before.refund)
    form = RefundForm(request.POST, parts=parts, attempt=paid)
    if not form.is_valid() or "change" in request.POST:
        return _page(request, order, form, paid)
    facts: dict[str, Any] = {"order": order, "pieces": form.pieces, "delivery": form.delivery}
    try:
        amount, _attempt = payments.preview_refund(**facts)
        if "send" not in request.POST or not proof_of(request).given:
            return _page(request, order, form, paid, amount=amount)
        data = form.cleaned_data
        told = {name: data[name] for name in ("why", "route", "note", "token", "seen")}
        done = payments.give_back(**facts, by=request.user, **told)
    except errors.MoneyChanged as refusal:
        fresh = request.POST.copy()
        fresh["seen"] = seen
        form = RefundForm(fresh, parts=parts, attempt=paid)
        form.is_valid()
        form.add_error(None, refusal.text)
        return _page(request, order, form, paid, others=_others(order))
    except MarketError as refusal:
        form.add_error(None, refusal.text)
        return _page(request, order, form, paid)
    return _done(request, done)


def _done(request: HttpRequest, refund: Refund) -> HttpResponse:
    """Also for the same form sent again."""
    messages.success(request, _("It goes back: %(route)s. The buyer is told.") % {"route": refund.get_route_display()})
    return redirect("money:order", number=refund.attempt.order.number)


def _page(
    request: HttpRequest,
    order: Order,
    form: RefundForm,
    paid: PaymentAttempt | None,
    *,
    amount: int | None = None,
    others: list[MoneyAct] | None = None,
) -> HttpResponse:
    context = {
        "order": order,
        "form": form,
        "paid": paid,
        "amount": amount,
        "others": others,
        "proof": proof_of(request),
    }
    template = "money/refund_check.html" if amount is not None else "money/refund.html"
    return render(request, template, context, status=422 if form.errors else 200)


def _others(order: Order) -> list[MoneyAct]:
    return list(MoneyAct.objects.filter(order=order).order_by("-pk")[:3])


@access.staff("officer")
@require_http_methods(["GET", "POST"])
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """A person has given the money back by transfer or in cash: how, and the reference."""
    found = refund_or_404(request.user, pk)
    route = found.route if found.route in SettleForm.ROUTES else Refund.Route.TRANSFER.value
    form = SettleForm(request.POST or None, initial={"token": secrets.token_hex(16), "route": route})
    proof = proof_of(request)
    if request.method == "POST" and form.is_valid() and proof.given:
        try:
            payments.settle_refund(refund=found, by=request.user, **form.cleaned_data)
        except MarketError as refusal:
            form.add_error(None, refusal.text)
        else:
            messages.success(request, _("Noted. The buyer is told that the money was given back."))
            return redirect("money:order", number=found.attempt.order.number)
    return _settling(request, found, form, WithdrawForm(initial={"token": secrets.token_hex(16)}))


@access.staff("officer")
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """A refund by hand that was asked for by mistake is not made."""
    found = refund_or_404(request.user, pk)
    form = WithdrawForm(request.POST)
    if form.is_valid() and proof_of(request).given:
        try:
            payments.withdraw_by_hand(refund=found, by=request.user, **form.cleaned_data)
        except MarketError as refusal:
            form.add_error(None, refusal.text)
        else:
            messages.success(request, _("Taken back: this refund is not made."))
            return redirect("money:order", number=found.attempt.order.number)
    route = found.route if found.route in SettleForm.ROUTES else Refund.Route.TRANSFER.value
    settling = SettleForm(initial={"token": secrets.token_hex(16), "route": route})
    return _settling(request, found, settling, form)


def _settling(request: HttpRequest, found: Refund, form: SettleForm, withdrawing: WithdrawForm) -> HttpResponse:
    proof = proof_of(request)
    is_bound = form if form.is_bound else withdrawing
    context = {
        "refund": found,
        "order": found.attempt.order,
        "form": form,
        "withdrawing": withdrawing,
        "refused": is_bound if is_bound.errors else None,
        "can_withdraw": found.route != Refund.Route.PROVIDER and found.state not in (*Refund.GONE, "succeeded"),
        "proof": proof,
    }
    is_refused = bool(is_bound.errors) or (request.method == "POST" and not proof.given)
    return render(request, "money/settle.html", context, status=422 if is_refused else 200)
