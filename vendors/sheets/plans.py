"""What a file would do: row by row new, changed or the same, or what is wrong with it."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from shop.common.sheets.unpacking import ROWS
from vendors import errors
from vendors.models import ImportRun, Organisation
from vendors.policies import Right, may
from vendors.sheets.columns import Column, Entry
from vendors.sheets.network import Network
from vendors.sheets.problems import Problem
from vendors.sheets.values import shown

Progress = Callable[[int], None]


class Act(enum.StrEnum):
    """What a row brings."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass
class Change:
    """What one row does. `key` is the row of the database that it means; `facts` what is written there."""

    row: int
    act: Act
    title: str
    where: str = ""
    key: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    note: str = ""
    words: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Before and after as they are told, where the plain values would say nothing to a reader."""

    def as_json(self, columns: Sequence[Column]) -> dict[str, Any]:
        """For the run's record: what is shown of it. Words of columns are looked up when it is shown."""
        known = {column.key for column in columns}
        return {
            "row": self.row,
            "act": self.act.value,
            "title": self.title,
            "where": self.where,
            "note": self.note,
            "changes": [
                [key, *self.words.get(key, (shown(self.before.get(key))[:120], shown(value)[:120]))]
                for key, value in self.facts.items()
                if self.act == Act.CHANGED and key in known
            ],
        }


@dataclass
class Plan:
    """All rows of a file."""

    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def number(self, act: Act) -> int:
        """How many rows do this."""
        return sum(change.act == act for change in self.changes)


def _network_of(run: ImportRun) -> Network | None:
    network = Network(run.by)
    return network if network.networks else None


@dataclass(frozen=True)
class Sheet:
    """A kind of sheet: its columns, what its rows mean, how they are saved, and what is there already, for the export.

    `ground` is what the rows are held against; None when the person may not bring anything in (any more). `note` tells a
    change's note. With `shows_again` nothing is saved that differs from what the person saw. A file has at most `most` rows.
    """

    columns: tuple[Column, ...]
    plan: Callable[[list[Entry], Any], Plan]
    save: Callable[[Any, Saving], None]
    rows: Callable[[Any], Iterator[list[Any]]]
    ground: Callable[[ImportRun], Any] = _network_of
    note: Callable[[str], str] = str
    shows_again: bool = False
    most: int = ROWS


@dataclass(frozen=True)
class Saving:
    """Who saves, from which file, and how."""

    by: Any
    file_name: str
    approves: bool
    progress: Progress

    def must(self, organisation: Organisation) -> None:
        """Raises NotYours unless the person may decide about it. Posts were read anew when the plan was made."""
        if not may(self.by, Right.REVIEW, organisation):
            raise errors.NotYours


class Seen:
    """Rows of the file by what they mean: the second of two is told of the first."""

    def __init__(self) -> None:
        self._rows: dict[Any, int] = {}

    def again(self, meaning: Any, row: int) -> int | None:
        """The earlier row that meant the same, if there is one."""
        return None if self._rows.setdefault(meaning, row) == row else self._rows[meaning]


def changed(entry: Entry, keys: Iterable[str], before: dict[str, Any], empty: dict[str, Any]) -> dict[str, Any]:
    """The facts of the row that differ from what is there; a cleared cell is what `empty` says of its field."""
    facts = {}
    for key in keys:
        value = entry.get(key)
        if value is None:
            continue
        value = empty.get(key, "") if value == "" else value
        if value != before[key]:
            facts[key] = value
    return facts
