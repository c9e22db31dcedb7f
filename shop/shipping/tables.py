"""The tables of dated rows as they were, are and will be: each is changed as a whole from a day on (docs/operations.md)."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from catalogue.models import Product
from shop.shipping.models import Dated, HubDay, HubFee, ServiceArea, Tariff, TransitTime, Zone

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Shape:
    """Which rows are one table (`of`), what tells its steps apart (`step`), and what a step says (`says`)."""

    model: type[Dated]
    of: tuple[str, ...]
    step: tuple[str, ...]
    says: tuple[str, ...]


SHAPES: dict[str, Shape] = {
    "tariffs": Shape(Tariff, ("storage", "zone"), ("carrier", "max_weight_g"), ("price_satang",)),
    "fees": Shape(HubFee, ("service", "zone"), ("max_weight_g",), ("price_satang",)),
    "times": Shape(TransitTime, ("service", "zone"), (), ("fastest_days", "slowest_days")),
    "areas": Shape(ServiceArea, ("by", "prefix"), (), ("is_served", "surcharge_satang", "name_th", "name_en")),
    "weeks": Shape(
        HubDay,
        ("place_id",),
        ("weekday",),
        ("bring_until", "cutoff_days_before", "cutoff_time", "leaves", "counter_from", "counter_until"),
    ),
}


_NAMES = {
    "tariffs": Product.Storage.choices,
    "fees": HubFee.Service.choices,
    "times": TransitTime.Service.choices,
}


@dataclass(frozen=True)
class Table:
    """One table: its kind and the values of `of`, for example ("tariffs", ("ambient", "same_region"))."""

    kind: str
    key: tuple[Any, ...]

    @property
    def shape(self) -> Shape:
        return SHAPES[self.kind]

    @property
    def columns(self) -> dict[str, Any]:
        """Column → value of every row of it."""
        return dict(zip(self.shape.of, self.key, strict=True))

    @property
    def title(self) -> str:
        """What it is, in words; hubs are named by their pages."""
        if self.kind == "areas":
            return f"{dict(ServiceArea.By.choices)[self.key[0]]} {self.key[1]}"
        first = dict(_NAMES.get(self.kind, []))
        words = [str(first.get(self.key[0], "")), str(dict(Zone.choices).get(self.key[-1], ""))]
        return " · ".join(word for word in words if word) or str(_("Every hub without days of its own"))


_ZONES = tuple(Zone.values)
FIXED: dict[str, tuple[Table, ...]] = {
    "tariffs": tuple(Table("tariffs", (storage, zone)) for storage in Product.Storage.values for zone in _ZONES),
    "fees": tuple(
        Table("fees", (service, zone))
        for service in HubFee.Service.values
        for zone in (_ZONES if service == HubFee.Service.TRUNK else ("",))
    ),
    "times": tuple(
        Table("times", (service, zone))
        for service in TransitTime.Service.values
        for zone in (("",) if service == TransitTime.Service.PACKING else _ZONES)
    ),
}
"""The tables that are always there, with or without rows."""


@dataclass(frozen=True)
class Version:
    """What a table says from `first` until `last` (none: until further notice)."""

    first: dt.date
    last: dt.date | None
    rows: tuple[Any, ...]
    when: str
    """past, now or coming."""


@dataclass(frozen=True)
class History:
    """A table with all its rows, on one day."""

    table: Table
    rows: tuple[Any, ...]
    today: dt.date

    @property
    def change_days(self) -> list[dt.date]:
        """The days on which it began to say something else."""
        ends = {row.valid_until + _DAY for row in self.rows if row.valid_until}
        return sorted({row.valid_from for row in self.rows} | ends)

    @property
    def planned(self) -> list[dt.date]:
        """The changes that are still to come."""
        return [day for day in self.change_days if day > self.today]

    @property
    def began_today(self) -> bool:
        return any(row.valid_from == self.today for row in self.rows)

    @property
    def seen(self) -> str:
        """Another one once anybody has changed the table."""
        facts = sorted((row.pk, str(row.valid_until)) for row in self.rows)
        return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]

    def all_on(self, day: dt.date) -> list[Any]:
        """Every row that holds on a day."""
        return [row for row in self.rows if row.valid_from <= day and (not row.valid_until or day <= row.valid_until)]

    def on(self, day: dt.date) -> tuple[Any, ...]:
        """The rows that count on a day: of several for one step the last that came into force; in their order."""
        steps = tuple(name for name in self.table.shape.step if name != "carrier")
        counted: dict[tuple[Any, ...], Any] = {}
        for row in sorted(self.all_on(day), key=lambda one: (one.valid_from, -one.pk)):
            counted[tuple(getattr(row, name) for name in steps)] = row
        return tuple(counted[key] for key in sorted(counted))

    @property
    def now(self) -> tuple[Any, ...]:
        return self.on(self.today)

    @property
    def versions(self) -> list[Version]:
        """What it said, says and will say, the newest first; times in which it said nothing are left out but for the coming."""
        days = self.change_days
        found = []
        for position, first in enumerate(days):
            following = days[position + 1] if position + 1 < len(days) else None
            last = following - _DAY if following else None
            when = "coming" if first > self.today else "past" if last and last < self.today else "now"
            rows = self.on(first)
            if rows or when != "past":
                found.append(Version(first, last, rows, when))
        return found[::-1]

    @property
    def coming(self) -> list[Version]:
        """The next first."""
        return [version for version in self.versions if version.when == "coming"][::-1]


def histories(kind: str, rows: Iterable[Any], today: dt.date) -> dict[tuple[Any, ...], History]:
    """The histories of a kind by key, from its rows."""
    shape = SHAPES[kind]
    found: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for row in rows:
        found[tuple(getattr(row, name) for name in shape.of)].append(row)
    return {key: History(Table(kind, key), tuple(entries), today) for key, entries in found.items()}


def read_kind(kind: str, today: dt.date, only: Sequence[Table] = ()) -> dict[tuple[Any, ...], History]:
    """Every table of a kind that has rows (and `only` without any as well); one query."""
    found = histories(kind, SHAPES[kind].model._default_manager.all(), today)
    for table in only or FIXED.get(kind, ()):
        found.setdefault(table.key, History(table, (), today))
    return found


def read_table(table: Table, today: dt.date) -> History:
    """One table with all its rows; one query."""
    rows = table.shape.model._default_manager.filter(**table.columns).order_by("pk")
    return History(table, tuple(rows), today)
