"""What is true of every discount, whatever its size, the pieces and the order in which they come back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shop.common.money import split
from shop.order.models import Line
from shop.payment.selectors import RefundableLine
from shop.vouchers.models import Voucher
from shop.vouchers.quoting import taken_off
from tests.unit.order.test_share_examples import table

pieces_and_discount = st.integers(1, 40).flatmap(
    lambda pieces: st.tuples(st.just(pieces), st.integers(1, 50_000)).flatmap(
        lambda both: st.tuples(st.just(both[0]), st.just(both[1]), st.integers(0, both[0] * both[1]))
    )
)


def given_back(pieces: int, unit: int, discount: int, batches: list[int], missing: int = 0) -> list[tuple[int, int]]:
    """(buyer, bearer) of each batch that comes back, one after the other."""
    found, gone, given_so_far = [], 0, 0
    for batch in batches:
        line = RefundableLine(1, "", unit, pieces - missing, gone, missing, discount, given_so_far)
        part = line.discount_of(batch)
        found.append((unit * batch - part, part))
        gone, given_so_far = gone + batch, given_so_far + part
    return found


@given(pieces_and_discount, st.data())
def test_the_last_piece_takes_exactly_the_rest(facts: tuple[int, int, int], data: st.DataObject) -> None:
    pieces, unit, discount = facts
    missing = data.draw(st.integers(0, pieces - 1))
    left, batches = pieces - missing, []
    while left:
        batches.append(data.draw(st.integers(1, left)))
        left -= batches[-1]
    found = given_back(pieces, unit, discount, batches, missing)
    line = Line(quantity=pieces, short_quantity=missing, discount_satang=discount)
    assert sum(bearer for _buyer, bearer in found) == line.discount_left_satang
    assert sum(buyer for buyer, _bearer in found) == unit * (pieces - missing) - line.discount_left_satang
    assert all(buyer >= 0 and bearer >= 0 for buyer, bearer in found)


@given(st.lists(st.integers(1, 10**7), min_size=1, max_size=12), st.data())
def test_the_parts_of_a_discount_are_the_whole_and_within_their_lines(totals: list[int], data: st.DataObject) -> None:
    base = sum(totals)
    discount = data.draw(st.integers(1, base))
    parts = split(discount, totals)
    assert sum(parts) == discount
    assert all(0 <= part <= total for part, total in zip(parts, totals, strict=True))


@given(st.integers(1, 10**9), st.integers(1, 10_000), st.integers(1, 10**9), st.sampled_from(["fund", "group"]))
def test_never_more_than_the_goods_and_of_a_group_never_more_than_half(
    base: int, points: int, satang: int, bearer: str
) -> None:
    most = base // 2 if bearer == "group" else base
    percent = taken_off(Voucher(kind="percent", basis_points=points, bearer=bearer), base)
    fixed = taken_off(Voucher(kind="fixed", amount_satang=satang, bearer=bearer), base)
    assert percent == min(base * points // 10_000, most)
    assert fixed == min(satang, most)
    assert taken_off(Voucher(kind="percent", basis_points=points, bearer=bearer, most_satang=1), base) <= 1


def test_the_worked_table() -> None:
    rows = table("line | pieces | discount")
    assert rows
    for price, pieces, discount, buyer, bearer in rows:
        number = int(pieces)
        whole = round(float(price) * 100)
        found = given_back(number, whole // number, round(float(discount) * 100), [1] * number)
        assert " + ".join(f"{one / 100:.2f}" for one, _other in found) == buyer
        assert " + ".join(f"{other / 100:.2f}" for _one, other in found) == bearer
