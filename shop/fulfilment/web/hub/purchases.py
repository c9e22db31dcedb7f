"""Putting together: what of a purchase lies here, what is still to come, and the one tap that makes it a parcel."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shop.common import access
from shop.common.errors import MarketError
from shop.fulfilment import errors, services
from shop.fulfilment import hub_selectors as read
from shop.fulfilment.models import Parcel
from shop.fulfilment.policies import hub_or_404, purchase_or_404
from shop.fulfilment.web.hub.views import around

_PER_PAGE = 30


@access.members()
@require_GET
def index(request: HttpRequest, workspace: str, hub: str) -> HttpResponse:
    """Purchases of which everything is here, or those that wait for more boxes."""
    place = hub_or_404(request.user, workspace, hub)
    waiting = request.GET.get("which") == "waiting"
    page = Paginator(read.purchases_at(place, waiting=waiting), _PER_PAGE).get_page(request.GET.get("page", "1"))
    which = "waiting" if waiting else "ready"
    context = around(place, "purchases", which=which, page=page, page_query=f"which={which}")
    return render(request, "hub/purchases.html", context)


@access.members()
@require_GET
def detail(request: HttpRequest, workspace: str, hub: str, number: str) -> HttpResponse:
    """What belongs in, from which groups, what is missing. No buyer: the parcel says for whom it is once it is made."""
    place = hub_or_404(request.user, workspace, hub)
    order = purchase_or_404(place, number)
    parts = read.parts_at(order, place)
    context = around(
        place,
        "purchases",
        order=order,
        parts=parts,
        pieces=sum(part.here for part in parts),
        boxes_coming=order.plan.boxes_coming,
        parcels=list(
            order.parcels.filter(place=place).exclude(state=Parcel.State.OPENED).only("order", "code", "state")
        ),
    )
    return render(request, "hub/purchase.html", context)


@access.members()
@require_POST
def together(request: HttpRequest, workspace: str, hub: str, number: str) -> HttpResponse:
    """Everything that lies here becomes one parcel (chilled and frozen goods one of their own)."""
    place = hub_or_404(request.user, workspace, hub)
    order = purchase_or_404(place, number)
    try:
        made = services.put_together(order=order, place=place, by=request.user, sure="sure" in request.POST)
    except errors.NothingHere as refusal:
        if order.parcels.filter(place=place).exclude(state=Parcel.State.OPENED).exists():
            messages.info(request, _("It was put together a moment ago."))
        else:
            messages.error(request, refusal.text)
        return redirect("hub:purchase", workspace, hub, number)
    except MarketError as refusal:
        messages.error(request, refusal.text)
        return redirect("hub:purchase", workspace, hub, number)
    if len(made) > 1:
        messages.success(request, _("Put together in %(number)s parcels, by storage.") % {"number": len(made)})
        return redirect("hub:purchase", workspace, hub, number)
    messages.success(request, _("Put together."))
    return redirect("hub:parcel", workspace, hub, made[0].code)
