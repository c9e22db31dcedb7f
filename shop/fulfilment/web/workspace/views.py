"""Orders of one group: only its own part, the buyer's phone and address only while the group itself posts the parcel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from catalogue.models import Lot
from catalogue.trail import lots_to_pack
from shop.common import access
from shop.common.errors import MarketError
from shop.fulfilment import services
from shop.order.models import Line, VendorOrder
from shop.order.policies import recipient_shown_in, vendor_order_or_404
from shop.order.selectors import next_to_do, vendor_orders_of
from shop.order.states import may_become
from vendors.models import Organisation
from vendors.policies import Right, may, workspace_or_404
from vendors.web.workspace import registry

State = VendorOrder.State
_PER_PAGE = 30
_LOTS_IN = (State.TO_ACCEPT, State.TO_PACK, State.PACKED)
_ACTS: dict[str, tuple[str, Any, Callable[..., VendorOrder]]] = {
    "accept": (State.TO_PACK, gettext_lazy("Accept the order"), services.accept),
    "pack": (State.PACKED, gettext_lazy("Everything is packed"), services.pack),
    "hand-over": (State.HANDED_OVER, gettext_lazy("Handed to the carrier"), services.hand_over),
    "deliver": (State.DELIVERED, gettext_lazy("The buyer has it"), services.deliver),
}


@access.members()
@require_GET
def index(request: HttpRequest, workspace: str) -> HttpResponse:
    """All vendor orders of the group, newest first; filter by state."""
    organisation = workspace_or_404(request.user, workspace)
    rows = vendor_orders_of(organisation.pk).select_related("order__shipping_address")
    state = request.GET.get("state", "")
    if state in State.values:
        rows = rows.filter(state=state)
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page", "1"))
    context = {
        "organisation": organisation,
        "page": page,
        "states": State.choices,
        "state": state,
        "recipient_shown_in": recipient_shown_in(packs=may(request.user, Right.PACK, organisation)),
    }
    return render(request, "workspace_orders/list.html", context)


@access.members()
@require_GET
def detail(request: HttpRequest, workspace: str, number: str) -> HttpResponse:
    """One vendor order with what may be done next."""
    organisation = workspace_or_404(request.user, workspace)
    vendor_order = vendor_order_or_404(organisation, number)
    acts = [(name, text) for name, (state, text, _run) in _ACTS.items() if may_become(vendor_order.state, state)]
    packs = may(request.user, Right.PACK, organisation)
    lines = list(vendor_order.lines.select_related("product").order_by("pk"))
    context = {
        "organisation": organisation,
        "vendor_order": vendor_order,
        "lines": lines,
        "packing": packing_view(vendor_order, lines, packs),
        "next_order": next_to_do(organisation.pk, but=vendor_order.pk) if packs else None,
        "lot_choices": _lot_choices(lines) if packs and vendor_order.state in _LOTS_IN else [],
        "events": vendor_order.events.select_related("by"),
        "acts": acts if packs else [],
        "shows_address": vendor_order.state in recipient_shown_in(packs=packs),
    }
    return render(request, "workspace_orders/detail.html", context)


def packing_view(vendor_order: VendorOrder, lines: list[Line], packs: bool) -> dict[str, Any]:
    """What the list of lines offers: ticks while packing, shortages until the box is closed, sums."""
    boxed = [line for line in lines if line.to_pack]
    return {
        "ticks": packs and vendor_order.state == State.TO_PACK,
        "shorts": packs and vendor_order.state in (State.TO_ACCEPT, State.TO_PACK),
        "ticked": sum(line.packed for line in boxed),
        "boxed": len(boxed),
        "is_full": bool(boxed) and all(line.packed for line in boxed),
        "short_satang": sum(line.short_satang for line in lines),
        "left_satang": vendor_order.goods_satang - sum(line.short_satang for line in lines),
        "may_print": vendor_order.state not in (State.AWAITING_PAYMENT, State.CANCELLED),
    }


def _lot_choices(lines: list[Line]) -> list[tuple[Line, list[Lot]]]:
    """The lines with lots to choose from; none when the group keeps no lots."""
    fitting = lots_to_pack(line.product for line in lines if line.product is not None)
    found = [(line, fitting.get(line.product_id or 0, [])) for line in lines]
    return [(line, lots) for line, lots in found if lots]


@access.members()
@require_POST
def lots(request: HttpRequest, workspace: str, number: str) -> HttpResponse:
    """From which lots the box is packed."""
    organisation = workspace_or_404(request.user, workspace)
    if not may(request.user, Right.PACK, organisation):
        raise Http404
    vendor_order = vendor_order_or_404(organisation, number)
    keys = vendor_order.lines.values_list("pk", flat=True)
    chosen = {key: request.POST[f"lot-{key}"][:12] for key in keys if f"lot-{key}" in request.POST}
    try:
        services.note_lots(vendor_order=vendor_order, lots=chosen, by=request.user)
        messages.success(request, _("Noted from which lot it is packed."))
    except MarketError as refusal:
        messages.error(request, refusal.text)
    return redirect("vendor_orders:detail", workspace, number)


@access.members()
@require_POST
def act(request: HttpRequest, workspace: str, number: str, act: str) -> HttpResponse:
    """Accept, pack, hand over, deliver: managers and packers."""
    organisation = workspace_or_404(request.user, workspace)
    if act not in _ACTS or not may(request.user, Right.PACK, organisation):
        raise Http404
    vendor_order = vendor_order_or_404(organisation, number)
    details = {}
    if act == "hand-over":
        details = {
            "carrier": request.POST.get("carrier", vendor_order.carrier),
            "tracking": request.POST.get("tracking", ""),
        }
    try:
        _ACTS[act][2](vendor_order=vendor_order, by=request.user, **details)
        messages.success(request, _("Done. The buyer sees it on the order page."))
    except MarketError as refusal:
        messages.error(request, refusal.text)
    return redirect("vendor_orders:detail", workspace, number)


registry.register(
    registry.Entry(
        title=gettext_lazy("Orders"),
        address=lambda organisation: reverse("vendor_orders:list", args=[organisation.slug]),
        is_for=lambda organisation: organisation.kind == Organisation.Kind.GROUP,
        position=10,
    )
)
