"""Prices, times and calendars in the office: what holds, what held, what is planned; a change counts from a day on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shop.common import access, clock
from shop.common.errors import MarketError
from shop.office.web import registry
from shop.shipping import services
from shop.shipping.policies import delivery_or_404, sets_delivery
from shop.shipping.selectors import last_changes, planned_changes
from shop.shipping.tables import FIXED, History, Table, read_kind, read_table
from shop.shipping.web.addresses import key_of, kind_or_404, table_or_404
from shop.shipping.web.forms import EndForm, TableForm
from shop.shipping.web.saving import FORMS, save
from shop.shipping.web.saving import end as end_table
from shop.shipping.web.words import lines, told
from vendors.history import words_of
from vendors.models import Place

KINDS = {
    "tariffs": (gettext_lazy("What carriers take"), gettext_lazy("Prices of a parcel by storage, zone and weight")),
    "fees": (gettext_lazy("What hubs take"), gettext_lazy("Taking in, carrying on, putting together, the counter")),
    "times": (gettext_lazy("How long it takes"), gettext_lazy("Working days, at best and at most")),
    "areas": (gettext_lazy("Far or not reached"), gettext_lazy("Addresses at a surcharge, and where nobody goes")),
    "weeks": (gettext_lazy("Days of the hubs"), gettext_lazy("Bringing, cut-off, leaving and counter by weekday")),
}


@access.staff("officer")
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The kinds of rows, what is planned, and who changed what of late."""
    delivery_or_404(request.user)
    planned = [(_title(table, names), key_of(table, codes), table.kind, day) for table, names, codes, day in _planned()]
    context = {
        "kinds": [(kind, *words) for kind, words in KINDS.items()],
        "planned": planned,
        "changes": [(entry, words_of(entry)) for entry in last_changes()],
    }
    return render(request, "office_delivery/home.html", context)


def _planned() -> list[tuple[Table, Place | None, str, Any]]:
    changes = planned_changes(clock.today())
    hubs = Place.objects.in_bulk([table.key[0] for table, _day in changes if table.kind == "weeks" and table.key[0]])
    found = []
    for table, day in changes:
        hub = hubs.get(table.key[0]) if table.kind == "weeks" else None
        found.append((table, hub, hub.code if hub else "", day))
    return found


def _title(table: Table, place: Place | None) -> str:
    return place.name_th if place else table.title


@access.staff("officer")
@require_GET
def index(request: HttpRequest, kind: str) -> HttpResponse:
    """All tables of a kind: what each says today, and what is planned."""
    delivery_or_404(request.user)
    only: list[Table] = []
    hubs: dict[int, Place] = {}
    if kind_or_404(kind) == "weeks":
        hubs = {place.pk: place for place in Place.objects.filter(kind=Place.Kind.HUB).order_by("name_th", "code")}
        only = [Table("weeks", (key,)) for key in (None, *hubs)]
    found = read_kind(kind, clock.today(), only)
    always = [table.key for table in only or FIXED.get(kind, ())]
    keys = [*always, *sorted(key for key in found if key not in always)]
    rows = [_row(kind, found[key], hubs.get(key[0])) for key in keys]
    context = {"kind": kind, "words": KINDS[kind], "rows": rows}
    return render(request, "office_delivery/list.html", context)


def _row(kind: str, history: History, place: Place | None) -> dict[str, Any]:
    return {
        "title": _title(history.table, place),
        "key": key_of(history.table, place.code if place else ""),
        "lines": lines(kind, history.now),
        "coming": [told(kind, version) for version in history.coming],
        "is_over": kind == "areas" and not history.now and not history.planned,
        "is_usual": place is not None and not history.now,
    }


@access.staff("officer")
@require_http_methods(["GET", "POST"])
def table(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """One table with its past and its plans, and the form to change it from a day on."""
    delivery_or_404(request.user)
    found, place = table_or_404(kind, key)
    history = read_table(found, clock.today())
    usual = read_table(Table("weeks", (None,)), clock.today()).now if place and not history.now else ()
    form = FORMS[kind](request.POST or None, history=history, usual=usual)
    if request.method == "POST" and form.is_valid():
        try:
            saved = save(form, found, place, request.user)
        except MarketError as refusal:
            form.add_error(None, refusal.text)
        else:
            messages.success(request, _("Saved. It counts from the day that you chose; try it out with a quote."))
            return redirect("office_delivery:table", kind, key_of(saved.table, place.code if place else ""))
    return _page(request, history, form, place, EndForm(initial={"seen": history.seen}))


def _page(
    request: HttpRequest, history: History, form: TableForm, place: Place | None, ending: EndForm
) -> HttpResponse:
    kind = history.table.kind
    context = {
        "kind": kind,
        "words": KINDS[kind],
        "title": _title(history.table, place) if any(history.table.key) or kind == "weeks" else "",
        "key": key_of(history.table, place.code if place else "") or "new",
        "versions": [told(kind, version) for version in history.versions],
        "history": history,
        "form": form,
        "ending": ending if history.rows and (kind == "areas" or place) else None,
        "place": place,
    }
    return render(request, "office_delivery/table.html", context, status=422 if form.errors or ending.errors else 200)


@access.staff("officer")
@require_POST
def end(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """From a day on an area is like all others, a hub like all hubs."""
    delivery_or_404(request.user)
    found, place = table_or_404(kind, key)
    history = read_table(found, clock.today())
    if not history.rows or (kind != "areas" and place is None):
        raise Http404("this cannot be ended")
    form = EndForm(request.POST)
    if form.is_valid():
        try:
            end_table(found, place, by=request.user, **form.cleaned_data)
        except MarketError as refusal:
            form.add_error(None, refusal.text)
        else:
            messages.success(request, _("Saved. It ends the day before."))
            return redirect("office_delivery:table", kind, key)
    return _page(request, history, FORMS[kind](history=history), place, form)


@access.staff("officer")
@require_POST
def drop(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """The last planned change does not come."""
    delivery_or_404(request.user)
    found, _place = table_or_404(kind, key)
    try:
        services.take_back(table=found, by=request.user, seen=request.POST.get("seen") or None)
    except MarketError as refusal:
        messages.error(request, refusal.text)
    else:
        messages.success(request, _("Taken back. What held before goes on."))
    gone = kind == "areas" and not read_table(found, clock.today()).rows
    return redirect("office_delivery:list", kind) if gone else redirect("office_delivery:table", kind, key)


registry.register(
    registry.Entry(
        title=gettext_lazy("Delivery: prices, times and days"),
        address=lambda: reverse("office_delivery:home"),
        is_for=sets_delivery,
    )
)
