"""What the pages of the basket show besides the basket: where it would go, what sending costs, who sends it."""

from __future__ import annotations

from dataclasses import dataclass
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
from shop.vouchers.web.applying import applied

SESSION = "delivery_to"
CHECKOUT = "checkout"
MANY_GROUPS = 6
"""From so many groups on, a list of them leads to each."""


def load(request: HttpRequest) -> BasketView:
    """The visitor's basket and what is kept for later, as they stand now."""
    return basket_view(current_basket(request), saved_basket(request))


@dataclass(frozen=True)
class Destination:
    """Where it would go to, as far as it is known: more than one province ("TH-50") when they share the typed postcode."""

    provinces: tuple[str, ...] = ()
    postcode: str = ""
    subdistrict: str = ""


def destination(request: HttpRequest) -> Destination:
    """Typed here, typed at the till, or the usual address."""
    postcode = str(request.session.get(SESSION, ""))
    typed = provinces_of(postcode)
    if typed:
        return Destination(typed, postcode)
    kept = request.session.get(CHECKOUT, {})
    area = addresses.area(str(kept.get("area_code", "")))
    if area is not None:
        return Destination((area.province_code,), str(kept.get("postcode", "")) or area.postcodes[0], area.code)
    usual = next(iter(addresses.saved_for(request.user)), None)
    if usual and usual.province_code:
        return Destination((usual.province_code,), usual.postcode, usual.subdistrict_code)
    return Destination()


def remember_destination(request: HttpRequest, postcode: str) -> None:
    """Keeps a typed postcode for this visit. Raises PostcodeIncomplete, PostcodeUnknown."""
    request.session[SESSION] = known_postcode(postcode)


def _dearest(view: BasketView, to: Destination) -> Quote | None:
    """What sending costs at most, as on a product's page; None without a tariff for today, which the till will tell."""
    try:
        quotes = [quote_basket(view, province, to.postcode, to.subdistrict) for province in to.provinces]
    except MarketError:
        return None
    return max(quotes, key=lambda one: one.total_satang, default=None)


def about(request: HttpRequest, view: BasketView) -> dict[str, Any]:
    """The context of the basket's templates; what sending costs is written on the parts."""
    language = get_language() or "th"
    places = shelves.provinces() if view or view.saved else {}
    to = destination(request) if view else Destination()
    quote = _dearest(view, to)
    voucher = applied(request, view)
    for part in view.groups:
        part.delivery_satang = quote.of((part.group_id, part.place_id)).price_satang if quote else None
        part.sent_from = places[part.place_province].name(language) if part.place_province in places else ""
    return {
        "basket": view,
        "to": gettext(" or ").join(places[code].name(language) for code in to.provinces if code in places)
        if quote
        else "",
        "delivery": quote,
        "voucher": voucher,
        "total_satang": view.total_satang + (quote.total_satang if quote else 0) - voucher.satang,
        "many": len(view.groups) >= MANY_GROUPS,
    }


def name_of(line: LineView) -> str:
    """The name of a line in the page's language, its variant included."""
    english = (get_language() or "th").startswith("en")
    name = line.title_en if english else line.title_th
    variant = (line.offer.variant_en if english else line.offer.variant_th) if line.offer else ""
    return f"{name} {variant}".strip()
