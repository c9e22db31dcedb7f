"""From texts to the tokens of a document, and from one typed word to the conditions that find them."""

from __future__ import annotations

from search import analysis
from search.terms import All, Best, Field, How, Leaf, Node, Some

Tokens = dict[Field, list[str]]
_MOST_OF_TEXT = 800
MOST_UNITS, LONGEST_UNIT = 8, 60
NEAREST = 0.6
"""The part of a word's trigrams that must be found when no word is like it."""


def tokens_of(
    *,
    names: tuple[str, ...],
    places: tuple[str, ...],
    texts: tuple[str, ...],
    kinds: tuple[str, ...] = (),
    above: tuple[str, ...] = (),
) -> Tokens:
    """All tokens of a document. `names` are compared from their beginnings too; `texts` by whole words only.

    `kinds` are those of the places that say what it is (its category). `above` are places whose long official names are
    sought as a whole or by their words, not by parts of words.
    """
    plain = [analysis.normalize(name) for name in names if name]
    lanes = [analysis.normalize(place) for place in places if place]
    every = [*lanes, *(analysis.normalize(place) for place in above if place)]
    words = _once(word for name in plain for word in analysis.index_words(name))
    return {
        Field.WORD: words,
        Field.BARE: _once([*map(analysis.skeleton, words), *_wholes(plain)]),
        Field.HEAD: _once(analysis.head(name) for name in plain),
        Field.GRAM: _grams(plain),
        Field.PLACE: _once([*_bare_words(every), *_wholes(every)]),
        Field.PLACE_HEAD: _once(map(analysis.head, every)),
        Field.PLACE_GRAM: _grams(lanes),
        Field.TEXT: _once(_bare_words([analysis.normalize(text) for text in texts if text]))[:_MOST_OF_TEXT],
        Field.KIND: _kinds(plain, words, kinds),
    }


def literal(tokens: Tokens) -> str:
    """The tokens as PostgreSQL reads a tsvector: each with its field's letter; trigrams with their places."""
    found: dict[str, list[int]] = {}
    for field, entries in tokens.items():
        for place, entry in enumerate(entries, start=1):
            if entry != "|":
                found.setdefault(f"{field}:{entry}", []).append(min(place, 16_000))
    placed = (Field.GRAM, Field.PLACE_GRAM)
    return " ".join(
        f"{quoted(entry)}:{','.join(map(str, places[:250]))}" if entry[0] in placed else quoted(entry)
        for entry, places in found.items()
    )


def quoted(lexeme: str) -> str:
    """A lexeme in quotes, for tsvector and tsquery."""
    doubled = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"


def find_unit(unit: str, *, wide: bool = False, instead_of: int = 1) -> Node:
    """The conditions for what stands between two spaces of a query: as a whole, or all of its words exactly.

    Another name for so many words of the query has their points, as if it had been typed.
    """
    words = analysis.words(unit)
    whole = _leaves(unit, times=max(len(words), instead_of), wide=wide)
    if len(words) < 2:
        return whole
    return Best((*whole.parts, All(tuple(find_exact(word) for word in words[:MOST_UNITS]))))


def find_nearest(unit: str) -> Some | None:
    """Most of a word's trigrams, in names; None for words too short for it."""
    grams = [gram for gram in dict.fromkeys(analysis.trigrams(unit)) if gram != "|"]
    if len(grams) < 3:
        return None
    return Some(tuple(Leaf(1, Field.GRAM, gram) for gram in grams), max(2, round(len(grams) * NEAREST)))


def _leaves(word: str, times: int, *, wide: bool) -> Best:
    """The tiers. What a good is (its category says the word too: rice) stands before what has the word in its name only
    (rice crackers). A word that stands for `times` words has their points, and one more: together is better than apart.

    Wide, beginnings count without their tone marks too, and any part of a name or a place: what strict reading finds is
    mostly meant, and is not to drown in it.
    """
    bare = analysis.skeleton(word)[:LONGEST_UNIT]
    phrase = " ".join(analysis.trigrams(bare))
    long = 3 if analysis.is_thai(bare) else 4
    tiers = [
        (10, Field.KIND, word, How.EXACT, True),
        (9, Field.WORD, word, How.EXACT, True),
        (8, Field.BARE, bare, How.EXACT, True),
        (7, Field.WORD, word, How.PREFIX, len(bare) >= 3 or wide),
        (6, Field.HEAD, bare, How.PREFIX, len(bare) >= 4 or wide),
        (6, Field.BARE, bare, How.PREFIX, wide),
        (5, Field.GRAM, phrase, How.PHRASE, bool(phrase) and len(bare) >= (long if wide else long + 1)),
        (4, Field.PLACE_HEAD, bare, How.EXACT, True),
        (3, Field.PLACE_HEAD, bare, How.PREFIX, len(bare) >= 3),
        (2, Field.PLACE, bare, How.EXACT, wide),
        (2, Field.PLACE_GRAM, phrase, How.PHRASE, wide and len(bare) >= 3),
        (1, Field.TEXT, bare, How.EXACT, True),
    ]
    more = 1 if times > 1 else 0
    return Best(
        tuple(Leaf(points * times + more, field, text, how) for points, field, text, how, fits in tiers if fits)
    )


def find_exact(word: str) -> Best:
    """One word of several that were typed together: a dictionary's word, which nothing but itself stands for."""
    bare = analysis.skeleton(word)
    return Best(
        (
            Leaf(9, Field.WORD, word),
            Leaf(8, Field.BARE, bare),
            Leaf(4, Field.PLACE_HEAD, bare),
            Leaf(2, Field.PLACE, bare),
            Leaf(1, Field.TEXT, bare),
        )
    )


def _kinds(plain: list[str], words: list[str], kinds: tuple[str, ...]) -> list[str]:
    """What the kinds list and the names say, with its tone marks; words that are made with it say it too (ไข่ไก่, riceberry)."""
    things = _once(thing for kind in kinds for thing in analysis.listed(analysis.normalize(kind)))
    said = [*words, *(chunk for name in plain for chunk in analysis.chunks(name))]
    return [thing for thing in things if thing in said or any(_is_made_with(thing, word) for word in words)]


def _is_made_with(thing: str, word: str) -> bool:
    """A Thai word says first what it is, and its rest is a word as well: ชา is not in ชาว."""
    if not word.startswith(thing):
        return False
    return analysis.is_word(word[len(thing) :]) if analysis.is_thai(word) else len(thing) >= 4


def _once(entries: object) -> list[str]:
    return [entry for entry in dict.fromkeys(entries) if entry]  # type: ignore[call-overload]


def _wholes(texts: list[str]) -> list[str]:
    return [analysis.skeleton(chunk)[:LONGEST_UNIT] for text in texts for chunk in analysis.chunks(text)]


def _bare_words(texts: list[str]) -> list[str]:
    return [analysis.skeleton(word) for text in texts for word in analysis.index_words(text)]


def _grams(texts: list[str]) -> list[str]:
    found: list[str] = []
    for text in texts:
        found += [*analysis.trigrams(text), "|"]
    return found[:-1]
