"""The people of the department's offices: who they are, who is invited, who moves to another province."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from shop.common import access
from shop.common.errors import MarketError
from shop.common.thai import clean_text
from shop.office.web import registry
from vendors import members, services
from vendors.errors import NoSuchOffice
from vendors.models import Invitation, Membership, Organisation
from vendors.policies import runs_offices
from vendors.web.office.forms import OfficeInviteForm

_PER_PAGE, _MOST_OPEN = 40, 50
_ACTS: dict[str, tuple[Callable[..., Any], Any]] = {
    "again": (services.send_again, gettext_lazy("The letter is on its way.")),
    "withdraw": (services.withdraw, gettext_lazy("Withdrawn. The letter opens nothing.")),
}


def _only_who_runs_offices(request: HttpRequest) -> None:
    if not runs_offices(request.user):
        raise Http404("for the managers of the department")


@access.staff("officer")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Everybody by office, and the open invitations."""
    _only_who_runs_offices(request)
    return _page(request, OfficeInviteForm())


def _page(request: HttpRequest, form: OfficeInviteForm, status: int = 200) -> HttpResponse:
    words = clean_text(request.GET.get("q", ""))[:80]
    page = Paginator(members.department_people(words), _PER_PAGE).get_page(request.GET.get("page", "1"))
    waiting = members.department_invitations()[:_MOST_OPEN]
    context = {
        "page": page,
        "words": words,
        "page_query": urlencode({"q": words}) if words else "",
        "invitations": [(row, members.is_over(row)) for row in waiting],
        "form": form,
        "organisation": {"kind": Organisation.Kind.OFFICE.value},
    }
    return render(request, "office/people.html", context, status=status)


@access.staff("officer")
@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """Asks a person by e-mail to serve an office."""
    _only_who_runs_offices(request)
    form = OfficeInviteForm(request.POST)
    if form.is_valid():
        try:
            services.invite(by=request.user, **form.cleaned_data)
            messages.success(request, _("Invited. The letter is on its way."))
            return redirect("office_people:people")
        except MarketError as refusal:
            form.add_error("email", refusal.text)
    return _page(request, form, status=422)


def _membership_or_404(request: HttpRequest, pk: int) -> Membership:
    _only_who_runs_offices(request)
    return get_object_or_404(members.department_people(), pk=pk)


@access.staff("officer")
@require_GET
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One role of one person: move it to another office, or take it away."""
    membership = _membership_or_404(request, pk)
    context = {"membership": membership, "offices": members.offices()}
    return render(request, "office/person.html", context)


@access.staff("officer")
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """To another office; what lay open there decides nothing any more."""
    membership = _membership_or_404(request, pk)
    chosen = request.POST.get("office", "")
    office = next((row for row in members.offices() if str(row.pk) == chosen), None)
    try:
        if office is None:
            raise NoSuchOffice
        moved = services.move_officer(membership=membership, office=office, by=request.user)
        messages.success(request, _("Moved. It counts at once."))
        return redirect("office_people:person", moved.pk)
    except MarketError as refusal:
        messages.error(request, refusal.text)
    return redirect("office_people:person", pk)


@access.staff("officer")
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the role away."""
    membership = _membership_or_404(request, pk)
    try:
        services.take_role(membership=membership, by=request.user)
        messages.success(request, _("Role taken away."))
    except MarketError as refusal:
        messages.error(request, refusal.text)
        return redirect("office_people:person", pk)
    return redirect("office_people:people" if runs_offices(request.user) else "customer:summary")


@access.staff("officer")
@require_POST
def invitation(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Sends an open invitation again, or withdraws it."""
    _only_who_runs_offices(request)
    if act not in _ACTS:
        raise Http404("no such act")
    found = get_object_or_404(Invitation, organisation__kind=Organisation.Kind.OFFICE, pk=pk)
    run, done = _ACTS[act]
    try:
        run(invitation=found, by=request.user)
        messages.success(request, str(done))
    except MarketError as refusal:
        messages.error(request, refusal.text)
    return redirect("office_people:people")


registry.register(
    registry.Entry(
        title=gettext_lazy("People of the offices"),
        address=lambda: reverse("office_people:people"),
        is_for=runs_offices,
    )
)
