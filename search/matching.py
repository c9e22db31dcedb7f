"""The conditions of `search.terms` as PostgreSQL carries them out: one tsquery that finds, one sum of cases that ranks."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, Func, IntegerField

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


class Matches(Func):
    """True where the tokens hold what the node asks."""

    output_field = BooleanField()

    def __init__(self, column: str, node: Node | None = None, **extra: Any) -> None:
        super().__init__(column, **extra)
        self.node = node

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        column, params = compiler.compile(self.source_expressions[0])
        assert self.node is not None
        return f"({column} @@ %s::tsquery)", [*params, tsquery(self.node)]


class Holds(Func):
    """True for goods whose document holds what the node asks; the argument is the goods' key.

    Their keys are found once, as an array. As a join, a planner without statistics of the documents (a market just filled, a table just
    rebuilt) asks the index anew for each of the goods: minutes at 5,000.
    """

    output_field = BooleanField()

    def __init__(self, key: str, node: Node | None = None, *, counted: bool = False, **extra: Any) -> None:
        super().__init__(key, **extra)
        self.node, self.counted = node, counted

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        key, params = compiler.compile(self.source_expressions[0])
        assert self.node is not None
        held = ""
        values: list[Any] = []
        if self.counted:
            score, values = _score(self.node, "held.tokens")
            held = f" AND {score} > 0"
        found = "SELECT held.product_id FROM search_document held WHERE held.product_id IS NOT NULL"
        return (
            f"({key} = ANY (ARRAY({found} AND held.tokens @@ %s::tsquery{held})))",
            [*params, tsquery(self.node), *values],
        )


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
