"""A basket as it is seen: by group, with today's prices, and with everything that changed since it was filled."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from shop.basket.models import Basket, Line
from shop.common.money import to_satang
from shop.partner.offers import Offer, offers


@dataclass(frozen=True)
class LineView:
    """One line. `problem` is '', 'gone' (not on sale), 'sold_out' or 'less' (fewer left); it then cannot be ordered as is."""

    pk: int
    product_id: int
    quantity: int
    offer: Offer | None
    remembered_satang: int
    title_th: str
    title_en: str
    problem: str

    @property
    def price_satang(self) -> int:
        """Today's price of one piece."""
        return self.offer.price_satang if self.offer else self.remembered_satang

    @property
    def total_satang(self) -> int:
        """Pieces times today's price; 0 when it cannot be bought."""
        return 0 if self.problem in ("gone", "sold_out") else self.price_satang * self.quantity

    @property
    def price_changed(self) -> bool:
        """True when the price is no longer the one that was shown when it went in."""
        return self.offer is not None and self.remembered_satang != self.offer.price_satang

    @property
    def one_less(self) -> int:
        """Where the button − leads."""
        return self.quantity - 1

    @property
    def one_more(self) -> int:
        """Where the button + leads."""
        return self.quantity + 1

    @property
    def most(self) -> int:
        """How many may be ordered at most."""
        return self.offer.available if self.offer else 0


@dataclass
class GroupPart:
    """The lines of one group from one dispatching place: what becomes one vendor order."""

    group_id: int
    place_id: int
    place_province: str
    name_th: str
    name_en: str
    slug: str
    picture: str = ""
    lines: list[LineView] = field(default_factory=list)
    delivery_satang: int | None = None
    sent_from: str = ""
    """What sending costs, once it is known where to, and where from in words: filled in by the page that knows."""

    @property
    def key(self) -> str:
        """Names the part on a page."""
        return f"{self.group_id}-{self.place_id}"

    @property
    def pieces(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def subtotal_satang(self) -> int:
        return sum(line.total_satang for line in self.lines)

    @property
    def weight_g(self) -> int:
        return sum(grams for _storage, grams in self.weights)

    @property
    def weights(self) -> tuple[tuple[str, int], ...]:
        """(storage, grams) of what can be bought, in the order in which the storages come first; at least one entry."""
        found: dict[str, int] = {}
        for line in self.lines:
            if line.offer and not line.problem:
                storage = line.offer.storage or "ambient"
                found[storage] = found.get(storage, 0) + line.offer.weight_g * line.quantity
        return tuple(found.items()) or (("ambient", 0),)


@dataclass
class BasketView:
    """A whole basket, grouped by group in the order in which things were added."""

    groups: list[GroupPart] = field(default_factory=list)
    lost: list[LineView] = field(default_factory=list)
    saved: list[LineView] = field(default_factory=list)
    """Kept for later: shown beside the basket, never counted, never ordered."""

    @property
    def lines(self) -> list[LineView]:
        return [line for part in self.groups for line in part.lines] + self.lost

    @property
    def total_satang(self) -> int:
        return sum(part.subtotal_satang for part in self.groups)

    @property
    def count(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def has_problems(self) -> bool:
        return any(line.problem for line in self.lines)

    @property
    def has_price_changes(self) -> bool:
        return any(line.price_changed for line in self.lines)

    @property
    def mark(self) -> str:
        """Changes with everything that a page of the basket shows: two tabs notice each other by it."""
        rows = [(line.pk, line.quantity, line.price_satang, line.problem) for line in self.lines]
        rows += [(line.pk, line.quantity, line.price_satang, line.problem) for line in self.saved]
        return hashlib.sha256(repr(rows).encode()).hexdigest()[:16]

    def line(self, pk: int) -> LineView | None:
        """One line of the basket or of what is kept for later."""
        return next((line for line in [*self.lines, *self.saved] if line.pk == pk), None)

    def part_of(self, pk: int) -> GroupPart | None:
        """The part in which a line stands."""
        return next((part for part in self.groups if any(line.pk == pk for line in part.lines)), None)

    def __bool__(self) -> bool:
        return bool(self.groups or self.lost)


_COLUMNS = ("pk", "basket_id", "product_id", "quantity", "price_incl_tax", "product__title", "product__title_en")


def basket_view(basket: Basket | None, saved: Basket | None = None) -> BasketView:
    """Reads a basket, and what is kept for later beside it, in two queries, whatever their size."""
    view = BasketView()
    asked = [one.pk for one in (basket, saved) if one is not None]
    if not asked:
        return view
    rows = list(Line.objects.filter(basket__in=asked).order_by("date_created", "pk").values(*_COLUMNS))
    known = offers(row["product_id"] for row in rows)
    parts: dict[tuple[int, int], GroupPart] = {}
    for row in rows:
        offer = known.get(row["product_id"])
        line = _line(row, offer)
        if saved is not None and row["basket_id"] == saved.pk:
            view.saved.append(line)
            continue
        if offer is None:
            view.lost.append(line)
            continue
        key = (offer.group_id, offer.place_id)
        if key not in parts:
            parts[key] = GroupPart(
                group_id=offer.group_id,
                place_id=offer.place_id,
                place_province=offer.place_province,
                name_th=offer.group_name_th,
                name_en=offer.group_name_en,
                slug=offer.group_slug,
                picture=offer.group_picture,
            )
            view.groups.append(parts[key])
        parts[key].lines.append(line)
    return view


def _line(row: dict[str, Any], offer: Offer | None) -> LineView:
    return LineView(
        pk=row["pk"],
        product_id=row["product_id"],
        quantity=row["quantity"],
        offer=offer,
        remembered_satang=to_satang(row["price_incl_tax"] or Decimal(0)),
        title_th=offer.title_th if offer else row["product__title"],
        title_en=offer.title_en if offer else row["product__title_en"] or row["product__title"],
        problem=_problem(offer, row["quantity"]),
    )


def _problem(offer: Offer | None, quantity: int) -> str:
    if offer is None or not offer.on_sale:
        return "gone"
    if offer.available <= 0:
        return "sold_out"
    return "less" if quantity > offer.available else ""


def piece_count(basket: Basket | None) -> int:
    """How many pieces lie in the basket; one query."""
    if basket is None:
        return 0
    return int(Line.objects.filter(basket=basket).aggregate(sum=Sum("quantity"))["sum"] or 0)
