"""The pick-up counter: a code or its square shows whose parcels lie on which shelf, and then they are handed over."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from shop.common import access
from shop.common.errors import MarketError
from shop.common.thai import clean_text
from shop.common.web.limits import give_back, within
from shop.fulfilment import errors, scanning, services
from shop.fulfilment.models import Parcel
from shop.fulfilment.policies import hub_or_404, recipient_of
from shop.fulfilment.web.hub.views import around
from vendors.models import Place

WRONG_CODES, WINDOW = 10, 15 * 60
"""So many wrong codes may one person try at one hub within so many seconds: the code opens somebody's parcel."""
_MOST = 300


@access.members()
@require_http_methods(["GET", "POST"])
def counter(request: HttpRequest, workspace: str, hub: str) -> HttpResponse:
    """The field for a code, and what lies here for it. The code is in no address: those are written into logs."""
    place = hub_or_404(request.user, workspace, hub)
    if request.method == "GET":
        return _page(request, place)
    typed = request.POST.get("code", "")[:_MOST]
    try:
        return show(request, place, _code_in(typed))
    except MarketError as refusal:
        return _page(request, place, typed=typed, refusal=refusal)


def _code_in(typed: str) -> str:
    found = scanning.read(typed)
    if found is None or found.kind != scanning.Kind.COLLECT:
        raise errors.NotACode
    return found.code


def show(request: HttpRequest, place: Place, code: str, collected_by: str = "") -> HttpResponse:
    """For whom it is, how many parcels, on which shelf. Raises WrongCode or TooManyTries."""
    parcels = _for_code(request, place, code)
    recipient = recipient_of(parcels[0], place)
    waiting = list(services.unshelved(parcels[0].order_id, place.pk))
    context = around(
        place,
        "counter",
        parcels=parcels,
        recipient=recipient,
        waiting=waiting,
        everything=len(parcels) + len(waiting),
        code=code,
        collected_by=collected_by,
        most=services.MOST_OF_NAME,
    )
    return render(request, "hub/hand_over.html", context)


def _for_code(request: HttpRequest, place: Place, code: str) -> list[Parcel]:
    """Counts the try before it looks, so that many at once are counted too; a right code gives it back."""
    what = f"counter:{place.pk}"
    if not within(request, what, most=WRONG_CODES, seconds=WINDOW):
        raise errors.TooManyTries
    try:
        found = services.parcels_for_code(place, code)
    except (errors.AlreadyCollected, errors.NotOnTheShelf):
        give_back(request, what)
        raise
    give_back(request, what)
    return found


@access.members()
@require_POST
def hand_over(request: HttpRequest, workspace: str, hub: str) -> HttpResponse:
    """They have it. Of two counters, or two taps, the second is told that it was done."""
    place = hub_or_404(request.user, workspace, hub)
    typed, name = request.POST.get("code", "")[:_MOST], clean_text(request.POST.get("collected_by", ""))
    try:
        code = _code_in(typed)
        _for_code(request, place, code)
        if len(name) > services.MOST_OF_NAME:
            messages.error(request, errors.WordsTooLong(most=services.MOST_OF_NAME).text)
            return show(request, place, code, collected_by=name)
        done = services.hand_over_parcels(place=place, code=code, by=request.user, collected_by=name)
    except errors.AlreadyCollected as refusal:
        messages.info(request, refusal.text)
        return redirect("hub:counter", workspace, hub)
    except MarketError as refusal:
        return _page(request, place, typed=typed, refusal=refusal)
    words = ngettext("%(number)s parcel handed over.", "%(number)s parcels handed over.", len(done))
    messages.success(request, f"{words % {'number': len(done)}} {_('The buyer gets a letter.')}")
    left = [parcel.code for parcel in services.unshelved(done[0].order_id, place.pk)]
    if left:
        messages.warning(request, _("Still here and on no shelf: %(codes)s.") % {"codes": ", ".join(left)})
    return redirect("hub:counter", workspace, hub)


def _page(request: HttpRequest, place: Place, *, typed: str = "", refusal: MarketError | None = None) -> HttpResponse:
    context = around(place, "counter", typed=typed, refusal=refusal)
    return render(request, "hub/counter.html", context, status=422 if refusal else 200)
