"""The public trail of a lot: where its raw materials came from, who made it, when, and whether it is recalled."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from catalogue import trail
from catalogue.freshness import until_midnight
from catalogue.models import Lot, Product
from shop.common import access, clock, codes
from shop.common.public import public_page
from shop.theme import qr
from shop.theme.meta import trail_to
from vendors import tilemap
from vendors.selectors import certificates_of

_BESIDE = 5
"""So many materials stand beside each other; more stand below each other on every screen."""
_SHEETS = {"24": (3, 8), "8": (2, 4)}


@access.public
@require_safe
@public_page("q")
def index(request: HttpRequest) -> HttpResponse:
    """Where a code from a label is typed."""
    typed = request.GET.get("q", "")[:20]
    if typed.strip():
        return redirect("catalogue:trace", codes.normalise(typed) or "-")
    return render(request, "catalogue/trace_index.html", {"cacheable": True})


@access.public
@require_safe
@until_midnight
@public_page()
def trace(request: HttpRequest, code: str) -> HttpResponse:
    """One lot as the public may see it."""
    if code != codes.normalise(code):
        return redirect("catalogue:trace", codes.normalise(code) or "-")
    lot = trail.public_lot(code)
    if lot is None:
        return _unknown(request, code)
    steps = trail.steps_of(lot)
    group = lot.product.group
    certificates = list(certificates_of(group.pk, clock.today())) if group else []
    context = {
        "lot": lot,
        "product": lot.product,
        "group": group,
        "steps": steps,
        "many": len(steps) > _BESIDE,
        "lines": _confluence(len(steps)),
        "map": _map(lot, steps),
        "certificates": [row for row in certificates if row.scheme_id in lot.product.schemes],
        "is_past": bool(lot.best_before and lot.best_before < clock.today()),
        "shown": lot.product.is_public and lot.product.review != Product.Review.REFUSED,
        "shown_code": codes.grouped(lot.code, 3),
        "qr": qr.draw(_scanned(lot)),
        "trail": trail_to((gettext("Trace a product"), reverse("catalogue:trace-index")), (codes.grouped(code, 3), "")),
        "cacheable": True,
    }
    return render(request, "catalogue/trace.html", context)


@access.public
@require_safe
@public_page("sheet")
def labels(request: HttpRequest, code: str) -> HttpResponse:
    """A sheet of labels of a lot; none of a recalled one."""
    lot = trail.public_lot(codes.normalise(code))
    if lot is None:
        return _unknown(request, codes.normalise(code))
    if lot.recalled_at is not None:
        return redirect("catalogue:trace", lot.code)
    sheet = request.GET.get("sheet", "24")
    sheet = sheet if sheet in _SHEETS else "24"
    columns, rows = _SHEETS[sheet]
    context = {
        "lot": lot,
        "labels": range(columns * rows),
        "sheet": sheet,
        "shown_code": codes.grouped(lot.code, 3),
        "qr": qr.draw(_scanned(lot)),
        "site": settings.SITE_URL.split("://")[-1],
        "noindex": True,
        "cacheable": True,
    }
    return render(request, "catalogue/trace_labels.html", context)


def _scanned(lot: Lot) -> str:
    return f"{settings.SITE_URL}/trace/{lot.code}/"


def _unknown(request: HttpRequest, code: str) -> HttpResponse:
    context = {"shown_code": codes.grouped(code[:20], 3), "is_slip": not codes.is_valid(code)}
    return render(request, "catalogue/trace_index.html", context, status=404)


def _map(lot: Lot, steps: list[trail.Step]) -> SafeString:
    """Where it was made and where its materials came from, on the map of provinces; the words stand in its label."""
    marks: dict[str, str] = {}
    level = list(steps)
    while level:
        marks |= {step.material.province_id: "from" for step in level if step.material.province_id}
        level = [below for step in level for below in step.below]
    home = lot.product.group.province_id if lot.product.group else None
    if home:
        marks[home] = "made"
    return tilemap.draw(label=gettext("Map: where it was made and where the raw materials came from"), marks=marks)


def _confluence(number: int) -> SafeString:
    """Lines from so many materials that flow into one; a picture beside the list, so hidden from screen readers."""
    if number < 1:
        return mark_safe("")
    width, height = 100 * number, 60
    ends = [100 * at + 50 for at in range(number)]
    middle = width / 2
    paths = "".join(f"M{end} 0C{end} {height * 0.6:g} {middle:g} {height * 0.4:g} {middle:g} {height}" for end in ends)
    return format_html(
        '<svg class="flow" viewBox="0 0 {} {}" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<path d="{}" fill="none" vector-effect="non-scaling-stroke"/></svg>',
        width,
        height,
        mark_safe(paths),  # numbers alone
    )
