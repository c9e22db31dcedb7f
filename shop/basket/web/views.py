"""The basket's pages: HTML first; every act is a form that works without JavaScript."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shop.basket import services
from shop.basket.selectors import basket_view, piece_count
from shop.common import access
from shop.common.errors import MarketError
from shop.common.web.csrf import same_origin_ok
from shop.favourites.selectors import marks_of


@access.public
@require_GET
def summary(request: HttpRequest) -> HttpResponse:
    """The basket, grouped by group; prices that changed are shown once and then remembered."""
    basket = services.current_basket(request)
    view = basket_view(basket)
    if basket is not None and view.has_price_changes:
        services.accept_prices(
            basket=basket, prices={line.pk: line.price_satang for line in view.lines if line.price_changed}
        )
    return render(request, "basket/summary.html", {"basket": view})


@access.public
@same_origin_ok
@require_POST
def add(request: HttpRequest, product_id: int) -> HttpResponse:
    """Adds a product (or the variant chosen in the form) and leads to the basket, or back with the reason."""
    chosen = request.POST.get("variant", "")
    wanted = int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 12 else product_id
    back = _back(request)
    try:
        quantity = services.read_quantity(request.POST.get("quantity", "1"))
        basket = services.current_basket(request, create=True)
        assert basket is not None
        services.add_to_basket(basket=basket, product_id=wanted, quantity=quantity)
    except MarketError as refusal:
        messages.error(request, refusal.text)
        return redirect(back)
    if request.headers.get("HX-Request"):
        return render(request, "basket/added.html", {"basket": basket_view(basket)})
    messages.success(request, _("Added to your basket."))
    return redirect("basket:summary")


@access.public
@require_POST
def update(request: HttpRequest, line_id: int) -> HttpResponse:
    """Sets the number of one line; the buttons − and + send the number they lead to."""
    basket = services.current_basket(request)
    if basket is not None:
        try:
            services.set_quantity(
                basket=basket, line_id=line_id, quantity=request.POST.get("step") or request.POST.get("quantity", "")
            )
        except MarketError as refusal:
            messages.error(request, refusal.text)
    return redirect("basket:summary")


@access.public
@require_POST
def remove(request: HttpRequest, line_id: int) -> HttpResponse:
    """Takes a line out."""
    basket = services.current_basket(request)
    if basket is not None:
        services.remove_line(basket=basket, line_id=line_id)
    return redirect("basket:summary")


@access.public
@require_GET
def me(request: HttpRequest) -> HttpResponse:
    """What only this visitor may see on a page made for everybody: count, name, form token, and asked for, their hearts."""
    has_basket = request.user.is_authenticated or services.cookie_basket_id(request) is not None
    count = piece_count(services.current_basket(request)) if has_basket else 0
    person: Any = request.user
    name = person.get_full_name() if person.is_authenticated else ""
    known = {"count": count, "name": name, "signed_in": request.user.is_authenticated, "token": get_token(request)}
    response = JsonResponse(known | (asdict(marks_of(request.user)) if "marks" in request.GET else {}))
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _back(request: HttpRequest) -> str:
    referer = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(referer, allowed_hosts={request.get_host()}):
        return referer
    return reverse("basket:summary")
