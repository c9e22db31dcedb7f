"""Counting a box: every tap is kept, what differs is shown once more before it is final, then straight to the next box."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from shop.common import access
from shop.common.errors import MarketError
from shop.common.thai import arabic_digits
from shop.fulfilment import errors, services
from shop.fulfilment import hub_selectors as read
from shop.fulfilment.models import TransferBox, TransferLine
from shop.fulfilment.policies import box_or_404, hub_or_404
from shop.fulfilment.services import Count
from shop.fulfilment.web.hub.views import around
from vendors.models import Place

_DIGITS = 7


@access.members()
@require_GET
def box(request: HttpRequest, workspace: str, hub: str, number: str) -> HttpResponse:
    """The box: to count, or how it was counted."""
    place = hub_or_404(request.user, workspace, hub)
    return page(request, place, box_or_404(place, number))


def page(
    request: HttpRequest, place: Place, found: TransferBox, *, refusal: MarketError | None = None, typed: Any = None
) -> HttpResponse:
    """`typed` is what was typed for a line (its key under "line") and cannot be kept."""
    is_open = found.state in (TransferBox.State.ANNOUNCED, TransferBox.State.SENT)
    rows = read.lines_of(found)
    lines = [(row, services.noted(row)) for row in rows]
    context = around(
        place,
        "scan",
        box=found,
        is_open=is_open,
        lines=lines,
        pieces=sum(row.sent for row in rows),
        differs=any(_differs(row, count) for row, count in lines),
        reasons=TransferLine.Why.choices,
        refusal=refusal,
        typed=typed or {},
        next=None if is_open or found.state == TransferBox.State.MISSING else read.next_of(found, place),
    )
    return render(request, "hub/box.html", context, status=422 if refusal else 200)


def _differs(row: TransferLine, count: Count) -> bool:
    return bool(count.refused) or count.good != row.sent


def _number(text: str) -> int | None:
    plain = arabic_digits(text).strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < _DIGITS else None


@access.members()
@require_POST
def tally(request: HttpRequest, workspace: str, hub: str, number: str, line: int) -> HttpResponse:
    """One tap, a typed number, or pieces that go back: noted at once, whatever happens to the phone."""
    place = hub_or_404(request.user, workspace, hub)
    found = box_or_404(place, number)
    at: dict[str, Any] = {"place": place, "number": number, "line_id": line, "by": request.user}
    try:
        _note(request, at)
    except errors.NoSuchLine:
        raise Http404("no such line") from None
    except errors.AlreadyCounted as refusal:
        messages.info(request, refusal.text)
    except MarketError as refusal:
        return page(request, place, found, refusal=refusal, typed={"line": line, **request.POST.dict()})
    return redirect("hub:box", workspace, hub, number)


def _note(request: HttpRequest, at: dict[str, Any]) -> None:
    step = request.POST.get("step", "")
    if step in ("1", "-1"):
        services.step_tally(by_pieces=int(step), **at)
        return
    number = _number(request.POST.get("pieces", ""))
    if number is None:
        raise errors.NumberWanted
    if request.POST.get("what") == "refused":
        services.note_refused(pieces=number, reason=request.POST.get("reason", "")[:10], **at)
    else:
        services.note_good(pieces=number, **at)


@access.members()
@require_POST
def count(request: HttpRequest, workspace: str, hub: str, number: str) -> HttpResponse:
    """The box is counted as the page showed it; differences are asked about once."""
    place = hub_or_404(request.user, workspace, hub)
    found = box_or_404(place, number)
    rows = read.lines_of(found)
    seen = _seen(request)
    different = [(row, seen[row.line_id]) for row in rows if row.line_id in seen and _differs(row, seen[row.line_id])]
    if found.state == TransferBox.State.COUNTED or not different or "sure" in request.POST:
        return _take_in(request, place, found, seen)
    context = around(
        place,
        "scan",
        box=found,
        lines=[(row, count, row.sent - count.good - count.refused) for row, count in different],
    )
    context["seen"] = request.POST.getlist("seen")
    context["reason_words"] = dict(TransferLine.Why.choices)
    return render(request, "hub/box_sure.html", context)


def _take_in(request: HttpRequest, place: Place, found: TransferBox, seen: dict[int, Count]) -> HttpResponse:
    number = found.vendor_order.number
    try:
        services.count_in(place=place, number=number, counts={}, seen=seen, by=request.user)
    except errors.AlreadyCounted as refusal:  # a second tap, or a colleague was quicker
        messages.info(request, refusal.text)
    except MarketError as refusal:
        return page(request, place, box_or_404(place, number), refusal=refusal)
    address = redirect("hub:scan", place.organisation.slug, place.code)
    address["Location"] += f"?box={number}"
    return address


def _seen(request: HttpRequest) -> dict[int, Count]:
    """What the page showed for each line; what cannot be read was not seen."""
    found: dict[int, Count] = {}
    for text in request.POST.getlist("seen"):
        parts = text.split(":")
        numbers = [_number(part) for part in parts[:3]]
        if len(parts) == 4 and None not in numbers:
            key, good, refused = (number or 0 for number in numbers)
            found[key] = Count(good, refused, parts[3])
    return found
