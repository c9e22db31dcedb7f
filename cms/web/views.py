"""The front page: the editors' words and live lists."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from catalogue.freshness import until_midnight
from catalogue.selectors import newest, popular
from catalogue.shelves import category_links
from cms import selectors
from shop.common import access
from shop.common.web.cache import public_page
from vendors.selectors import network_overview, selling_groups


@access.public
@require_safe
@until_midnight
@public_page()
def home(request: HttpRequest) -> HttpResponse:
    """Categories, new and loved goods, four regions, faces of groups, news."""
    language = get_language() or "th"
    context = {
        "page": selectors.home_page(language),
        "categories": category_links(language),
        "goods": newest(12, language),
        "loved": popular(6, language),
        "regions": network_overview(),
        "groups": selling_groups().exclude(picture=None)[:6],
        "news": selectors.latest_news(language),
        "cacheable": True,
    }
    return render(request, "cms/home_page.html", context)


@access.public
@require_safe
def login(request: HttpRequest) -> HttpResponse:
    """Where Wagtail sends visitors of a page for members only: to the one login, and back afterwards."""
    query = urlencode({"next": request.GET.get("next", "/")})
    return redirect(f"{resolve_url(settings.LOGIN_URL)}?{query}")
