"""The arithmetic of documents: value added tax inside a price, spread over lines so that lines = total; parts of it that go back.

Everything is integer satang; rates are hundredths of a percent. Rounded half up, as the Revenue Department counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shop.common.money import split

_WHOLE = 10_000


@dataclass(frozen=True)
class Item:
    """One line of a document: its price, and how much of that is tax. `line` is None for delivery.

    `discount_satang` is what the seller gave: the price is less by it, and so is the tax. `borne_satang` is what somebody else paid
    of the price, which stays whole (docs/decisions/087).
    """

    line: int | None
    part: int
    title: str
    quantity: int
    unit: str
    unit_satang: int
    discount_satang: int
    total_satang: int
    exempt: bool
    vat_satang: int = 0
    borne_satang: int = 0

    @property
    def key(self) -> tuple[int | None, int]:
        """Names the line again on a document about this one."""
        return self.line, self.part


@dataclass(frozen=True)
class Sums:
    """The sums of a document: what bears no tax, what bears it, the tax, and all together."""

    untaxed: int
    taxable: int
    vat: int

    @property
    def total(self) -> int:
        return self.untaxed + self.taxable + self.vat


def vat_within(total: int, basis_points: int) -> int:
    """The tax inside a price that includes it: 10,700 at 7 % → 700."""
    return (2 * total * basis_points + _WHOLE + basis_points) // (2 * (_WHOLE + basis_points))


def taxed(items: Sequence[Item], basis_points: int | None) -> list[Item]:
    """The lines with their tax. It is counted once for the document and spread by largest remainder, so nothing is lost in rounding.

    None: the seller is not registered, and no line bears any.
    """
    bearing = [item for item in items if not item.exempt and item.total_satang > 0]
    if basis_points is None or not bearing:
        return list(items)
    weights = [item.total_satang for item in bearing]
    parts = split(vat_within(sum(weights), basis_points), weights)
    shares = {item.key: vat for item, vat in zip(bearing, parts, strict=True)}
    return [_with_vat(item, shares.get(item.key, 0)) for item in items]


def _with_vat(item: Item, vat: int) -> Item:
    facts = {name: getattr(item, name) for name in Item.__dataclass_fields__}
    return Item(**{**facts, "vat_satang": vat})


def sums_of(items: Sequence[Item], *, registered: bool) -> Sums:
    """What stands at the foot of a document with these lines."""
    taxable = [item for item in items if registered and not item.exempt]
    vat = sum(item.vat_satang for item in taxable)
    with_vat = sum(item.total_satang for item in taxable)
    return Sums(sum(item.total_satang for item in items) - with_vat, with_vat - vat, vat)


def vat_of_part(*, total: int, vat: int, before: int, amount: int) -> int:
    """The tax of `amount` satang of a line of which `before` satang went back earlier.

    Counted from the sum so far: whatever the pieces, all of them together give back exactly `vat`.
    """
    if not total:
        return 0
    return _part(vat, before + amount, total) - _part(vat, before, total)


def _part(vat: int, amount: int, total: int) -> int:
    return (2 * vat * amount + total) // (2 * total)
