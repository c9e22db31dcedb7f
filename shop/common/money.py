"""Money is integer satang, or Decimal baht at Oscar's borders; never a float."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

SATANG = Decimal("0.01")


def to_satang(baht: Decimal) -> int:
    """Baht as Decimal → whole satang. Raises ValueError when `baht` has parts of a satang."""
    satang = baht * 100
    if satang != satang.to_integral_value():
        raise ValueError(f"{baht} baht is not a whole number of satang")
    return int(satang)


def to_baht(satang: int) -> Decimal:
    """Whole satang → baht with two decimals."""
    return Decimal(satang).scaleb(-2)


def round_baht(amount: Decimal) -> Decimal:
    """Rounds to the satang, half up, as Thai receipts do."""
    return amount.quantize(SATANG, rounding=ROUND_HALF_UP)


def split(total: int, weights: Sequence[int]) -> list[int]:
    """Divides `total` satang in the proportion of `weights` so that the parts equal the whole.

    Largest remainder; ties go to the earlier part. Raises ValueError without a positive weight.
    """
    whole = sum(weights)
    if whole <= 0 or any(weight < 0 for weight in weights):
        raise ValueError("weights must be non-negative and not all zero")
    floors = [total * weight // whole for weight in weights]
    remainders = [total * weight % whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda index: (-remainders[index], index))
    for index in order[: total - sum(floors)]:
        floors[index] += 1
    return floors
