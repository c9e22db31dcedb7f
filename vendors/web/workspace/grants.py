"""Who may act for an organisation, and for whom it may act."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from shop.common import access
from shop.common.errors import MarketError
from vendors import members, selectors, services
from vendors.models import Organisation
from vendors.policies import Right, may
from vendors.web.workspace import registry
from vendors.web.workspace.people import own_workspace_or_404

_PER_PAGE = 40
Kind = Organisation.Kind
_ABOVE = (Kind.COOPERATIVE, Kind.FARMER_GROUP, Kind.PROVINCIAL, Kind.REGIONAL)


@access.members()
@require_GET
def index(request: HttpRequest, workspace: str) -> HttpResponse:
    """A group sees what stands above it and lets it act; those above see for whom they may act."""
    organisation = own_workspace_or_404(request.user, workspace)
    context = {"organisation": organisation, "manages": may(request.user, Right.MANAGE, organisation)}
    if organisation.kind == Kind.GROUP:
        given = members.grants_given(organisation)
        above = selectors.ancestors_of(organisation)
        rows = [(above[kind], given.get(above[kind].pk)) for kind in _ABOVE if kind in above]
        return render(request, "workspace/grants_given.html", {**context, "rows": rows})
    page = Paginator(members.grants_taken(organisation), _PER_PAGE).get_page(request.GET.get("page", "1"))
    return render(request, "workspace/grants_taken.html", {**context, "page": page})


@access.members()
@require_POST
def change(request: HttpRequest, workspace: str, taker: str) -> HttpResponse:
    """Gives the grant to one above, or takes it back."""
    organisation = own_workspace_or_404(request.user, workspace, Right.MANAGE)
    above = {row.slug: row for kind, row in selectors.ancestors_of(organisation).items() if kind in _ABOVE}
    if taker not in above or organisation.kind != Kind.GROUP:
        raise Http404("nothing above of this name")
    try:
        if request.POST.get("allowed") == "yes":
            services.allow_acting(giver=organisation, taker=above[taker], by=request.user)
            messages.success(request, _("Allowed. It may act for you from now on, and you see everything it does."))
        else:
            grant = members.grants_given(organisation).get(above[taker].pk)
            if grant is not None:
                services.end_acting(grant=grant, by=request.user)
            messages.success(request, _("Taken back. It counts at once."))
    except MarketError as refusal:
        messages.error(request, refusal.text)
    return redirect("workspace:grants", workspace)


registry.register(
    registry.Entry(
        title=gettext_lazy("Acting for others"),
        address=lambda organisation: reverse("workspace:grants", args=[organisation.slug]),
        is_for=lambda organisation: organisation.kind != Kind.NATIONAL,
        own_only=True,
        position=85,
    )
)
