"""The conditions of `search.terms` as PostgreSQL carries them out: one tsquery that finds, one sum of cases that ranks."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import connection
from django.db.models import Func, IntegerField

from search.terms import All, Best, How, Leaf, Node, Some
from search.tokens import quoted
from shop.common import clock


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
    asked for their points one by one; where many hold them, the tiers of each word are read and summed for what stands in
    all. That is quick for the words of one unit, which are sought exactly; for others it is worth while in a large market
    only. The planner is not shown what is sought: it takes a common word for a reason to read all documents in turn, and
    does not know that each has 5 kB of tokens to unpack.
    """
    if not ranked and not holds_some(node):
        return _rows(columns, "0", tsquery(node), where, values)
    if isinstance(node, Best):
        parts = [held(part, columns, where, values) for part in node.parts if not isinstance(part, Leaf)]
        return _best_of([*_by_tiers(_tiers(node), columns, where, values), *parts], columns)
    if isinstance(node, All) and _is_exact(node):
        return _rated_or_summed(node, columns, where, values, _MOST_OF_EXACT)
    if isinstance(node, All) and not holds_some(node) and is_large():
        return _rated_or_summed(node, columns, where, values, _MOST_UNPACKED)
    return _rated(node, columns, where, values)


Sql = tuple[str, list[Any]]


def _rows(columns: str, points: str, query: str, where: str, values: tuple[Any, ...]) -> Sql:
    sought = "tokens @@ (SELECT %s::tsquery)"
    found = f"SELECT {columns}, {points} AS points FROM search_document WHERE {sought} {where}"  # noqa: S608
    return found, [query, *values]


_BY_TIERS = """
SELECT one.*, tier.points FROM unnest(%s::tsquery[], %s::int[]) AS tier (query, points)
CROSS JOIN LATERAL (SELECT {columns} FROM search_document WHERE tokens @@ tier.query {where}) one
"""


def _by_tiers(tiers: list[tuple[int, str]], columns: str, where: str, values: tuple[Any, ...]) -> list[Sql]:
    """One part; none without tiers."""
    found = _BY_TIERS.format(columns=columns, where=where)
    queries, points = [query for _points, query in tiers], [points for points, _query in tiers]
    return [(found, [queries, points, *values])] if tiers else []


def _rated(node: Node, columns: str, where: str, values: tuple[Any, ...]) -> Sql:
    """The tokens of each document are unpacked once (`|| ''`, which OFFSET keeps in place), not anew for each tier."""
    rows, more = _rows(f"{columns}, tokens || ''::tsvector AS tokens", "0", tsquery(node), where, values)
    score, scoring = _score_of_held(node, "one.tokens")
    found = f"SELECT {columns}, {score} AS points FROM ({rows} OFFSET 0) one"  # noqa: S608
    if holds_some(node):
        found = f"SELECT * FROM ({found}) two WHERE points > 0"  # noqa: S608
    return found, [*scoring, *more]


def _best_of(parts: list[Sql], columns: str) -> Sql:
    every, more = _joined(parts)
    return f"SELECT {columns}, max(points) AS points FROM ({every}) every GROUP BY {columns}", more  # noqa: S608


_RATED_OR_SUMMED = """
SELECT * FROM (
    WITH hits AS MATERIALIZED (SELECT {columns}, tokens FROM search_document WHERE tokens @@ (SELECT %s::tsquery) {where})
    SELECT * FROM (
        SELECT {columns}, {score} AS points FROM (SELECT {columns}, tokens || ''::tsvector AS tokens FROM hits OFFSET 0) one
    ) few WHERE (SELECT count(*) FROM hits) <= {most}
    UNION ALL SELECT * FROM ({summed}) many WHERE (SELECT count(*) FROM hits) > {most}
) both_ways
"""


def _rated_or_summed(node: All, columns: str, where: str, values: tuple[Any, ...], most: int) -> Sql:
    """Only one of the two ways is gone, by the number of documents: PostgreSQL looks at it before it begins with either."""
    score, scoring = _score_of_held(node, "one.tokens")
    summed, summing = _summed(node, columns, where, values)
    found = _RATED_OR_SUMMED.format(columns=columns, where=where, score=score, summed=summed, most=most)
    return found, [tsquery(node), *values, *scoring, *summing]


def _summed(node: Node, columns: str, where: str, values: tuple[Any, ...]) -> Sql:
    """The points of each part, summed for what all parts name."""
    if isinstance(node, Leaf | Best):
        best = Best((node,)) if isinstance(node, Leaf) else node
        others = [_summed(part, columns, where, values) for part in best.parts if not isinstance(part, Leaf)]
        return _best_of([*_by_tiers(_tiers(best), columns, where, values), *others], columns)
    every, more = _joined([_summed(part, columns, where, values) for part in node.parts])
    found = f"SELECT {columns}, sum(points)::int AS points FROM ({every}) every GROUP BY {columns} HAVING count(*) = {len(node.parts)}"  # noqa: S608
    return found, more


def _joined(parts: list[Sql]) -> Sql:
    return " UNION ALL ".join(sql for sql, _values in parts), [value for _sql, more in parts for value in more]


_MOST_OF_EXACT, _MOST_UNPACKED = 100, 1_500
"""Documents; to unpack more of them takes longer than to read the tiers of each word."""
_LARGE = 20_000
_SIZE = "SELECT reltuples FROM pg_class WHERE oid = 'search_document'::regclass"
_known: dict[dt.date, bool] = {}


def _is_exact(node: All) -> bool:
    leaves = [leaf for part in node.parts for leaf in (part.parts if isinstance(part, Best) else (part,))]
    return all(isinstance(leaf, Leaf) and leaf.how == How.EXACT for leaf in leaves)


def is_large() -> bool:
    """Whether so much can be found that several words may be held by many; as the database thought when it was asked today."""
    today = clock.today()
    if today not in _known:
        with connection.cursor() as cursor:
            cursor.execute(_SIZE)
            _known.clear()
            _known[today] = cursor.fetchone()[0] > _LARGE
    return _known[today]


def _tiers(node: Best) -> list[tuple[int, str]]:
    """Points and conditions of a word. What a better tier has found is not read once more, and neighbours, which are looked up
    in the document itself, are looked up in no more than need it.
    """
    by_points: dict[int, list[Leaf]] = {}
    for leaf in node.parts:
        if isinstance(leaf, Leaf):
            by_points.setdefault(leaf.points, []).append(leaf)
    found: list[tuple[int, str]] = []
    better: list[Leaf] = []
    for points in sorted(by_points, reverse=True):
        leaves = by_points[points]
        query = tsquery(Best(tuple(leaves)))
        if better:
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


def _score_of_held(node: Node, column: str) -> tuple[str, list[Any]]:
    """The same of documents that are known to hold what is asked: whether they do is not looked up once more."""
    if isinstance(node, All) and not holds_some(node):
        scores = [_score(part, column) for part in node.parts]
        return "(" + " + ".join(sql for sql, _ in scores) + ")", [value for _, values in scores for value in values]
    return _score(node, column)


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
