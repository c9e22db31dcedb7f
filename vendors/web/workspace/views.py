"""The shell of the workspace: the switcher, and one organisation's desk."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from shop.common import access
from vendors.models import Membership
from vendors.policies import workspace_or_404, workspaces_of
from vendors.selectors import groups_below
from vendors.web.workspace.registry import entries_for


@access.members()
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Everything the person may work for; a single one is opened at once."""
    found = list(workspaces_of(request.user).select_related("province")[:200])
    if len(found) == 1:
        return redirect("workspace:desk", found[0].slug)
    return render(request, "workspace/home.html", {"organisations": found})


@access.members()
@require_GET
def desk(request: HttpRequest, workspace: str) -> HttpResponse:
    """One organisation's desk: what its rooms offer."""
    organisation = workspace_or_404(request.user, workspace)
    is_member = Membership.objects.filter(user_id=request.user.pk or 0, organisation=organisation).exists()
    menu = [
        {
            "title": entry.title,
            "url": entry.address(organisation),
            "waiting": entry.waiting(organisation, request.user) if entry.waiting else 0,
        }
        for entry in entries_for(organisation)
    ]
    below = groups_below(organisation).exclude(pk=organisation.pk)[:50]
    context = {"organisation": organisation, "menu": menu, "acts_for": not is_member, "below": below}
    return render(request, "workspace/desk.html", context)
