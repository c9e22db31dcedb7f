"""The account: where things stand, own orders, buying again, name and language."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shop.basket.again import Again, put_again
from shop.basket.services import current_basket, in_open_basket
from shop.common import access, codes
from shop.favourites import selectors as marks
from shop.fulfilment.selectors import only_done, only_open, states_of
from shop.order.models import Order
from shop.order.selectors import Piece, orders_of, pieces_of, with_parts
from shop.people import services
from shop.people.models import User
from shop.people.web.forms import ProfileForm
from shop.people.web.next_steps import next_steps

_PER_PAGE = 10
_SHOWN = {"open": only_open, "done": only_done}
_TOLD = 8


@access.signed_in
@require_GET
def summary(request: HttpRequest) -> HttpResponse:
    """The account's first page: what to do next, the newest orders, what the person likes."""
    user = cast(User, request.user)  # signed in: declared above
    language = get_language() or "th"
    newest = with_parts(orders_of(user))[:2]
    goods, _away = marks.favourite_cards(list(marks.favourites_of(user)[:6]), language)
    context = {
        "rows": states_of(newest),
        "kinds": access.kinds_of(user),
        "steps": next_steps(user, current_basket(request)),
        "goods": goods,
        "followed": marks.news_of_followed(user, 6, language),
    }
    return render(request, "account_pages/summary.html", context)


@access.signed_in
@require_GET
def orders(request: HttpRequest) -> HttpResponse:
    """All purchases, newest first; `show` narrows them to those on their way or those that are over."""
    own = orders_of(request.user)
    show = request.GET.get("show", "")
    show = show if show in _SHOWN else ""
    found = _SHOWN[show](own) if show else own
    page = Paginator(with_parts(found), _PER_PAGE).get_page(request.GET.get("page", "1"))
    context = {
        "page": page,
        "page_query": f"show={show}" if show else "",
        "rows": states_of(page.object_list),
        "show": show,
        "number_open": only_open(own).count(),
    }
    return render(request, "account_pages/orders.html", context)


@access.signed_in
@require_POST
def again(request: HttpRequest, number: str) -> HttpResponse:
    """Puts what an own order held into the basket, as far as it is sold today, and says what is not."""
    order = orders_of(request.user).filter(number=codes.normalise(number)).first()
    if order is None:
        raise Http404("no such order")
    pieces = pieces_of(order)
    wanted = {row.product_id: row.quantity for row in pieces if row.product_id}
    _basket, results = in_open_basket(request, lambda basket: put_again(basket=basket, wanted=wanted))
    _tell(request, order, results, pieces)
    return redirect("basket:summary" if any(result.now for result in results) else "customer:order-list")


def _tell(request: HttpRequest, order: Order, results: list[Again], pieces: list[Piece]) -> None:
    there = sum(1 for result in results if result.now)
    if there:
        text = _("Goods of order %(order)s in your basket: %(number)s.")
        messages.success(request, text % {"number": there, "order": order.number})
    texts = {
        "less": _("%(name)s: %(now)s of %(wanted)s, no more are left."),
        "sold_out": _("%(name)s: sold out."),
        "gone": _("%(name)s: not on sale at the moment."),
        "full": _("%(name)s: your basket is full."),
    }
    english = (get_language() or "th").startswith("en")
    names = {piece.product_id: piece.name(english) for piece in pieces}
    told = [
        texts[one.reason] % {"name": names[one.product_id], "now": one.now, "wanted": one.wanted}
        for one in results
        if one.reason
    ]
    told += [texts["gone"] % {"name": piece.name(english)} for piece in pieces if not piece.product_id]
    for text in told[:_TOLD]:
        messages.warning(request, text)
    if len(told) > _TOLD:
        messages.warning(
            request, _("And %(number)s more that cannot be bought as then.") % {"number": len(told) - _TOLD}
        )


@access.signed_in
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Name, phone, language, and the ways to e-mail and password."""
    user = cast(User, request.user)  # signed in: declared above
    initial = {"display_name": user.display_name, "phone": user.phone, "preferred_language": user.preferred_language}
    form = ProfileForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.update_profile(user=user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("customer:profile-update")
    return render(request, "account_pages/profile.html", {"form": form}, status=422 if form.errors else 200)
