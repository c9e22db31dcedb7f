"""What a visitor asks for: words, filters, order, page. Nonsense in an address is dropped, never an error."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass, field, replace

from django.http import QueryDict

from shop.common.thai import arabic_digits, clean_text

PAGE_SIZE = 24
LONGEST_TEXT = 100
_MOST_VALUES = 20
_VALUE = re.compile(r"^[A-Za-z0-9_-]{1,80}$")
_HIGHEST_BAHT = 10_000_000

PARAMETERS = (
    "q",
    "category",
    "region",
    "province",
    "group",
    "scheme",
    "storage",
    "delivery",
    "min",
    "max",
    "stock",
    "sort",
    "page",
)
"""The query keys of every listing, in the order in which addresses are written."""


class Sort(enum.StrEnum):
    """Orders of a listing."""

    BEST = "best"
    NEWEST = "newest"
    POPULAR = "popular"
    CHEAPEST = "price"
    DEAREST = "-price"
    NAME = "name"


@dataclass(frozen=True)
class Query:
    """A listing asked for. `shelf` is the category of the address itself, which no filter may leave."""

    text: str = ""
    shelf: str = ""
    categories: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()
    storages: tuple[str, ...] = ()
    deliveries: tuple[str, ...] = ()
    price_from: int | None = None
    price_to: int | None = None
    in_stock: bool = False
    sort: Sort = Sort.NEWEST
    page: int = 1

    def pairs(self, *, with_page: bool = False) -> list[tuple[str, str]]:
        """The query as pairs of an address, in a fixed order; defaults are left out."""
        pairs = [("q", self.text)] if self.text else []
        for name, values in self.lists().items():
            pairs += [(name, value) for value in values]
        if self.price_from is not None:
            pairs.append(("min", str(self.price_from // 100)))
        if self.price_to is not None:
            pairs.append(("max", str(self.price_to // 100)))
        if self.in_stock:
            pairs.append(("stock", "1"))
        if self.sort != self.usual_sort:
            pairs.append(("sort", str(self.sort)))
        if with_page and self.page > 1:
            pairs.append(("page", str(self.page)))
        return pairs

    def lists(self) -> dict[str, tuple[str, ...]]:
        """The filters that take several values, by their names in addresses."""
        return {
            "category": self.categories,
            "region": self.regions,
            "province": self.provinces,
            "group": self.groups,
            "scheme": self.schemes,
            "storage": self.storages,
            "delivery": self.deliveries,
        }

    def without(self, name: str, value: str = "") -> Query:
        """The same query without one value of a filter (or without the filter), from its first page."""
        fields = {"category": "categories", "region": "regions", "province": "provinces", "group": "groups"}
        fields |= {"scheme": "schemes", "storage": "storages", "delivery": "deliveries"}
        if name in fields:
            kept = tuple(entry for entry in self.lists()[name] if entry != value)
            return replace(self, page=1, **{fields[name]: kept})  # type: ignore[arg-type]
        if name == "price":
            return replace(self, page=1, price_from=None, price_to=None)
        if name == "stock":
            return replace(self, page=1, in_stock=False)
        if name == "q":
            return replace(self, page=1, text="", sort=Sort.NEWEST if self.sort == Sort.BEST else self.sort)
        raise KeyError(name)

    @property
    def usual_sort(self) -> Sort:
        """The order that nobody has to ask for: what fits best, and without words what is newest."""
        return Sort.BEST if self.text else Sort.NEWEST

    @property
    def is_filtered(self) -> bool:
        """True when anything but words, shelf, order and page is asked for."""
        return any(self.lists().values()) or self.in_stock or (self.price_from, self.price_to) != (None, None)

    @property
    def filter_key(self) -> str:
        """All that counts depend on, as one text: everything but order and page."""
        return repr(replace(self, sort=Sort.NEWEST, page=1))


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter and how many goods it would leave or add."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One filter with its values; each count ignores this filter itself and obeys all others."""

    name: str
    options: tuple[Option, ...] = ()


@dataclass(frozen=True)
class Counts:
    """Exact counts: of all that was found, and per filter and value."""

    total: int = 0
    by_facet: dict[str, dict[str, int]] = field(default_factory=dict)


def read_query(params: QueryDict, *, shelf: str = "") -> Query:
    """The query of an address. Unknown orders, odd prices and pages fall back to their defaults."""
    low, high = _satang(params.get("min")), _satang(params.get("max"))
    if low is not None and high is not None and low > high:
        low, high = high, low
    text = clean_text((params.get("q") or "")[: LONGEST_TEXT * 10])[:LONGEST_TEXT].strip()
    sort = params.get("sort") or ""
    if sort not in list(Sort) or (sort == Sort.BEST and not text):
        sort = Sort.BEST if text else Sort.NEWEST
    return Query(
        text=text,
        shelf=shelf,
        categories=() if shelf else _values(params, "category"),
        regions=_values(params, "region"),
        provinces=_values(params, "province"),
        groups=_values(params, "group"),
        schemes=_values(params, "scheme"),
        storages=_values(params, "storage"),
        deliveries=_values(params, "delivery"),
        price_from=low,
        price_to=high,
        in_stock=params.get("stock") == "1",
        sort=Sort(sort),
        page=_page(params.get("page")),
    )


def _values(params: QueryDict, name: str) -> tuple[str, ...]:
    found = [value for value in params.getlist(name)[:_MOST_VALUES] if _VALUE.match(value)]
    return tuple(sorted(set(found)))


def _satang(value: str | None) -> int | None:
    text = arabic_digits(value or "").strip().replace(",", "")
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        return None
    return min(int(text), _HIGHEST_BAHT) * 100


def _page(value: str | None) -> int:
    text = arabic_digits(value or "").strip()
    if not text.isascii() or not text.isdigit():
        return 1
    return max(1, int(text[:9]))
