"""What a product's page tells below the fold: the maker, where it comes from, how to keep it, other goods.

All of it follows from the catalogue's version and the day, so it is made once for everybody and kept for a minute, as
whole pages are; price, stock and the form above it are made anew for each request.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from catalogue import shelves
from catalogue.freshness import seconds_left
from catalogue.models import Product, RawMaterial
from catalogue.product_page import ProductPage, Row
from catalogue.selectors import baht_figure
from media.selectors import picture_srcset, picture_url
from shop.common import clock, versions
from shop.common.public import SECONDS
from shop.order.showing import in_words, promised
from shop.shipping.selectors import price_span
from shop.theme.formats import local
from vendors import tilemap

Storage = Product.Storage


@dataclass(frozen=True, slots=True)
class Told:
    """The kept part of a page: its HTML, and what posting one piece costs ("30.00–50.00", or empty)."""

    html: SafeString
    postage: str


def told(page: ProductPage, language: str) -> Told:
    """The kept part, made when nothing is kept."""
    key = f"told:{page.product['pk']}:{language}:{versions.current()}:{clock.today()}"
    kept: Told | None = cache.get(key)
    if kept is None:
        kept = Told(render_to_string("catalogue/_told.html", _context(page, language)), _postage(page))
        cache.set(key, kept, min(SECONDS, seconds_left()))
    return kept


def _postage(page: ProductPage) -> str:
    span = price_span(page.product["weight_g"] or 0, clock.today(), page.product["storage"] or Storage.AMBIENT)
    if span is None:
        return ""
    low, high = (baht_figure(satang) for satang in span)
    return low if low == high else f"{low}–{high}"


def _context(page: ProductPage, language: str) -> dict[str, Any]:
    product, group = page.product, page.group
    provinces = shelves.provinces()
    home = provinces.get(product["province_id"] or group["province_id"] or "")
    shelf = shelves.shelf_by_pk(product["main_category_id"])
    founded = dt.date.fromisoformat(group["founded_on"]) if group["founded_on"] else None
    parted = promised(
        group_id=product["group_id"],
        category_id=product["main_category_id"],
        satang=product["price_from_satang"] or 0,
    )
    description = local(product, "description", language)
    return {
        "page": page,
        "product": product,
        "group": group,
        "group_picture": picture_url(group["picture"] or "", 640),
        "group_srcset": picture_srcset(group["picture"] or ""),
        "group_province": _name(provinces, group["province_id"], language),
        "founded": founded,
        "description": description,
        "care": _care(product["storage"], shelf.otop_group if shelf else ""),
        "facts": _facts(product, language),
        "home": home.name(language) if home else "",
        "home_slug": group["network"] or "",
        "materials": _materials(page, provinces, language),
        "map": _map(page, provinces, language),
        "money": parted,
        "money_words": in_words(parted),
        "goods": page.more(language),
        "companions": page.companions(language),
    }


def _name(provinces: dict[str, shelves.Named], code: str | None, language: str) -> str:
    found = provinces.get(code or "")
    return found.name(language) if found else ""


def _map(page: ProductPage, provinces: dict[str, shelves.Named], language: str) -> SafeString:
    """The map of provinces: where it is made, and where its raw materials come from."""
    made = page.product["province_id"] or page.group["province_id"]
    sources = [row["province_id"] for row in page.materials if row["province_id"]]
    marks = dict.fromkeys(sources, "from") | ({made: "made"} if made else {})
    label = gettext("Map of the 77 provinces.")
    if made:
        label += " " + gettext("Made in %(province)s.") % {"province": _name(provinces, made, language)}
    others = dict.fromkeys(_name(provinces, code, language) for code in sources if code != made)
    if others:
        label += " " + gettext("Raw materials from %(provinces)s.") % {"provinces": ", ".join(others)}
    return tilemap.draw(label=label, marks=marks)


def _materials(page: ProductPage, provinces: dict[str, shelves.Named], language: str) -> list[Row]:
    return [
        {
            "name": local(row, "name_th", language),
            "origin": RawMaterial.Origin(row["origin"]).label,
            "group_slug": row["group_slug"],
            "group_name": local(row, "group_name_th", language),
            "province": _name(provinces, row["province_id"], language),
        }
        for row in page.materials
    ]


def _care(storage: str, kind: str) -> list[str]:
    """How to keep and use it, in sentences: cold goods by their storage, dry ones by what they are."""
    if storage == Storage.CHILLED:
        return [
            gettext("Put it into the refrigerator as soon as it arrives, at 2–5 °C."),
            gettext("Eat it by the date on the packing; once opened, within a few days."),
        ]
    if storage == Storage.FROZEN:
        return [
            gettext("Put it into the freezer as soon as it arrives, at −18 °C or colder."),
            gettext("Thaw it in the refrigerator, and do not freeze it again."),
        ]
    dry = gettext("Keep it dry and cool, out of the sun.")
    if kind in ("food", "beverage"):
        return [dry, gettext("Close it well after use, and use it by the date on the packing.")]
    if kind == "textile":
        return [gettext("Wash it gently by hand and dry it in the shade."), gettext("Natural dyes may run at first.")]
    if kind == "herbal":
        return [dry, gettext("Read the label before use; stop if the skin reacts.")]
    return [dry]


def _facts(product: Row, language: str) -> list[tuple[str, str]]:
    facts = [
        (gettext("Sold as"), local(product, "unit_th", language)),
        (gettext("Weight with packing"), weight(product["weight_g"])),
        (gettext("Storage"), str(Storage(product["storage"]).label)),
        (gettext("VAT"), str(Product.Vat(product["vat_class"]).label)),
        (gettext("Product code"), product["public_code"] or ""),
    ]
    return [(name, value) for name, value in facts if value]


def weight(grams: int | None) -> str:
    """A weight in words; empty when unknown."""
    if not grams:
        return ""
    if grams >= 1000:
        return gettext("%(number)s kg") % {"number": f"{grams / 1000:,.2f}".rstrip("0").rstrip(".")}
    return gettext("%(number)s g") % {"number": grams}
