"""The history of an organisation: who did what in its name, when, and in whose place."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from shop.common import access
from vendors import history, members
from vendors.policies import workspace_or_404
from vendors.web.workspace import registry

_PER_PAGE = 40


@access.members()
@require_GET
def index(request: HttpRequest, workspace: str) -> HttpResponse:
    """Everything noted, the newest first."""
    organisation = workspace_or_404(request.user, workspace)
    page = Paginator(history.history_of(organisation), _PER_PAGE).get_page(request.GET.get("page", "1"))
    context = {"organisation": organisation, "page": page, "deeds": members.deeds(page.object_list)}
    return render(request, "workspace/history.html", context)


registry.register(
    registry.Entry(
        title=gettext_lazy("History"),
        address=lambda organisation: reverse("workspace:history", args=[organisation.slug]),
        is_for=lambda organisation: True,
        position=90,
    )
)
