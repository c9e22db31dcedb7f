"""A parcel: send it, put it on the shelf, open it again, put its number right, and how it ended."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from shop.common import access
from shop.common.errors import MarketError
from shop.common.forms import ThaiCharField
from shop.fulfilment import carriers, errors, services
from shop.fulfilment import hub_selectors as read
from shop.fulfilment.models import DeliveryLeg, Parcel
from shop.fulfilment.policies import hub_or_404, parcel_or_404, recipient_of
from shop.fulfilment.web.hub.views import around
from vendors.models import Place

State = Parcel.State
_PER_PAGE = 30
_TITLES = {
    "send": gettext_lazy("To send"),
    "shelve": gettext_lazy("To shelve"),
    "shelf": gettext_lazy("On the shelf"),
    "past": gettext_lazy("Not collected in time"),
    "sent": gettext_lazy("With the carrier"),
}


class CourierForm(forms.Form):
    """Who carries the parcel and its number; a number of Thailand Post is checked."""

    carrier = ThaiCharField(
        label=gettext_lazy("Carrier"),
        max_length=services.MOST_OF_PARCEL,
        error_messages={"required": errors.CarrierWanted.message},
        widget=forms.TextInput(attrs={"list": "carriers", "autocomplete": "off"}),
    )
    tracking = ThaiCharField(
        label=gettext_lazy("Tracking number (if any)"),
        max_length=services.MOST_OF_PARCEL,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    use_required_attribute = False

    def clean(self) -> dict[str, Any]:
        """The number, as it is kept."""
        found: dict[str, Any] = super().clean() or {}
        if "carrier" in found and "tracking" in found:
            try:
                found["tracking"] = carriers.checked_number(found["carrier"], found["tracking"])
            except errors.TrackingInvalid as refusal:
                self.add_error("tracking", refusal.text)
        return found


class ShelfForm(forms.Form):
    """Where it stands."""

    shelf = ThaiCharField(
        label=gettext_lazy("Shelf"),
        max_length=services.MOST_OF_SHELF,
        help_text=gettext_lazy("As it is written on the shelf, for example A3."),
        error_messages={"required": errors.ShelfWanted.message},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    use_required_attribute = False


@access.members()
@require_GET
def index(request: HttpRequest, workspace: str, hub: str) -> HttpResponse:
    """Parcels to send, to shelve, on the shelf, past their day, on their way; nobody's name."""
    place = hub_or_404(request.user, workspace, hub)
    sums = dataclasses.asdict(read.sums_of(place))
    which = request.GET.get("which", "")
    if which not in read.PARCELS:
        which = next((name for name in read.PARCELS if sums[name]), "send")
    page = Paginator(read.parcels_at(place, which), _PER_PAGE).get_page(request.GET.get("page", "1"))
    tabs = [(name, _TITLES[name], sums[name]) for name in read.PARCELS]
    context = around(place, "parcels", which=which, tabs=tabs, page=page, page_query=f"which={which}")
    return render(request, "hub/parcels.html", context)


@access.members()
@require_GET
def detail(request: HttpRequest, workspace: str, hub: str, code: str) -> HttpResponse:
    """One parcel with what may be done next."""
    place = hub_or_404(request.user, workspace, hub)
    return page(request, place, parcel_or_404(place, code))


def page(request: HttpRequest, place: Place, parcel: Parcel, form: forms.Form | None = None) -> HttpResponse:
    """`form` is what was typed and cannot be kept as it is."""
    context = around(
        place,
        "parcels",
        parcel=parcel,
        is_pickup=parcel.to_counter,
        recipient=recipient_of(parcel, place),
        inside=read.inside(parcel),
        others=read.siblings(parcel),
        events=read.story_of(parcel),
        follow=carriers.link(parcel.carrier, parcel.tracking),
        carriers=carriers.KNOWN,
        is_past=parcel.is_past,
        **_forms(parcel, form),
    )
    return render(request, "hub/parcel.html", context, status=422 if form else 200)


def _forms(parcel: Parcel, form: forms.Form | None) -> dict[str, forms.Form]:
    """The one that may be filled in now: the shelf of what waits at the counter, the courier of what goes to a door."""
    if parcel.to_counter:
        return {"shelf": form if isinstance(form, ShelfForm) else ShelfForm(initial={"shelf": parcel.shelf})}
    return {"courier": form if isinstance(form, CourierForm) else CourierForm(initial=_courier_of(parcel))}


def _courier_of(parcel: Parcel) -> dict[str, str]:
    if parcel.carrier:
        return {"carrier": parcel.carrier, "tracking": parcel.tracking}
    leg = DeliveryLeg.objects.filter(plan__order=parcel.order_id, kind=DeliveryLeg.Kind.COURIER).first()
    return {"carrier": leg.carrier if leg else ""}


_FORMS: dict[str, tuple[type[forms.Form], Callable[..., Any], Any]] = {
    "send": (CourierForm, services.send_parcel, gettext_lazy("It is with the carrier. The buyer gets a letter.")),
    "correct": (CourierForm, services.correct_courier, gettext_lazy("Put right. The buyer gets a letter with it.")),
    "shelve": (ShelfForm, services.shelve, gettext_lazy("On the shelf.")),
    "move": (ShelfForm, services.move_shelf, gettext_lazy("Noted on which shelf it stands.")),
}
_STEPS: dict[str, tuple[Callable[..., Any], Any]] = {
    "open": (services.take_apart, gettext_lazy("Opened again. The goods lie here as before.")),
    "deliver": (services.deliver_parcel, gettext_lazy("Noted that it has arrived.")),
    "return": (services.return_parcel, gettext_lazy("Taken back. The buyer gets the money for the goods.")),
}
_ASKED = ("deliver", "return")
"""Steps that cannot be taken back: asked once more."""


def _asks(act: str, parcel: Parcel) -> bool:
    """Opening is asked about as soon as the buyer knows that the parcel is ready."""
    return act in _ASKED or (act == "open" and parcel.state == State.ON_SHELF)


def _shelved(parcel: Parcel) -> str:
    """The buyer is told with the last parcel of the purchase; until then, which one is still to be shelved."""
    left = [one.code for one in services.unshelved(parcel.order_id, parcel.place_id)]
    if not left:
        return _("On the shelf. The buyer gets a letter with the code.")
    return _("On the shelf. The buyer gets the letter once this one stands there too: %(codes)s.") % {
        "codes": ", ".join(left)
    }


@access.members()
@require_POST
def act(request: HttpRequest, workspace: str, hub: str, code: str, act: str) -> HttpResponse:
    """One step of a parcel."""
    place = hub_or_404(request.user, workspace, hub)
    parcel = parcel_or_404(place, code)
    if act in _FORMS:
        kind, run, words = _FORMS[act]
        form = kind(request.POST)
        if not form.is_valid():
            return page(request, place, parcel, form)
        details = form.cleaned_data
    elif act in _STEPS:
        (run, words), details = _STEPS[act], {}
        if _asks(act, parcel) and "sure" not in request.POST:
            return render(request, "hub/parcel_sure.html", around(place, "parcels", parcel=parcel, act=act))
    else:
        raise Http404("no such step")
    try:
        run(parcel=parcel, by=request.user, **details)
        messages.success(request, words if act != "shelve" else _shelved(parcel))
    except MarketError as refusal:
        messages.error(request, refusal.text)
    if act == "open":
        return redirect("hub:purchase", workspace, hub, parcel.order.number)
    return redirect("hub:parcel", workspace, hub, code)
