"""The buying part of a product's page, made anew for each request: pictures, price, stock, options, delivery."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, gettext

from catalogue import posters, shelves
from catalogue.models import Product
from catalogue.product_page import ProductPage
from catalogue.selectors import baht_figure
from catalogue.web.schema import product_graph
from catalogue.web.told import told
from media.selectors import picture_url
from shop.common import clock
from shop.common.errors import MarketError
from shop.order.policies import RETURN_DAYS
from shop.partner.selectors import stock_left
from shop.payment.models import PaymentAttempt
from shop.payment.services import offered_methods
from shop.shipping.selectors import estimate_for
from shop.theme.formats import local
from shop.theme.meta import Meta, Trail, trail_to

FEW = 10
MOST_AT_ONCE = 99
MANY_CHOICES = 8
"""More options than this stand in rows of their own, in a list that scrolls."""
_PER_KG = ("food", "beverage")


@dataclass(frozen=True, slots=True)
class Choice:
    """One variant to choose from."""

    pk: int
    name: str
    price: str
    stock: str
    chosen: bool
    sold_out: bool


def page_context(page: ProductPage, postcode: str = "") -> dict[str, Any]:
    """The context of `catalogue/product.html`."""
    language = get_language() or "th"
    product, group = page.product, page.group
    shelf = shelves.shelf_by_pk(product["main_category_id"])
    name = local(product, "title", language)
    gallery = _gallery(page, name, language)
    words: dict[str, Any] = {
        "name": name,
        "description": local(product, "description", language),
        "shelf": shelf,
        "shelf_name": shelf.name(language) if shelf else "",
    }
    address = f"{reverse('catalogue:index')}{product['slug']}_{product['pk']}/"
    url = f"{settings.SITE_URL}{address}"
    below = told(page, language)
    province = shelves.provinces().get(group["province_id"] or "")
    graph = product_graph(
        page, **words, group_name=local(group, "name_th", language), pictures=[one["big"] for one in gallery], url=url
    )
    return {
        **words,
        **_buying(page, shelf, language),
        "page": page,
        "product": product,
        "group": group,
        "group_province": province.name(language) if province else "",
        "group_picture": picture_url(group["picture"] or "", 160),
        "unit": local(product, "unit_th", language),
        "gallery": gallery,
        "told": below.html,
        "postage": below.postage,
        "delivery": delivery(page, postcode) if postcode else None,
        "return_days": RETURN_DAYS,
        "canonical": url,
        "trail": _trail(shelf, language, name, address),
        "meta": Meta(kind="product", poster=posters.poster_of(page, language).url, data=graph),
        "noindex": not page.is_on_sale,
        "cacheable": True,
    }


def _buying(page: ProductPage, shelf: shelves.Shelf | None, language: str) -> dict[str, Any]:
    """Price, stock and options, and how to pay."""
    product = page.product
    left = stock_left([product["pk"], *(variant["pk"] for variant in page.variants)])
    return {
        "price": baht_figure(product["price_from_satang"]),
        "price_varies": product["price_to_satang"] != product["price_from_satang"],
        "per_kg": _per_kg(product, shelf),
        "choices": _choices(page, left, language),
        "many": len(page.variants) > MANY_CHOICES,
        "stock": _stock_text(product["in_stock"], sum(left.values())),
        "buyable": page.is_on_sale and product["in_stock"],
        "most": MOST_AT_ONCE,
        "methods": _methods(product["price_from_satang"] or 0),
    }


def delivery(page: ProductPage, postcode: str) -> dict[str, Any]:
    """What delivery of one piece to a postcode costs and when it comes, or the sentence why that cannot be said."""
    product = page.product
    answer: dict[str, Any] = {"postcode": postcode[:20]}
    try:
        known = estimate_for(
            product_ids=[variant["pk"] for variant in page.variants] or [product["pk"]],
            postcode=postcode,
            on=clock.today(),
            province=page.group["province_id"] or product["province_id"] or "",
            weight_g=product["weight_g"] or 0,
            storage=product["storage"] or Product.Storage.AMBIENT,
        )
    except MarketError as error:
        return answer | {"error": error.text}
    language = get_language() or "th"
    provinces = shelves.provinces()
    names = [provinces[code].name(language) for code in known.provinces if code in provinces]
    return answer | {
        "postcode": known.postcode,
        "estimate": known,
        "price": baht_figure(known.price_satang),
        "where": gettext(" or ").join(names),
    }


def _methods(satang: int) -> list[str]:
    return [str(PaymentAttempt.Method(name).label) for name in offered_methods(satang)]


def _trail(shelf: shelves.Shelf | None, language: str, name: str, address: str) -> Trail:
    above = [] if shelf is None else [(shelf.name(language), reverse("catalogue:category", args=[shelf.slug]))]
    return trail_to(*(above or [(gettext("All goods"), reverse("catalogue:index"))]), (name, address))


def _choices(page: ProductPage, left: dict[int, int], language: str) -> list[Choice]:
    first = next((variant["pk"] for variant in page.variants if variant["in_stock"]), None)
    return [
        Choice(
            pk=variant["pk"],
            name=local(variant, "variant_th", language),
            price=baht_figure(variant["price_from_satang"]),
            stock=_stock_text(variant["in_stock"], left.get(variant["pk"], 0)),
            chosen=variant["pk"] == first,
            sold_out=not variant["in_stock"],
        )
        for variant in page.variants
    ]


def _stock_text(in_stock: bool, left: int) -> str:
    """Only what is certain: pages are kept for a minute, so no exact number is promised."""
    if not in_stock:
        return gettext("Sold out for now")
    return gettext("Fewer than %(few)s left") % {"few": FEW} if left < FEW else gettext("In stock")


def _per_kg(product: dict[str, Any], shelf: shelves.Shelf | None) -> str:
    """Baht per kilogram of food sold by weight, packing included; empty where it would mean nothing."""
    grams, price = product["weight_g"], product["price_from_satang"]
    if shelf is None or shelf.otop_group not in _PER_KG or product["structure"] == Product.PARENT:
        return ""
    if not grams or price is None or grams == 1000:
        return ""
    return baht_figure((price * 1000 + grams // 2) // grams)


def _gallery(page: ProductPage, name: str, language: str) -> list[dict[str, Any]]:
    return [
        {
            "name": row["name"],
            "blur": row["blur"],
            "big": picture_url(row["name"], 960),
            "small": picture_url(row["name"], 160),
            "width": row["width"],
            "height": row["height"],
            "alt": local(row, "alt_th", language) or name,
        }
        for row in page.pictures
    ]
