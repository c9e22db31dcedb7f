"""Where a buyer's money goes, as pages show it: of a good before it is bought, and of an order as it was frozen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.functional import Promise

from shop.common import clock
from shop.order.dividing import spread
from shop.order.models import Line, LineShare, Order
from shop.order.rules import category_path, pick, read_rules
from shop.order.shares import parts_of_parcel
from shop.theme import formats

Kind = LineShare.Kind
NAMES: dict[str, str | Promise] = dict(Kind.choices)
_COINS, _ROW, _STEP, _EDGE = 100, 20, 15, 8


@dataclass(frozen=True)
class Shown:
    """One line of the table: who, how much, and of a hundred satang how many."""

    kind: str
    satang: int
    per_hundred: str
    coins: int
    names: tuple[str, ...] = ()

    @property
    def label(self) -> str | Promise:
        """Who it is, in general."""
        return NAMES[self.kind]


@dataclass(frozen=True)
class Row:
    """Coins of one colour in the drawing: a line of dots."""

    kind: str
    path: str


@dataclass(frozen=True)
class MoneyParts:
    """A sum and its parts, the largest kinds first; `drawn` are a hundred coins, coloured by kind."""

    total: int
    rows: list[Shown]
    lines: list[tuple[Line, list[Shown]]] = field(default_factory=list)
    fund_pays: int = 0
    """What the joint fund pays of the sum by a voucher; the buyer pays the rest."""

    @property
    def group(self) -> Shown | None:
        """The part of those who made it."""
        return next((row for row in self.rows if row.kind == Kind.GROUP), None)

    @property
    def drawn(self) -> list[Row]:
        """The coins, one entry a colour."""
        found, at = [], 0
        for row in self.rows:
            if row.coins:
                found.append(Row(row.kind, _dots(at, row.coins)))
                at += row.coins
        return found


def _dots(first: int, count: int) -> str:
    """A path that round dashes turn into coins: twenty in a row."""
    pieces, at = [], first
    while at < first + count:
        column = at % _ROW
        number = min(_ROW - column, first + count - at)
        x, y = _EDGE + column * _STEP, _EDGE + at // _ROW * _STEP
        pieces.append(f"M{x} {y}h{(number - 1) * _STEP + 0.01:g}")
        at += number
    return "".join(pieces)


def promised(*, group_id: int, category_id: int | None, satang: int) -> MoneyParts:
    """What of a price goes where, by the rules of today; `satang` is the price of one piece in one parcel."""
    known, found = read_rules([group_id])
    seller = found.get(group_id)
    if seller is None or satang <= 0:
        return MoneyParts(satang, [])
    picked = pick(known, day=clock.today(), seller=seller, category_path=category_path(category_id))
    (parts,) = parts_of_parcel([satang], [picked], seller)
    return MoneyParts(satang, _shown([(part.kind, part.satang, "") for part in parts]))


def of_order(order: Order, language: str) -> MoneyParts | None:
    """What all have of an order (read with its parts) now, and of each line; one query. None where nothing was frozen."""
    shares = list(LineShare.objects.filter(order=order).select_related("payee").order_by("pk"))
    if not shares:
        return None
    paid = [row for row in shares if row.kind != Kind.FUND_VOUCHER]
    facts = [(row, formats.pick(row.payee.name_th, row.payee.name_en, language) if row.payee else "") for row in paid]
    whole = _shown([(_shown_as(row), row.amount_satang, name) for row, name in facts])
    lines = []
    for line in (line for part in order.vendor_orders.all() for line in part.lines.all()):
        own = _shown([(_shown_as(row), row.amount_satang, name) for row, name in facts if row.line_id == line.pk])
        lines.append((line, own))
    total = sum(row.amount_satang for row in paid)
    return MoneyParts(total, whole, lines, total - sum(row.amount_satang for row in shares))


def _shown_as(row: LineShare) -> str:
    """The discount that a group gives makes its own part smaller."""
    return Kind.GROUP if row.kind == Kind.OWN_VOUCHER else row.kind


def _shown(parts: Iterable[tuple[str, int, str]]) -> list[Shown]:
    sums: dict[str, int] = {}
    names: dict[str, dict[str, None]] = {}
    for kind, satang, name in parts:
        sums[kind] = sums.get(kind, 0) + satang
        names.setdefault(kind, {})
        if name and kind != Kind.FUND:
            names[kind][name] = None
    kept = [(kind, satang) for kind, satang in sums.items() if satang > 0]
    kept.sort(key=lambda one: (one[0] != Kind.GROUP, -one[1]))
    total = sum(satang for _kind, satang in kept)
    coins = spread(_COINS, [satang for _kind, satang in kept]) if kept else []
    return [
        Shown(kind, satang, f"{satang * 100 / total:.1f}".removesuffix(".0"), number, tuple(names[kind]))
        for (kind, satang), number in zip(kept, coins, strict=True)
    ]


def in_words(parts: MoneyParts) -> str:
    """The drawing for who cannot see it."""
    return ", ".join(f"{row.label} {row.per_hundred}" for row in parts.rows)
