"""From typed text to conditions: units, staff's synonyms, and what was probably meant when nothing is like it."""

from __future__ import annotations

import datetime as dt
import enum
import functools
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from django.db import connection

from search import analysis
from search.matching import tsquery
from search.models import Boost, Synonym, Word
from search.retyping import in_thai
from search.terms import All, Best, Node
from search.tokens import LONGEST_UNIT, MOST_UNITS, find_exact, find_nearest, find_unit
from shop.common import clock, versions

VERSION = "search"
"""The counter that grows with each change of synonyms and boosts: the next search knows them, in every process."""
_ALIKE = 3
_CANDIDATES = 300
_LONG, _SHORT = 12, 4
_VOCABULARY = 50_000
"""So many words are kept in a process, the most used ones: some megabytes."""
_kept: dict[str, tuple[Any, Any]] = {}


class Stage(enum.StrEnum):
    """How the text had to be read until something was found."""

    PLAIN = "plain"
    MENDED = "mended"
    NEAREST = "nearest"


@dataclass(frozen=True)
class Understood:
    """A text as units and conditions, strict ones first: the first that find anything count.

    There are none when nothing in the text can be sought (signs, tone marks, emoji).
    """

    text: str
    units: tuple[str, ...]
    nodes: tuple[Node, ...]
    stage: Stage = Stage.PLAIN
    said: str = ""
    """What was sought instead, in words; empty unless mended."""
    bare: tuple[tuple[str, ...], ...] = ()
    """Skeletons to be marked in what was found: of each unit the whole, then its words."""
    by_other_names: bool = False
    """True when staff know the whole text by other names: it may be found though nothing is like one of its units."""


def understand(text: str) -> Understood:
    """The conditions of a text as it was typed; all units must hold."""
    units = _units(text)
    if not units:
        return Understood(text, (), ())
    same = synonyms()
    nodes = tuple(_text_node(units, same, wide=wide) for wide in (False, True))
    return Understood(text, units, nodes, bare=_marks(units), by_other_names=bool(_whole_text(units, same)))


def retype(plain: Understood) -> Understood | None:
    """The text as Thai, had the keyboard not stood on English, in its strict reading; None for what is no such text."""
    thai = in_thai(plain.text)
    meant = understand(thai) if thai else None
    if meant is None or not meant.nodes:
        return None
    return replace(meant, text=plain.text, nodes=meant.nodes[:1], stage=Stage.MENDED, said=thai)


def mend(plain: Understood, unknown: frozenset[str]) -> Understood | None:
    """Units that nothing is like are taken for the words they resemble most; None when no unit can be mended."""
    parts: list[tuple[Node, Node]] = []
    said: list[str] = []
    marks: list[tuple[str, ...]] = []
    stage = Stage.PLAIN
    same = synonyms()
    for unit in plain.units:
        alike = resembling(unit) if unit in unknown else []
        nearest = find_nearest(unit) if unit in unknown and not alike else None
        if alike:
            parts.append((_any_of(alike, wide=False), _any_of(alike, wide=True)))
            stage = Stage.MENDED if stage == Stage.PLAIN else stage
        elif nearest is not None:
            parts.append((nearest, nearest))
            stage = Stage.NEAREST
        elif unit not in unknown:
            parts.append((_unit_node(unit, same, wide=False), _unit_node(unit, same, wide=True)))
        else:
            return None
        said.append(alike[0].text if alike else unit)
        marks += [mark for word in alike for mark in _marks((word.text,))] or _marks((unit,))
    if stage == Stage.PLAIN:
        return None
    nodes = (_all([strict for strict, _wide in parts]), _all([wide for _strict, wide in parts]))
    return replace(plain, nodes=nodes, stage=stage, said=" ".join(said), bare=tuple(marks))


_UNKNOWN = """
SELECT place FROM unnest(%s::tsquery[]) WITH ORDINALITY AS sought (query, place)
WHERE (SELECT count(*) FROM search_document WHERE tokens @@ sought.query {where}) = 0
"""
"""Counted, not looked for: to find one, a planner would unpack all documents in turn instead of asking the index."""


def unknown_units(plain: Understood) -> frozenset[str]:
    """The units that nothing of the whole market is like, however widely they are read; one query."""
    same = synonyms()
    return frozenset(
        plain.units[place] for place in unheld([_unit_node(unit, same, wide=True) for unit in plain.units])
    )


def unheld(nodes: Sequence[Node], *, by_goods: bool = False) -> list[int]:
    """The places, from 0, of those that no document of the whole market holds, or none of a good; one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            _UNKNOWN.format(where="AND product_id IS NOT NULL" if by_goods else ""), [[tsquery(node) for node in nodes]]
        )
        return [place - 1 for (place,) in cursor.fetchall()]


def looks_known(plain: Understood) -> bool:
    """Whether each unit is a word of names: a hint that spares a dear question, never an answer.

    A process reads the most used words once a day; of a large market's rarer ones the table is asked.
    """
    words = _per_version("vocabulary", clock.today(), _read_vocabulary)
    rare = {analysis.skeleton(unit) for unit in plain.units} - words
    return not rare or (len(words) == _VOCABULARY and Word.objects.filter(bare__in=rare).count() == len(rare))


def _read_vocabulary() -> frozenset[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT bare FROM search_word ORDER BY count DESC, bare LIMIT %s", [_VOCABULARY])
        return frozenset(bare for (bare,) in cursor.fetchall())


class Alike(NamedTuple):
    """A word that names or places hold."""

    bare: str
    text: str
    times: int


def _any_of(alike: list[Alike], *, wide: bool) -> Node:
    return Best(tuple(find_unit(word.text, wide=wide) for word in alike))


_NEAR = "SELECT bare, text, count FROM search_word WHERE near && %s::varchar[] ORDER BY count DESC, bare LIMIT %s"


def resembling(unit: str) -> list[Alike]:
    """Known words with the fewest typing mistakes between them and the unit, the most used first.

    A short word that is in the dictionary is meant as it stands: a boat (เรือ) is no shirt (เสื้อ).
    """
    bare = analysis.skeleton(unit)
    most = analysis.mistakes_allowed(bare)
    meant = len(bare) <= _SHORT and analysis.is_word(unit)
    if not most or meant or len(bare) > LONGEST_UNIT:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, [sorted(near(bare)), _CANDIDATES])
        rows = [Alike(*row) for row in cursor.fetchall()]
    rated = [(analysis.distance(bare, row.bare, most), row) for row in rows]
    least = min((mistakes for mistakes, _row in rated), default=most + 1)
    if least > most:
        return []
    found = [row for mistakes, row in rated if mistakes == least]
    return sorted(found, key=lambda row: (abs(len(row.bare) - len(bare)), -row.times, row.bare))[:_ALIKE]


def near(bare: str) -> set[str]:
    """What remains of a word with up to two letters left out (one for long words): the keys by which alike words meet."""
    once = {bare[:at] + bare[at + 1 :] for at in range(len(bare))}
    found = {bare} | once
    if len(bare) <= _LONG:
        found |= {word[:at] + word[at + 1 :] for word in once for at in range(len(word))}
    return {word for word in found if word}


def synonyms() -> dict[str, list[str]]:
    """Skeleton of what is typed → texts that are found as well; read again when staff change one."""
    return _per_version("synonyms", None, _read_synonyms)


def boosted() -> tuple[tuple[str, int, int], ...]:
    """What staff have boosted today, in the order of the contract."""
    return _per_version("boosts", clock.today(), _read_boosts)


def _per_version(name: str, day: dt.date | None, read: Any) -> Any:
    wanted = (versions.current(VERSION), day)
    kept = _kept.get(name)
    if kept is None or kept[0] != wanted:
        kept = _kept[name] = (wanted, read())
    return kept[1]


def forget() -> None:
    """Drops what is kept in this process (tests)."""
    _kept.clear()


def _read_synonyms() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word, means, both_ways in Synonym.objects.order_by("pk").values_list("word", "means", "both_ways"):
        others = [other.strip() for other in means.split(",") if _units(other)]
        found.setdefault(_key(word), []).extend(others)
        for other in others if both_ways and _units(word) else ():
            found.setdefault(_key(other), []).append(word)
    return {key: others for key, others in found.items() if key}


def _read_boosts() -> tuple[tuple[str, int, int], ...]:
    today = clock.today()
    rows = Boost.objects.filter(first_day__lte=today, last_day__gte=today).order_by("pk")[:50]
    return tuple(
        ("product", row.product_id, row.points) if row.product_id else ("category", row.category_id or 0, row.points)
        for row in rows
    )


def _key(text: str) -> str:
    return "".join(analysis.skeleton(chunk) for chunk in analysis.chunks(analysis.normalize(text)))


def _units(text: str) -> tuple[str, ...]:
    """The first few chunks that hold a letter or a figure; marks alone are none."""
    chunks = [chunk[:LONGEST_UNIT] for chunk in analysis.chunks(analysis.normalize(text))]
    return tuple(dict.fromkeys(chunk for chunk in chunks if analysis.skeleton(chunk)))[:MOST_UNITS]


def _text_node(units: tuple[str, ...], same: dict[str, list[str]], *, wide: bool) -> Node:
    """All units; or, where staff know the whole text by other names, what those find."""
    node = _all([_unit_node(unit, same, wide=wide) for unit in units])
    whole = _whole_text(units, same)
    return Best((node, *(_other_node(other, wide=wide) for other in whole))) if whole else node


def _whole_text(units: tuple[str, ...], same: dict[str, list[str]]) -> list[str]:
    """What staff know several units together by."""
    return same.get("".join(analysis.skeleton(unit) for unit in units), []) if len(units) > 1 else []


def _unit_node(unit: str, same: dict[str, list[str]], *, wide: bool) -> Node:
    """A unit, by its other names too; or word by word, where some of its words have other names (ของฝากเชียงราย)."""
    node = find_unit(unit, wide=wide)
    others = _other_nodes(unit, same, wide=wide)
    if not others:
        runs = runs_of(analysis.words(unit)[:MOST_UNITS], same)
        if any(analysis.skeleton(run) in same for run in runs):
            others = [_all([_run_node(run, same, wide=wide) for run in runs])]
    return Best((node, *others)) if others else node


def runs_of(words: list[str], known: Container[str]) -> list[str]:
    """The words in their order; neighbours that are known together, as a text or by its skeleton, are one."""
    found: list[str] = []
    while words:
        runs = [("".join(words[:end]), end) for end in range(len(words), 1, -1)]
        is_known = [(run, end) for run, end in runs if run in known or analysis.skeleton(run) in known]
        run, end = is_known[0] if is_known else (words[0], 1)
        found.append(run)
        words = words[end:]
    return found


def _run_node(run: str, same: dict[str, list[str]], *, wide: bool) -> Node:
    return Best((find_exact(run), *_other_nodes(run, same, wide=wide)))


def _other_nodes(text: str, same: dict[str, list[str]], *, wide: bool) -> list[Node]:
    """What is found by the other names of a text, each with the points of as many words as it stands for."""
    others = same.get(analysis.skeleton(text), [])
    times = len(analysis.words(text)) if others else 1
    return [_other_node(other, wide=wide, instead_of=times) for other in others]


def _other_node(text: str, *, wide: bool, instead_of: int = 1) -> Node:
    units = _units(text)
    return _all([find_unit(unit, wide=wide, instead_of=instead_of if len(units) == 1 else 1) for unit in units])


def _all(parts: list[Node]) -> Node:
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _marks(units: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(map(analysis.skeleton, (unit, *(word for word in analysis.words(unit) if len(word) > 2))))
        for unit in units
    )


def marks_in(name: str, bare: tuple[tuple[str, ...], ...]) -> list[str]:
    """What to mark in a name: each unit as a whole where it stands there, else its words."""
    skeleton = _bare_name(name)
    return [word for whole, *words in bare for word in ([whole] if whole in skeleton else words)]


@functools.lru_cache(maxsize=4_000)
def _bare_name(name: str) -> str:
    """Of names of goods, which come again and again."""
    return analysis.skeleton(analysis.normalize(name))
