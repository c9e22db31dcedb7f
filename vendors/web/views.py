"""The directory of groups, the networks with their hubs."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from catalogue.freshness import until_midnight
from catalogue.selectors import cards, on_sale
from shop.common import access
from shop.common.public import public_page
from shop.theme import formats
from shop.theme.meta import Trail, trail_to
from vendors import selectors
from vendors.models import Network, Organisation, Region
from vendors.told import told_of
from vendors.web import atlas

_PER_PAGE = 24
Kind = Organisation.Kind


@access.public
@require_safe
@public_page("q", "region", "province", "page")
def groups(request: HttpRequest) -> HttpResponse:
    """All groups that sell, by region, province or name."""
    chosen = {key: request.GET.get(key, "")[:80] for key in ("q", "region", "province")}
    rows = selectors.selling_groups(region=chosen["region"], province=chosen["province"], text=chosen["q"])
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page", "1"))
    context = {
        "page": page,
        "page_query": urlencode({key: value for key, value in chosen.items() if value}),
        "chosen": chosen,
        "regions": Region.objects.all(),
        "provinces": selectors.provinces_in_order(get_language() or "th"),
        "cacheable": True,
    }
    return render(request, "vendors/groups.html", context)


@access.public
@require_safe
@public_page()
def networks(request: HttpRequest) -> HttpResponse:
    """Four regions, every province, their hubs."""
    regions = selectors.network_overview()
    rows = [entry for region in regions for entry in region.provinces]
    context = {
        "regions": regions,
        "map": atlas.linked(entry.network for entry in rows if entry.network),
        "cacheable": True,
    }
    return render(request, "vendors/networks.html", context)


@access.public
@require_safe
@until_midnight
@public_page("page")
def network(request: HttpRequest, slug: str) -> HttpResponse:
    """One network: where it is, its hubs, groups and goods."""
    found = get_object_or_404(Network.objects.select_related("province", "region"), slug=slug)
    page = Paginator(selectors.groups_below(found), _PER_PAGE).get_page(request.GET.get("page", "1"))
    goods = on_sale().filter(group__path__startswith=found.path).order_by("-on_sale_since", "-pk")[:12]
    hubs, hubs_above = selectors.hubs_of(found)
    provincial = selectors.provincial_networks()
    counts = selectors.groups_by_province()
    region = found.region_id or (found.province.region_id if found.province else None)
    context = {
        "network": found,
        "told": told_of(found, get_language() or "th"),
        "trail": _trail_of(found, selectors.parent_of(found)),
        "provinces": [
            (entry, counts.get(entry.province_id or "", 0))
            for entry in provincial
            if region is None or entry.province.region_id == region  # type: ignore[union-attr]
        ],
        "hubs": hubs,
        "hubs_above": hubs_above,
        "map": atlas.linked(provincial, region=region, here=found.province_id),
        "page": page,
        "goods": cards(goods),
        "cacheable": True,
    }
    return render(request, "vendors/network.html", context)


def _trail_of(network: Organisation, parent: Organisation | None) -> Trail:
    """All networks, the region above a province, the network."""
    whole = [entry for entry in (parent, network) if entry and entry.kind in (Kind.REGIONAL, Kind.PROVINCIAL)]
    language = get_language() or "th"
    steps = [
        (formats.local(entry, "name_th", language), reverse("vendors:network", args=[entry.slug])) for entry in whole
    ]
    return trail_to((gettext("Networks and hubs"), reverse("vendors:networks")), *steps)
