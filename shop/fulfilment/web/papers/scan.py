"""Where the square of a label leads: who works with it comes to its page, everybody else reads what to do with it.

Those others read the same words whatever the code is, so that nobody learns here what exists.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from shop.common import access
from shop.fulfilment import scanning
from shop.fulfilment.papers.finding import Target, target_of


@access.public
@require_GET
def scan(request: HttpRequest, code: str) -> HttpResponse:
    """Leads to the page of a box, a transfer or a parcel; else says what a stranger should do."""
    scanned = scanning.read(code)
    target = target_of(request.user, scanned) if scanned and request.user.is_authenticated else None
    if target is not None:
        return redirect(_address(target))
    answer = render(request, "hub_papers/scan.html", {"code": scanned.code if scanned else ""})
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _address(target: Target) -> str:
    if target.page == "own":
        page = "detail" if target.kind == scanning.Kind.BOX else "transfer-sheet"
        return reverse(f"vendor_orders:{page}", args=[target.workspace, target.code])
    if target.page == "scan":
        return reverse("hub:scan", args=[target.workspace, target.hub])
    return reverse(f"hub:{target.page}", args=[target.workspace, target.hub, target.code])
