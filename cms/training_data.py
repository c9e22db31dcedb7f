"""A training for machines: schema.org's event, and a calendar file."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.conf import settings

from cms.models import Course, TrainingPage
from shop.common import clock
from shop.theme.formats import date_time, local
from shop.theme.meta import absolute

_FOLD = 73
_NOT_TEXT = re.compile("[\u0000-\u0008\u000b-\u001f\u007f]")


def event_data(page: TrainingPage, poster: str, address: str) -> dict[str, Any]:
    """The training as an EducationEvent; its state follows the office's."""
    course, language = page.course, page.locale.language_code
    kind = "OnlineEventAttendanceMode" if not place_of(course, language) else "OfflineEventAttendanceMode"
    kind = "MixedEventAttendanceMode" if course.online_url and place_of(course, language) else kind
    return {
        "@type": "EducationEvent",
        "name": page.title[:110],
        "description": page.summary,
        "inLanguage": language,
        "image": [absolute(poster)],
        "url": absolute(address),
        "startDate": course.starts_at.astimezone(clock.BANGKOK).isoformat(),
        "endDate": course.ends_at.astimezone(clock.BANGKOK).isoformat(),
        "eventStatus": f"https://schema.org/{'EventCancelled' if course.is_cancelled else 'EventScheduled'}",
        "eventAttendanceMode": f"https://schema.org/{kind}",
        "location": _location(course, language, absolute(address)),
        "organizer": {"@type": "Organization", "name": local(course.office, "name_th", language)},
        "maximumAttendeeCapacity": course.seats,
        "isAccessibleForFree": True,
    }


def _location(course: Course, language: str, address: str) -> dict[str, Any]:
    """The place; of an online room only the page is told, its address is for those who are registered."""
    venue = local(course, "venue_th", language)
    if not venue and course.province is None:
        return {"@type": "VirtualLocation", "url": address}
    where: dict[str, Any] = {"@type": "PostalAddress", "addressCountry": "TH"}
    if course.province is not None:
        where["addressRegion"] = local(course.province, "name_th", language)
    return {"@type": "Place", "name": venue or where["addressRegion"], "address": where}


def place_of(course: Course, language: str) -> str:
    """Venue and province in words; empty for one that is online alone."""
    province = local(course.province, "name_th", language) if course.province else ""
    return " · ".join(filter(None, (local(course, "venue_th", language), province)))


def when_of(course: Course, language: str) -> str:
    """The days and hours in words: one day, or from one to the other."""
    begin, end = course.starts_at.astimezone(clock.BANGKOK), course.ends_at.astimezone(clock.BANGKOK)
    first = date_time(begin, language)
    if course.first_day == course.last_day:
        return f"{first} – {end:%H.%M} น." if language == "th" else f"{first}–{end:%H:%M}"
    return f"{first} – {date_time(end, language)}"


def calendar(page: TrainingPage, address: str) -> bytes:
    """The training as a calendar file (RFC 5545)."""
    course, language = page.course, page.locale.language_code
    words = {
        "UID": f"training-{course.code}@{settings.SITE_URL.partition('://')[2]}",
        "DTSTAMP": _stamp(clock.now()),
        "DTSTART": _stamp(course.starts_at),
        "DTEND": _stamp(course.ends_at),
        "SEQUENCE": str(course.version),
        "SUMMARY": _text(page.title),
        "DESCRIPTION": _text(f"{page.summary}\n{absolute(address)}"),
        "LOCATION": _text(place_of(course, language)),
        "URL": absolute(address),
        "STATUS": "CANCELLED" if course.is_cancelled else "CONFIRMED",
    }
    lines = [f"{name}:{value}" for name, value in words.items() if value]
    whole = [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Talat Ruam//Trainings//TH", "CALSCALE:GREGORIAN"),
        *("METHOD:PUBLISH", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR"),
    ]
    return b"".join(_folded(line) for line in whole)


def _stamp(moment: dt.datetime) -> str:
    return f"{moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    """What people typed, so that it stays text: no separator, no line of its own."""
    plain = _NOT_TEXT.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))
    for char in ("\\", ";", ","):
        plain = plain.replace(char, f"\\{char}")
    return plain.replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """A line in pieces of at most 75 octets that never part a letter."""
    pieces, piece = [], b""
    for char in line:
        octets = char.encode()
        if len(piece) + len(octets) > _FOLD:
            pieces.append(piece)
            piece = b""
        piece += octets
    pieces.append(piece)
    return b"\r\n ".join(pieces) + b"\r\n"
