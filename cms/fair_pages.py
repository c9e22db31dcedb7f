"""What visitors read of fairs: lists by phase, who comes with what at today's prices, the event for machines, the calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from catalogue.selectors import cards_of
from cms import fair_plan, live
from cms.fair_plan import Exhibitor
from cms.models import Fair, FairPage
from cms.parts import items_of, raw_blocks
from cms.public import address_of, readable
from media.selectors import picture_url
from shop.common import clock
from shop.common.thai import clean_text
from shop.theme import formats
from shop.theme.meta import absolute

if TYPE_CHECKING:
    from django.db.models import QuerySet

GOODS_OF_EACH = 4
_PAST_SHOWN, _ON_THE_SHELF = 24, 12


def shown_pages(language: str = "") -> QuerySet[FairPage]:
    """The published pages of fairs that everybody may read, of one language or of all."""
    rows = readable(FairPage, language)
    return rows.defer_streamfields().select_related("fair__province", "image__cut", "locale")


def by_phase(language: str) -> dict[str, list[FairPage]]:
    """Fairs that are on, that come (the next first), that were (the last first); one query."""
    found: dict[str, list[FairPage]] = {"running": [], "coming": [], "past": []}
    pages = list(shown_pages(language).order_by("fair__starts_at", "pk"))
    for page in pages:
        over = page.fair.ends_at <= clock.now()
        key = "past" if over else "running" if page.fair.phase == Fair.Phase.RUNNING else "coming"
        found[key].append(page)
    found["past"] = found["past"][::-1][:_PAST_SHOWN]
    return found


def _chosen(keys: Sequence[int], language: str) -> Mapping[int, Any]:
    """Fairs inside a story, past ones too, unless they were called off; in Thai where there is no page in the language."""
    found: dict[int, dict[str, FairPage]] = {}
    for page in shown_pages().filter(fair__in=keys, fair__cancelled_at=None):
        found.setdefault(page.fair_id, {})[page.locale.language_code] = page
    shown = {key: pages.get(language) or pages.get("th") for key, pages in found.items()}
    return {key: {"fair": page.fair, "url": address_of(page.url_path)} for key, page in shown.items() if page}


live.register_live("fairs", _chosen)


def exhibitors_of(fair: Fair, language: str) -> list[Exhibitor]:
    """Who comes, by booth: groups that sell at the moment. Goods are those on sale now, at today's prices."""
    standing = fair_plan.standing_at(fair, language)
    wanted = [key for keys in standing.brought.values() for key in keys]
    cards = {card["pk"]: card for card in cards_of(wanted, language)} if wanted else {}
    found = []
    for one in standing.exhibitors:
        goods = [cards[key] for key in standing.brought.get(one.booth_id, ()) if key in cards]
        found.append(replace(one, goods=goods[:GOODS_OF_EACH], named=[good["name"] for good in goods]))
    return found


def _fits(one: Exhibitor, words: list[str]) -> bool:
    text = " ".join([one.searched, *one.named]).casefold()
    return all(word in text for word in words)


def facts_of(page: FairPage, typed: str) -> dict[str, Any]:
    """Everything that stands on a fair's page beside the editors' words."""
    fair, language = page.fair, page.locale.language_code
    words = clean_text(typed)[:80]
    everybody = exhibitors_of(fair, language) if fair.phase != Fair.Phase.CANCELLED else []
    found = [one for one in everybody if _fits(one, words.casefold().split())] if words else everybody
    return {
        "fair": fair,
        "phase": fair.phase.value,
        "opens_today": fair.phase == Fair.Phase.NEXT and fair.days_left == 0,
        "exhibitors": found,
        "shelf": _shelf(everybody),
        "everybody": len(everybody),
        "q": words,
        "plan": fair_plan.standing_at(fair, language).plan if everybody else None,
        "pickup": pickup_of(fair),
        "map_url": map_url(fair),
        "own_day": own_days(fair, language),
        "programme": programme_of(page),
    }


def _shelf(exhibitors: list[Exhibitor]) -> list[dict[str, Any]]:
    """One good of each group, then the second of each, up to twelve."""
    rounds = [[one.goods[number] for one in exhibitors if number < len(one.goods)] for number in range(GOODS_OF_EACH)]
    return [good for each in rounds for good in each][:_ON_THE_SHELF]


def programme_of(page: FairPage) -> list[dict[str, Any]]:
    """Days in order, the points of each by time; read from what is stored, as bodies are (`cms.parts`)."""
    days = [
        {
            "day": day,
            "points": sorted(map(_point, items_of(value["points"])), key=lambda point: point["starts"]),
            "is_today": day == clock.today(),
        }
        for _kind, value in raw_blocks(page.programme)
        for day in (_stored(dt.date, value["day"]),)
    ]
    return sorted(days, key=lambda day: day["day"])


def _point(stored: dict[str, Any]) -> dict[str, Any]:
    starts, ends = (_stored(dt.time, stored[name]) if stored.get(name) else None for name in ("starts", "ends"))
    hours = f"{starts:%H.%M}–{ends:%H.%M}" if starts and ends else f"{starts:%H.%M}" if starts else ""
    return {"starts": starts, "hours": hours, "what": stored["what"], "where": stored.get("where") or ""}


def _stored(kind: Any, value: Any) -> Any:
    """A day or a time as it is stored, or as a draft in memory holds it."""
    return kind.fromisoformat(value) if isinstance(value, str) else value


def pickup_of(fair: Fair) -> Any:
    """The counter where orders can be collected during the fair; None when there is none, or the fair is over."""
    if fair.place_id is None or fair.phase not in (Fair.Phase.NEXT, Fair.Phase.RUNNING):
        return None
    place = fair.place
    return place if place is not None and place.is_open and place.has_pickup_counter else None


def map_url(fair: Fair) -> str:
    """OpenStreetMap at the venue; empty without a spot."""
    if fair.latitude is None or fair.longitude is None:
        return ""
    spot = f"{fair.latitude.normalize():f}", f"{fair.longitude.normalize():f}"
    return f"https://www.openstreetmap.org/?mlat={spot[0]}&mlon={spot[1]}#map=16/{spot[0]}/{spot[1]}"


def own_days(fair: Fair, language: str) -> str:
    """5–9 ธันวาคม 2569 · 30 ธันวาคม 2569 – 2 มกราคม 2570: month and year once where they are the same."""
    first, last = fair.first_day, fair.last_day
    if first == last:
        return formats.date(first, language)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{formats.date(last, language)}"
    return f"{formats.date(first, language)} – {formats.date(last, language)}"


_STATUS = {True: "https://schema.org/EventCancelled", False: "https://schema.org/EventScheduled"}


def event_of(page: FairPage, alternates: dict[str, str]) -> dict[str, Any]:
    """The fair as schema.org's Event."""
    fair, language = page.fair, page.locale.language_code
    place: dict[str, Any] = {
        "@type": "Place",
        "name": formats.local(fair, "venue_th", language),
        "address": {
            "@type": "PostalAddress",
            "streetAddress": formats.local(fair, "address_th", language),
            "addressRegion": formats.local(fair.province, "name_th", language),
            "addressCountry": "TH",
        },
    }
    if fair.latitude is not None and fair.longitude is not None:
        place["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": float(fair.latitude),
            "longitude": float(fair.longitude),
        }
    event: dict[str, Any] = {
        "@type": "Event",
        "name": page.name,
        "description": page.summary,
        "inLanguage": language,
        "startDate": local_time(fair.starts_at),
        "endDate": local_time(fair.ends_at),
        "eventStatus": _STATUS[fair.cancelled_at is not None],
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "isAccessibleForFree": True,
        "location": place,
        "organizer": {"@type": "Organization", "name": settings.SITE_NAME, "url": absolute("/")},
        "url": absolute(alternates.get(language, "/")),
    }
    if fair.moved_from is not None and fair.cancelled_at is None:
        event |= {
            "eventStatus": "https://schema.org/EventRescheduled",
            "previousStartDate": local_time(fair.moved_from),
        }
    if page.picture is not None:
        event["image"] = [absolute(picture_url(page.picture.name, 960, "jpg"))]
    return event


def local_time(moment: dt.datetime) -> str:
    """2026-12-05T09:00:00+07:00."""
    return moment.astimezone(clock.BANGKOK).isoformat(timespec="seconds")


def calendar_of(page: FairPage, address: str) -> bytes:
    """The fair for a calendar (RFC 5545): times in UTC, lines of at most 75 bytes, nothing typed can add a line."""
    fair, language = page.fair, page.locale.language_code
    with translation.override(language):
        where = ", ".join(
            text
            for text in (
                formats.local(fair, "venue_th", language),
                formats.local(fair, "address_th", language),
                formats.local(fair.province, "name_th", language),
            )
            if text
        )
    first_end, days = _hours(fair)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Talat Ruam//Fairs//TH",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:fair-{fair.pk}@{settings.SITE_URL.partition('://')[2].partition(':')[0]}",
        f"SEQUENCE:{fair.version}",
        f"DTSTAMP:{_utc(clock.now())}",
        f"DTSTART:{_utc(fair.starts_at)}",
        f"DTEND:{_utc(first_end)}",
        *([f"RRULE:FREQ=DAILY;COUNT={days}"] if days > 1 else []),
        f"SUMMARY:{_escaped(page.name)}",
        f"DESCRIPTION:{_escaped(page.summary)}",
        f"LOCATION:{_escaped(where)}",
        f"URL:{absolute(address)}",
        f"STATUS:{'CANCELLED' if fair.cancelled_at else 'CONFIRMED'}",
    ]
    if fair.latitude is not None and fair.longitude is not None:
        lines.append(f"GEO:{fair.latitude};{fair.longitude}")
    lines += ["END:VEVENT", "END:VCALENDAR"]
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _hours(fair: Fair) -> tuple[dt.datetime, int]:
    """When it closes on its first day, and on how many days it opens: by the same hours each day, past midnight too.

    A fair whose hours do not make days of less than 24 hours is one event from beginning to end. Thailand keeps one time
    all year, so that a daily rule in UTC holds.
    """
    days = (fair.last_day - fair.first_day).days + 1
    first_end = fair.ends_at - dt.timedelta(days=days - 1)
    one_day = fair.starts_at < first_end < fair.starts_at + dt.timedelta(days=1)
    return (first_end, days) if one_day else (fair.ends_at, 1)


def _utc(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    one_line = "\n".join(text.splitlines())
    for char in "\\;,":
        one_line = one_line.replace(char, f"\\{char}")
    return one_line.replace("\n", "\\n")


def _folded(line: str) -> str:
    """Lines of at most 75 bytes, never broken within a letter."""
    parts, part = [], ""
    for char in line:
        if len(f"{part}{char}".encode()) > 74:
            parts.append(part)
            part = ""
        part += char
    return "\r\n ".join([*parts, part])


def calendar_url(fair: Fair) -> str:
    """Where the calendar file of a fair is, in the active language."""
    return reverse("fairs:calendar", args=[fair.slug])
