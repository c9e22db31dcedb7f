"""A product's page for machines: schema.org Product, Offer, Organization and BreadcrumbList in one graph."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from catalogue.product_page import ProductPage
from catalogue.shelves import Shelf
from shop.common.money import to_baht

RETURN_DAYS = 7
_SAFE_JSON = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
_SCHEMA = "https://schema.org"
_DESCRIPTION = 500


def product_graph(
    page: ProductPage, *, name: str, description: str, group_name: str, shelf: Shelf | None, shelf_name: str,
    pictures: list[str], url: str,
) -> SafeString:  # fmt: skip
    """The graph as the content of a script element; nothing in it can end the script."""
    maker = f"{settings.SITE_URL}{reverse('vendors:group', args=[page.group['slug']])}"
    product: dict[str, Any] = {
        "@type": "Product",
        "@id": f"{url}#product",
        "name": name,
        "description": description[:_DESCRIPTION],
        "sku": page.product["public_code"],
        "image": [settings.SITE_URL + picture for picture in pictures],
        "brand": {"@type": "Brand", "name": group_name},
        "manufacturer": {"@id": f"{maker}#group"},
        "url": url,
    }
    if shelf is not None:
        product["category"] = shelf_name
    if page.product["weight_g"]:
        product["weight"] = {"@type": "QuantitativeValue", "value": page.product["weight_g"], "unitCode": "GRM"}
    if page.is_on_sale:
        product["offers"] = _offers(page, url, f"{maker}#group")
    organisation: dict[str, Any] = {"@type": "Organization", "@id": f"{maker}#group", "name": group_name, "url": maker}
    if page.group["founded_on"]:
        organisation["foundingDate"] = page.group["founded_on"]
    crumbs = [(gettext("Home"), reverse("home"))]
    if shelf is not None:
        crumbs.append((shelf_name, reverse("catalogue:category", args=[shelf.slug])))
    graph = [product, organisation, _trail([(text, settings.SITE_URL + path) for text, path in crumbs] + [(name, url)])]
    return as_script({"@context": _SCHEMA, "@graph": graph})


def as_script(data: dict[str, Any]) -> SafeString:
    """JSON for a script element."""
    html: SafeString = mark_safe(json.dumps(data, ensure_ascii=False).translate(_SAFE_JSON))  # cannot end the script
    return html


def _trail(crumbs: list[tuple[str, str]]) -> dict[str, Any]:
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": url}
            for position, (name, url) in enumerate(crumbs, start=1)
        ],
    }


def _offers(page: ProductPage, url: str, seller: str) -> dict[str, Any]:
    product = page.product
    low, high = product["price_from_satang"], product["price_to_satang"]
    common = {
        "priceCurrency": "THB",
        "availability": f"{_SCHEMA}/{'InStock' if product['in_stock'] else 'OutOfStock'}",
        "itemCondition": f"{_SCHEMA}/NewCondition",
        "url": url,
        "seller": {"@id": seller},
        "hasMerchantReturnPolicy": {
            "@type": "MerchantReturnPolicy",
            "applicableCountry": "TH",
            "returnPolicyCategory": f"{_SCHEMA}/MerchantReturnFiniteReturnWindow",
            "merchantReturnDays": RETURN_DAYS,
            "merchantReturnLink": f"{settings.SITE_URL}/returns/",
        },
    }
    if low == high:
        return {"@type": "Offer", "price": _baht(low), **common}
    count = len([variant for variant in page.variants if variant["price_from_satang"] is not None])
    return {
        "@type": "AggregateOffer",
        "lowPrice": _baht(low),
        "highPrice": _baht(high),
        "offerCount": count,
        **common,
    }


def _baht(satang: int) -> str:
    return f"{to_baht(satang):.2f}"
