"""Delivery from each group directly: tariff by zone and weight, from dated rows (docs/algorithms/delivery.md)."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from django.db import transaction
from django.db.models import Q

from shop.common.money import to_satang
from shop.shipping.errors import NoTariff, UnknownAddress
from shop.shipping.models import Tariff, Zone
from vendors.models import Province

_DATA = Path(__file__).parent / "data" / "tariffs.csv"


@dataclass(frozen=True)
class Part:
    """What one group sends from one place: key (group, place), the place's province, the weight of all pieces."""

    key: tuple[int, int]
    province: str
    weight_g: int


@dataclass(frozen=True)
class PartQuote:
    """What sending one part costs, in how many parcels, by whom."""

    key: tuple[int, int]
    zone: str
    carrier: str
    parcels: int
    price_satang: int


@dataclass(frozen=True)
class Quote:
    """The whole delivery; `total_satang` is the sum of its parts."""

    parts: tuple[PartQuote, ...]

    @property
    def total_satang(self) -> int:
        return sum(part.price_satang for part in self.parts)

    @property
    def parcels(self) -> int:
        return sum(part.parcels for part in self.parts)

    def of(self, key: tuple[int, int]) -> PartQuote:
        """The quote of one part."""
        return next(part for part in self.parts if part.key == key)


@dataclass(frozen=True)
class PriceList:
    """The tariffs of one day by zone, smallest step first, and the region of each province that was asked for."""

    regions: dict[str, str]
    steps: dict[str, list[Tariff]]

    def quote(self, destination_province: str, parts: Sequence[Part]) -> Quote:
        """Price of posting every part. Raises UnknownAddress or NoTariff (see `quote`)."""
        if destination_province not in self.regions:
            raise UnknownAddress
        quoted = []
        for part in parts:
            quoted.append(self.quote_zone(part, _zone(part.province, destination_province, self.regions)))
        return Quote(tuple(quoted))

    def quote_zone(self, part: Part, zone: str) -> PartQuote:
        """Price of posting one part over a zone. Raises NoTariff."""
        return _quote_part(part, zone, self.steps.get(zone, []))


def price_list(on: dt.date, provinces: Iterable[str] | None = None) -> PriceList:
    """What posting costs on day `on` between the named provinces (None: all); two queries."""
    known = Province.objects.all() if provinces is None else Province.objects.filter(pk__in=set(provinces))
    steps: dict[str, list[Tariff]] = {}
    in_force = Q(valid_from__lte=on) & (Q(valid_until=None) | Q(valid_until__gte=on))
    for row in Tariff.objects.filter(in_force).order_by("max_weight_g", "-valid_from", "price_satang"):
        table = steps.setdefault(row.zone, [])
        if not table or table[-1].max_weight_g != row.max_weight_g:
            table.append(row)
    return PriceList(dict(known.values_list("pk", "region_id")), steps)


def quote(*, destination_province: str, parts: Sequence[Part], on: dt.date) -> Quote:
    """Price of posting every part to `destination_province` ("TH-50") on day `on`; two queries.

    What is heavier than the largest step goes in several parcels: as many full ones as needed and the rest.
    Raises UnknownAddress for a province that does not exist, NoTariff when no dated row covers the day.
    """
    return price_list(on, [destination_province, *(part.province for part in parts)]).quote(destination_province, parts)


def _zone(start: str, end: str, regions: dict[str, str]) -> str:
    if start == end:
        return Zone.SAME_PROVINCE
    return Zone.SAME_REGION if regions.get(start) == regions[end] else Zone.OTHER_REGION


def _quote_part(part: Part, zone: str, table: list[Tariff]) -> PartQuote:
    if not table:
        raise NoTariff
    largest = table[-1]
    full, rest = divmod(max(part.weight_g, 1), largest.max_weight_g)
    price = full * largest.price_satang
    if rest:
        price += next(row.price_satang for row in table if row.max_weight_g >= rest)
    return PartQuote(
        key=part.key, zone=zone, carrier=largest.carrier, parcels=full + (1 if rest else 0), price_satang=price
    )


@transaction.atomic
def load_tariffs() -> int:
    """Writes the tariffs of `data/tariffs.csv` (placeholders to be replaced by the operator's); returns how many are new."""
    made = 0
    with _DATA.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            _, created = Tariff.objects.get_or_create(
                carrier=row["carrier"],
                zone=row["zone"],
                max_weight_g=int(row["max_weight_g"]),
                valid_from=dt.date.fromisoformat(row["valid_from"]),
                defaults={"price_satang": to_satang(Decimal(row["price_baht"]))},
            )
            made += created
    return made
