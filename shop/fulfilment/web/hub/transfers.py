"""Transfers of a hub: what comes, what goes on, sending boxes off, and closing one of which boxes never arrived."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shop.common import access, clock
from shop.common.errors import MarketError
from shop.fulfilment import hub_selectors as read
from shop.fulfilment import services
from shop.fulfilment.models import Transfer, TransferBox
from shop.fulfilment.policies import hub_or_404, transfer_or_404
from shop.fulfilment.web.hub.views import around
from shop.fulfilment.web.workspace.parcels import keys_in
from shop.theme import formats
from vendors.models import Place

State, BoxState = Transfer.State, TransferBox.State
_PER_PAGE, _BOXES = 30, 50


@access.members()
@require_GET
def index(request: HttpRequest, workspace: str, hub: str) -> HttpResponse:
    """What comes (and which groups have not packed yet), or what goes on to other hubs."""
    place = hub_or_404(request.user, workspace, hub)
    way = "out" if request.GET.get("way") == "out" else "in"
    rows = read.transfers_from(place) if way == "out" else read.transfers_to(place)
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page", "1"))
    unpacked = read.not_packed(place, clock.today())[:_PER_PAGE] if way == "in" and page.number == 1 else []
    context = around(place, "transfers", way=way, page=page, page_query=f"way={way}", unpacked=list(unpacked))
    return render(request, "hub/transfers.html", context)


@access.members()
@require_GET
def detail(request: HttpRequest, workspace: str, hub: str, code: str) -> HttpResponse:
    """One transfer with its boxes."""
    place = hub_or_404(request.user, workspace, hub)
    return render(request, "hub/transfer.html", _facts(request, place, transfer_or_404(place, code)))


def _facts(request: HttpRequest, place: Place, transfer: Transfer) -> dict[str, Any]:
    page = Paginator(read.boxes_of(transfer), _BOXES).get_page(request.GET.get("page", "1"))
    comes = transfer.to_place_id == place.pk
    return around(
        place,
        "transfers",
        transfer=transfer,
        page=page,
        comes=comes,
        may_send=not comes and transfer.state == State.ANNOUNCED,
        may_close=comes and transfer.state == State.SENT,
    )


@access.members()
@require_POST
def send(request: HttpRequest, workspace: str, hub: str, code: str) -> HttpResponse:
    """The ticked boxes, or all, leave for the other hub."""
    place = hub_or_404(request.user, workspace, hub)
    transfer = transfer_or_404(place, code)
    if transfer.from_place_id != place.pk:
        raise Http404("not from here")
    boxes = None if request.POST.get("which") == "all" else keys_in(request, "box")
    try:
        services.send_transfer(transfer=transfer, boxes=boxes, by=request.user)
        messages.success(
            request, _("On its way. %(place)s sees what comes.") % {"place": formats.here(transfer.to_place, "name_th")}
        )
    except MarketError as refusal:
        messages.error(request, refusal.text)
    return redirect("hub:transfer", workspace, hub, code)


@access.members()
@require_POST
def close(request: HttpRequest, workspace: str, hub: str, code: str) -> HttpResponse:
    """Nothing more comes: asked twice, for the boxes that are missing are lost and their buyers get money back."""
    place = hub_or_404(request.user, workspace, hub)
    transfer = transfer_or_404(place, code)
    if transfer.to_place_id != place.pk:
        raise Http404("not to here")
    missing = list(transfer.boxes.filter(state=BoxState.SENT).select_related("vendor_order__group").order_by("pk"))
    if "sure" not in request.POST and missing and transfer.state == State.SENT:
        context = around(place, "transfers", transfer=transfer, boxes=missing, keys=[box.pk for box in missing])
        return render(request, "hub/transfer_sure.html", context)
    seen = [int(key) for key in request.POST.get("boxes", "").split(",") if key.isascii() and key.isdigit()]
    try:
        services.close_transfer(transfer=transfer, seen=seen, by=request.user)
        messages.success(request, _("The transfer is closed."))
    except MarketError as refusal:
        messages.error(request, refusal.text)
    return redirect("hub:transfer", workspace, hub, code)
