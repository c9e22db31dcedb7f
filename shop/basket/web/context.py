"""What the pages of the basket show besides the basket: where it would go, what sending costs, who sends it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language, gettext

from catalogue import shelves
from shop.basket.selectors import BasketView, LineView, basket_view
from shop.basket.services import current_basket, saved_basket
from shop.checkout.services import quote_basket
from shop.common.errors import MarketError
from shop.people import addresses
from shop.shipping.selectors import known_postcode, provinces_of
from shop.shipping.services import Quote

SESSION = "delivery_to"
CHECKOUT = "checkout"
MANY_GROUPS = 6
"""From so many groups on, a list of them leads to each."""


def load(request: HttpRequest) -> BasketView:
    """The visitor's basket and what is kept for later, as they stand now."""
    return basket_view(current_basket(request), saved_basket(request))


def destination(request: HttpRequest) -> tuple[str, ...]:
    """The province ("TH-50") that it would go to, as far as it is known: typed here, typed at the till, the usual address.

    More than one when provinces share the typed postcode.
    """
    typed = provinces_of(str(request.session.get(SESSION, "")))
    if typed:
        return typed
    area = addresses.area(str(request.session.get(CHECKOUT, {}).get("area_code", "")))
    if area is not None:
        return (area.province_code,)
    usual = next(iter(addresses.saved_for(request.user)), None)
    return (usual.province_code,) if usual and usual.province_code else ()


def remember_destination(request: HttpRequest, postcode: str) -> None:
    """Keeps a typed postcode for this visit. Raises PostcodeIncomplete, PostcodeUnknown."""
    request.session[SESSION] = known_postcode(postcode)


def _dearest(view: BasketView, provinces: tuple[str, ...]) -> Quote | None:
    """What sending costs at most, as on a product's page; None without a tariff for today, which the till will tell."""
    try:
        quotes = [quote_basket(view, province) for province in provinces]
    except MarketError:
        return None
    return max(quotes, key=lambda one: one.total_satang, default=None)


def about(request: HttpRequest, view: BasketView) -> dict[str, Any]:
    """The context of the basket's templates; what sending costs is written on the parts."""
    language = get_language() or "th"
    places = shelves.provinces() if view or view.saved else {}
    to = destination(request) if view else ()
    quote = _dearest(view, to)
    for part in view.groups:
        part.delivery_satang = quote.of((part.group_id, part.place_id)).price_satang if quote else None
        part.sent_from = places[part.place_province].name(language) if part.place_province in places else ""
    return {
        "basket": view,
        "to": gettext(" or ").join(places[code].name(language) for code in to if code in places) if quote else "",
        "delivery": quote,
        "total_satang": view.total_satang + (quote.total_satang if quote else 0),
        "many": len(view.groups) >= MANY_GROUPS,
    }


def name_of(line: LineView) -> str:
    """The name of a line in the page's language, its variant included."""
    english = (get_language() or "th").startswith("en")
    name = line.title_en if english else line.title_th
    variant = (line.offer.variant_en if english else line.offer.variant_th) if line.offer else ""
    return f"{name} {variant}".strip()
