"""What a scanner or an old converter did to Thai text, undone: marks out of place, letters apart, page furniture, broken lines.

Only what cannot be right is changed: a tone mark never begins a word, a leading vowel never ends one. What was a guess is
told, so that a person looks at it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from shop.common.thai import arabic_digits, clean_text

_MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_STRAY_SPACE = re.compile(rf"[ \t]+(?=[{_MARKS}\u0e30\u0e32\u0e33\u0e45])")
_AFTER_LEADING = re.compile("([\u0e40-\u0e44])[ \t]+(?=[\u0e01-\u0e2e])")
_REPEATED = re.compile(rf"([{_MARKS}])(?:[ \t]*\1)+")
_SWAPPED = re.compile("([\u0e48-\u0e4c])([\u0e31\u0e34-\u0e39])")
_LONG_FOOT = re.compile("(?<![\u0e24\u0e26])\u0e45")
_SPLIT_AM = re.compile("\u0e4d[ \t]*([\u0e48-\u0e4b]?)[ \t]*\u0e32|([\u0e48-\u0e4b])[ \t]*\u0e4d[ \t]*\u0e32")
_THAI = "[\u0e01-\u0e4e]"
_CLUSTER = re.compile(
    rf"^[\u0e40-\u0e44]?[\u0e01-\u0e2e][{_MARKS}\u0e30\u0e32\u0e33]*$|^[{_MARKS}\u0e30\u0e32\u0e33]+$"
)
_PAGE = re.compile(r"^[\s\-–—_.()]*(?:หน้า(?:ที่)?|page)?\s*\d{1,3}(?:\s*(?:/|จาก|of)\s*\d{1,3})?[\s\-–—_.()]*$", re.I)
_CATCHWORD = re.compile(r"^/.{1,60}?(?:\.{2,}|…)\s*$|^\(?(?:มีต่อ|ต่อหน้า\s*\d+|โปรดพลิก)\)?$")
_RULE = re.compile(r"^[\s\-–—_=*~.#•]{3,}$")
_ITEM = re.compile(r"^(?:[-–—•*▪◦]|\(?\d{1,2}[.)](?!\d))\s+\S")
_INDENT = re.compile(r"^(?:\t| {3,}|\u3000)")
_LONG_LINE, _PARAGRAPH_LINE = 0.7, 200


@dataclass(frozen=True)
class Line:
    """One line as it was meant. `begins` after an empty line, a rule or an indentation."""

    text: str
    begins: bool = False
    spaced: bool = False
    """It ended with a space."""


@dataclass
class Page:
    """A text without the noise, line by line, and what a person should look at."""

    lines: list[Line] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def clean_line(text: str) -> str:
    """One line of Thai with its marks where they belong, as the market stores text."""
    text = _SPLIT_AM.sub(lambda found: f"{found[1] or found[2] or ''}\u0e33", text)
    text = _STRAY_SPACE.sub("", text) if text.strip() else text
    text = _AFTER_LEADING.sub(r"\1", text)
    text = _SWAPPED.sub(r"\2\1", _REPEATED.sub(r"\1", text))
    return clean_text(_LONG_FOOT.sub("\u0e32", text).replace("\u0e4d\u0e32", "\u0e33"))


def read_page(lines: Sequence[str]) -> Page:
    """Lines without page numbers, catchwords and repeated heads; letters that stood apart are words again."""
    page = Page()
    seen: dict[str, int] = {}
    begins, dropped, joined = True, 0, 0
    for number, raw in enumerate(lines):
        text = raw.replace("\u00a0", " ").replace("\f", "").rstrip("\r\n")
        closed = _closed_up(text)
        joined += closed != text
        clean = clean_line(closed)
        if not clean or _RULE.match(clean):
            begins = True
            continue
        bare = "".join(clean.split())
        if _is_furniture(clean) or (bare in seen and seen[bare] < _HEAD <= number and len(bare) > _SHORT):
            dropped += 1
            continue
        seen.setdefault(bare, number)
        page.lines.append(Line(clean, begins or bool(_INDENT.match(text)), closed.endswith((" ", "\t"))))
        begins = False
    if joined:
        page.doubts.append(_("Letters stood apart in %(lines)s lines and were joined.") % {"lines": joined})
    if dropped:
        page.doubts.append(_("%(lines)s lines of page numbers and repeated heads were left out.") % {"lines": dropped})
    return page


_HEAD, _SHORT = 12, 12
"""A longer line of the head that stands again further down is the head of the next page."""


def _is_furniture(line: str) -> bool:
    return bool(_PAGE.match(arabic_digits(line)) or _CATCHWORD.match(line))


def _closed_up(text: str) -> str:
    """ก ร ม ส่ ง → กรมส่ง, where most of a line is like that; two spaces stay one."""
    pieces = text.split()
    if len(pieces) < 8 or sum(bool(_CLUSTER.match(piece)) for piece in pieces) * 10 < len(pieces) * 8:
        return text
    words = (re.sub(rf"(?<={_THAI}) (?={_THAI})", "", word) for word in re.split(r"[ \t]{2,}", text))
    return " ".join(words)


def paragraphs_of(lines: Sequence[Line]) -> list[str]:
    """Lines that were broken by the margin, put together. Where lines are whole paragraphs, each stays one."""
    widths = sorted(len(line.text) for line in lines)
    if not widths or widths[-1] > _PARAGRAPH_LINE:
        return [line.text for line in lines]
    full = widths[int((len(widths) - 1) * 0.9)] * _LONG_LINE
    found: list[str] = []
    before: Line | None = None
    for line in lines:
        if before is None or line.begins or len(before.text) < full or is_item(line.text):
            found.append(line.text)
        else:
            found[-1] += f"{_between(before, line)}{line.text}"
        before = line
    return found


def is_item(text: str) -> bool:
    """Does it begin like an item of a list?"""
    return bool(_ITEM.match(arabic_digits(text)))


def _between(before: Line, line: Line) -> str:
    """Thai goes on without a space; a word of another script does not, and a space that stood there stays."""
    thai = re.match(_THAI, before.text[-1]) and re.match(_THAI, line.text[0])
    return "" if thai and not before.spaced else " "
