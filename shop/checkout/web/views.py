"""The checkout: address, then delivery price, payment and confirmation. A guest needs no account."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods

from shop.basket.models import Basket
from shop.basket.selectors import BasketView, basket_view
from shop.basket.services import cookie_basket_id, current_basket
from shop.checkout import errors, services
from shop.checkout.services import Buyer
from shop.checkout.web.area_picker import picked_data, picker_context, picker_step
from shop.checkout.web.forms import AddressForm, PaymentForm
from shop.common import access
from shop.common.errors import MarketError
from shop.order.models import Order
from shop.order.policies import remember
from shop.payment.models import PaymentAttempt
from shop.payment.services import offered_methods
from shop.people import addresses
from shop.people.addresses import AddressData

_SESSION = "checkout"
_METHOD_TEXTS = dict(PaymentAttempt.Method.choices)


@access.public
@require_http_methods(["GET", "POST"])
def address(request: HttpRequest) -> HttpResponse:
    """Step 1: who and where."""
    view = basket_view(current_basket(request))
    if not view or view.has_problems:
        return _already_ordered(request) or redirect("basket:summary")
    needs_email = not request.user.is_authenticated
    saved = addresses.saved_for(request.user)
    if request.method == "POST" and picker_step(request.POST):
        form = AddressForm(initial=picked_data(request.POST), needs_email=needs_email)
    elif request.method == "POST":
        form = AddressForm(request.POST, needs_email=needs_email)
        if form.is_valid():
            request.session[_SESSION] = form.cleaned_data
            return redirect("checkout:payment")
    else:
        form = AddressForm(initial=_initial(request, saved), needs_email=needs_email)
    context = {"form": form, "basket": view, "saved": saved, **picker_context(form, request.POST)}
    return render(request, "checkout/address.html", context, status=422 if form.errors else 200)


def _initial(request: HttpRequest, saved: list[Any]) -> dict[str, Any]:
    chosen = request.GET.get("address", "")
    for entry in saved:
        if str(entry.pk) == chosen or (not chosen and entry is saved[0] and _SESSION not in request.session):
            return addresses.as_initial(entry)
    kept: dict[str, Any] = request.session.get(_SESSION, {})
    return kept


@access.public
@require_GET
def areas(request: HttpRequest) -> HttpResponse:
    """Sub-districts that match the typed words, for the picker."""
    language = get_language() or "th"
    found = addresses.find_areas(request.GET.get("q", "")[:80], limit=12)
    rows = [{"code": row.code, "label": row.label(language), "postcodes": list(row.postcodes)} for row in found]
    return JsonResponse({"areas": rows})


@access.public
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Step 2: delivery price, how to pay, the whole total, and the button that orders."""
    basket, details = current_basket(request), request.session.get(_SESSION)
    problem = ""
    if request.method == "POST" and basket is not None and details:
        form = PaymentForm(request.POST, methods=_named(settings.PAYMENT_METHODS))
        if form.is_valid():  # the service reads and checks everything itself, so nothing is read before
            try:
                return _place(request, basket, details, _target(details), form)
            except errors.BasketTaken as refusal:
                messages.info(request, refusal.text)
                return _already_ordered(request) or redirect("basket:summary")
            except MarketError as refusal:
                problem = refusal.text
    view = basket_view(basket)
    if not view:
        return _already_ordered(request) or redirect("basket:summary")
    if not details:
        return redirect("checkout:index")
    return _confirmation(request, view, _target(details), problem)


def _confirmation(request: HttpRequest, view: BasketView, target: AddressData, problem: str) -> HttpResponse:
    try:
        total, delivery = _totals(view, target)
    except MarketError as refusal:
        messages.error(request, refusal.text)
        return redirect("checkout:index")
    methods = _named(offered_methods(total))
    form = PaymentForm(request.POST or None, methods=methods, initial={"expected": total})
    context = {
        "form": form,
        "basket": view,
        "delivery": delivery,
        "total": total,
        "problem": problem,
        "target": target,
        "area": addresses.area(target.area_code),
        "methods": methods,
        "chosen": form.data.get("method") if form.is_bound else (methods[0][0] if methods else ""),
    }
    return render(request, "checkout/confirm.html", context, status=422 if problem or form.errors else 200)


def _named(methods: list[str]) -> list[tuple[str, Any]]:
    return [(name, _METHOD_TEXTS[name]) for name in methods if name in _METHOD_TEXTS]


def _target(details: dict[str, Any]) -> AddressData:
    return AddressData(**{key: details[key] for key in ("recipient", "phone", "line1", "area_code", "postcode")})


def _totals(view: BasketView, target: AddressData) -> tuple[int, Any]:
    area = addresses.area(target.area_code)
    delivery = services.quote_basket(view, area.province_code if area else "")
    return view.total_satang + delivery.total_satang, delivery


def _place(
    request: HttpRequest, basket: Basket, details: dict[str, Any], target: AddressData, form: PaymentForm
) -> HttpResponse:
    user: Any = request.user if request.user.is_authenticated else None
    placed = services.place_order(
        basket=basket,
        buyer=Buyer(email=user.email if user else details["email"], phone=target.phone, user=user),
        address=target,
        method=form.cleaned_data["method"],
        expected_total_satang=form.cleaned_data["expected"],
        note=form.cleaned_data["note"],
        language=get_language() or "th",
    )
    remember(request, placed.order)
    if user is not None:
        addresses.remember(user=user, address=target)
    name = "orders:pay" if placed.attempt.method == PaymentAttempt.Method.TEST else "orders:detail"
    return redirect(f"{reverse(name, args=[placed.order.number])}?new=1")


def _already_ordered(request: HttpRequest) -> HttpResponse | None:
    """The other tab was quicker: lead to the order that this visitor's basket has become."""
    if request.user.is_authenticated:
        newest = Order.objects.filter(user=request.user).order_by("-pk").first()
        return redirect("orders:detail", newest.number) if newest and request.method == "POST" else None
    pk = cookie_basket_id(request)
    order = Order.objects.filter(basket_id=pk).first() if pk else None
    if order is None or order.number not in request.session.get("opened_orders", {}):
        return None
    return redirect("orders:detail", order.number)
