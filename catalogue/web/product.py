"""A product's page in words: prices, stock, options, facts, and the same for machines (schema.org)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from catalogue import shelves
from catalogue.models import Product, RawMaterial
from catalogue.product_page import ProductPage
from catalogue.selectors import baht_figure
from media.selectors import picture_srcset, picture_url
from shop.common.money import to_baht
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
    language = get_language() or "th"
    english = language.startswith("en")
    product = page.product
    shelf = shelves.shelf_by_pk(product["main_category_id"])
    gallery = _gallery(page, english)
    address = f"{reverse('catalogue:index')}{product['slug']}_{product['pk']}/"
    provinces = shelves.provinces()
    left = stock_left([product["pk"], *(variant["pk"] for variant in page.variants)])
    return {
        "page": page,
        "product": product,
        "group": page.group,
        "group_province": _province(provinces, page.group["province_id"], language),
        "name": _text(product, "title", english),
        "description": _text(product, "description", english),
        "unit": _text(product, "unit_th", english),
        "shelf": shelf,
        "shelf_name": shelf.name(language) if shelf else "",
        "price": baht_figure(product["price_from_satang"]),
        "price_varies": product["price_to_satang"] != product["price_from_satang"],
        "per_kg": _per_kg(product, shelf),
        "choices": _choices(page, left, english),
        "stock": _stock_text(product["in_stock"], sum(left.values())),
        "buyable": page.is_on_sale and product["in_stock"],
        "most": MOST_AT_ONCE,
        "gallery": gallery,
        "group_picture": picture_url(page.group["picture"] or "", 320),
        "facts": _facts(product, english, _province(provinces, product["province_id"], language)),
        "materials": _materials(page, provinces, language),
        "goods": page.more(language),
        "sold_out_text": gettext("Sold out"),
        "canonical": settings.SITE_URL + address,
        "data": _schema(page, english, settings.SITE_URL + address, gallery),
        "cacheable": True,
    }


def _text(row: dict[str, Any], thai: str, english: bool) -> str:
    return (english and row[f"{thai.removesuffix('_th')}_en"]) or row[thai] or ""


def _province(provinces: dict[str, shelves.Named], code: str | None, language: str) -> str:
    found = provinces.get(code or "")
    return found.name(language) if found else ""


def _choices(page: ProductPage, left: dict[int, int], english: bool) -> list[Choice]:
    first = next((variant["pk"] for variant in page.variants if variant["in_stock"]), None)
    return [
        Choice(
            pk=variant["pk"],
            name=_text(variant, "variant_th", english),
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


def _gallery(page: ProductPage, english: bool) -> list[dict[str, Any]]:
    name = _text(page.product, "title", english)
    return [
        {
            "big": picture_url(row["name"], 960),
            "small": picture_url(row["name"], 320),
            "srcset": picture_srcset(row["name"]),
            "width": row["width"],
            "height": row["height"],
            "alt": (english and row["alt_en"]) or row["alt_th"] or name,
        }
        for row in page.pictures
    ]


def _materials(page: ProductPage, provinces: dict[str, shelves.Named], language: str) -> list[dict[str, Any]]:
    english = language.startswith("en")
    return [
        {
            "name": _text(row, "name_th", english),
            "origin": RawMaterial.Origin(row["origin"]).label,
            "group_slug": row["group_slug"],
            "group_name": _text(row, "group_name_th", english),
            "province": _province(provinces, row["province_id"], language),
        }
        for row in page.materials
    ]


def _facts(product: dict[str, Any], english: bool, province: str) -> list[tuple[str, str]]:
    facts = [
        (gettext("Sold as"), _text(product, "unit_th", english)),
        (gettext("Weight with packing"), _weight(product["weight_g"])),
        (gettext("Storage"), str(Product.Storage(product["storage"]).label)),
        (gettext("Made in"), province),
        (gettext("VAT"), str(Product.Vat(product["vat_class"]).label)),
        (gettext("Product code"), product["public_code"] or ""),
    ]
    return [(name, value) for name, value in facts if value]


def _weight(grams: int | None) -> str:
    if not grams:
        return ""
    if grams >= 1000:
        return gettext("%(number)s kg") % {"number": f"{grams / 1000:,.2f}".rstrip("0").rstrip(".")}
    return gettext("%(number)s g") % {"number": grams}


def _schema(page: ProductPage, english: bool, url: str, gallery: list[dict[str, Any]]) -> SafeString:
    product = page.product
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": _text(product, "title", english),
        "description": _text(product, "description", english)[:500],
        "sku": product["public_code"],
        "image": [settings.SITE_URL + entry["big"] for entry in gallery],
        "brand": {"@type": "Organization", "name": _text(page.group, "name_th", english)},
        "url": url,
    }
    if page.is_on_sale:
        data["offers"] = _offer_schema(product, url)
    html: SafeString = mark_safe(json.dumps(data, ensure_ascii=False).translate(_SAFE_JSON))  # cannot end the script
    return html


def _offer_schema(product: dict[str, Any], url: str) -> dict[str, Any]:
    low, high = product["price_from_satang"], product["price_to_satang"]
    stock = "InStock" if product["in_stock"] else "OutOfStock"
    offer = {"priceCurrency": "THB", "availability": f"https://schema.org/{stock}", "url": url}
    if low == high:
        return {"@type": "Offer", "price": str(to_baht(low)), **offer}
    return {"@type": "AggregateOffer", "lowPrice": str(to_baht(low)), "highPrice": str(to_baht(high)), **offer}
