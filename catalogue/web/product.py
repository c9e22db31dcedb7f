"""A product's page in words: prices, stock, options, facts, and the same for machines (schema.org)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from catalogue import shelves
from catalogue.models import Product
from catalogue.product_page import ProductPage
from catalogue.selectors import baht_figure
from media.selectors import picture_srcset, picture_url
from shop.partner.selectors import stock_left

FEW = 10
MOST_AT_ONCE = 99
_PER_KG = ("food", "beverage")
_SAFE_JSON = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One variant to choose from."""

    pk: int
    name: str
    price: str
    stock: str
    chosen: bool
    sold_out: bool


def page_context(page: ProductPage) -> dict[str, Any]:
    """The context of `catalogue/product.html`."""
    english = (get_language() or "th").startswith("en")
    product = page.product
    left = stock_left([product.pk, *(variant.pk for variant in page.variants)])
    choices = _choices(page, left, english)
    shelf = shelves.shelf_by_pk(product.main_category_id)
    return {
        "page": page,
        "product": product,
        "group": product.group,
        "name": _text(product, "title", "title_en", english),
        "description": _text(product, "description", "description_en", english),
        "unit": _text(product, "unit_th", "unit_en", english),
        "shelf": shelf,
        "shelf_name": shelf.name("en" if english else "th") if shelf else "",
        "price": baht_figure(product.price_from_satang),
        "price_varies": product.price_to_satang != product.price_from_satang,
        "per_kg": _per_kg(product),
        "choices": choices,
        "stock": _stock_text(product.in_stock, sum(left.values())),
        "buyable": page.is_on_sale and product.in_stock,
        "most": MOST_AT_ONCE,
        "gallery": _gallery(page, english),
        "group_picture": picture_url(product.group.picture.name, 320)
        if product.group and product.group.picture
        else "",
        "facts": _facts(product, english),
        "goods": page.more,
        "sold_out_text": gettext("Sold out"),
        "canonical": settings.SITE_URL + product.get_absolute_url(),
        "data": _schema(page, english),
        "cacheable": True,
    }


def _text(product: Product, thai: str, english_field: str, english: bool) -> str:
    return (english and getattr(product, english_field)) or getattr(product, thai) or ""


def _choices(page: ProductPage, left: dict[int, int], english: bool) -> list[Choice]:
    first = next((variant.pk for variant in page.variants if variant.in_stock), None)
    return [
        Choice(
            pk=variant.pk,
            name=_text(variant, "variant_th", "variant_en", english),
            price=baht_figure(variant.price_from_satang),
            stock=_stock_text(variant.in_stock, left.get(variant.pk, 0)),
            chosen=variant.pk == first,
            sold_out=not variant.in_stock,
        )
        for variant in page.variants
    ]


def _stock_text(in_stock: bool, left: int) -> str:
    """Only what is certain: pages are kept for a minute, so no exact number is promised."""
    if not in_stock:
        return gettext("Sold out for now")
    return gettext("Fewer than %(few)s left") % {"few": FEW} if left < FEW else gettext("In stock")


def _per_kg(product: Product) -> str:
    """Baht per kilogram of food sold by weight, packing included; empty where it would mean nothing."""
    shelf = product.main_category
    if shelf is None or shelf.otop_group not in _PER_KG or product.structure == Product.PARENT:
        return ""
    if not product.weight_g or product.price_from_satang is None or product.weight_g == 1000:
        return ""
    return baht_figure(round(product.price_from_satang * 1000 / product.weight_g))


def _gallery(page: ProductPage, english: bool) -> list[dict[str, Any]]:
    name = _text(page.product, "title", "title_en", english)
    return [
        {
            "big": picture_url(row.picture.name, 960),
            "small": picture_url(row.picture.name, 320),
            "srcset": picture_srcset(row.picture.name),
            "width": row.picture.width,
            "height": row.picture.height,
            "alt": (english and row.alt_en) or row.alt_th or name,
        }
        for row in page.pictures
    ]


def _facts(product: Product, english: bool) -> list[tuple[str, str]]:
    province = product.province
    facts = [
        (gettext("Sold as"), _text(product, "unit_th", "unit_en", english)),
        (gettext("Weight with packing"), _weight(product.weight_g)),
        (gettext("Storage"), str(product.get_storage_display())),
        (gettext("Made in"), "" if province is None else (province.name_en if english else province.name_th)),
        (gettext("VAT"), str(product.get_vat_class_display())),
        (gettext("Product code"), product.public_code or ""),
    ]
    return [(name, value) for name, value in facts if value]


def _weight(grams: int | None) -> str:
    if not grams:
        return ""
    if grams >= 1000:
        return gettext("%(number)s kg") % {"number": f"{grams / 1000:,.2f}".rstrip("0").rstrip(".")}
    return gettext("%(number)s g") % {"number": grams}


def _schema(page: ProductPage, english: bool) -> SafeString:
    product = page.product
    group = product.group
    url = settings.SITE_URL + product.get_absolute_url()
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": _text(product, "title", "title_en", english),
        "description": _text(product, "description", "description_en", english)[:500],
        "sku": product.public_code,
        "image": [settings.SITE_URL + entry["big"] for entry in _gallery(page, english)],
        "brand": {"@type": "Organization", "name": group.name_th if group else ""},
        "url": url,
    }
    if page.is_on_sale and product.price_from_satang is not None:
        data["offers"] = _offer_schema(product, url)
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(_SAFE_JSON))  # escaped by _SAFE_JSON


def _offer_schema(product: Product, url: str) -> dict[str, Any]:
    low, high = product.price_from_satang or 0, product.price_to_satang or 0
    stock = "InStock" if product.in_stock else "OutOfStock"
    offer = {"priceCurrency": "THB", "availability": f"https://schema.org/{stock}", "url": url}
    if low == high:
        return {"@type": "Offer", "price": f"{low / 100:.2f}", **offer}
    return {"@type": "AggregateOffer", "lowPrice": f"{low / 100:.2f}", "highPrice": f"{high / 100:.2f}", **offer}
