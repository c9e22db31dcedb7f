"""What stands on the posters of products, categories, and of every page that has none of its own."""

from __future__ import annotations

from django.http import Http404
from django.utils import translation
from django.utils.translation import gettext

from catalogue import shelves
from catalogue.product_page import Elsewhere, ProductPage, product_page
from catalogue.selectors import PriceWords
from media.posters import Poster, register
from shop.theme.formats import local
from shop.theme.slots import register_slot

PRODUCT, SHELF, SITE = "product", "shelf", "site"
ALL = "all"


def poster_of(page: ProductPage, language: str) -> Poster:
    """The poster of a product's page as it is now; without a price when it is not for sale."""
    product, group = page.product, page.group
    with translation.override(language):
        price = PriceWords().told(product["price_from_satang"], product["price_to_satang"])
    province = shelves.provinces().get(group["province_id"] or "")
    return Poster(
        kind=PRODUCT,
        key=str(product["pk"]),
        language=language,
        title=local(product, "title", language),
        price=price if page.is_on_sale else "",
        maker=local(group, "name_th", language),
        place=province.name(language) if province else "",
        picture=page.pictures[0]["name"] if page.pictures else "",
        face=group["picture"] or "",
    )


@register(PRODUCT)
def _product(key: str, language: str) -> Poster | None:
    """The product as it is now; None for what has no page."""
    if not key.isascii() or not key.isdigit() or len(key) > 18:
        return None
    try:
        page = product_page(int(key))
    except Http404:
        return None
    return None if isinstance(page, Elsewhere) else poster_of(page, language)


def of_shelf(shelf: shelves.Shelf, language: str) -> Poster:
    """The poster of a category: its stall."""
    with translation.override(language):
        lead = gettext("Certified goods of occupational groups from all over Thailand.")
    return Poster(SHELF, str(shelf.pk), language, title=shelf.name(language), lead=lead, picture=shelf.picture)


def of_site(language: str) -> Poster:
    """The poster of the market itself, with the first stall."""
    with translation.override(language):
        title = gettext("Goods of Thai cooperatives and their groups")
        lead = gettext("Certified food, silk, basketry and crafts straight from occupational groups all over Thailand.")
    picture = next((shelf.picture for shelf in shelves.shelves().values() if shelf.picture), "")
    return Poster(SITE, ALL, language, title=title, lead=lead, picture=picture)


@register(SHELF)
def _shelf(key: str, language: str) -> Poster | None:
    shelf = shelves.shelf_by_pk(int(key)) if key.isascii() and key.isdigit() else None
    return of_shelf(shelf, language) if shelf else None


@register(SITE)
def _site(key: str, language: str) -> Poster | None:
    return of_site(language) if key == ALL else None


register_slot("site_poster", lambda language: of_site(language).url)
