"""Numbers as people type them: prices, percentages, counts and weights; what is wrong is said in the field's own words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError

from shop.common.forms import BahtField, CountField, GramsField, PercentField


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        (BahtField(), "๑๒๐ บาท", 12_000),
        (BahtField(), "1,200.50", 120_050),
        (BahtField(required=False), " ", None),
        (BahtField(may_be_zero=True), "0", 0),
        (BahtField(), 6_550, 6_550),
        (PercentField(), "ร้อยละ ๒.๒๕", Decimal("2.25")),
        (PercentField(required=False), "", None),
        (PercentField(), Decimal("2.5"), Decimal("2.5")),
        (CountField(), "๑๒ ถุง", 12),
        (CountField(), 12, 12),
        (GramsField(), "1.5 กก.", 1_500),
        (GramsField(), "๒ ขีด", 200),
    ],
)
def test_what_is_understood(field: forms.Field, typed: Any, value: Any) -> None:
    assert field.clean(typed) == value
    assert type(field.clean(typed)) is type(value)


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        (BahtField(), "", "required"),
        (BahtField(), "แพง", "number"),
        (BahtField(), "0", "small"),
        (BahtField(may_be_zero=True), "-1", "negative"),
        (BahtField(most_baht=10), "10.01", "large"),
        (BahtField(), "1.005", "satang"),
        (PercentField(), "ครึ่ง", "number"),
        (PercentField(most=Decimal(30)), "31", "range"),
        (PercentField(), "7.001", "places"),
        (CountField(), "1.5", "number"),
        (CountField(least=1), "0", "small"),
        (CountField(most=9), "10", "large"),
        (GramsField(), "หนัก", "number"),
    ],
)
def test_what_is_refused_and_by_which_words(field: forms.Field, typed: str, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        field.clean(typed)
    (error,) = refused.value.error_list
    assert error.code == code
    assert "%(" not in error.messages[0]


def test_phones_show_the_keys_that_fit() -> None:
    assert BahtField().widget.attrs["inputmode"] == PercentField().widget.attrs["inputmode"] == "decimal"
    assert CountField().widget.attrs["inputmode"] == GramsField().widget.attrs["inputmode"] == "numeric"
