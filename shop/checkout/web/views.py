"""The checkout: address, then delivery price, payment and confirmation. A guest needs no account."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_http_methods

from catalogue import shelves
from shop.basket.models import Basket
from shop.basket.selectors import BasketView, basket_view
from shop.basket.services import cookie_basket_id, current_basket
from shop.basket.web.context import CHECKOUT as _SESSION
from shop.basket.web.context import MANY_GROUPS
from shop.basket.web.context import SESSION as DELIVERY_TO
from shop.checkout import errors, services
from shop.checkout.services import Buyer
from shop.checkout.web.area_picker import picked_data, picker_context, picker_step
from shop.checkout.web.choices import choice_of, chosen_of, days_text, rows_of
from shop.checkout.web.forms import AddressForm, PaymentForm, likely_email
from shop.common import access, clock
from shop.common.errors import MarketError
from shop.order.models import Order
from shop.order.policies import may_see, remember
from shop.payment.models import PaymentAttempt
from shop.payment.services import offered_methods
from shop.payment.ways import Way, ways
from shop.people import addresses
from shop.people.addresses import AddressData
from shop.shipping.errors import UnknownAddress
from shop.shipping.models import Way as DeliveryWay
from shop.shipping.quotes import WayQuote
from shop.vouchers.web import applying

_SAME_MOMENT = dt.timedelta(minutes=10)
_METHOD_TEXTS = dict(PaymentAttempt.Method.choices)
_COVERED: list[tuple[str, Any]] = [(PaymentAttempt.Method.VOUCHER, PaymentAttempt.Method.VOUCHER.label)]
_NOW_NOTHING = (PaymentAttempt.Method.COD, PaymentAttempt.Method.VOUCHER)
"""Ways of paying with nothing to do after ordering."""


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
            request.session.pop(DELIVERY_TO, None)
            return redirect("checkout:payment")
    else:
        form = AddressForm(initial=_initial(request, saved), needs_email=needs_email)
    context = {
        "form": form,
        "saved": saved,
        "chosen_address": _chosen(request, saved),
        "methods": _named(offered_methods(view.total_satang)),
        **_sums(request, view, str(form["area_code"].value() or ""), str(form["postcode"].value() or "")),
        **picker_context(form, request.POST),
    }
    return render(request, "checkout/address.html", context, status=422 if form.errors else 200)


def _chosen(request: HttpRequest, saved: list[Any]) -> int | None:
    """Which address of the book the form is filled from: the one asked for, else the usual one of a first visit."""
    asked = request.GET.get("address", "")
    for entry in saved:
        if str(entry.pk) == asked or (not asked and entry is saved[0] and _SESSION not in request.session):
            return int(entry.pk)
    return None


def _initial(request: HttpRequest, saved: list[Any]) -> dict[str, Any]:
    """Nothing is asked twice: the book, what was typed before, or the name and phone of the account."""
    chosen = _chosen(request, saved)
    for entry in saved:
        if entry.pk == chosen:
            return addresses.as_initial(entry)
    kept: dict[str, Any] = request.session.get(_SESSION, {})
    if not kept and request.user.is_authenticated:
        person: Any = request.user
        return {"recipient": person.get_full_name(), "phone": person.phone}
    return kept


def _sums(request: HttpRequest, view: BasketView, area_code: str, postcode: str = "") -> dict[str, Any]:
    """The goods, and with a known sub-district what sending costs and the whole."""
    area, quoted = addresses.area(area_code), None
    if area is not None and view:
        try:
            known = postcode if postcode in area.postcodes else area.postcodes[0]
            quoted = services.quote_basket(view, area.province_code, known, area.code)
        except MarketError:  # told when the order is checked
            quoted = None
    voucher = applying.applied(request, view)
    many = bool(view) and len(view.groups) >= MANY_GROUPS
    return {
        "basket": view,
        "many": many,
        "delivery": quoted,
        "voucher": voucher,
        "total": view.total_satang + (quoted.total_satang if quoted else 0) - voucher.satang,
    }


@access.public
@require_GET
def sums(request: HttpRequest) -> HttpResponse:
    """The summary for a sub-district that was just picked; nothing is kept."""
    view = basket_view(current_basket(request))
    return render(request, "checkout/sums.html", _sums(request, view, request.GET.get("area_code", "")[:6]))


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
    if request.method == "POST" and basket is not None and details and "voucher_do" not in request.POST:
        form = PaymentForm(request.POST, methods=_named([*settings.PAYMENT_METHODS, PaymentAttempt.Method.VOUCHER]))
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
    return _confirmation(request, view, details, problem)


def _with_voucher(request: HttpRequest, view: BasketView) -> dict[str, applying.Applied]:
    """The voucher that counts; a button of its own at the till enters one or takes it out, and everything else stays as it was typed."""
    entered = applying.Applied()
    if request.POST.get("voucher_do") == "enter":
        entered = applying.enter(request, view, request.POST.get("voucher_typed", ""))
    elif request.POST.get("voucher_do") == "leave":
        applying.leave(request)
    return {"voucher": applying.applied(request, view), "entered": entered}


def _payment_form(request: HttpRequest, methods: list[tuple[str, Any]], total: int) -> PaymentForm:
    """Bound to what was ordered with; while a voucher is entered or taken out nothing is ordered, and the note stays."""
    ordered = request.POST if request.POST and "voucher_do" not in request.POST else None
    return PaymentForm(ordered, methods=methods, initial={"expected": total, "note": request.POST.get("note", "")})


def _confirmation(request: HttpRequest, view: BasketView, details: dict[str, Any], problem: str) -> HttpResponse:
    target = _target(details)
    area = addresses.area(target.area_code)
    try:
        if area is None:
            raise UnknownAddress
        quotes = services.basket_ways(view, area, target.postcode)
    except MarketError as refusal:
        messages.error(request, refusal.text)
        return redirect("checkout:index")
    delivery = chosen_of(quotes, str(request.POST.get("way", request.GET.get("way", ""))))
    used = _with_voucher(request, view)
    total = view.total_satang + (delivery.total_satang if delivery else 0) - used["voucher"].satang
    payable = _ways_to_pay(total, delivery)
    methods = [(way.method, way.name) for way in payable if not way.why_not] if total else _COVERED
    form = _payment_form(request, methods, total)
    email = "" if request.user.is_authenticated else str(details.get("email", ""))
    _write_on_parts(view, delivery)
    asked = request.POST.get("method") or request.GET.get("method")
    context = {
        **used,
        "form": form,
        "basket": view,
        "many": len(view.groups) >= MANY_GROUPS,
        "delivery": delivery,
        "rows": rows_of(view, quotes, delivery),
        "days": days_text(delivery) if delivery else "",
        "total": total,
        "problem": problem,
        "target": target,
        "area": area,
        "methods": methods,
        "ways": payable,
        "email": email,
        "email_hint": likely_email(email),
        "chosen": asked if asked in dict(methods) else (methods[0][0] if methods and not form.is_bound else ""),
    }
    return render(
        request,
        "checkout/confirm.html",
        context,
        status=422 if problem or form.errors or used["entered"].problem else 200,
    )


def _ways_to_pay(total: int, delivery: WayQuote | None) -> list[Way]:
    """The ways of paying; cash at the door only where each group sends its own goods."""
    if delivery is None or delivery.way == DeliveryWay.DIRECT:
        return ways(total)
    why = gettext("Only when each group sends its own goods.")
    return [replace(way, why_not=why) if way.method == PaymentAttempt.Method.COD else way for way in ways(total)]


def _write_on_parts(view: BasketView, delivery: WayQuote | None) -> None:
    language, places = get_language() or "th", shelves.provinces()
    for part in view.groups:
        part.delivery_satang = delivery.of((part.group_id, part.place_id)).price_satang if delivery else None
        part.sent_from = places[part.place_province].name(language) if part.place_province in places else ""


def _named(methods: list[str]) -> list[tuple[str, Any]]:
    return [(name, _METHOD_TEXTS[name]) for name in methods if name in _METHOD_TEXTS]


def _target(details: dict[str, Any]) -> AddressData:
    return AddressData(**{key: details[key] for key in ("recipient", "phone", "line1", "area_code", "postcode")})


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
        choice=choice_of(
            form.cleaned_data["way"] if "way" in form.data else DeliveryWay.DIRECT, form.cleaned_data["days"]
        ),
        note=form.cleaned_data["note"],
        language=get_language() or "th",
        voucher=_voucher_of(request, form),
    )
    applying.leave(request)
    remember(request, placed.order)
    request.session.pop(_SESSION, None)  # the next person at this screen is somebody else; an account has its book
    if user is not None:
        addresses.remember(user=user, address=target)
    name = "orders:detail" if placed.attempt.method in _NOW_NOTHING else "orders:pay"
    return redirect(f"{reverse(name, args=[placed.order.number])}?new=1")


def _voucher_of(request: HttpRequest, form: PaymentForm) -> str:
    """The voucher that the page showed; only one that was entered before, so that nobody guesses codes with this form."""
    shown: str = form.cleaned_data["voucher"]
    return shown if shown and shown == request.session.get(applying.SESSION) else ""


def _already_ordered(request: HttpRequest) -> HttpResponse | None:
    """The other tab was quicker: lead to the order that this visitor's basket has become.

    A guest shows the signed cookie of that basket, as the session was read before the other tab wrote it; but only while
    pressing the button, and only for minutes: the cookie lives for weeks, on a screen that others use too.
    """
    if request.user.is_authenticated:
        newest = Order.objects.filter(user=request.user).order_by("-pk").first()
        return redirect("orders:detail", newest.number) if newest and request.method == "POST" else None
    pk = cookie_basket_id(request)
    order = Order.objects.filter(basket_id=pk).first() if pk else None
    if order is None or order.user_id is not None:
        return None
    if not may_see(request, order):
        if request.method != "POST" or clock.now() - order.date_placed > _SAME_MOMENT:
            return None
        remember(request, order)
    return redirect("orders:detail", order.number)
