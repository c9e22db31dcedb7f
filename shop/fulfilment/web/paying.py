"""The payment page: it survives reload, back and a closed browser, because all it shows is read anew each time."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shop.common import access
from shop.common.errors import MarketError
from shop.fulfilment.web import pay_code
from shop.fulfilment.web.pay_page import Look, PayPage, attempts_of, is_over, look_of, page_of
from shop.fulfilment.web.slip_form import SlipForm, Upload
from shop.gateways import trial
from shop.gateways.errors import GatewayDown
from shop.order.models import Order
from shop.order.policies import bare_order_or_404, order_or_404
from shop.payment import services as payments
from shop.payment.errors import ReferenceUsed
from shop.payment.models import PaymentAttempt

_JUST_NOW = 2
"""Seconds: who reloads the page, or comes back from the provider, is answered at once, but not for every press."""
_NOW_AND_THEN = 10
"""Seconds between two questions to the provider about one payment, however many pages wait for it."""


@access.public
@require_http_methods(["GET", "POST"])
def pay(request: HttpRequest, number: str) -> HttpResponse:
    """Where the payment of an order stands and what to do now. A post is the answer of the marked test payment."""
    order = order_or_404(request, number)
    attempts = attempts_of(order)
    if not attempts:
        return redirect("orders:detail", order.number)
    trouble = ""
    if attempts[-1].state == PaymentAttempt.State.CREATED or "back" in request.GET:
        trouble = _ask(attempts, seconds=_JUST_NOW)
        order.refresh_from_db(fields=["cancelled_at", "cancel_reason"])
    look = look_of(order, attempts, trouble)
    if request.method == "POST" and look is Look.TEST:
        return _pressed(request, order, attempts[-1], paid=request.POST.get("outcome") == "paid")
    if look in (Look.PAID, Look.GONE) or request.method == "POST":
        return redirect(f"{reverse('orders:detail', args=[order.number])}{'?paid=1' if look is Look.PAID else ''}")
    return _shown(request, page_of(order, attempts, trouble), SlipForm())


def _shown(request: HttpRequest, page: PayPage, form: SlipForm, *, kept: str = "") -> HttpResponse:
    context = {
        "page": page,
        "order": page.order,
        "bank": settings.BANK_ACCOUNT,
        "form": form,
        "kept": kept,
        "is_new": "new" in request.GET,
        "came_back": _came_back(request, page),
    }
    answer = render(request, "orders/pay.html", context, status=422 if form.errors else 200)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _came_back(request: HttpRequest, page: PayPage) -> str:
    """From where the buyer comes, where that explains what is seen."""
    back = request.GET.get("back", "")
    return back if page.waits and (back == "paid" or (back == "closed" and not page.reason)) else ""


def _ask(attempts: list[PaymentAttempt], *, seconds: int) -> str:
    """Asks the provider about the newest attempt; the list holds what is known afterwards."""
    if attempts[-1].state == PaymentAttempt.State.CREATED and is_over(attempts[-1]):
        return ""  # nothing is begun whose time is over
    try:
        attempts[-1] = payments.ask_seldom(attempt=attempts[-1], seconds=seconds)
    except GatewayDown:
        return "down"
    except MarketError:
        return "refused"
    return ""


def _pressed(request: HttpRequest, order: Order, attempt: PaymentAttempt, *, paid: bool) -> HttpResponse:
    body, headers = trial.press(attempt.provider_ref, paid=paid)
    payments.receive(provider="test", body=body, headers=headers)
    attempt = payments.refresh(attempt=attempt)  # what the worker does a moment later, so that the next page knows
    if attempt.state == PaymentAttempt.State.SUCCEEDED:
        messages.success(request, _("Paid (test). The groups now see your order."))
    elif attempt.state == PaymentAttempt.State.FAILED:
        messages.error(request, _("The payment was declined (test). You can try again or choose another way."))
        return redirect("orders:pay", order.number)
    return redirect("orders:detail", order.number)


@access.public
@require_GET
def live(request: HttpRequest, number: str) -> HttpResponse:
    """What a waiting page asks every few seconds: 204 while nothing is new, else the part of the page that is.

    It reads our own books; the provider is asked now and then, so that a lost message makes nobody wait.
    """
    order = bare_order_or_404(request, number)
    attempts = attempts_of(order)
    if not attempts:
        return HttpResponse(status=204)
    trouble = ""
    if look_of(order, attempts) in (Look.QR, Look.CARD, Look.PROCESSING, Look.OVER, Look.STARTING):
        before = attempts[-1].state
        trouble = _ask(attempts, seconds=_NOW_AND_THEN)
        if attempts[-1].state != before:
            order.refresh_from_db(fields=["cancelled_at", "cancel_reason"])
    page = page_of(order, attempts, trouble) if _is_news(request, order, attempts, trouble) else None
    answer = (
        render(request, "orders/pay/live.html", {"page": page, "order": order}) if page else HttpResponse(status=204)
    )
    answer["Cache-Control"] = "private, no-store"
    return answer


def _is_news(request: HttpRequest, order: Order, attempts: list[PaymentAttempt], trouble: str) -> bool:
    look = look_of(order, attempts, trouble)
    return PayPage(order, attempts[-1], look).mark != request.GET.get("seen", "")


@access.public
@require_GET
def picture(request: HttpRequest, number: str) -> HttpResponse:
    """The QR code as a picture to keep, for who pays with the same phone; of an open PromptPay payment only."""
    order = bare_order_or_404(request, number)
    attempts = attempts_of(order)
    if not attempts or look_of(order, attempts) is not Look.QR:
        return redirect("orders:pay", order.number)
    attempt = attempts[-1]
    answer = HttpResponse(pay_code.png(attempt), content_type="image/png")
    name = f"{'test-' if pay_code.is_test(attempt) else ''}promptpay-{order.number}.png"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@access.public
@require_POST
def slip(request: HttpRequest, number: str) -> HttpResponse:
    """The slip of a bank transfer, and what is written on it. What was sent stays when something is wrong."""
    order = order_or_404(request, number)
    attempts = attempts_of(order)
    if not attempts or look_of(order, attempts) is not Look.TRANSFER:
        messages.error(request, _("This order does not wait for a transfer any more. Here is where it stands."))
        return redirect("orders:detail", order.number)
    form = SlipForm(request.POST)
    upload = Upload(request, order, form)
    if form.is_valid() and upload.file is not None:
        data: dict[str, Any] = form.cleaned_data
        facts = {"paid_satang": data["paid"], "paid_at": form.paid_at, "bank_reference": data["bank_reference"]}
        try:
            payments.send_slip(order=order, file=upload.file, **facts)
        except MarketError as refusal:
            form.add_error("bank_reference" if isinstance(refusal, ReferenceUsed) else "file", refusal.text)
            return _shown(request, page_of(order, attempts), form)
        messages.success(request, _("We have your slip. Our staff look for the money and write to you."))
        return redirect("orders:pay", order.number)
    return _shown(request, page_of(order, attempts), form, kept=upload.token)
