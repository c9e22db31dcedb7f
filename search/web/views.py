"""The search page, a listing with words and what else holds them; and suggestions while somebody types."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from catalogue.freshness import until_midnight
from search.query import LONGEST_TEXT, PARAMETERS
from search.suggesting import suggest as suggestions
from search.web.listing import listing
from search.web.words import words_context
from shop.common import access
from shop.common.public import public_page
from shop.theme.meta import trail_to


@access.public
@until_midnight
@public_page(*PARAMETERS)
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Goods that hold all the words, and whatever else does; without words, everything on sale."""
    context: dict[str, Any] = listing(request, with_others=True)
    context |= words_context(request.path, context["result"])
    context |= {"noindex": True, "trail": trail_to((gettext("Search the market"), request.path))}
    return render(request, "search/results.html", context)


@access.public
@until_midnight
@public_page("q")
@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """At most eight suggestions as JSON: kind, its name in words, text, address."""
    text = request.GET.get("q", "")[:LONGEST_TEXT]
    found = suggestions(text, get_language() or "th")
    entries = [{"kind": entry.kind, "label": entry.label, "text": entry.text, "url": entry.url} for entry in found]
    return JsonResponse({"suggestions": entries}, json_dumps_params={"ensure_ascii": False})
