"""The shop page of a group: a Wagtail page with the group's record, certificates and goods around it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from catalogue.freshness import until_midnight
from catalogue.selectors import cards, on_sale
from cms import selectors
from shop.common import access, clock
from shop.common.web.cache import public_page
from vendors.models import Organisation
from vendors.selectors import ancestors_of, certificates_of, selling_groups, workshop_of
from vendors.web import atlas

_GOODS = 48
Kind = Organisation.Kind


@access.public
@require_safe
@until_midnight
@public_page()
def group(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a selling group; a suspended or unapproved one is not there."""
    found = selling_groups().filter(slug=slug).first()
    language = get_language() or "th"
    page = selectors.group_page(found.pk, language) if found else None
    if found is None or page is None:
        raise Http404("no such group")
    goods = on_sale().filter(group=found).order_by("-sold_count", "-pk")[: _GOODS + 1]
    shown = cards(goods, language)
    above = ancestors_of(found)
    context = {
        "group": found,
        "page": page,
        "cooperative": above.get(Kind.COOPERATIVE) or above.get(Kind.FARMER_GROUP),
        "network": above.get(Kind.PROVINCIAL),
        "regional": above.get(Kind.REGIONAL),
        "certificates": list(certificates_of(found.pk, clock.today())),
        "goods": shown[:_GOODS],
        "more": len(shown) > _GOODS,
        "workshop": workshop_of(found),
        "map": atlas.place(found.province),
        "cacheable": True,
    }
    return render(request, "cms/group_page.html", context)
