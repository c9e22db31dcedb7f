"""A quote tried out: what the rows of a day make of a made-up basket, leg by leg."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from catalogue import shelves
from shop.common import access, clock
from shop.common.errors import MarketError
from shop.shipping.models import Way, Zone
from shop.shipping.policies import delivery_or_404
from shop.shipping.quotes import Leg, Refusal, WayQuote
from shop.shipping.selectors import known_postcode, provinces_of
from shop.shipping.services import Part
from shop.shipping.ways import Desk, read_desk
from shop.shipping.web.forms import TryForm
from shop.shipping.web.words import money
from shop.theme import formats
from vendors.models import Place

_LEGS = {
    "post": gettext_lazy("Posted by the group"),
    "collect": gettext_lazy("Taken in from groups"),
    "trunk": gettext_lazy("Carried to another hub"),
    "handling": gettext_lazy("Put together into one parcel"),
    "courier": gettext_lazy("Sent on by the hub"),
    "counter": gettext_lazy("Kept and handed over at the counter"),
}
_TEN = dt.time(10)


@dataclass(frozen=True)
class ToldLeg:
    """A paid stretch in words."""

    what: str
    where: str
    payee: str
    step: str
    price_satang: int


@access.staff("officer")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The form, and with an answer the ways of a parcel from one group; nothing is kept."""
    delivery_or_404(request.user)
    provinces = [(one.key, one.name(_language())) for one in shelves.provinces(_language()).values()]
    asked = "postcode" in request.GET
    initial = {"origin": "TH-50", "grams": 500, "day": clock.today(), "time": _TEN}
    form = TryForm(request.GET if asked else None, provinces=provinces, initial=initial)
    desk = _desk(form) if asked and form.is_valid() else None
    quotes = desk.quotes() if desk else None
    context = {
        "form": form,
        "ways": [_told(option, desk) for option in quotes.options] if desk and quotes else [],
        "refusals": [(_title(one), one.why) for one in quotes.refusals] if quotes else [],
    }
    return render(request, "office_delivery/try.html", context, status=422 if form.errors else 200)


def _desk(form: TryForm) -> Desk | None:
    """What is needed to answer; what is wrong with the address stands in the form."""
    data = form.cleaned_data
    try:
        postcode = known_postcode(data["postcode"])
        found = provinces_of(postcode)
        province = data["province"] or found[0]
        if province not in found or (len(found) > 1 and not data["province"]):
            form.add_error(
                "province", _("This postcode belongs to: %(names)s. Choose one of them.") % {"names": _names(found)}
            )
            return None
        part = Part((0, 0), data["origin"], data["grams"], ((data["storage"], data["grams"]),))
        at = dt.datetime.combine(data["day"], data["time"] or _TEN, tzinfo=clock.BANGKOK)
        return read_desk([part], postcode, "", province, at)
    except MarketError as refusal:
        form.add_error("postcode", refusal.text)
        return None


def _names(provinces: tuple[str, ...]) -> str:
    known = shelves.provinces()
    return ", ".join(known[key].name(_language()) for key in provinces if key in known)


def _told(option: WayQuote, desk: Desk) -> dict[str, Any]:
    hubs = {hub.pk: hub for hub in desk.routes.hubs}
    stops = [(_local(hubs[stop.place_id]), stop) for part in option.parts for stop in part.stops]
    legs = [_leg(leg, hubs, desk) for leg in option.legs]
    return {"quote": option, "title": _title(option), "legs": legs, "stops": stops}


def _title(one: WayQuote | Refusal) -> str:
    name = str(dict(Way.choices)[one.way])
    return f"{name} · {_local(one.hub)}" if one.hub else name


def _leg(leg: Leg, hubs: dict[int, Place], desk: Desk) -> ToldLeg:
    ends = [hubs[key] for key in dict.fromkeys((leg.from_place_id, leg.to_place_id)) if key in hubs]
    where = " → ".join([*(_local(hub) for hub in ends), *([leg.carrier] if leg.carrier else [])])
    payee = next((hub.organisation for hub in ends if hub.organisation_id == leg.payee_id), None)
    step = _step(leg, ends, desk)
    return ToldLeg(str(_LEGS[leg.kind]), where, _local(payee) if payee else _("the group"), step, leg.price_satang)


def _step(leg: Leg, ends: list[Place], desk: Desk) -> str:
    """By which row: zone where it matters, weight step, surcharge."""
    start, end = desk.parts[0].province, desk.province
    if ends:
        start = ends[0].province_id
    if leg.kind == "trunk":
        end = ends[-1].province_id
    zone = desk.prices.zone(start, end) if leg.kind in ("post", "courier", "trunk") else ""
    grams = desk.parts[0].weight_g
    if leg.kind in ("post", "courier"):
        table = desk.prices.steps[desk.parts[0].classes[0][0], zone]
        weights = [row.max_weight_g for row in table]
    else:
        weights = [weight for weight, _satang in desk.fees.steps[leg.kind, zone]]
    words = [str(dict(Zone.choices)[zone])] if zone else []
    words.append(_weighed(weights, grams))
    if leg.kind in ("post", "courier") and desk.reach.surcharge_satang:
        words.append(_("%(amount)s more for each parcel") % {"amount": money(desk.reach.surcharge_satang)})
    return " · ".join(words)


def _weighed(weights: list[int], grams: int) -> str:
    """One step, or how many full ones and the rest."""
    full, rest = divmod(grams, weights[-1])
    last = next((weight for weight in weights if weight >= rest), 0) if rest else 0
    said = [f"{full} × {weights[-1]:,}"] if full else []
    said += [f"{last:,}"] if last else []
    return _("up to %(weight)s g") % {"weight": " + ".join(said)}


def _local(thing: Any) -> str:
    return formats.local(thing, "name_th", _language())


def _language() -> str:
    return "en" if (get_language() or "th").startswith("en") else "th"
