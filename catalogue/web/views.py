"""The listing, the categories, the product page: the same for everybody, so they may be kept."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from catalogue import posters, shelves
from catalogue.freshness import until_midnight
from catalogue.product_page import Elsewhere, product_page
from catalogue.web.product import delivery as delivery_answer
from catalogue.web.product import page_context
from search.query import PARAMETERS
from search.selectors import counts_by_category
from search.web.listing import listing
from shop.common import access
from shop.common.public import public_page
from shop.theme.meta import Meta, Trail, trail_to

_FIELDS = ("f-verm", "f-leaf", "f-indigo", "f-turm", "f-rose")


@access.public
@until_midnight
@public_page(*PARAMETERS)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All goods on sale, with filters and order."""
    context = listing(request)
    context |= {
        "heading": gettext("All goods"),
        "summary": gettext("Certified goods of occupational groups from all over Thailand."),
        "field": "f-leaf",
        "canonical": _canonical(request, context["page"].number),
        "trail": trail_to((gettext("All goods"), reverse("catalogue:index"))),
    }
    return render(request, "catalogue/listing.html", context)


@access.public
@until_midnight
@public_page()
@require_safe
def categories(request: HttpRequest) -> HttpResponse:
    """Every category with its stall, its number of goods and what lies below it."""
    language = get_language() or "th"
    numbers = counts_by_category()
    stalls = [
        {**link, "number": numbers.get(link["slug"], 0), "below": _below(link["slug"], language, numbers)}
        for link in shelves.category_links(language)
    ]
    context = {
        "stalls": stalls,
        "trail": trail_to((gettext("Categories"), reverse("catalogue:categories"))),
        "cacheable": True,
    }
    return render(request, "catalogue/categories.html", context)


def _below(slug: str, language: str, numbers: dict[str, int]) -> list[dict[str, Any]]:
    known = shelves.shelves()
    return [
        {
            "name": entry.name(language),
            "url": reverse("catalogue:category", args=[entry.slug]),
            "number": numbers.get(entry.slug, 0),
        }
        for entry in known.values()
        if entry.pk in known[slug].subtree and entry.slug != slug
    ]


@access.public
@until_midnight
@public_page(*PARAMETERS)
@require_safe
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """The goods of one category and all below it."""
    shelf = shelves.shelves().get(slug)
    if shelf is None:
        raise Http404("no such category")
    language = get_language() or "th"
    name = shelf.name(language)
    context = listing(request, shelf=slug)
    context |= {
        "shelf": shelf,
        "heading": name,
        "summary": gettext("%(name)s: certified goods of occupational groups.") % {"name": name},
        "field": _FIELDS[shelf.pk % len(_FIELDS)],
        "picture": shelf.picture,
        "canonical": _canonical(request, context["page"].number),
        "trail": _trail(shelf, language),
        "meta": Meta(poster=posters.of_shelf(shelf, language).url),
    }
    return render(request, "catalogue/listing.html", context)


@access.public
@until_midnight
@public_page()
@require_safe
def detail(request: HttpRequest, slug: str, pk: str) -> HttpResponse:
    """One product. Old slugs and variants lead to its one address; what is not for sale says why."""
    page = product_page(int(pk))
    if isinstance(page, Elsewhere):
        return redirect("catalogue:detail", slug=page.slug, pk=page.pk, permanent=True)
    if page.product["slug"] != slug:
        return redirect("catalogue:detail", slug=page.product["slug"], pk=pk, permanent=True)
    return render(request, "catalogue/product.html", page_context(page, request.GET.get("postcode", "")))


@access.public
@until_midnight
@public_page()
@require_safe
def delivery(request: HttpRequest, pk: str) -> HttpResponse:
    """What delivery of a product to ?postcode= costs and when it comes: the part of its page that answers, alone."""
    page = product_page(int(pk))
    if isinstance(page, Elsewhere) or not page.is_on_sale:
        raise Http404("not for sale")
    context = {"delivery": delivery_answer(page, request.GET.get("postcode", ""))}
    return render(request, "catalogue/_delivery.html", context)


def _trail(shelf: shelves.Shelf, language: str) -> Trail:
    """All goods, the categories above, the category."""
    above = [entry for entry in shelves.shelves().values() if shelf.pk in entry.subtree]
    steps = [(entry.name(language), reverse("catalogue:category", args=[entry.slug])) for entry in above]
    return trail_to((gettext("Categories"), reverse("catalogue:categories")), *steps)


def _canonical(request: HttpRequest, number: int) -> str:
    return f"{settings.SITE_URL}{request.path}" + (f"?page={number}" if number > 1 else "")
