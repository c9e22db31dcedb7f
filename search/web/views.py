"""The search page: a listing with words."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from catalogue.freshness import until_midnight
from search.query import PARAMETERS
from search.web.listing import listing
from shop.common import access
from shop.common.public import public_page
from shop.theme.meta import trail_to


@access.public
@until_midnight
@public_page(*PARAMETERS)
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Goods that hold all the words; without words, everything on sale."""
    context = listing(request)
    context |= {"noindex": True, "trail": trail_to((gettext("Search the market"), request.path))}
    return render(request, "search/results.html", context)
