"""From a cell to a value: what people type in Thai sheets is forgiven where its meaning is certain, and named where not."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from stdnum.exceptions import ValidationError as NotANumber
from stdnum.th import tin

from shop.common import clock, thai
from shop.common.forms import ThaiPhoneField
from shop.common.sheets import Broken, Formula, Value, undefused
from vendors.sheets.problems import Wrong

Reader = Callable[[Value], Any]
CLEAR = "-"
"""Typed alone in a cell: take away what is there. An empty cell leaves it as it is."""
_EARLIEST, _LATEST = dt.date(1900, 1, 1), dt.date(2100, 12, 31)
_phone = ThaiPhoneField(required=False)


def plain(value: Value) -> str:
    """A cell as typed: whole numbers without a point. Raises Wrong for formulas, errors, and for times and dates."""
    if isinstance(value, Formula):
        raise Wrong("formula")
    if isinstance(value, Broken):
        raise Wrong("broken", value=str(value))
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        raise Wrong("not_text")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    return thai.clean_text(undefused("" if value is None else str(value)))


def text(most: int, *, lines: bool = False) -> Reader:
    """Text of at most so many characters; on one line unless told otherwise."""

    def read(value: Value) -> str:
        found = plain(value)
        if not lines:
            found = " ".join(found.split())
        if len(found) > most:
            raise Wrong("too_long", most=most)
        return found

    return read


def date(*, year_is_enough: bool = False, may_be_ahead: bool = False) -> Reader:
    """A day, Buddhist Era or Gregorian, typed or as Excel's own date. With `year_is_enough`, 2547 is 1 January 2547."""

    def read(value: Value) -> dt.date:
        day = _day(value, year_is_enough)
        if not _EARLIEST <= day <= _LATEST:
            raise Wrong("date_far", value=day.year + thai.BUDDHIST_OFFSET if _is_buddhist(value) else day.year)
        if not may_be_ahead and day > clock.today():
            raise Wrong("date_future", value=shown_date(day))
        return day

    return read


def _is_buddhist(value: Value) -> bool:
    """Whether the year was typed in Buddhist Era, so that it is named as it was typed."""
    typed = thai.arabic_digits(value.isoformat() if isinstance(value, dt.date) else str(value))
    return any(int(year) >= 2400 for year in re.findall(r"\d{4}", typed))


def _day(value: Value, year_is_enough: bool) -> dt.date:
    if isinstance(value, dt.datetime):
        value = value.date()
    try:
        if isinstance(value, dt.date):
            return value.replace(year=thai.gregorian_year(value.year))
        typed = thai.arabic_digits(plain(value))
        if year_is_enough and re.fullmatch(r"\d{4}", typed):
            return dt.date(thai.gregorian_year(int(typed)), 1, 1)
        return thai.parse_date(typed)
    except ValueError as error:
        raise Wrong("date", value=str(value)[:40]) from error


def phone(value: Value) -> str:
    """A Thai phone number; the nought that Excel took away from a number is put back."""
    typed = plain(value)
    if isinstance(value, int | float) and re.fullmatch(r"[2-9]\d{7,8}", typed):
        typed = f"0{typed}"
    try:
        return str(_phone.clean(typed))
    except ValidationError as error:
        raise Wrong("phone", value=typed[:40]) from error


def email(value: Value) -> str:
    """An e-mail address in small letters."""
    typed = plain(value).lower()
    try:
        validate_email(typed)
    except ValidationError as error:
        raise Wrong("email", value=typed[:80]) from error
    return typed


def tax_id(value: Value) -> str:
    """A tax number of 13 digits whose check digit fits."""
    typed = thai.arabic_digits(plain(value))
    try:
        return str(tin.validate(re.sub(r"[\s-]", "", typed)))
    except NotANumber as error:
        raise Wrong("tax_id", value=typed[:40]) from error


def count(value: Value) -> int:
    """A whole number, 1,250 and ๑๒๕๐ included."""
    typed = thai.arabic_digits(plain(value)).replace(",", "")
    if not re.fullmatch(r"\d{1,7}", typed) or int(typed) > 1_000_000:
        raise Wrong("count", value=typed[:40])
    return int(typed)


def choice(allowed: Mapping[str, tuple[str, ...]], shown: str) -> Reader:
    """One of several words: value → what may be typed for it."""
    known = {name_key(word): value for value, words in allowed.items() for word in (value, *words)}

    def read(value: Value) -> str:
        typed = plain(value)
        if name_key(typed) not in known:
            raise Wrong("choice", value=typed[:40], allowed=shown)
        return known[name_key(typed)]

    return read


_UNHEARD = re.compile(r"[\s.\-_'\"“”‘’()*:/]+")


def name_key(name: str) -> str:
    """By which two spellings of one name are the same: blanks, dots, dashes, case and the kind of digits do not count."""
    return _UNHEARD.sub("", thai.arabic_digits(thai.clean_text(name))).casefold()


def shown_date(day: dt.date) -> str:
    """As exports and templates write a day: 23/11/2569."""
    return f"{day.day:02d}/{day.month:02d}/{day.year + thai.BUDDHIST_OFFSET}"


def shown(value: Any) -> str:
    """A value as a cell shows it."""
    if value is None:
        return ""
    return shown_date(value) if isinstance(value, dt.date) else str(value)
