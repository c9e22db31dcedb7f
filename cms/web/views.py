"""The front page: the editors' words and live lists."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.views import serve as wagtail_serve

from catalogue.freshness import until_midnight
from catalogue.selectors import newest, popular
from catalogue.shelves import category_links, per_version, shelf_by_pk
from cms import posters, public, selectors
from cms.models import HomePage
from search.selectors import counts_by_category
from shop.common import access
from shop.common.public import public_page
from shop.theme.meta import Data, Meta, absolute
from vendors.selectors import network_overview, selling_groups

_NEWS = 3


@access.public
@require_safe
@until_midnight
@public_page()
def home(request: HttpRequest) -> HttpResponse:
    """Categories, new and loved goods, four regions, faces of groups, news."""
    language = get_language() or "th"
    page = selectors.home_page(language)
    context = {
        "page": page,
        "meta": Meta(poster=posters.of_home(page, language).url if page else "", data=_data(language)),
        "season": _season(page, language),
        "categories": category_links(language),
        "goods": newest(12, language),
        "loved": popular(6, language),
        "regions": per_version(f"home-regions-{language}", network_overview),
        "groups": per_version("home-faces", lambda: list(selling_groups().exclude(picture=None)[:6])),
        "news": selectors.latest_news(language, _NEWS),
        "cacheable": True,
    }
    return render(request, "cms/home_page.html", context)


def _season(page: HomePage | None, language: str) -> dict[str, Any] | None:
    """The button of the season: only while its category has something to sell."""
    shelf = shelf_by_pk(page.season_category_id) if page and page.season_category_id else None
    number = counts_by_category().get(shelf.slug, 0) if shelf else 0
    if page is None or shelf is None or not number:
        return None
    address = reverse("catalogue:category", args=[shelf.slug])
    return {"url": address, "words": page.season_link or shelf.name(language), "number": number}


def _data(language: str) -> list[Data]:
    """The market and its search for machines."""
    home = absolute(reverse("home"))
    market = {"@type": "Organization", "@id": f"{settings.SITE_URL}/#market", "name": settings.SITE_NAME, "url": home}
    search = {
        "@type": "SearchAction",
        "target": {
            "@type": "EntryPoint",
            "urlTemplate": absolute(reverse("search:search")) + "?q={search_term_string}",
        },
        "query-input": "required name=search_term_string",
    }
    site = {"@type": "WebSite", "name": settings.SITE_NAME, "alternateName": "Talat Ruam", "url": home}
    return [
        {"logo": absolute(static("theme/icon.svg")), **market},
        {
            **site,
            "inLanguage": language,
            "publisher": {"@id": market["@id"]},
            "potentialAction": search,
        },
    ]


@access.public
def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's page tree. Pages of the market are found by their whole address, in one query instead of seven."""
    found = public.found_at(path, get_language() or "th")
    if found is not None:
        request._wagtail_route_for_request = found  # type: ignore[attr-defined]
    answer: HttpResponse = wagtail_serve(request, path)
    return answer


@access.public
@require_safe
def login(request: HttpRequest) -> HttpResponse:
    """Where Wagtail sends visitors of a page for members only: to the one login, and back afterwards."""
    query = urlencode({"next": request.GET.get("next", "/")})
    return redirect(f"{resolve_url(settings.LOGIN_URL)}?{query}")
