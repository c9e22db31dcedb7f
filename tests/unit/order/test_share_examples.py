"""The worked tables of docs/algorithms/shares.md, counted again; and what is true of every division."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.order.dividing import divide, matrix, spread, take
from tests.guards.rooms import ROOT

KINDS = ("group", "cooperative", "hub", "fund", "platform")


def table(heading: str) -> list[list[str]]:
    """The rows of the table whose heading begins so."""
    text = (ROOT / "docs/algorithms/shares.md").read_text(encoding="utf-8")
    lines = text[text.index(f"\n| {heading} |") :].strip().splitlines()[2:]
    rows = lines[: next((number for number, line in enumerate(lines) if not line.startswith("|")), len(lines))]
    return [[cell.strip() for cell in row.strip().strip("|").split("|")] for row in rows]


def satang(text: str) -> int:
    baht, _point, rest = text.partition(".")
    return int(baht) * 100 + int(rest)


def amounts(text: str) -> list[int]:
    return [satang(one.strip()) for one in text.split("+")] if text else []


@pytest.mark.parametrize("row", table("line | cooperative"))
def test_a_line_is_divided_as_the_table_says(row: list[str]) -> None:
    percents = {k: round(float(c[:-2]) * 100) for k, c in zip(KINDS[1:], row[1:5], strict=True) if c.endswith("%")}
    fixed = {k: satang(c) for k, c in zip(KINDS[1:], row[1:5], strict=True) if not c.endswith("%")}
    parts = divide(satang(row[0]), percents, fixed)
    assert [parts.get(kind, 0) for kind in KINDS] == [satang(cell) for cell in row[5:]]


@pytest.mark.parametrize("row", table("bears"))
def test_a_delivery_is_divided_as_the_table_says(row: list[str]) -> None:
    cells = matrix(amounts(row[0]), amounts(row[1]))
    columns = [list(column) for column in zip(*cells, strict=True)]
    assert columns == [amounts(cell) for cell in row[2:] if cell]


@pytest.mark.parametrize("row", table("line | pieces"))
def test_pieces_are_taken_back_as_the_table_says(row: list[str]) -> None:
    shares, pieces, back = amounts(row[0]), int(row[1]), int(row[2])
    assert take(sum(shares) // pieces * back, shares) == [satang(cell) for cell in row[3:]]


basis_points = st.dictionaries(st.sampled_from(KINDS[1:]), st.integers(0, 1_250))
fixed_satang = st.dictionaries(st.sampled_from(KINDS[1:]), st.integers(0, 10_000))


@given(st.integers(1, 10**9), basis_points, fixed_satang)
def test_the_parts_are_the_whole_and_nobody_has_less_than_nothing(total: int, percents: dict, fixed: dict) -> None:
    parts = divide(total, percents, fixed)
    assert sum(parts.values()) == total
    assert min(parts.values()) > 0


@given(st.integers(1, 10**9), basis_points)
def test_no_percent_is_a_satang_off(total: int, percents: dict) -> None:
    parts = divide(total, percents, {})
    assert all(abs(parts.get(kind, 0) * 10_000 - total * points) < 10_000 for kind, points in percents.items())


@given(st.integers(1, 500_000), st.lists(st.integers(1, 4), min_size=1, max_size=6), basis_points, fixed_satang)
def test_piece_by_piece_everything_comes_back(unit: int, acts: list[int], percents: dict, fixed: dict) -> None:
    left = list(divide(unit * sum(acts), percents, fixed).values())
    for pieces in acts:
        back = take(unit * pieces, left)
        assert sum(back) == unit * pieces
        left = [have - taken for have, taken in zip(left, back, strict=True)]
        assert min(left) >= 0, "nobody is asked for more than they have"
    assert set(left) == {0}


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=8), st.lists(st.integers(1, 100), min_size=1, max_size=6))
def test_a_delivery_adds_up_in_rows_and_columns(columns: list[int], weights: list[int]) -> None:
    rows = spread(sum(columns), weights)
    cells = matrix(rows, columns)
    assert [sum(row) for row in cells] == rows
    assert [sum(column) for column in zip(*cells, strict=True)] == columns
    assert all(cell >= 0 for row in cells for cell in row)


def test_more_than_there_is_is_refused() -> None:
    with pytest.raises(ValueError, match="6 of 5"):
        take(6, [2, 3])
    with pytest.raises(ValueError, match="is not"):
        matrix([5], [6])
    with pytest.raises(ValueError, match="more than the whole"):
        divide(100, {"hub": 9_000, "fund": 1_001}, {})
    assert spread(7, [0, 0]) == [7, 0]
