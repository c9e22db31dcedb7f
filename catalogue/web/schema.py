"""A product's page for machines: schema.org Product, Offer and Organization."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, gettext

from catalogue.product_page import ProductPage, Row
from catalogue.shelves import Shelf
from shop.common.money import to_baht
from shop.order.policies import RETURN_DAYS
from shop.theme.meta import Data, absolute

_SCHEMA = "https://schema.org"
_DESCRIPTION = 500


def product_graph(
    page: ProductPage, *, name: str, description: str, group_name: str, shelf: Shelf | None, shelf_name: str,
    pictures: list[str], url: str,
) -> list[Data]:  # fmt: skip
    """The product with its offer, and its maker; the way to the page joins them in the head (`shop.theme.meta`)."""
    maker = f"{settings.SITE_URL}{reverse('vendors:group', args=[page.group['slug']])}"
    product: dict[str, Any] = {
        "@type": "Product",
        "@id": f"{url}#product",
        "name": name,
        "description": description[:_DESCRIPTION],
        "sku": page.product["public_code"],
        "image": [absolute(picture) for picture in pictures],
        "brand": {"@type": "Brand", "name": group_name},
        "manufacturer": {"@id": f"{maker}#group"},
        "url": url,
    }
    if shelf is not None:
        product["category"] = shelf_name
    if page.product["weight_g"]:
        product["weight"] = {"@type": "QuantitativeValue", "value": page.product["weight_g"], "unitCode": "GRM"}
    if page.certificates:
        product["hasCertification"] = [_certification(row) for row in page.certificates]
    if page.is_on_sale:
        product["offers"] = _offers(page, url, f"{maker}#group")
    organisation: dict[str, Any] = {"@type": "Organization", "@id": f"{maker}#group", "name": group_name, "url": maker}
    if page.group["founded_on"]:
        organisation["foundingDate"] = page.group["founded_on"]
    return [product, organisation]


def _certification(row: Row) -> dict[str, Any]:
    """A certificate in force, with the page of the register where it can be checked."""
    english = (get_language() or "th").startswith("en")
    address = f"{settings.SITE_URL}{reverse('vendors:certificate', args=[row['code']])}"
    name = row["name_en"] if english else row["name_th"]
    data = {
        "@type": "Certification",
        "@id": f"{address}#certification",
        "name": f"{name} ({gettext('example')})" if row["is_demo"] else name,
        "url": address,
        "certificationIdentification": row["number"],
        "certificationStatus": f"{_SCHEMA}/CertificationActive",
        "issuedBy": {"@type": "Organization", "name": row["issuer_en"] if english else row["issuer_th"]},
        "validFrom": str(row["issued_on"]),
    }
    return data | ({"expires": str(row["expires_on"])} if row["expires_on"] else {})


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
            "merchantReturnLink": absolute(reverse("wagtail_serve", args=["returns/"])),
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
