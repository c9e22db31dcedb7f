"""Hubs and parts for tests of the ways: networks and provinces are those of the reference data."""

from __future__ import annotations

import datetime as dt
from typing import Any

from shop.common import clock
from shop.shipping.models import Closure, HubDay
from shop.shipping.quotes import WayQuote, WayQuotes
from shop.shipping.services import Part
from shop.shipping.ways import quote_ways
from vendors.models import Organisation, Place, Province
from vendors.services import open_place

LONG_AGO = dt.date(2026, 1, 1)
_TO = {"TH-10": ("100502", "10220"), "TH-50": ("500101", "50200"), "TH-34": ("340101", "34000")}


def hub(province: str, *, regional: bool = False, **details: Any) -> Place:
    """A hub of the province's network, or of its region's, open by the days of every hub."""
    where = Province.objects.get(pk=province)
    kind = Organisation.Kind.REGIONAL if regional else Organisation.Kind.PROVINCIAL
    which = {"region": where.region} if regional else {"province": where}
    network = Organisation.objects.get(kind=kind, **which)
    details = {"name_th": f"จุด{where.name_th}", "name_en": f"{where.name_en} hub", **details}
    return open_place(organisation=network, kind=Place.Kind.HUB, province=where, **details)


def part(province: str, grams: int, storage: str = "ambient", *, number: int = 1) -> Part:
    """What group `number` sends; two parts of one basket have different numbers."""
    return Part((number, 1000 + number), province, grams, ((storage, grams),))


def at(day: int, month: int, hour: int = 10, minute: int = 0, year: int = 2026) -> dt.datetime:
    """A moment by Thai time."""
    return dt.datetime(year, month, day, hour, minute, tzinfo=clock.BANGKOK)


def ask(parts: list[Part], *, to: str = "TH-10", when: dt.datetime | None = None, postcode: str = "") -> WayQuotes:
    """The ways to a province; ordered on Tuesday 24 November 2569 at ten unless told otherwise."""
    code, usual = _TO.get(to, ("", ""))
    return quote_ways(
        parts=parts,
        postcode=postcode or usual,
        subdistrict_code="" if postcode else code,
        province=to,
        at=when or at(24, 11),
    )


def the(quotes: WayQuotes, way: str, hub: Place | None = None) -> WayQuote:
    """One option, which must be there."""
    found = quotes.find(way, hub.pk if hub else None)
    assert found is not None, (way, quotes.refusals)
    return found


def close(first: dt.date, last: dt.date, place: Place | None = None) -> Closure:
    """A hub, or the whole country, is closed."""
    return Closure.objects.create(place=place, first_day=first, last_day=last, reason_th="ปิด")


def week(place: Place, collects: str, leaves: str, counter: str = "", **more: Any) -> None:
    """The days of one hub: letters are weekdays, 0 is Monday."""
    for weekday in range(7):
        name = str(weekday)
        if name in collects + leaves + counter:
            HubDay.objects.create(
                place=place,
                weekday=weekday,
                bring_until=dt.time(14) if name in collects else None,
                leaves=name in leaves,
                counter_from=dt.time(9) if name in counter else None,
                counter_until=dt.time(16) if name in counter else None,
                valid_from=LONG_AGO,
                **more,
            )
