"""Satang and baht: nothing is lost on the way, and the parts always equal the whole."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.common import money

_satang = st.integers(-(10**12), 10**12)


@given(_satang)
def test_there_and_back(satang: int) -> None:
    baht = money.to_baht(satang)
    assert money.to_satang(baht) == satang
    assert baht * 100 == satang
    assert baht.as_tuple().exponent == -2, "written out it always has two decimals"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**8), max_value=10**8))
def test_parts_of_a_satang_are_refused_not_rounded(baht: Decimal) -> None:
    if (baht * 100) % 1:
        with pytest.raises(ValueError, match="satang"):
            money.to_satang(baht)
    else:
        assert money.to_baht(money.to_satang(baht)) == baht


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=0, max_value=10**8))
def test_rounding_is_half_up_to_the_nearest_satang(baht: Decimal) -> None:
    rounded = money.round_baht(baht)
    assert rounded.as_tuple().exponent == -2
    assert Decimal("-0.005") < baht - rounded <= Decimal("0.005") or baht - rounded == Decimal("-0.005")
    assert money.round_baht(Decimal("0.005")) == Decimal("0.01")


@given(st.integers(0, 10**12), st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(sum))
def test_split_parts_equal_the_whole_and_are_fair(total: int, weights: list[int]) -> None:
    parts = money.split(total, weights)
    assert sum(parts) == total
    assert len(parts) == len(weights)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(total * weight, sum(weights))) < 1
        assert part >= 0
        assert weight or part == 0


@given(st.integers(0, 10**6), st.integers(1, 9), st.integers(1, 1000))
def test_equal_weights_differ_by_one_satang_at_most_and_earlier_ones_have_it(
    total: int, many: int, weight: int
) -> None:
    parts = money.split(total, [weight] * many)
    assert max(parts) - min(parts) <= 1
    assert parts == sorted(parts, reverse=True)


def test_the_example_of_the_design() -> None:
    """250.00 baht: 2 % cooperative, 4 % hubs, 1 % fund, 3 % platform, the rest the group's."""
    assert money.split(25_000, [90, 2, 4, 1, 3]) == [22_500, 500, 1_000, 250, 750]


@pytest.mark.parametrize("weights", [[], [0], [0, 0], [3, -1], [-1]])
def test_split_needs_weights(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        money.split(100, weights)
