"""What dated rows say, in words for a page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shop.shipping.models import HubDay, ServiceArea
from shop.shipping.tables import Version
from shop.shipping.web.forms import weekdays
from shop.theme import formats


@dataclass(frozen=True)
class Told:
    """A version with its lines: what, and what it says."""

    version: Version
    lines: list[tuple[str, str]]


def told(kind: str, version: Version) -> Told:
    """A version in words."""
    return Told(version, lines(kind, version.rows))


def lines(kind: str, rows: Sequence[Any]) -> list[tuple[str, str]]:
    """(what, what it says) of each row."""
    if kind == "times":
        return [("", span(row.fastest_days, row.slowest_days)) for row in rows]
    if kind == "areas":
        return [(named(row), reached(row)) for row in rows]
    if kind == "weeks":
        names = weekdays()
        return [(names[row.weekday], hub_day(row)) for row in rows]
    return [(_("up to %(weight)s g") % {"weight": f"{row.max_weight_g:,}"}, money(row.price_satang)) for row in rows]


def money(satang: int) -> str:
    """An amount in the language of the page."""
    return formats.baht(satang, _language())


def span(fastest: int, slowest: int) -> str:
    """Working days, at best and at most."""
    days = str(fastest) if fastest == slowest else f"{fastest}–{slowest}"
    return _("%(days)s working days") % {"days": days}


def named(row: ServiceArea) -> str:
    """Its name in the language of the page."""
    return formats.local(row, "name_th", _language())


def reached(row: ServiceArea) -> str:
    """At which surcharge, or not at all."""
    if not row.is_served:
        return _("Carriers do not go there")
    return _("%(amount)s more for each parcel") % {"amount": money(row.surcharge_satang)}


def hub_day(row: HubDay) -> str:
    """What a hub does on a day."""
    said = []
    if row.bring_until:
        facts = {"time": clock(row.bring_until), "cutoff": clock(row.cutoff_time), "days": row.cutoff_days_before}
        said.append(
            _("groups bring until %(time)s what was ordered by %(cutoff)s the same day") % facts
            if not row.cutoff_days_before
            else _("groups bring until %(time)s what was ordered by %(cutoff)s, %(days)s days before") % facts
        )
    if row.leaves:
        said.append(_("goods leave"))
    if row.counter_from:
        said.append(
            _("counter %(start)s–%(end)s") % {"start": clock(row.counter_from), "end": clock(row.counter_until)}
        )
    return " · ".join(said) or _("open")


def clock(time: dt.time | None) -> str:
    """14.00"""
    return time.strftime("%H.%M") if time else ""


def _language() -> str:
    return "en" if (get_language() or "th").startswith("en") else "th"
