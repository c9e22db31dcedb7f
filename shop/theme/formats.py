"""How the market writes money, dates, phones and names: Thai and English. Pure functions, but for `here`."""

from __future__ import annotations

import datetime as dt
import html
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MONTHS_TH = "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม".split()
MONTHS_TH_SHORT = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split()
MONTHS_EN = "January February March April May June July August September October November December".split()
WEEKDAYS_TH = "จันทร์ อังคาร พุธ พฤหัสบดี ศุกร์ เสาร์ อาทิตย์".split()
WEEKDAYS_EN = "Mon Tue Wed Thu Fri Sat Sun".split()
_BUDDHIST = 543
_BANGKOK = ZoneInfo("Asia/Bangkok")


def in_html(text: str) -> SafeString:
    """The text escaped for a page, once, so that templates write it as it is.

    The same characters as Django's own escaping, which asks eight questions of every value before it does it.
    """
    return SafeString(html.escape(str(text)))


def escaped(value: Any) -> str:
    """The same for what may be escaped already, which is not done twice."""
    if type(value) is SafeString:
        return value
    return html.escape(value) if type(value) is str else conditional_escape(value)


def pick(thai: str, english: str, language: str) -> str:
    """The words for a page of this language: English ones where they are asked for and there are any, else the Thai."""
    return (language.startswith("en") and english) or thai


def local(thing: Any, thai: str, language: str) -> str:
    """The same of a record or a row; `thai` is the name of its Thai field, "name_th" (beside "name_en") or "title"."""
    english = f"{thai.removesuffix('_th')}_en"
    if isinstance(thing, dict):
        return pick(thing.get(thai) or "", thing.get(english) or "", language)
    return pick(getattr(thing, thai, None) or "", getattr(thing, english, None) or "", language)


def here(thing: Any, thai: str) -> str:
    """The same in the language that is spoken now, for sentences that carry the name of a thing."""
    return local(thing, thai, get_language() or "th")


def baht(amount: int | Decimal | None, language: str = "th") -> str:
    """Satang (int) or baht (Decimal) → "1,234.50 บาท"."""
    if amount is None:
        return ""
    value = amount if isinstance(amount, Decimal) else Decimal(amount) / 100
    return f"{value:,.2f} {'บาท' if language == 'th' else 'baht'}"


def figure(satang: int) -> str:
    """123450 → "1,234.50", with a true minus: for columns that say baht at their head."""
    return f"{Decimal(satang) / 100:,.2f}".replace("-", "\N{MINUS SIGN}")


def date(day: dt.date | None, language: str = "th") -> str:
    """23 พฤศจิกายน 2569 · 23 November 2026."""
    if day is None:
        return ""
    if language != "th":
        return f"{day.day} {MONTHS_EN[day.month - 1]} {day.year}"
    return f"{day.day} {MONTHS_TH[day.month - 1]} {day.year + _BUDDHIST}"


def date_short(day: dt.date | None, language: str = "th") -> str:
    """23 พ.ย. 69 · 23 Nov 2026."""
    if day is None:
        return ""
    if language != "th":
        return f"{day.day} {MONTHS_EN[day.month - 1][:3]} {day.year}"
    return f"{day.day} {MONTHS_TH_SHORT[day.month - 1]} {(day.year + _BUDDHIST) % 100:02d}"


def date_weekday(day: dt.date | None, language: str = "th") -> str:
    """จันทร์ 23 พ.ย. 69 · Mon 23 Nov 2026, on one line."""
    if day is None:
        return ""
    weekday = (WEEKDAYS_TH if language == "th" else WEEKDAYS_EN)[day.weekday()]
    return f"{weekday} {date_short(day, language)}".replace(" ", "\N{NO-BREAK SPACE}")


def date_time(moment: dt.datetime | None, language: str = "th") -> str:
    """23 พฤศจิกายน 2569 14.30 น. · 23 November 2026, 14:30. A moment with a time zone is told in Thai time."""
    if moment is None:
        return ""
    if timezone.is_aware(moment):
        moment = timezone.localtime(moment, _BANGKOK)
    if language != "th":
        return f"{date(moment, language)}, {moment:%H:%M}"
    return f"{date(moment)} {moment:%H.%M} น."


def phone(number: str | None) -> str:
    """0812345678 → 081 234 5678; 021234567 → 02 123 4567."""
    if not number:
        return ""
    if len(number) == 10:
        return f"{number[:3]} {number[3:6]} {number[6:]}"
    if len(number) == 9:
        split = 2 if number.startswith("02") else 3
        return f"{number[:split]} {number[split : 6 if split == 3 else 5]} {number[6 if split == 3 else 5 :]}"
    return number
