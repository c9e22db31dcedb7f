"""The shop page of a group: a Wagtail page with the group's record, certificates and goods around it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from catalogue.freshness import until_midnight
from catalogue.selectors import cards, on_sale
from cms import posters, selectors
from media.selectors import picture_url
from shop.common import access, clock
from shop.common.public import public_page
from shop.theme import formats
from shop.theme.meta import Data, Meta, absolute, trail_to
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
    address = reverse("vendors:group", args=[found.slug])
    poster = posters.of_group(found, language).url
    context = {
        "group": found,
        "trail": trail_to(
            (gettext("Groups"), reverse("vendors:groups")), (formats.local(found, "name_th", language), address)
        ),
        "meta": Meta(kind="profile", poster=poster, data=[_data(found, language, address, poster)]),
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


def _data(group: Organisation, language: str, address: str, poster: str) -> Data:
    """The group for machines; never a member's phone or address."""
    province = group.province
    data: Data = {
        "@type": ["Organization", "LocalBusiness"],
        "name": formats.local(group, "name_th", language),
        "url": absolute(address),
        "image": absolute(picture_url(group.picture.name, 640) if group.picture else poster),
    }
    summary = formats.local(group, "summary_th", language)
    if summary:
        data["description"] = summary
    if group.founded_on:
        data["foundingDate"] = group.founded_on.isoformat()
    if province:
        region = formats.local(province, "name_th", language)
        data["address"] = {"@type": "PostalAddress", "addressCountry": "TH", "addressRegion": region}
    return data
