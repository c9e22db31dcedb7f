"""Goods that the law keeps out of an online market, and goods that an officer looks at first.

Thai writes no blanks between words, so a plain search misfires: สุรา stands in สุราษฎร์ธานี. Phrases that are known to
hold a word by chance (`not_within_th`) or that deny it (ปลอด…, ไม่มี…) are set aside first, and a word must begin and
end at a written syllable's border. What only goes with the goods (แก้วไวน์: `soft_th`) is never blocked, an officer
looks. English words count whole; those of drink and tobacco (`hard_en`) block as the Thai ones do, the others hold.

Words parted by blanks or dots (สา โท, เ.บี.ย.ร์, b e e r) are found as well, and so are Latin words with letters of other
alphabets or widths that look alike (Vоdka with a Cyrillic о). Where the parts lean on other letters, the blank may
be an honest one (กระดาษสา โทนสี), so an officer looks instead.
"""

from __future__ import annotations

import csv
import functools
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import get_language

from catalogue.errors import GoodsForbidden
from shop.common.thai import clean_text

DATA = Path(__file__).parent / "data" / "restricted_goods.csv"
BLOCK, REVIEW = "block", "review"
_CLINGS = "\u0e30-\u0e3a\u0e45\u0e47-\u0e4e"  # vowels and marks that belong to the consonant before them
_LEADING = "\u0e40-\u0e44"  # vowels that belong to the consonant after them
_THAI = re.compile("[\u0e00-\u0e7f]")
_PARTING = frozenset(" .-_*·/|,")
_LOOK_ALIKE = str.maketrans("авеікмнорстухѕјԁһԛԝгпαβεικνορτυχɡıɩ", "abeikmhopctyxsjdhqwrnabeikvoptuxgii")
"""Cyrillic, Greek and other small letters that pass for Latin ones."""
_SPELLED = re.compile(r"(?<![a-z])(?:[a-z][ .\-_*·/|,]+){2,}[a-z](?![a-z])")
_DENIALS = "ปลอด|ปราศจาก|ไร้|ไม่มี|ไม่ใช้|ไม่ใส่|ไม่ผสม|งด|เลิก"


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

    @property
    def mark(self) -> str:
        """What an officer's approval is kept by: the same word later needs no second look."""
        return f"{self.code}:{self.word}"


@dataclass(frozen=True)
class _Kind:
    code: str
    action: str
    name_th: str
    name_en: str
    thai: re.Pattern[str]
    english: re.Pattern[str] | None
    hard_english: re.Pattern[str] | None
    by_chance: re.Pattern[str]
    soft: re.Pattern[str] | None

    def found(self, word: str, action: str) -> Found:
        return Found(self.code, action, word, self.name_th, self.name_en)


@functools.cache
def _kinds() -> tuple[_Kind, ...]:
    with DATA.open(encoding="utf-8", newline="") as lines:
        return tuple(_kind(row) for row in csv.DictReader(lines))


def _kind(row: dict[str, str]) -> _Kind:
    thai = _any_of(row["keywords_th"])
    chance = [f"(?:{_DENIALS}) ?(?:สาร|การ)?(?:{thai})"]
    chance += [part for part in (_any_of(row["not_within_th"]), _whole(row["not_within_en"])) if part]
    soft = [part for part in (_any_of(row["soft_th"]), _whole(row["soft_en"])) if part]
    return _Kind(
        code=row["code"],
        action=row["action"],
        name_th=row["name_th"],
        name_en=row["name_en"],
        thai=re.compile(f"(?<![{_LEADING}])(?:{thai})(?![{_CLINGS}])"),
        english=re.compile(_whole(row["keywords_en"])) if row["keywords_en"] else None,
        hard_english=re.compile(_whole(row["hard_en"])) if row["hard_en"] else None,
        by_chance=re.compile("|".join(chance)),
        soft=re.compile("|".join(soft)) if soft else None,
    )


def _any_of(cell: str) -> str:
    return "|".join(re.escape(word) for word in sorted(filter(None, cell.split("|")), key=len, reverse=True))


def _whole(cell: str) -> str:
    return rf"(?<![a-z])(?:{_any_of(cell)})(?![a-z])" if cell else ""


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def find_restricted(*texts: str) -> list[Found]:
    """All kinds found in the texts, forbidden ones first; one entry for each kind."""
    text = _plain(" \n ".join(texts))
    if not text:
        return []
    closed, places = _closed(text)
    found = [entry for kind in _kinds() if (entry := _look(kind, text, closed, places))]
    return sorted(found, key=lambda entry: entry.action != BLOCK)


def _plain(text: str) -> str:
    """Small letters of one width, and Latin ones where others look alike."""
    return clean_text(unicodedata.normalize("NFKC", text)).lower().translate(_LOOK_ALIKE)


def _spelled(kind: _Kind, text: str) -> Found | None:
    """A Latin word written letter by letter."""
    for spelled in _SPELLED.finditer(text):
        word = re.sub("[^a-z]", "", spelled[0])
        if kind.hard_english and kind.hard_english.fullmatch(word):
            return kind.found(word, kind.action)
        if kind.english and kind.english.fullmatch(word):
            return kind.found(word, REVIEW)
    return None


def _look(kind: _Kind, text: str, closed: str, places: list[int]) -> Found | None:
    plain = kind.by_chance.sub(_blank, text)
    hard = kind.soft.sub(_blank, plain) if kind.soft else plain
    if match := kind.thai.search(hard) or (kind.hard_english and kind.hard_english.search(hard)):
        return kind.found(match[0], kind.action)
    held = kind.thai.search(plain) or (kind.hard_english and kind.hard_english.search(plain))
    held = held or (kind.english and kind.english.search(plain))
    if kind.action == BLOCK and (parted := _parted(kind, closed, places)):
        return parted
    if spelled := _spelled(kind, text):
        return spelled
    return kind.found(held[0], REVIEW) if held else None


def _closed(text: str) -> tuple[str, list[int]]:
    """The text without what parts Thai letters, and where each of its characters stood."""
    kept = [at for at, char in enumerate(text) if char not in _PARTING or not _between_thai(text, at)]
    return "".join(text[at] for at in kept), kept


def _between_thai(text: str, at: int) -> bool:
    before, after = at - 1, at + 1
    while before >= 0 and text[before] in _PARTING:
        before -= 1
    while after < len(text) and text[after] in _PARTING:
        after += 1
    return before >= 0 and after < len(text) and bool(_THAI.match(text[before]) and _THAI.match(text[after]))


def _parted(kind: _Kind, closed: str, places: list[int]) -> Found | None:
    """A word that blanks or dots part: blocked where it stands by itself, else for an officer."""
    searched = kind.by_chance.sub(_blank, closed)
    searched = kind.soft.sub(_blank, searched) if kind.soft else searched
    leaning = None
    for match in kind.thai.finditer(searched):
        first, last = match.start(), match.end() - 1
        if places[last] - places[first] == last - first:
            continue  # not parted: the plain search has judged it
        free_before = first == 0 or places[first] - places[first - 1] > 1 or not _THAI.match(closed[first - 1])
        ends = last + 1 == len(closed)
        free_after = ends or places[last + 1] - places[last] > 1 or not _THAI.match(closed[last + 1])
        if free_before and free_after:
            return kind.found(match[0], BLOCK)
        leaning = leaning or kind.found(match[0], REVIEW)
    return leaning


def forbid(*names: str) -> None:
    """Raises GoodsForbidden when one of the names is that of goods which the law keeps out."""
    found = find_restricted(*names)
    if found and found[0].action == BLOCK:
        raise GoodsForbidden(word=found[0].word, kind=found[0].name)


def to_look_at(*, names: Iterable[str], descriptions: Iterable[str]) -> list[Found]:
    """What an officer looks at before the product is sold: delicate names, and descriptions that name forbidden goods."""
    told = [entry for entry in find_restricted(*descriptions) if entry.action == BLOCK]
    named = [entry for entry in find_restricted(*names) if entry.action == REVIEW]
    return named + [entry for entry in told if entry.mark not in {other.mark for other in named}]
