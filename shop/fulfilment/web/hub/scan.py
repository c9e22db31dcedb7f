"""One field for every code: a box leads to counting, a transfer to its boxes, a parcel to its page, a pick-up code to handing over."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from shop.common import access, codes
from shop.common.errors import MarketError
from shop.common.thai import arabic_digits
from shop.fulfilment import errors, scanning, services
from shop.fulfilment import hub_selectors as read
from shop.fulfilment.models import TransferBox
from shop.fulfilment.policies import box_or_404, hub_or_404, parcel_or_404, purchase_or_404, transfer_or_404
from shop.fulfilment.web.hub import counter
from shop.fulfilment.web.hub.views import around
from vendors.models import Place

_NUMBER = 11
_MOST = 300
"""Characters that are read: addresses on labels are long."""


@access.members()
@require_http_methods(["GET", "POST"])
def scan(request: HttpRequest, workspace: str, hub: str) -> HttpResponse:
    """Reads a code and leads on; what cannot be read is said here, the field kept. After a count it tells what to do next."""
    place = hub_or_404(request.user, workspace, hub)
    if request.method == "GET":
        return page(request, place)
    typed = request.POST.get("code", "")[:_MOST]
    try:
        return _lead(request, place, typed)
    except errors.AlreadyCounted as refusal:
        found = scanning.read(typed)
        return page(request, place, typed=typed, refusal=refusal, counted=found.code if found else "")
    except MarketError as refusal:
        return page(request, place, typed=typed, refusal=refusal)


def page(
    request: HttpRequest, place: Place, *, typed: str = "", refusal: MarketError | None = None, counted: str = ""
) -> HttpResponse:
    """The field; with what to do with the box that was counted last."""
    number = request.GET.get("box", "")[:20]
    box = _counted_box(place, number) if number else None
    context = around(
        place,
        "scan",
        typed=typed,
        refusal=refusal,
        counted=counted,
        box=box,
        next=read.next_of(box, place) if box else None,
    )
    return render(request, "hub/scan.html", context, status=422 if refusal else 200)


def _counted_box(place: Place, number: str) -> TransferBox | None:
    try:
        box = box_or_404(place, number)
    except Http404:
        return None
    return box if box.state == TransferBox.State.COUNTED else None


def _lead(request: HttpRequest, place: Place, typed: str) -> HttpResponse:
    found = scanning.read(typed)
    if found is None:
        return _to_purchase(place, typed)
    return _LEADS[found.kind](request, place, found.code)


def _to_purchase(place: Place, typed: str) -> HttpResponse:
    """The number of a purchase, as it stands on lists; codes of other kinds are known by now."""
    number = codes.normalise(arabic_digits(typed))
    if len(number) != _NUMBER or not codes.is_valid(number):
        raise errors.NotACode
    try:
        order = purchase_or_404(place, number)
    except Http404:
        raise errors.NoSuchPurchase from None
    return redirect("hub:purchase", place.organisation.slug, place.code, order.number)


def _to_box(request: HttpRequest, place: Place, code: str) -> HttpResponse:
    services.box_at(place, code)
    return redirect("hub:box", place.organisation.slug, place.code, code)


def _to_transfer(request: HttpRequest, place: Place, code: str) -> HttpResponse:
    try:
        transfer_or_404(place, code)
    except Http404:
        raise errors.NoSuchTransfer from None
    return redirect("hub:transfer", place.organisation.slug, place.code, code)


def _to_parcel(request: HttpRequest, place: Place, code: str) -> HttpResponse:
    try:
        parcel_or_404(place, code)
    except Http404:
        raise errors.NoSuchParcel from None
    return redirect("hub:parcel", place.organisation.slug, place.code, code)


def _to_counter(request: HttpRequest, place: Place, code: str) -> HttpResponse:
    return counter.show(request, place, code)


_LEADS: dict[scanning.Kind, Callable[[HttpRequest, Place, str], HttpResponse]] = {
    scanning.Kind.BOX: _to_box,
    scanning.Kind.TRANSFER: _to_transfer,
    scanning.Kind.PARCEL: _to_parcel,
    scanning.Kind.COLLECT: _to_counter,
}
