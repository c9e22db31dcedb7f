"""The people of an organisation: who serves as what, who is asked to. Only managers change anything, others may leave."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from shop.common import access
from shop.common.errors import MarketError
from shop.common.web.limits import within
from vendors import members, services
from vendors.models import Invitation, Membership, Organisation
from vendors.policies import Right, acts_through, may, workspace_or_404
from vendors.web.workspace import registry
from vendors.web.workspace.invite_forms import InviteForm

_PER_PAGE = 40
_MOST_OPEN = 50
_LETTERS, _HOUR = 40, 60 * 60


def own_workspace_or_404(user: Any, slug: str, right: Right = Right.SEE) -> Organisation:
    """A workspace of one's own: what an organisation does with its people is not for those who act by a grant."""
    organisation = workspace_or_404(user, slug)
    if acts_through(user, organisation) is not None or not may(user, right, organisation):
        raise Http404("for its own people")
    return organisation


@access.members()
@require_GET
def index(request: HttpRequest, workspace: str) -> HttpResponse:
    """Everybody with their roles; managers find the invitations as well."""
    organisation = own_workspace_or_404(request.user, workspace)
    return _page(request, organisation, InviteForm(organisation))


def _page(request: HttpRequest, organisation: Organisation, form: InviteForm, status: int = 200) -> HttpResponse:
    manages = may(request.user, Right.MANAGE, organisation)
    page = Paginator(members.people_of(organisation), _PER_PAGE).get_page(request.GET.get("page", "1"))
    roles = [Membership.Role(role) for role in services.roles_in(organisation)]
    people = [
        {"member": member, "free": [role for role in roles if role not in {row.role for row in member.roles}]}
        for member in members.with_roles(organisation, page.object_list)
    ]
    waiting = members.open_invitations(organisation)[:_MOST_OPEN] if manages else []
    context = {
        "organisation": organisation,
        "page": page,
        "people": people,
        "manages": manages,
        "only_manager": members.managers_count(organisation) == 1,
        "invitations": [(row, members.is_over(row)) for row in waiting],
        "form": form,
    }
    return render(request, "workspace/people.html", context, status=status)


@access.members()
@require_POST
def invite(request: HttpRequest, workspace: str) -> HttpResponse:
    """Asks a person by e-mail."""
    organisation = own_workspace_or_404(request.user, workspace, Right.MANAGE)
    form = InviteForm(organisation, request.POST)
    if form.is_valid():
        if not within(request, "invite", most=_LETTERS, seconds=_HOUR):
            form.add_error(None, _("You have sent many invitations. Please go on in an hour."))
        else:
            try:
                services.invite(organisation=organisation, by=request.user, **form.cleaned_data)
                messages.success(request, _("Invited. The letter is on its way."))
                return redirect("workspace:people", workspace)
            except MarketError as refusal:
                form.add_error("email", refusal.text)
    return _page(request, organisation, form, status=422)


def _told(request: HttpRequest, act: Callable[[], Any], done: str) -> None:
    try:
        act()
        messages.success(request, done)
    except MarketError as refusal:
        messages.error(request, refusal.text)


@access.members()
@require_POST
def give_role(request: HttpRequest, workspace: str, pk: int) -> HttpResponse:
    """One more role for a member."""
    organisation = own_workspace_or_404(request.user, workspace, Right.MANAGE)
    membership = get_object_or_404(Membership.objects.select_related("user"), organisation=organisation, pk=pk)
    role = request.POST.get("role", "")
    _told(request, lambda: services.give_role(membership=membership, role=role, by=request.user), _("Role given."))
    return redirect("workspace:people", workspace)


@access.members()
@require_POST
def take_role(request: HttpRequest, workspace: str, pk: int) -> HttpResponse:
    """Takes a role from a member; a member may give an own one back."""
    organisation = own_workspace_or_404(request.user, workspace)
    membership = get_object_or_404(Membership.objects.select_related("user"), organisation=organisation, pk=pk)
    own = membership.user_id == request.user.pk
    if not own and not may(request.user, Right.MANAGE, organisation):
        raise Http404("not a manager")
    _told(request, lambda: services.take_role(membership=membership, by=request.user), _("Role taken away."))
    if own and not Membership.objects.filter(organisation=organisation, user_id=request.user.pk or 0).exists():
        return redirect("customer:summary")
    return redirect("workspace:people", workspace)


@access.members()
@require_POST
def send_again(request: HttpRequest, workspace: str, pk: int) -> HttpResponse:
    """A new letter of an open invitation."""
    organisation = own_workspace_or_404(request.user, workspace, Right.MANAGE)
    found = get_object_or_404(Invitation, organisation=organisation, pk=pk)
    _told(request, lambda: services.send_again(invitation=found, by=request.user), _("The letter is on its way."))
    return redirect("workspace:people", workspace)


@access.members()
@require_POST
def withdraw(request: HttpRequest, workspace: str, pk: int) -> HttpResponse:
    """Ends an open invitation."""
    organisation = own_workspace_or_404(request.user, workspace, Right.MANAGE)
    found = get_object_or_404(Invitation, organisation=organisation, pk=pk)
    _told(
        request, lambda: services.withdraw(invitation=found, by=request.user), _("Withdrawn. The letter opens nothing.")
    )
    return redirect("workspace:people", workspace)


registry.register(
    registry.Entry(
        title=gettext_lazy("People"),
        address=lambda organisation: reverse("workspace:people", args=[organisation.slug]),
        is_for=lambda organisation: True,
        own_only=True,
        position=80,
    )
)
