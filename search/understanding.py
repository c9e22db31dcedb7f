"""From typed text to conditions: units, staff's synonyms, and what was probably meant when nothing is like it."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass, replace
from typing import Any

from search import analysis
from search.matching import Matches
from search.models import Boost, Document, Synonym, Word
from search.terms import All, Best, Node
from search.tokens import LONGEST_UNIT, MOST_UNITS, find_nearest, find_unit
from shop.common import clock, versions

VERSION = "search"
"""The counter that grows with each change of synonyms and boosts: the next search knows them, in every process."""
_ALIKE = 3
_CANDIDATES = 300
_LONG, _SHORT = 12, 4
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


def understand(text: str) -> Understood:
    """The conditions of a text as it was typed; all units must hold."""
    units = _units(text)
    if not units:
        return Understood(text, (), ())
    same = synonyms()
    nodes = tuple(_text_node(units, same, wide=wide) for wide in (False, True))
    return Understood(text, units, nodes, bare=_marks(units))


def mend(plain: Understood) -> Understood | None:
    """Units that nothing is like are taken for the words they resemble most; None when no unit can be mended."""
    parts: list[tuple[Node, Node]] = []
    said: list[str] = []
    marks: list[tuple[str, ...]] = []
    stage = Stage.PLAIN
    same = synonyms()
    for unit in plain.units:
        alike = [] if _is_known(unit, same) else resembling(unit)
        nearest = None if alike or _is_known(unit, same) else find_nearest(unit)
        if alike:
            parts.append((_any_of(alike, wide=False), _any_of(alike, wide=True)))
            stage = Stage.MENDED if stage == Stage.PLAIN else stage
        elif nearest is not None:
            parts.append((nearest, nearest))
            stage = Stage.NEAREST
        elif _is_known(unit, same):
            parts.append((_unit_node(unit, same, wide=False), _unit_node(unit, same, wide=True)))
        else:
            return None
        said.append(alike[0].text if alike else unit)
        marks += [mark for word in alike for mark in _marks((word.text,))] or _marks((unit,))
    if stage == Stage.PLAIN:
        return None
    nodes = (_all([strict for strict, _wide in parts]), _all([wide for _strict, wide in parts]))
    return replace(plain, nodes=nodes, stage=stage, said=" ".join(said), bare=tuple(marks))


def _is_known(unit: str, same: dict[str, list[str]]) -> bool:
    """Counted, not looked for: to find one, a planner would unpack all documents in turn instead of asking the index."""
    return Document.objects.filter(Matches("tokens", _unit_node(unit, same, wide=True))).count() > 0


def _any_of(alike: list[Word], *, wide: bool) -> Node:
    return Best(tuple(find_unit(word.text, wide=wide) for word in alike))


def resembling(unit: str) -> list[Word]:
    """Known words with the fewest typing mistakes between them and the unit, the most used first.

    A short word that is in the dictionary is meant as it stands: a boat (เรือ) is no shirt (เสื้อ).
    """
    bare = analysis.skeleton(unit)
    most = analysis.mistakes_allowed(bare)
    meant = len(bare) <= _SHORT and analysis.is_word(unit)
    if not most or meant or len(bare) > LONGEST_UNIT:
        return []
    rows = Word.objects.filter(near__overlap=sorted(near(bare))).order_by("-count", "bare")[:_CANDIDATES]
    rated = [(analysis.distance(bare, row.bare, most), row) for row in rows]
    least = min((mistakes for mistakes, _row in rated), default=most + 1)
    if least > most:
        return []
    found = [row for mistakes, row in rated if mistakes == least]
    return sorted(found, key=lambda row: (abs(len(row.bare) - len(bare)), -row.count, row.bare))[:_ALIKE]


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
    whole = same.get("".join(analysis.skeleton(unit) for unit in units), []) if len(units) > 1 else []
    return Best((node, *(_other_node(other, wide=wide) for other in whole))) if whole else node


def _unit_node(unit: str, same: dict[str, list[str]], *, wide: bool) -> Node:
    others = same.get(analysis.skeleton(unit), [])
    node = find_unit(unit, wide=wide)
    return Best((node, *(_other_node(other, wide=wide) for other in others))) if others else node


def _other_node(text: str, *, wide: bool) -> Node:
    return _all([find_unit(unit, wide=wide) for unit in _units(text)])


def _all(parts: list[Node]) -> Node:
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _marks(units: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(map(analysis.skeleton, (unit, *(word for word in analysis.words(unit) if len(word) > 2))))
        for unit in units
    )


def marks_in(name: str, bare: tuple[tuple[str, ...], ...]) -> list[str]:
    """What to mark in a name: each unit as a whole where it stands there, else its words."""
    skeleton = analysis.skeleton(analysis.normalize(name))
    return [word for whole, *words in bare for word in ([whole] if whole in skeleton else words)]
