"""The conditions of `search.terms` as PostgreSQL carries them out: one tsquery that finds, one sum of cases that ranks."""

from __future__ import annotations

from typing import Any

from django.db.models import Func, IntegerField

from search.terms import All, Best, How, Leaf, Node, Some
from search.tokens import quoted


def tsquery(node: Node) -> str:
    """What a document must hold. `Some` is widened to any: its number is counted by `Score`."""
    if isinstance(node, Leaf):
        if node.how == How.PHRASE:
            return "(" + " <-> ".join(quoted(f"{node.field}:{gram}") for gram in node.text.split(" ")) + ")"
        return quoted(f"{node.field}:{node.text}") + (":*" if node.how == How.PREFIX else "")
    sign = " & " if isinstance(node, All) else " | "
    return "(" + sign.join(tsquery(part) for part in node.parts) + ")"


def held(node: Node, columns: str, where: str, values: tuple[Any, ...] = (), *, ranked: bool = True) -> Sql:
    """A SELECT of the documents that hold what the node asks: the columns, which name a document, and its points (0 unless
    `ranked`). `where` begins with AND; `values` are its own.

    The tiers of a word are read from the index, one by one. Several words are mostly held by few documents: these are
    asked for their points one by one. The planner is not shown what is sought: it takes a common word for a reason to read
    all documents in turn, and does not know that each has 5 kB of tokens to unpack.
    """
    if not ranked and not holds_some(node):
        return _rows(columns, "0", tsquery(node), where, values)
    if not isinstance(node, Best):
        return _rated(node, columns, where, values)
    tiers = _tiers(node)
    parts = [_by_tiers(tiers, columns, where, values)] if tiers else []
    parts += [held(part, columns, where, values) for part in node.parts if not isinstance(part, Leaf)]
    every = " UNION ALL ".join(sql for sql, _values in parts)
    found = f"SELECT {columns}, max(points) AS points FROM ({every}) every GROUP BY {columns}"  # noqa: S608
    return found, [value for _sql, more in parts for value in more]


Sql = tuple[str, list[Any]]


def _rows(columns: str, points: str, query: str, where: str, values: tuple[Any, ...]) -> Sql:
    sought = "tokens @@ (SELECT %s::tsquery)"
    found = f"SELECT {columns}, {points} AS points FROM search_document WHERE {sought} {where}"  # noqa: S608
    return found, [query, *values]


_BY_TIERS = """
SELECT one.*, tier.points FROM unnest(%s::tsquery[], %s::int[]) AS tier (query, points)
CROSS JOIN LATERAL (SELECT {columns} FROM search_document WHERE tokens @@ tier.query {where}) one
"""


def _by_tiers(tiers: list[tuple[int, str]], columns: str, where: str, values: tuple[Any, ...]) -> Sql:
    found = _BY_TIERS.format(columns=columns, where=where)
    return found, [[query for _points, query in tiers], [points for points, _query in tiers], *values]


def _rated(node: Node, columns: str, where: str, values: tuple[Any, ...]) -> Sql:
    """The tokens of each document are unpacked once (`|| ''`, which OFFSET keeps in place), not anew for each tier."""
    rows, more = _rows(f"{columns}, tokens || ''::tsvector AS tokens", "0", tsquery(node), where, values)
    score, scoring = _score(node, "one.tokens")
    found = f"SELECT {columns}, {score} AS points FROM ({rows} OFFSET 0) one"  # noqa: S608
    if holds_some(node):
        found = f"SELECT * FROM ({found}) two WHERE points > 0"  # noqa: S608
    return found, [*scoring, *more]


def _tiers(node: Best) -> list[tuple[int, str]]:
    """Points and conditions of a word. Neighbours are looked up in the document itself: not in those that have more points."""
    by_points: dict[int, list[Leaf]] = {}
    for leaf in node.parts:
        if isinstance(leaf, Leaf):
            by_points.setdefault(leaf.points, []).append(leaf)
    found: list[tuple[int, str]] = []
    better: list[Leaf] = []
    for points in sorted(by_points, reverse=True):
        leaves = by_points[points]
        query = tsquery(Best(tuple(leaves)))
        if better and any(leaf.how == How.PHRASE for leaf in leaves):
            query = f"{query} & !{tsquery(Best(tuple(better)))}"
        found.append((points, query))
        better += [leaf for leaf in leaves if leaf.how != How.PHRASE]
    return found


def holds_some(node: Node) -> bool:
    """True when a part asks for a number of conditions, which only the points tell."""
    if isinstance(node, Some):
        return True
    return not isinstance(node, Leaf) and any(holds_some(part) for part in node.parts)


class Score(Func):
    """The points of a document."""

    output_field = IntegerField()

    def __init__(self, column: str, node: Node | None = None, **extra: Any) -> None:
        super().__init__(column, **extra)
        self.node = node

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        column, _params = compiler.compile(self.source_expressions[0])
        assert self.node is not None
        return _score(self.node, column)


def _score(node: Node, column: str) -> tuple[str, list[Any]]:
    if isinstance(node, Leaf):
        return _case([node], column)
    if isinstance(node, Best):
        leaves = [part for part in node.parts if isinstance(part, Leaf)]
        others = [_score(part, column) for part in node.parts if not isinstance(part, Leaf)]
        scores = ([_case(leaves, column)] if leaves else []) + others
        return f"GREATEST({', '.join(sql for sql, _ in scores)})", [value for _, values in scores for value in values]
    scores = [_score(part, column) for part in node.parts]
    total = "(" + " + ".join(sql for sql, _ in scores) + ")"
    values = [value for _, entries in scores for value in entries]
    if isinstance(node, Some):
        return f"(CASE WHEN {total} >= %s THEN {total} ELSE 0 END)", [*values, node.least, *values]
    return f"(CASE WHEN {column} @@ %s::tsquery THEN {total} ELSE 0 END)", [tsquery(node), *values]


def _case(leaves: list[Leaf], column: str) -> tuple[str, list[Any]]:
    """The highest tier that holds: tiers stand in falling order, so the first one decides."""
    by_points: dict[int, list[Leaf]] = {}
    for leaf in leaves:
        by_points.setdefault(leaf.points, []).append(leaf)
    parts, values = [], []
    for points in sorted(by_points, reverse=True):
        parts.append(f"WHEN {column} @@ %s::tsquery THEN {points:d}")
        values.append(tsquery(Best(tuple(by_points[points]))))
    return f"(CASE {' '.join(parts)} ELSE 0 END)", values
