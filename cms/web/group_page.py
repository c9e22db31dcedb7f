"""The shop page of a group: a Wagtail page with the group's record, certificates and goods around it."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, IntegerField, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from catalogue.freshness import until_midnight
from catalogue.selectors import cards, on_sale
from cms import posters, selectors
from cms.shop_page import Shown
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
    page = selectors.shop_page(found.pk, language) if found else None
    if found is None or page is None:
        raise Http404("no such group")
    return render(request, "cms/group_page.html", {**context_of(found, page, language), "cacheable": True})


def context_of(found: Organisation, page: Shown, language: str) -> dict[str, Any]:
    """Everything around the words of a shop page; previews show the same around theirs."""
    goods = on_sale().filter(group=found).order_by(*_places_of(page.featured), "-sold_count", "-pk")
    shown = cards(goods[: _GOODS + 1], language)
    chosen = set(page.featured)
    above = ancestors_of(found)
    address = reverse("vendors:group", args=[found.slug])
    poster = posters.of_group(found, language, page).url
    return {
        "group": found,
        "trail": trail_to(
            (gettext("Groups"), reverse("vendors:groups")), (formats.local(found, "name_th", language), address)
        ),
        "meta": Meta(kind="profile", poster=poster, data=[_data(found, page, language, address, poster)]),
        "page": page,
        "cooperative": above.get(Kind.COOPERATIVE) or above.get(Kind.FARMER_GROUP),
        "network": above.get(Kind.PROVINCIAL),
        "regional": above.get(Kind.REGIONAL),
        "certificates": list(certificates_of(found.pk, clock.today())),
        "featured": [card for card in shown if card["pk"] in chosen],
        "goods": [card for card in shown[:_GOODS] if card["pk"] not in chosen],
        "number": min(len(shown), _GOODS),
        "more": len(shown) > _GOODS,
        "workshop": workshop_of(found),
        "map": atlas.place(found.province),
    }


def _places_of(featured: list[int]) -> list[Case]:
    """What the group chose comes first, in its order."""
    places = [When(pk=pk, then=Value(place)) for place, pk in enumerate(featured)]
    return [Case(*places, default=Value(len(places)), output_field=IntegerField())] if places else []


def _data(group: Organisation, page: Shown, language: str, address: str, poster: str) -> Data:
    """The group for machines; never a member's phone or address, only what its page names."""
    province = group.province
    data: Data = {
        "@type": ["Organization", "LocalBusiness"],
        "name": formats.local(group, "name_th", language),
        "url": absolute(address),
        "image": absolute(picture_url(group.picture.name, 640) if group.picture else poster),
    }
    if page.facebook:
        data["sameAs"] = [page.facebook]
    if page.phone:
        data["telephone"] = page.phone
    summary = formats.local(group, "summary_th", language)
    if summary:
        data["description"] = summary
    if group.founded_on:
        data["foundingDate"] = group.founded_on.isoformat()
    if province:
        region = formats.local(province, "name_th", language)
        data["address"] = {"@type": "PostalAddress", "addressCountry": "TH", "addressRegion": region}
    return data
