"""The ways of delivery as the buyer chooses among them: rows of the page, and how a choice is written in a form."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shop.basket.selectors import BasketView
from shop.checkout.services import Choice
from shop.shipping.models import Way
from shop.shipping.quotes import Refusal, WayQuote, WayQuotes
from shop.theme import formats
from vendors.models import Place

_MOST_DIGITS = 9
_NEVER = (dt.date.min, dt.date.min)
"""Days that no page has shown."""


@dataclass(frozen=True)
class Row:
    """One way that can be chosen, in words."""

    value: str
    name: str
    says: str
    quote: WayQuote
    chosen: bool


@dataclass(frozen=True)
class Rows:
    """What the page offers: ways that send, counters to go to, and what cannot be chosen."""

    sent: list[Row] = field(default_factory=list)
    counters: list[Row] = field(default_factory=list)
    refusals: list[tuple[str, str]] = field(default_factory=list)

    @property
    def chosen(self) -> Row | None:
        return next((row for row in [*self.sent, *self.counters] if row.chosen), None)


def value_of(quote: WayQuote) -> str:
    """How a form names an option: "direct", "hubs-12", "pickup-12"."""
    return f"{quote.way}-{quote.hub_id}" if quote.hub_id else quote.way


def choice_of(value: str, days: str = "") -> Choice:
    """The choice behind what a form sent; what nobody could have chosen is a way, a hub or days that are not found."""
    way, _dash, hub = value.partition("-")
    if way not in Way.values:
        return Choice(way, 0, _days_of(days))
    known = hub.isascii() and hub.isdigit() and len(hub) <= _MOST_DIGITS
    return Choice(way, (int(hub) if known else 0) if hub else None, _days_of(days))


def days_text(quote: WayQuote) -> str:
    """The days that the page showed, for its form."""
    return f"{quote.earliest.isoformat()}/{quote.latest.isoformat()}"


def _days_of(text: str) -> tuple[dt.date, dt.date] | None:
    first, _slash, last = text.partition("/")
    try:
        return dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    except ValueError:
        return _NEVER if text else None


def chosen_of(quotes: WayQuotes, value: str) -> WayQuote | None:
    """The option asked for; where it is gone, the same way by another hub, else the first that there is."""
    choice = choice_of(value)
    found = quotes.find(choice.way, choice.hub_id) or quotes.find(choice.way)
    return found or next(iter(quotes.options), None)


def rows_of(view: BasketView, quotes: WayQuotes, chosen: WayQuote | None) -> Rows:
    """The options in words, in the language of the page."""
    rows = Rows()
    for quote in quotes.options:
        row = Row(value_of(quote), _name(quote), _says(quote, len(view.groups)), quote, quote is chosen)
        (rows.counters if quote.way == Way.PICKUP else rows.sent).append(row)
    rows.refusals.extend((_refused_name(refusal), str(refusal.why)) for refusal in quotes.refusals)
    return rows


def _local(thing: Any, name: str) -> str:
    return formats.local(thing, name, get_language() or "th")


def _name(quote: WayQuote) -> str:
    if quote.way == Way.DIRECT:
        return _("Sent by each group")
    if quote.way == Way.HUBS:
        return _("Together in one parcel") if quote.parcels == 1 else _("Together through the hubs")
    return _local(quote.hub, "name_th")


def _refused_name(refusal: Refusal) -> str:
    names = {Way.DIRECT: _("Sent by each group"), Way.HUBS: _("Together through the hubs")}
    return names.get(Way(refusal.way)) or (_local(refusal.hub, "name_th") if refusal.hub else _("Pick up yourself"))


def _says(quote: WayQuote, groups: int) -> str:
    if quote.way == Way.DIRECT:
        if groups == 1:
            return _("The group posts it to you from its own place.")
        return _("Each of the %(groups)s groups posts its own goods, so they come on different days.") % {
            "groups": groups
        }
    place = {"hub": _local(quote.hub, "name_th")}
    if quote.way == Way.HUBS:
        return _("The groups bring everything together; packed for you at %(hub)s.") % place
    return _address(quote.hub) if quote.hub else ""


def _address(hub: Place) -> str:
    parts = (hub.address_th, _local(hub.province, "name_th"), hub.postcode)
    return " ".join(part for part in parts if part)
