"""The hubs of a network: which there are, one hub's day, and in numbers all hubs below."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_GET

from shop.common import access, clock
from shop.fulfilment import hub_selectors as read
from shop.fulfilment.policies import hub_or_404, hubs_below, hubs_of, network_or_404, packing_workspace_or_404
from vendors.models import Organisation, Place
from vendors.policies import Right
from vendors.web.workspace import registry

_FIRST, _PER_PAGE = 8, 50


def around(hub: Place, here: str, **more: Any) -> dict[str, Any]:
    """What every page of a hub needs: whose it is, which one, and where in it one is."""
    at = _addresses(hub.organisation.slug, hub.code, get_language() or "th")
    return {"organisation": hub.organisation, "hub": hub, "at": at, "here": here, "day": clock.today(), **more}


@lru_cache(maxsize=1024)
def _addresses(workspace: str, hub: str, language: str) -> dict[str, str]:
    """The addresses of a hub's pages, in the language that is spoken: written dozens of times on each, so they are made once."""
    names = ("today", "scan", "transfers", "purchases", "parcels", "counter")
    found = {name: reverse(f"hub:{name}", args=[workspace, hub]) for name in names}
    return {**found, "papers": reverse("hub_papers:index", args=[workspace, hub])}


@access.members()
@require_GET
def index(request: HttpRequest, workspace: str) -> HttpResponse:
    """The hubs of the organisation; the only one is opened at once."""
    organisation = packing_workspace_or_404(request.user, workspace)
    hubs = list(hubs_of(organisation))
    if len(hubs) == 1:
        return redirect("hub:today", workspace, hubs[0].code)
    return render(request, "hub/index.html", {"organisation": organisation, "rows": read.in_numbers(hubs)})


@access.members()
@require_GET
def today(request: HttpRequest, workspace: str, hub: str) -> HttpResponse:
    """What comes, what lies here, what can be done now."""
    place = hub_or_404(request.user, workspace, hub)
    sums = read.sums_of(place)
    context = around(
        place,
        "today",
        sums=sums,
        arriving=list(read.transfers_to(place)[:_FIRST]),
        unpacked=list(read.not_packed(place, clock.today())[:_FIRST]) if sums.unpacked else [],
        ready=list(read.purchases_at(place, waiting=False)[:_FIRST]) if sums.ready else [],
        past=list(read.parcels_at(place, "past")[:_FIRST]) if sums.past else [],
    )
    return render(request, "hub/today.html", context)


@access.members()
@require_GET
def below(request: HttpRequest, workspace: str) -> HttpResponse:
    """All hubs of a network and of those below it, in numbers: to read, no buyer, no act."""
    organisation = network_or_404(request.user, workspace)
    rows = hubs_below(request.user, organisation).select_related("organisation").order_by("organisation__path", "code")
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page", "1"))
    context = {"organisation": organisation, "page": page, "rows": read.in_numbers(page.object_list)}
    return render(request, "hub/below.html", context)


def _runs_hubs(organisation: Organisation) -> bool:
    return organisation.kind in Organisation.NETWORKS


registry.register(
    registry.Entry(
        title=gettext_lazy("Hub"),
        address=lambda organisation: reverse("hub:index", args=[organisation.slug]),
        is_for=_runs_hubs,
        right=Right.PACK,
        position=10,
    )
)
registry.register(
    registry.Entry(
        title=gettext_lazy("All hubs in numbers"),
        address=lambda organisation: reverse("hub:below", args=[organisation.slug]),
        is_for=_runs_hubs,
        own_only=True,
        position=12,
    )
)
