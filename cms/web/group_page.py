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
from vendors.selectors import certificates_of, parent_of, selling_groups

_GOODS = 48


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
    goods = on_sale().filter(group=found).order_by("-sold_count", "-pk")[:_GOODS]
    context = {
        "group": found,
        "page": page,
        "cooperative": parent_of(found),
        "certificates": certificates_of(found.pk, clock.today()),
        "goods": cards(goods, language),
        "cacheable": True,
    }
    return render(request, "cms/group_page.html", context)
