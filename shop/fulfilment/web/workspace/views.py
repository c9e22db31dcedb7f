"""Orders of one group: only its own part, the buyer's phone and address only while the group itself posts the parcel."""

from __future__ import annotations

import datetime as dt
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
from shop.common import access, clock
from shop.common.errors import MarketError
from shop.fulfilment import errors, services
from shop.fulfilment.digests import bring_to
from shop.fulfilment.web.papers.group import papers_of
from shop.fulfilment.web.workspace.parcels import ParcelForm, keys_in
from shop.order.models import Line, VendorOrder
from shop.order.policies import shows_note, shows_recipient, vendor_order_or_404
from shop.order.selectors import earned_by, next_to_do, vendor_orders_of
from shop.order.states import may_become
from shop.payment.models import PaymentAttempt
from vendors.models import Organisation
from vendors.policies import Right, may, workspace_or_404
from vendors.web.workspace import registry

State = VendorOrder.State
_PER_PAGE = 30
_JUST_NOW = dt.timedelta(minutes=10)
_LOTS_IN = (State.TO_ACCEPT, State.TO_PACK, State.PACKED)
_TO_PACK, _BOXED = (State.TO_ACCEPT, State.TO_PACK), (State.PACKED, State.HANDED_OVER, State.DELIVERED)
_TO_HUB = gettext_lazy("On its way to the hub")
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
    packs = may(request.user, Right.PACK, organisation)
    context = {
        "organisation": organisation,
        "page": page,
        "states": State.choices,
        "state": state,
        "rows": [(row, shows_recipient(row, packs=packs)) for row in page.object_list],
    }
    return render(request, "workspace_orders/list.html", context)


@access.members()
@require_GET
def detail(request: HttpRequest, workspace: str, number: str) -> HttpResponse:
    """One vendor order with what may be done next."""
    organisation = workspace_or_404(request.user, workspace)
    return page(request, organisation, vendor_order_or_404(organisation, number))


def page(
    request: HttpRequest, organisation: Organisation, vendor_order: VendorOrder, form: ParcelForm | None = None
) -> HttpResponse:
    """The page of one vendor order; `form` is what was typed about its parcel and cannot be kept as it is."""
    acts = [(name, text) for name, (state, text, _run) in _ACTS.items() if may_become(vendor_order.state, state)]
    stop = bring_to(vendor_order)
    if stop is not None:
        acts = [(name, _TO_HUB if name == "hand-over" else text) for name, text in acts if name != "deliver"]
    packs = may(request.user, Right.PACK, organisation)
    lines = list(vendor_order.lines.select_related("product").order_by("pk"))
    context = {
        "organisation": organisation,
        "vendor_order": vendor_order,
        "lines": lines,
        "packing": packing_view(vendor_order, lines, packs),
        "earned_satang": _earned(request, organisation, vendor_order),
        "next_order": next_to_do(organisation.pk, but=vendor_order.pk) if packs else None,
        "lot_choices": _lot_choices(lines) if packs and vendor_order.state in _LOTS_IN else [],
        "events": vendor_order.events.select_related("by"),
        "acts": acts if packs else [],
        "shows_address": shows_recipient(vendor_order, packs=packs),
        "stop": stop,
        "note": vendor_order.order.note if shows_note(vendor_order, packs=packs) else "",
        "papers": papers_of(vendor_order) if packs else None,
        "parcel_form": form or ParcelForm.of(vendor_order),
        "corrects": packs and stop is None and vendor_order.state == State.HANDED_OVER,
    }
    return render(request, "workspace_orders/detail.html", context, status=422 if form else 200)


def _earned(request: HttpRequest, organisation: Organisation, vendor_order: VendorOrder) -> int | None:
    """What the group has of a part with a voucher, for those who read its books: there it cannot be seen from the prices."""
    if not vendor_order.discount_satang or not may(request.user, Right.BOOKS, organisation):
        return None
    return earned_by(vendor_order, organisation.pk)


def packing_view(vendor_order: VendorOrder, lines: list[Line], packs: bool) -> dict[str, Any]:
    """What the list of lines offers: ticks while packing, shortages until the box is closed, sums."""
    boxed = [line for line in lines if line.to_pack]
    state, cash = vendor_order.state, vendor_order.order.payment_method == PaymentAttempt.Method.COD
    short, discount = sum(line.short_satang for line in lines), vendor_order.discount_left_satang
    return {
        "title": _("To pack") if state in _TO_PACK else _("In the box") if state in _BOXED else _("Goods"),
        "cash_satang": vendor_order.goods_satang + vendor_order.delivery_satang - short - discount if cash else 0,
        "discount_satang": discount,
        "takes_cash": cash and state in (*_TO_PACK, *_BOXED),
        "has_cash": state == State.DELIVERED,
        "ticks": packs and vendor_order.state == State.TO_PACK,
        "shorts": packs and vendor_order.state in (State.TO_ACCEPT, State.TO_PACK),
        "ticked": sum(line.packed for line in boxed),
        "boxed": len(boxed),
        "is_full": bool(boxed) and all(line.packed for line in boxed),
        "short_satang": short,
        "left_satang": vendor_order.goods_satang - short,
        "may_print": vendor_order.state not in (State.AWAITING_PAYMENT, State.CANCELLED),
    }


@access.members()
@require_POST
def parcel(request: HttpRequest, workspace: str, number: str) -> HttpResponse:
    """Puts right who carries the parcel and its number, as long as it is on its way."""
    organisation = workspace_or_404(request.user, workspace)
    if not may(request.user, Right.PACK, organisation):
        raise Http404
    vendor_order = vendor_order_or_404(organisation, number)
    form = ParcelForm(request.POST)
    try:
        if vendor_order.state != State.HANDED_OVER or vendor_order.order.through_hubs:
            raise errors.WrongState
        if not form.is_valid():
            return page(request, organisation, vendor_order, form)
        if services.correct_parcel(vendor_order=vendor_order, by=request.user, **form.cleaned_data):
            messages.success(request, _("Put right. The buyer gets a letter with it."))
    except MarketError as refusal:
        messages.error(request, refusal.text)
    return redirect("vendor_orders:detail", workspace, number)


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
    details: dict[str, Any] = {}
    if act == "hand-over" and not vendor_order.order.through_hubs:
        form = ParcelForm({"carrier": vendor_order.carrier, **request.POST.dict()})
        if vendor_order.state == State.PACKED and not form.is_valid():
            return page(request, organisation, vendor_order, form)
        details = form.cleaned_data if form.is_valid() else {}
    elif act == "pack":
        details = {"sure": keys_in(request, "sure")}
    elif act == "deliver" and _left_just_now(vendor_order) and "sure" not in request.POST:
        return _asked(request, organisation, vendor_order, act)
    try:
        _ACTS[act][2](vendor_order=vendor_order, by=request.user, **details)
        messages.success(request, _("Done. The buyer sees it on the order page."))
    except errors.NotAllTicked:
        return _asked(request, organisation, vendor_order, act)
    except MarketError as refusal:
        messages.error(request, refusal.text)
    return redirect("vendor_orders:detail", workspace, number)


def _left_just_now(vendor_order: VendorOrder) -> bool:
    """Handed over a moment ago: a second tap, or somebody who looked at the wrong order."""
    over = vendor_order.state == State.HANDED_OVER
    return over and clock.now() - vendor_order.state_changed_at < _JUST_NOW


def _asked(request: HttpRequest, organisation: Organisation, vendor_order: VendorOrder, act: str) -> HttpResponse:
    """One question before a step that cannot be taken back; nothing has happened yet."""
    lines = vendor_order.lines.filter(packed=False).order_by("pk")
    context = {
        "organisation": organisation,
        "vendor_order": vendor_order,
        "act": act,
        "unticked": [line for line in lines if line.to_pack] if act == "pack" else [],
    }
    return render(request, "workspace_orders/sure.html", context, status=422)


registry.register(
    registry.Entry(
        title=gettext_lazy("Orders"),
        address=lambda organisation: reverse("vendor_orders:list", args=[organisation.slug]),
        is_for=lambda organisation: organisation.kind == Organisation.Kind.GROUP,
        position=10,
    )
)
