"""What posting costs: tariff by storage, zone and weight, from dated rows (docs/algorithms/delivery.md)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from catalogue import shelves
from catalogue.models import Product
from shop.shipping.errors import NoColdCarrier, NoTariff, UnknownAddress
from shop.shipping.models import Tariff, Zone, in_force

STORAGES: tuple[str, ...] = tuple(Product.Storage.values)
AMBIENT: str = Product.Storage.AMBIENT


@dataclass(frozen=True)
class Part:
    """What one group sends from one place: key (group, place), the place's province, the weight of all pieces.

    `weights`: grams by storage, where not everything keeps at room temperature.
    """

    key: tuple[int, int]
    province: str
    weight_g: int
    weights: tuple[tuple[str, int], ...] = ()

    @property
    def classes(self) -> tuple[tuple[str, int], ...]:
        """(storage, grams) of what must not share a box."""
        return self.weights or ((AMBIENT, self.weight_g),)

    @property
    def is_fresh(self) -> bool:
        """Something of it is to be kept cold."""
        return any(storage != AMBIENT for storage, _grams in self.classes)


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
    """The tariffs of one day by storage and zone, smallest step first, and the region of each province that was asked for."""

    regions: dict[str, str]
    steps: dict[tuple[str, str], list[Tariff]]

    def quote(self, destination_province: str, parts: Sequence[Part], surcharge_satang: int = 0) -> Quote:
        """Price of posting every part; `surcharge_satang` for each parcel. Raises UnknownAddress or NoTariff (see `quote`)."""
        if destination_province not in self.regions:
            raise UnknownAddress
        quoted = []
        for part in parts:
            quoted.append(self.quote_zone(part, self.zone(part.province, destination_province), surcharge_satang))
        return Quote(tuple(quoted))

    def quote_zone(self, part: Part, zone: str, surcharge_satang: int = 0) -> PartQuote:
        """Price of posting one part over a zone, each storage class in its own parcels. Raises NoTariff."""
        price, parcels, carriers = 0, 0, []
        for storage, grams in part.classes:
            table = self.steps.get((storage, zone))
            if not table:
                raise NoTariff if storage == AMBIENT else NoColdCarrier
            cost, boxes = step_price([(row.max_weight_g, row.price_satang) for row in table], grams)
            price, parcels = price + cost + boxes * surcharge_satang, parcels + boxes
            carriers.append(table[-1].carrier)
        carrier = " + ".join(dict.fromkeys(carriers))[:60]
        return PartQuote(key=part.key, zone=zone, carrier=carrier, parcels=parcels, price_satang=price)

    def zone(self, start: str, end: str) -> str:
        """How far it is from one province to another."""
        if start == end:
            return Zone.SAME_PROVINCE
        return Zone.SAME_REGION if self.regions.get(start) == self.regions[end] else Zone.OTHER_REGION


def step_price(steps: Sequence[tuple[int, int]], grams: int) -> tuple[int, int]:
    """(price, pieces) of a weight by steps of (most grams, satang), smallest first.

    What is heavier than the largest step counts as as many full ones as needed and the rest.
    """
    largest, most = steps[-1]
    full, rest = divmod(max(grams, 1), largest)
    price = full * most
    if rest:
        price += next(satang for weight, satang in steps if weight >= rest)
    return price, full + (1 if rest else 0)


def price_list(on: dt.date, provinces: Iterable[str] | None = None) -> PriceList:
    """What posting costs on day `on` between the named provinces (None: all); one query, and one for the provinces at times."""
    wanted = None if provinces is None else set(provinces)
    known = shelves.provinces().values()
    regions = {province.key: province.region for province in known if wanted is None or province.key in wanted}
    return prices_of(tariff_rows(on), regions)


def tariff_rows(on: dt.date) -> QuerySet[Tariff]:
    """The tariffs in force on a day, in the order that `prices_of` wants."""
    return Tariff.objects.filter(in_force(on)).order_by("max_weight_g", "-valid_from", "price_satang")


def prices_of(rows: Iterable[Tariff], regions: dict[str, str]) -> PriceList:
    """Between the provinces whose regions are given; of several rows for a step the last that came into force counts."""
    steps: dict[tuple[str, str], list[Tariff]] = {}
    for row in rows:
        table = steps.setdefault((row.storage, row.zone), [])
        if not table or table[-1].max_weight_g != row.max_weight_g:
            table.append(row)
    return PriceList(regions, steps)


def quote(*, destination_province: str, parts: Sequence[Part], on: dt.date, surcharge_satang: int = 0) -> Quote:
    """Price of posting every part to `destination_province` ("TH-50") on day `on`.

    What is heavier than the largest step goes in several parcels: as many full ones as needed and the rest.
    Raises UnknownAddress for a province that does not exist, NoTariff when no dated row covers the day.
    """
    provinces = [destination_province, *(part.province for part in parts)]
    return price_list(on, provinces).quote(destination_province, parts, surcharge_satang)
