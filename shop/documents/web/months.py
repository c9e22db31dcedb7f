"""Which month a list of documents is of: `?month=2569-11` (Buddhist Era) or `2026-11`; without a word this month."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from django.http import HttpRequest

from shop.common import clock
from shop.theme import formats

_SHOWN = 14


def month_of(request: HttpRequest) -> dt.date:
    """The first day of the month that is asked for."""
    found = re.fullmatch(r"(\d{4})-(\d{2})", request.GET.get("month", ""))
    if found is not None:
        year, month = int(found[1]), int(found[2])
        year -= 543 if year >= 2400 else 0
        if 1 <= month <= 12 and 1990 <= year <= 2100:
            return dt.date(year, month, 1)
    return clock.today().replace(day=1)


def last_day(first: dt.date) -> dt.date:
    """The last day of that month."""
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def month_choices(language: str) -> list[tuple[str, str]]:
    """The last months, the newest first: (as in the address, in words)."""
    first, found = clock.today().replace(day=1), []
    for _number in range(_SHOWN):
        if language == "th":
            words = f"{formats.MONTHS_TH[first.month - 1]} {first.year + 543}"
        else:
            words = f"{formats.MONTHS_EN[first.month - 1]} {first.year}"
        found.append((f"{first:%Y-%m}", words))
        first = (first - dt.timedelta(days=1)).replace(day=1)
    return found
