"""Goods that the law keeps out of an online market, and goods that an officer looks at first.

Thai writes no blanks between words, so a plain search misfires: สุรา stands in สุราษฎร์ธานี. Only the long phrases of
`data/restricted_goods.csv` count, a phrase must begin and end at a written syllable's border, and phrases that are
known to hold one by chance (`not_within_th`) are set aside first. English words count whole, and only ask for review.
"""

from __future__ import annotations

import csv
import functools
import re
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import get_language

from shop.common.thai import clean_text

DATA = Path(__file__).parent / "data" / "restricted_goods.csv"
_CLINGS = "\u0e30-\u0e3a\u0e45\u0e47-\u0e4e"  # vowels and marks that belong to the consonant before them
_LEADING = "\u0e40-\u0e44"  # vowels that belong to the consonant after them


@dataclass(frozen=True)
class Found:
    """A forbidden (`block`) or delicate (`review`) kind of goods and the word that showed it."""

    code: str
    action: str
    word: str
    name_th: str
    name_en: str

    @property
    def name(self) -> str:
        """The kind of goods in the visitor's language."""
        return self.name_en.lower() if (get_language() or "th").startswith("en") else self.name_th


@dataclass(frozen=True)
class _Kind:
    code: str
    action: str
    name_th: str
    name_en: str
    thai: re.Pattern[str]
    english: re.Pattern[str] | None
    by_chance: re.Pattern[str] | None


@functools.cache
def _kinds() -> tuple[_Kind, ...]:
    with DATA.open(encoding="utf-8", newline="") as lines:
        return tuple(_kind(row) for row in csv.DictReader(lines))


def _kind(row: dict[str, str]) -> _Kind:
    thai = "|".join(re.escape(word) for word in _words(row["keywords_th"]))
    english = "|".join(re.escape(word) for word in _words(row["keywords_en"]))
    chance = "|".join(re.escape(word) for word in _words(row["not_within_th"]))
    return _Kind(
        code=row["code"],
        action=row["action"],
        name_th=row["name_th"],
        name_en=row["name_en"],
        thai=re.compile(f"(?<![{_LEADING}])(?:{thai})(?![{_CLINGS}])"),
        english=re.compile(rf"(?<![a-z])(?:{english})(?![a-z])") if english else None,
        by_chance=re.compile(chance) if chance else None,
    )


def _words(cell: str) -> list[str]:
    return sorted((word for word in cell.split("|") if word), key=len, reverse=True)


def find_restricted(*texts: str) -> list[Found]:
    """All kinds found in the texts, forbidden ones first."""
    text = clean_text(" \n ".join(texts)).lower()
    found = []
    for kind in _kinds():
        plain = kind.by_chance.sub(" ", text) if kind.by_chance else text
        close = re.sub(r"(?<=[\u0e00-\u0e7f])[ .\-_*]+(?=[\u0e00-\u0e7f])", "", plain)
        if match := kind.thai.search(plain) or (kind.thai.search(close) if kind.action == "block" else None):
            found.append(Found(kind.code, kind.action, match[0], kind.name_th, kind.name_en))
        elif kind.english and (match := kind.english.search(plain)):
            found.append(Found(kind.code, "review", match[0], kind.name_th, kind.name_en))
    return sorted(found, key=lambda entry: entry.action != "block")
