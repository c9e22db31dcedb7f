"""The order page: where it stands, what each group does, and paying."""

from __future__ import annotations

from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shop.common import access, clock, codes, thai
from shop.common.errors import MarketError
from shop.common.money import to_satang
from shop.common.web.limits import within
from shop.fulfilment import services
from shop.fulfilment.selectors import PurchaseState, is_paid, purchase_state
from shop.fulfilment.web.delivery import delivery_of
from shop.fulfilment.web.forms import FindForm, LinkForm
from shop.fulfilment.web.money import money_of
from shop.fulfilment.web.timeline import Step, journey, steps
from shop.gateways.registry import in_earnest, provider_of
from shop.order import links
from shop.order.models import Order, VendorOrder
from shop.order.policies import open_by_secret, order_or_404, remember
from shop.order.selectors import discount_of
from shop.order.showing import in_words, of_order
from shop.payment.errors import AttemptClosed
from shop.payment.models import PaymentAttempt
from shop.shipping.models import Way

_TRIES, _WINDOW = 10, 15 * 60
LINK_TRIES = 5
_NOT_FOUND = gettext_lazy("We found no order with this number and contact. Check both, or use the link in your e-mail.")
_TOO_OFTEN = gettext_lazy("Too many tries. Wait a quarter of an hour, or use the link in your e-mail.")
_METHOD_TEXTS = dict(PaymentAttempt.Method.choices)


@access.public
@require_http_methods(["GET"])
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """The purchase. A secret in the address opens it once and is taken out of the address."""
    secret = request.GET.get("key")
    if secret is not None:
        if open_by_secret(request, number, secret):
            return redirect("orders:detail", number)
        return _outlived(request, number, secret)
    order = order_or_404(request, number)
    prefetch_related_objects([order], "payment_attempts", "vendor_orders__events")
    if order.through_hubs:
        prefetch_related_objects([order], "parcels", "vendor_orders__stops__place")
    language = get_language() or "th"
    state = purchase_state(order)
    waiting = state is PurchaseState.AWAITING_PAYMENT
    parts = list(order.vendor_orders.all())
    slip = order.slips.last() if waiting and order.payment_method == PaymentAttempt.Method.TRANSFER else None
    parted = of_order(order, language)
    goes = state not in (PurchaseState.CANCELLED, PurchaseState.EXPIRED)
    context = {
        "order": order,
        **_sums(order, parts, language),
        "state": state,
        "next_text": _SLIP_SENT if slip else _next_text(order, state),
        "parts": [(part, [*steps(order, part), *_journey(order, part, language)]) for part in parts],
        "delivery": delivery_of(order, state, language),
        "contact_email": parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        "is_own": request.user.is_authenticated and order.user_id == request.user.pk,
        "goods_satang": sum(part.goods_satang for part in parts),
        "is_paid": is_paid(order),
        "slip": slip,
        "is_new": "new" in request.GET,
        "just_paid": "paid" in request.GET and is_paid(order) and goes,
        "is_test": not in_earnest(provider_of(order.payment_method)),
        "flow": money_of(order),
        "money": parted,
        "money_words": in_words(parted) if parted else "",
        "method_text": _METHOD_TEXTS.get(order.payment_method, "") if goes or is_paid(order) else "",
        "bank": settings.BANK_ACCOUNT,
        "amount_plain": f"{order.total_incl_tax:.2f}",
        "may_cancel": waiting or (state is PurchaseState.PREPARING and _untouched(order)),
    }
    return render(request, "orders/detail.html", context)


def _sums(order: Order, parts: list[VendorOrder], language: str) -> dict[str, Any]:
    """What is due now: goods and delivery, less the discount on what is left, less what is missing or was dropped."""
    short, due = sum(part.short_satang for part in parts), sum(part.due_satang for part in parts)
    discount, left = discount_of(order), sum(part.discount_left_satang for part in parts)
    return {
        "short_satang": short,
        "discount": discount,
        "discount_bearer": discount.name(language) if discount else "",
        "discount_satang": left,
        "dropped_satang": to_satang(order.total_incl_tax) + order.discount_satang - left - short - due,
        "total_satang": due,
    }


def _journey(order: Order, part: VendorOrder, language: str) -> list[Step]:
    return journey(part, language, clock.today()) if order.through_hubs else []


_SLIP_SENT = gettext_lazy("We have your slip and look for the money. Do not transfer again; we write to you.")
_TO_A_HUB = gettext_lazy(
    "Each group packs its own goods and brings them to a hub. We write to you when they leave it for you."
)
_TO_A_COUNTER = gettext_lazy(
    "Each group packs its own goods and brings them to a hub. We write to you when you can fetch them."
)


def _next_text(order: Order, state: PurchaseState) -> Any:
    if state is PurchaseState.PREPARING and order.through_hubs:
        return _TO_A_COUNTER if order.shipping_code == Way.PICKUP else _TO_A_HUB
    return _NEXT[state]


_NEXT: dict[PurchaseState, Any] = {
    PurchaseState.AWAITING_PAYMENT: gettext_lazy("Pay, and the groups start at once. Nothing else is to do."),
    PurchaseState.PREPARING: gettext_lazy("Each group packs its own goods. We write to you when a parcel leaves."),
    PurchaseState.TO_HUB: gettext_lazy("The hubs collect the goods of all groups and put them together for you."),
    PurchaseState.PARTLY_READY: gettext_lazy(
        "The other parcel is in the hub too. We write to you once it stands at the counter."
    ),
    PurchaseState.READY: gettext_lazy("Come with the code below, or send somebody with it."),
    PurchaseState.COLLECTED: gettext_lazy("We hope you like it. If something is wrong, write to us."),
    PurchaseState.PARTLY_SENT: gettext_lazy("Some parcels are on their way, the others are being packed."),
    PurchaseState.SENT: gettext_lazy("The carrier brings the parcels and calls before."),
    PurchaseState.DELIVERED: gettext_lazy("We hope you like it. If something is wrong, write to us."),
    PurchaseState.CAME_BACK: gettext_lazy(
        "The money for the goods goes back to you; the delivery was done and is kept. You are welcome to order again."
    ),
    PurchaseState.EXPIRED: gettext_lazy("The goods went back to the shelf. You are welcome to order again."),
    PurchaseState.CANCELLED: gettext_lazy("Nothing is charged. You are welcome to order again."),
}


def _outlived(request: HttpRequest, number: str, secret: str) -> HttpResponse:
    """A link that was right once leads to a new one; any other is not found."""
    order = Order.objects.filter(number=codes.normalise(number)).first()
    if order is None or not links.was_valid(order, secret):
        raise Http404("no such order")
    return render(request, "orders/link.html", {"form": LinkForm(), "outlived": True}, status=410)


@access.public
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest) -> HttpResponse:
    """Sends the links of a guest's orders anew. The answer is the same whether there are any or not."""
    form, sent = LinkForm(request.POST or None), False
    if request.method == "POST" and form.is_valid():
        if within(request, "order-link", most=LINK_TRIES, seconds=_WINDOW):
            services.ask_for_links(email=form.cleaned_data["email"])
            sent = True
        else:
            form.add_error(None, _("Too many requests. Please wait a quarter of an hour and try again."))
    return render(request, "orders/link.html", {"form": form, "sent": sent}, status=422 if form.errors else 200)


def _untouched(order: Order) -> bool:
    unpaid_cod = order.payment_method == PaymentAttempt.Method.COD and not is_paid(order)
    return unpaid_cod and all(part.state == "to_accept" for part in order.vendor_orders.all())


@access.public
@require_POST
def change_method(request: HttpRequest, number: str) -> HttpResponse:
    """Opens a new attempt, by the same or another way."""
    order = order_or_404(request, number)
    method = request.POST.get("method", "")
    try:
        if purchase_state(order) is not PurchaseState.AWAITING_PAYMENT:
            raise AttemptClosed
        services.choose_method(order=order, method=method)
    except MarketError as refusal:
        messages.error(request, refusal.text)
        return redirect("orders:detail", order.number)
    return redirect("orders:pay", order.number)


@access.public
@require_POST
def cancel(request: HttpRequest, number: str) -> HttpResponse:
    """The buyer cancels what is not paid; the stock goes back to the shelf."""
    order = order_or_404(request, number)
    try:
        services.cancel_order(order=order, by=request.user if request.user.is_authenticated else None, reason="buyer")
        messages.success(request, _("The order is cancelled. Nothing will be charged."))
    except MarketError as refusal:
        messages.error(request, refusal.text)
    return redirect("orders:detail", order.number)


@access.public
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Opens a guest's order by number and e-mail or phone; ten tries in a quarter of an hour."""
    form = FindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        may_try = within(request, "find-order", most=_TRIES, seconds=_WINDOW)
        order = _match(form.cleaned_data["number"], form.cleaned_data["contact"]) if may_try else None
        if order is not None:
            remember(request, order)
            return redirect("orders:detail", order.number)
        form.add_error(None, _NOT_FOUND if may_try else _TOO_OFTEN)
    return render(request, "orders/find.html", {"form": form}, status=422 if form.errors else 200)


def _match(number: str, contact: str) -> Order | None:
    order = Order.objects.filter(number=codes.normalise(number), user=None).select_related("shipping_address").first()
    if order is None:
        return None
    typed = thai.arabic_digits(contact).strip().lower()
    digits = "".join(char for char in typed if char.isdigit())
    phones = {order.guest_phone, order.shipping_address.phone if order.shipping_address else ""} - {""}
    return order if typed == order.guest_email.lower() != "" or digits in phones else None
