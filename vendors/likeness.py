"""Are two groups' names the same name? Thai is written with and without tone marks, blanks and the word กลุ่ม.

`bare` leaves what tells groups apart. Two names are the *same* when that is equal, and *alike* when most of it is: then a
person decides. Numbers tell apart by themselves: หมู่ 3 and หมู่ 4 are two villages.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from shop.common.thai import arabic_digits, clean_text

ALIKE = 0.78
_MARKS = re.compile("[\u0e47-\u0e4e\u0e2f\u0e46]")
_PUNCTUATION = re.compile(r"[\s.,;:'\"()\[\]{}/\\\-–—_·ฯ“”‘’]+")
_KINDS = re.compile("^(?:วิสาหกิจชุมชน|กลุ่มอาชีพ|กลุ่ม|ชมรม)+")
_NUMBERS = re.compile(r"\d+")
_VILLAGE = re.compile("(?:หมู่ที่|หมู่|ม)(?=\\d)")


def bare(name: str) -> str:
    """What tells a group from others: no kind of organisation, no tone marks, no blanks, no punctuation."""
    text = _PUNCTUATION.sub("", arabic_digits(clean_text(name)).casefold())
    text = _MARKS.sub("", _KINDS.sub("", text) or text)
    return _VILLAGE.sub("", text)


def likeness(one: str, other: str) -> float:
    """1.0 for the same name, 0.0 for names that share nothing or carry other numbers."""
    first, second = bare(one), bare(other)
    if not first or not second:
        return 0.0
    if first == second:
        return 1.0
    if _NUMBERS.findall(first) != _NUMBERS.findall(second):
        return 0.0
    return min(SequenceMatcher(None, first, second, autojunk=False).ratio(), 0.99)
