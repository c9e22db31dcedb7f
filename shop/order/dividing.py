"""The arithmetic of shares: whole satang, largest remainder, parts that equal the whole (docs/algorithms/shares.md).

Nothing is read or written here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shop.common.money import split

WHOLE = 10_000
"""Basis points of a whole."""
ORDER = ("group", "cooperative", "hub", "fund", "platform")
"""Of equal remainders the earlier one gets the satang: the group first."""


def divide(total: int, percents: Mapping[str, int], fixed: Mapping[str, int]) -> dict[str, int]:
    """Satang of a line → satang of each kind, the group's rest included; what gets nothing is left out.

    First the percents of `percents` (basis points) by largest remainder; then what is `fixed` (satang) comes out of the group's
    part, as far as it reaches.
    """
    kinds = [kind for kind in ORDER if kind == "group" or percents.get(kind)]
    rest = WHOLE - sum(percents.get(kind, 0) for kind in kinds)
    if rest < 0:
        raise ValueError("shares of more than the whole")
    weights = [rest if kind == "group" else percents[kind] for kind in kinds]
    parts = dict(zip(kinds, split(total, weights), strict=True))
    for kind in ORDER[1:]:
        taken = min(fixed.get(kind, 0), parts["group"])
        parts["group"] -= taken
        parts[kind] = parts.get(kind, 0) + taken
    return {kind: satang for kind, satang in parts.items() if satang}


def spread(total: int, weights: Sequence[int]) -> list[int]:
    """`total` satang in the proportion of the weights; all to the first when no weight says more."""
    return split(total, weights) if any(weights) else [total, *[0] * (len(weights) - 1)]


def take(amount: int, left: Sequence[int]) -> list[int]:
    """What each of those who still have `left` gives up so that `amount` is taken back; never more than it has.

    In the proportion of what is left, largest remainder. Whatever was taken before, the last piece takes exactly the rest.
    Raises ValueError when there is less than that.
    """
    if not 0 <= amount <= sum(left):
        raise ValueError(f"{amount} of {sum(left)}")
    return split(amount, left) if amount else [0] * len(left)


def matrix(rows: Sequence[int], columns: Sequence[int]) -> list[list[int]]:
    """Cells of whole satang whose rows and columns have these sums: each row takes its part of what the columns have left.

    Raises ValueError when the sums of both differ.
    """
    if sum(rows) != sum(columns):
        raise ValueError(f"{sum(rows)} is not {sum(columns)}")
    left, cells = list(columns), []
    for amount in rows:
        cells.append(take(amount, left))
        left = [have - given for have, given in zip(left, cells[-1], strict=True)]
    return cells
