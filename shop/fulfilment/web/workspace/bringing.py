"""What the group brings to its hub: everything by day, with the numbers for the boxes, on paper too."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from shop.common import access
from shop.fulfilment.digests import to_bring
from vendors.policies import Right, may, workspace_or_404


@access.members()
@require_GET
def bring(request: HttpRequest, workspace: str) -> HttpResponse:
    """The list of the group, by day and hub."""
    organisation = workspace_or_404(request.user, workspace)
    if not may(request.user, Right.PACK, organisation):
        raise Http404
    return render(
        request, "workspace_orders/bring.html", {"organisation": organisation, "runs": to_bring(organisation.pk)}
    )
