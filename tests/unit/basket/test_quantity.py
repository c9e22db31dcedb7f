"""What is typed as a quantity is a whole number from 1 to the most, or a refusal; never an error of ours."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.basket.errors import BadQuantity
from shop.basket.services import MOST_PER_LINE, read_quantity


@given(st.one_of(st.text(max_size=30), st.integers(), st.floats(), st.booleans(), st.none(), st.binary(max_size=8)))
def test_anything_is_a_number_in_range_or_refused(value: Any) -> None:
    try:
        quantity = read_quantity(value)
    except BadQuantity:  # anything else would be an error page
        return
    assert type(quantity) is int
    assert 1 <= quantity <= MOST_PER_LINE
    assert int(str(value)) == quantity


@given(st.integers(1, MOST_PER_LINE))
def test_each_number_is_read_in_arabic_and_thai_digits(number: int) -> None:
    thai = str(number).translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    assert read_quantity(number) == read_quantity(f" {number} ") == read_quantity(thai) == number


@pytest.mark.parametrize(
    "value", ["0", "-1", "1001", "1e3", "+1", "1.0", "1,0", "", " ", "²", "①", "1 0", "9" * 400, None]
)
def test_refused(value: Any) -> None:
    with pytest.raises(BadQuantity):
        read_quantity(value)
