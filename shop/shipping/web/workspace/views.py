"""A hub's own days and closed days, set by who manages the network that runs it; prices and other hubs are not theirs."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shop.common import access, clock
from shop.common.errors import MarketError
from shop.shipping import services
from shop.shipping.models import Closure
from shop.shipping.policies import NETWORKS, hub_calendar_or_404, hubs_or_404
from shop.shipping.tables import Table, read_table
from shop.shipping.web.forms import ClosureForm, EndForm, WeekForm
from shop.shipping.web.office.closures import closed, opened, with_when
from shop.shipping.web.words import lines, told
from vendors.models import Organisation, Place
from vendors.policies import Right
from vendors.web.workspace import registry


@access.members("hub_packer")
@require_GET
def hubs(request: HttpRequest, workspace: str) -> HttpResponse:
    """The network's hubs; where there is one, its calendar at once."""
    network, found = hubs_or_404(request.user, workspace)
    if len(found) == 1:
        return redirect("hub_calendar:show", workspace, found[0].code)
    return render(request, "hub_calendar/hubs.html", {"organisation": network, "hubs": found})


@access.members("hub_packer")
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """The hub's week and its closed days; a new week counts from a day on."""
    network, place = hub_calendar_or_404(request.user, workspace, code)
    form = _week(place, request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("valid_from", "seen")}
        try:
            services.set_hub_days(place=place, days=form.open_days, by=request.user, **facts)
        except MarketError as refusal:
            form.add_error(None, refusal.text)
        else:
            messages.success(request, _("Saved. The week counts from the day that you chose."))
            return redirect("hub_calendar:show", workspace, code)
    return _page(request, network, place, week=form)


def _week(place: Place, data: Any = None) -> WeekForm:
    history = read_table(Table("weeks", (place.pk,)), clock.today())
    usual = () if history.now else read_table(Table("weeks", (None,)), clock.today()).now
    return WeekForm(data, history=history, usual=usual)


def _page(
    request: HttpRequest,
    network: Organisation,
    place: Place,
    *,
    week: WeekForm | None = None,
    closing: ClosureForm | None = None,
    ending: EndForm | None = None,
) -> HttpResponse:
    week, closing = week or _week(place), closing or ClosureForm()
    history = week.history
    ending = ending or EndForm(initial={"seen": history.seen})
    rows = Closure.objects.select_related("place").filter(Q(place=place) | Q(place=None), last_day__gte=clock.today())
    context = {
        "organisation": network,
        "network": network,
        "place": place,
        "form": week,
        "closing": closing,
        "ending": ending if history.rows else None,
        "history": history,
        "versions": [told("weeks", version) for version in history.versions],
        "usual": [] if history.now else lines("weeks", week.shown),
        "rows": with_when(rows.order_by("first_day", "pk")),
        "own": True,
    }
    failed = bool(week.errors or closing.errors or ending.errors)
    return render(request, "hub_calendar/show.html", context, status=422 if failed else 200)


@access.members("hub_packer")
@require_POST
def close(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """The hub is closed for days."""
    network, place = hub_calendar_or_404(request.user, workspace, code)
    form = ClosureForm(request.POST)
    if form.is_valid() and closed(request, form, place):
        return redirect("hub_calendar:show", workspace, code)
    return _page(request, network, place, closing=form)


@access.members("hub_packer")
@require_POST
def reopen(request: HttpRequest, workspace: str, code: str, pk: int) -> HttpResponse:
    """Closed days of this hub are dropped, or end today."""
    _network, place = hub_calendar_or_404(request.user, workspace, code)
    opened(request, get_object_or_404(Closure.objects.select_related("place__organisation"), pk=pk, place=place))
    return redirect("hub_calendar:show", workspace, code)


@access.members("hub_packer")
@require_POST
def drop(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """The last planned week does not come."""
    _network, place = hub_calendar_or_404(request.user, workspace, code)
    table = Table("weeks", (place.pk,))
    try:
        services.take_back(table=table, by=request.user, seen=request.POST.get("seen") or None)
    except MarketError as refusal:
        messages.error(request, refusal.text)
    else:
        messages.success(request, _("Taken back. What held before goes on."))
    return redirect("hub_calendar:show", workspace, code)


@access.members("hub_packer")
@require_POST
def usual(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """From a day on the hub works like every hub again."""
    network, place = hub_calendar_or_404(request.user, workspace, code)
    form = EndForm(request.POST)
    if form.is_valid():
        try:
            services.end_hub_days(place=place, by=request.user, **form.cleaned_data)
        except MarketError as refusal:
            form.add_error(None, refusal.text)
        else:
            messages.success(request, _("Saved. It ends the day before."))
            return redirect("hub_calendar:show", workspace, code)
    return _page(request, network, place, ending=form)


registry.register(
    registry.Entry(
        title=gettext_lazy("Days of the hub"),
        address=lambda organisation: reverse("hub_calendar:hubs", args=[organisation.slug]),
        is_for=lambda organisation: organisation.kind in NETWORKS,
        right=Right.MANAGE,
        own_only=True,
        position=70,
    )
)
