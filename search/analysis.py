"""One analysis of text, the same for the index and for a query, for both engines: words, skeletons, trigrams.

Thai is written without spaces, so words are found by PyThaiNLP's dictionary (newmm, pinned in requirements.in). A
*skeleton* is a text without tone marks, with one letter for what sounds and is mistyped alike: what remains of น้ำผึ้ง
and of นำผึ้ง is the same. A changed dictionary or a changed function here needs a higher ANALYSIS_VERSION: the index is then made anew.
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator

from shop.common.thai import arabic_digits, clean_text

ANALYSIS_VERSION = 2
"""Stands in every row of the index; `manage.py search verify` names rows of another version."""
LONGEST = 4_000
"""Letters of one text that are looked at: names are short, and what stands beyond in a description is not searched."""
_HEAD = 60
_MARKS = re.compile("[็-๎]")
_DOUBLED = re.compile("([ะ-ฺ็-๎])\\1+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe\uffff]")
_CHUNK = re.compile("[0-9a-z\u00df-\u024f\u0e00-\u0e7f]+")
_LATIN = re.compile("[0-9a-z\u00df-\u024f]+|[\u0e00-\u0e7f]+")
_THAI = re.compile("[\u0e01-\u0e4e]")
_PLAIN = re.compile("[\s!-~\u0e01-\u0e3a\u0e3f-\u0e5b]*")
"""Without a sign that is unseen."""
_BETWEEN = re.compile(r"[,;/&+]|\b(?:and|or)\b")
_BETWEEN_WORDS = frozenset({"และ", "หรือ", "กับ"})
_LEADING = "เแโไ"
"""Vowels that are written before their consonant."""
_LEAST_PART, _LEAST_WHOLE = 2, 5
_NO_WAY = 1_000


def normalize(text: str) -> str:
    """Typed text as it is compared: NFC, lower case, no invisible characters, นํ้า → น้ำ, ๑ → 1, doubled marks once."""
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text[: LONGEST * 2]))
    text = arabic_digits(clean_text(_without_controls(text))).lower()
    text = _DOUBLED.sub(r"\1", text)
    return _without_controls(text)[:LONGEST].strip()


def _without_controls(text: str) -> str:
    """Spaces stay, line ends too: they part words until they are read as spaces."""
    if _PLAIN.fullmatch(text):
        return text
    return "".join(char for char in text if char.isspace() or not unicodedata.category(char).startswith("C"))


def skeleton(text: str) -> str:
    """Normalised text without tone marks, ็ and ์, with ใ as ไ."""
    return _MARKS.sub("", text).replace("ใ", "ไ").replace("ฯ", "").replace("ๆ", "")


def chunks(text: str) -> list[str]:
    """What stands between spaces and signs of a normalised text; "mo-hom" is two chunks."""
    return _CHUNK.findall(text)


def is_thai(text: str) -> bool:
    """True when any Thai letter is in it."""
    return _THAI.search(text) is not None


def words(chunk: str) -> list[str]:
    """The words of one chunk in their order: Latin and figures apart from Thai, Thai by the dictionary."""
    found: list[str] = []
    for part in _LATIN.findall(chunk):
        found += list(_thai_words(part)) if is_thai(part) else [part]
    return found


def parts(word: str) -> set[str]:
    """The shorter dictionary words of which a Thai word is made without a rest: ข้าวหอมมะลิ → ข้าว, หอม, มะลิ, หอมมะลิ."""
    return set(_parts(word)) if is_thai(word) else set()


def index_words(text: str) -> list[str]:
    """All words of a normalised text with their parts, and hyphenated Latin words joined ("mo-hom" also as "mohom")."""
    found: dict[str, None] = {}
    for chunk in chunks(text):
        for word in words(chunk):
            found[word] = None
            found.update(dict.fromkeys(sorted(parts(word))))
    for joined in re.findall(r"[0-9a-z]+(?:[-'’][0-9a-z]+)+", text):
        found[re.sub(r"[^0-9a-z]", "", joined)] = None
    return list(found)


def listed(text: str) -> list[str]:
    """What a normalised name of a category lists: ข้าวและธัญพืช → ข้าว, ธัญพืช; "rice and whole grains" → rice, grains.

    A Thai name says first what it is and English ones last, so of several English words the last one is taken.
    """
    found: list[str] = []
    for part in _BETWEEN.split(text):
        pieces = chunks(part)
        if pieces and not is_thai(part):
            found.append(pieces[-1])
        for piece in pieces if is_thai(part) else ():
            runs = itertools.groupby(words(piece), key=_BETWEEN_WORDS.__contains__)
            found += ["".join(run) for between, run in runs if not between]
    return list(dict.fromkeys(found))


def trigrams(text: str) -> list[str]:
    """The trigrams of every chunk's skeleton, in order, with a "|" between chunks: neighbours are one substring."""
    found: list[str] = []
    for chunk in chunks(text):
        bare = skeleton(chunk)
        if len(bare) >= 3:
            found += [bare[at : at + 3] for at in range(len(bare) - 2)]
            found.append("|")
    return found[:-1]


def head(text: str) -> str:
    """The beginning of a name as one skeleton without spaces."""
    return "".join(skeleton(chunk) for chunk in chunks(text))[:_HEAD]


def phrases(text: str, most: int = 3) -> Iterator[str]:
    """Neighbouring words of a name as one text, of one to `most` words: what a mistyped chunk is compared with."""
    for chunk in chunks(text):
        found = words(chunk)
        for first in range(len(found)):
            for last in range(first + 1, min(len(found), first + most) + 1):
                yield "".join(found[first:last])


def distance(left: str, right: str, most: int) -> int:
    """Typing mistakes between two words (insert, leave out, change, swap neighbours); `most` + 1 when there are more."""
    if abs(len(left) - len(right)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for at, char in enumerate(left, start=1):
        last, before, row = before, row, [at] + [0] * len(right)
        for to, other in enumerate(right, start=1):
            row[to] = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (char != other))
            if at > 1 and to > 1 and char == right[to - 2] and left[at - 2] == other:
                row[to] = min(row[to], last[to - 2] + 1)
        if min(row) > most:
            return most + 1
    return row[-1]


def is_word(text: str) -> bool:
    """True for a Thai word of the dictionary."""
    return is_thai(text) and text in _dictionary()


def mistakes_allowed(word: str) -> int:
    """How many typing mistakes a word may hold and still be understood: none below 4 letters, 1, from 6 letters 2."""
    return 0 if len(word) < 4 else 1 if len(word) < 6 else 2


def marked(text: str, wanted: Iterable[str]) -> list[tuple[str, bool]]:
    """The original text in pieces, each with whether its skeleton holds one of the wanted skeletons.

    Not where that would part a vowel from its consonant: ข้าว is not in เขาวง, though its skeleton is.
    """
    bare, places = _with_places(text)
    hits: list[bool] = []
    for word in wanted:
        at = bare.find(word) if word else -1
        while at >= 0:
            if at == 0 or bare[at - 1] not in _LEADING:
                hits = hits or [False] * len(text)
                end = places[at + len(word)] if at + len(word) < len(places) else len(text)
                hits[places[at] : end] = [True] * (end - places[at])
            at = bare.find(word, at + 1)
    pieces: list[tuple[str, bool]] = []
    first = 0
    for hit, run in itertools.groupby(hits or [False] * len(text)):
        last = first + sum(1 for _letter in run)
        pieces.append((text[first:last], hit))
        first = last
    return pieces


def _with_places(text: str) -> tuple[str, list[int]]:
    """The skeleton of a text and where each of its letters stands in the original."""
    letters = [(bare, at) for at, char in enumerate(text) for bare in _BARE_LETTERS[char]]
    return "".join([bare for bare, _at in letters]), [at for _bare, at in letters]


class _BareLetters(dict[str, str]):
    """Letter → its skeleton, none for a mark; worked out once for each letter."""

    def __missing__(self, char: str) -> str:
        bare = skeleton(arabic_digits(char.lower()))
        if len(self) < _MOST_LETTERS:
            self[char] = bare
        return bare


_MOST_LETTERS = 2_000
_BARE_LETTERS = _BareLetters()


@functools.lru_cache(maxsize=20_000)
def _thai_words(part: str) -> tuple[str, ...]:
    from pythainlp.tokenize import newmm  # here, because the dictionary costs half a second and 80 MB of a process

    return tuple(word for word in newmm.segment(part, safe_mode=len(part) > 100) if word.strip())


@functools.cache
def _dictionary() -> frozenset[str]:
    from pythainlp.corpus.common import thai_words

    return frozenset(word for word in thai_words() if len(word) >= _LEAST_PART)


@functools.lru_cache(maxsize=20_000)
def _parts(word: str) -> tuple[str, ...]:
    """The pieces of the cuts with the fewest pieces, and theirs in turn; short words are left whole (ลำไย, สตรี)."""
    known, length = _dictionary(), len(word)
    if len(skeleton(word)) < _LEAST_WHOLE or length > _HEAD:
        return ()
    fewest = [_NO_WAY] * length + [0]
    cuts: list[list[int]] = [[] for _ in range(length)]
    for start in range(length - 1, -1, -1):
        ends = [end for end in range(start + 2, length + 1) if _is_part(word, start, end, known)]
        ends = [end for end in ends if fewest[end] < _NO_WAY]
        least = min((fewest[end] for end in ends), default=_NO_WAY)
        fewest[start] = min(least + 1, _NO_WAY)
        cuts[start] = [end for end in ends if fewest[end] == least]
    found, waiting = set(), {0} if cuts[0] else set()
    while waiting:
        start = waiting.pop()
        for end in cuts[start] if start < length else ():
            found.add(word[start:end])
            waiting.add(end)
    return tuple(sorted(found | {small for piece in found for small in _parts(piece)}))


def _is_part(word: str, start: int, end: int, known: frozenset[str]) -> bool:
    return (start, end) != (0, len(word)) and word[start:end] in known
