"""Thai text and dates: digits, Buddhist-era years, sorting.

The Buddhist year is the Gregorian year + 543. A year of 2400 or more is read as Buddhist Era everywhere a person types
a date; the database holds Gregorian dates only (docs/decisions).
"""

from __future__ import annotations

import datetime as dt
import enum
import re
import unicodedata
from dataclasses import dataclass

BUDDHIST_OFFSET = 543
_BUDDHIST_FROM = 2400
_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_INVISIBLE = re.compile("[\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2066-\u206f\u2800\u3164\ufeff\uffa0]")
"""What shows nothing, and what turns the writing round. The word joiner is not among them: Thai needs it."""
_NOT_SEEN = {"Cc", "Cf", "Zs", "Zl", "Zp"}
_NEVER_FIRST = re.compile("[\u0e2f-\u0e3a\u0e45-\u0e4e]")
_LEAD = re.compile("([\u0e40-\u0e44])([\u0e01-\u0e2e])")
_DATE = re.compile(r"^\s*(\d{1,2})[/.\-\s](\d{1,2})[/.\-\s](\d{4})\s*$")
_ISO = re.compile(r"^\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*$")

MONTHS_TH = "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม".split()
MONTHS_TH_SHORT = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split()


def arabic_digits(text: str) -> str:
    """๑๒๐ → 120."""
    return text.translate(_DIGITS)


def without_hidden(text: str) -> str:
    """The same without invisible characters and without those that turn the direction of writing; all else stays."""
    return _INVISIBLE.sub("", text)


def is_blank(text: str) -> bool:
    """Is there no sign in it that can be seen?"""
    return all(unicodedata.category(char) in _NOT_SEEN for char in without_hidden(text))


def clean_text(text: str) -> str:
    """NFC, no invisible characters, นํ้า → น้ำ, เเ → แ, single spaces, trimmed: what we store of typed text.

    A text without a single visible sign becomes empty.
    """
    if is_blank(text):
        return ""
    text = unicodedata.normalize("NFC", without_hidden(text))
    text = text.replace("\u0e40\u0e40", "\u0e41")
    text = re.sub("\u0e4d([\u0e48-\u0e4b]?)\u0e32", "\\1\u0e33", text)
    text = re.sub("([\u0e48-\u0e4b])\u0e4d\u0e32", "\\1\u0e33", text)
    text = re.sub("([\u0e48-\u0e4b])\\1+", r"\1", text)
    text = "".join(char for char in text if char >= " " or char in "\n\t")
    return re.sub(r"[ \t\u00a0]+", " ", text).strip()


def sort_key(text: str) -> tuple[str, str]:
    """Orders Thai as a dictionary does: leading vowels after their consonant, tone marks last."""
    tones = "".join(char for char in text if "\u0e47" <= char <= "\u0e4c")
    base = "".join(char for char in text if not "\u0e47" <= char <= "\u0e4c")
    return _LEAD.sub(r"\2\1", base), tones


def sort_column(text: str, most: int = 200) -> str:
    """The sort key as one text for a column of `most` letters, so that the database sorts as a dictionary does."""
    return " ".join(sort_key(text))[:most]


def gregorian_year(year: int) -> int:
    """A typed year, Buddhist or Gregorian, as Gregorian: 2569 and 2026 are the same year."""
    return year - BUDDHIST_OFFSET if year >= _BUDDHIST_FROM else year


def both_years(day: dt.date) -> dict[str, int]:
    """The year of a day in either era, for sentences that ask which was meant."""
    return {"buddhist": day.year + BUDDHIST_OFFSET, "year": day.year}


def parse_date(text: str) -> dt.date:
    """Reads 23/11/2569, 23/11/2026, 23 พ.ย. 2569 or 2026-11-23. Raises ValueError for anything else."""
    text = clean_text(arabic_digits(text))
    for number, names in enumerate(zip(MONTHS_TH, MONTHS_TH_SHORT, strict=True), start=1):
        for name in names:
            text = re.sub(rf"\s*{re.escape(name)}\s*", f"/{number}/", text)
    if match := _DATE.match(text):
        day, month, year = (int(part) for part in match.groups())
    elif match := _ISO.match(text):
        year, month, day = (int(part) for part in match.groups())
    else:
        raise ValueError(f"not a date: {text!r}")
    return dt.date(gregorian_year(year), month, day)


class Fit(enum.IntEnum):
    """How good a place is for a line to end."""

    SYLLABLE = 1
    WORD = 2
    SPACE = 3


@dataclass(frozen=True, slots=True)
class Break:
    """A place before which a line may be broken, and how well."""

    at: int
    fit: Fit


def line_breaks(text: str) -> list[Break]:
    """Where Thai without spaces may be broken with no dictionary: only where a syllable surely begins.

    Browsers and typesetters break by words and do not need this; it is for what we draw ourselves. A leading vowel mostly
    begins a word; nothing is ever parted from its vowel or tone mark.
    """
    found = ((at, _fit(text[at - 1], text[at])) for at in range(1, len(text)))
    return [Break(at, fit) for at, fit in found if fit is not None]


def _fit(before: str, after: str) -> Fit | None:
    if _NEVER_FIRST.match(after) or "\u0e40" <= before <= "\u0e44":
        return None
    if before == " ":
        return Fit.SPACE
    if "\u0e40" <= after <= "\u0e44":
        return None if before == "(" else Fit.WORD
    if "\u0e01" <= after <= "\u0e2e" and before in "\u0e46\u0e2f":
        return Fit.WORD
    if "\u0e01" <= after <= "\u0e2e" and before in "\u0e30\u0e33":
        return Fit.SYLLABLE
    parted = _is_thai(before) != _is_thai(after) and before not in "(." and after not in ".,)!?:;%"
    return Fit.SYLLABLE if parted and after != " " else None


def _is_thai(char: str) -> bool:
    return "\u0e00" <= char <= "\u0e7f"


_TITLE = re.compile(
    r"(?:นาย|นาง|น\.\s?ส\.|นส\.|ด\.\s?[ชญ]\.|เด็กชาย|เด็กหญิง|คุณ\s|ว่าที่\s?ร|(?:mr|mrs|ms|miss|mx)[.\s])", re.IGNORECASE
)


def has_personal_title(name: str) -> bool:
    """Does a name begin as a private person's does: นาย, นางสาว, น.ส., ด.ช., Mr …? ร้านนางรอง does not."""
    return _TITLE.match(name.strip()) is not None


def is_mobile(digits: str) -> bool:
    """A Thai mobile number: ten digits, 06, 08 or 09 first."""
    return re.fullmatch(r"0[689][0-9]{8}", digits) is not None


def is_thai_id(digits: str) -> bool:
    """13 digits whose last is the check digit (mod 11)."""
    if not re.fullmatch(r"[0-9]{13}", digits):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits[:12], range(13, 1, -1), strict=True))
    return (11 - total % 11) % 10 == int(digits[12])
