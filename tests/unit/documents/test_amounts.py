"""Tax inside prices: the lines are the total, and what goes back in pieces goes back whole."""

from __future__ import annotations

import random

import pytest

from shop.documents.amounts import Item, sums_of, taxed, vat_of_part, vat_within


def item(number: int, total: int, *, exempt: bool = False) -> Item:
    return Item(number, 1, "ก", 1, "ชิ้น", total, 0, total, exempt)


@pytest.mark.parametrize(
    ("total", "vat"), [(10_700, 700), (100, 7), (30_000, 1_963), (1, 0), (8, 1), (7, 0), (33_333, 2_181), (0, 0)]
)
def test_the_tax_inside_a_price(total: int, vat: int) -> None:
    assert vat_within(total, 700) == vat


def test_three_lines_that_do_not_divide() -> None:
    lines = taxed([item(1, 3_333), item(2, 3_333), item(3, 3_334)], 700)
    assert [line.vat_satang for line in lines] == [218, 218, 218]
    assert sums_of(lines, registered=True).vat == vat_within(10_000, 700) == 654


@pytest.mark.parametrize("seed", range(200))
def test_parts_are_the_whole_whatever_is_sold_and_given_back(seed: int) -> None:
    dice = random.Random(seed)
    rate = dice.choice([None, 0, 630, 700, 1_000])
    lines = [item(n, dice.randint(0, 99_999), exempt=dice.random() < 0.3) for n in range(dice.randint(1, 9))]
    made = taxed(lines, rate)
    sums = sums_of(made, registered=rate is not None)
    assert sums.total == sum(line.total_satang for line in lines)
    taxable = [line for line in made if rate is not None and not line.exempt]
    assert sums.vat == vat_within(sum(line.total_satang for line in taxable), rate or 0)
    for line in made:
        assert 0 <= line.vat_satang <= line.total_satang
        before, given = 0, 0
        while before < line.total_satang:
            amount = dice.randint(1, line.total_satang - before)
            part = vat_of_part(total=line.total_satang, vat=line.vat_satang, before=before, amount=amount)
            assert 0 <= part <= amount
            before, given = before + amount, given + part
        assert given == line.vat_satang
