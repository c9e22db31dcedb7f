"""What hubs take for their work, and which addresses carriers reach only at a surcharge: dated rows of one day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from shop.people import addresses
from shop.shipping.errors import NoTariff
from shop.shipping.models import HubFee, ServiceArea, in_force
from shop.shipping.services import step_price


@dataclass(frozen=True)
class Fees:
    """The fees of one day by service and zone: steps of (most grams, satang), smallest first."""

    steps: dict[tuple[str, str], list[tuple[int, int]]]

    def of(self, service: str, grams: int, zone: str = "") -> int:
        """What a service costs for a weight, in satang. Raises NoTariff where no row counts."""
        table = self.steps.get((service, zone))
        if not table:
            raise NoTariff
        return step_price(table, grams)[0]


def fee_rows(on: dt.date) -> QuerySet[HubFee]:
    """The fees in force on a day, in the order that `fees_of` wants."""
    return HubFee.objects.filter(in_force(on)).order_by("max_weight_g", "-valid_from", "price_satang")


def fees_of(rows: Iterable[HubFee]) -> Fees:
    """Where several rows hold for a step, the one that came into force last counts."""
    steps: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for row in rows:
        table = steps.setdefault((row.service, row.zone), [])
        if not table or table[-1][0] != row.max_weight_g:
            table.append((row.max_weight_g, row.price_satang))
    return Fees(steps)


@dataclass(frozen=True)
class Reach:
    """Do carriers go to an address, and what do they take on top for each parcel?"""

    is_served: bool = True
    surcharge_satang: int = 0


def area_rows(on: dt.date) -> QuerySet[ServiceArea]:
    """The rules for addresses in force on a day."""
    return ServiceArea.objects.filter(in_force(on)).order_by("valid_from")


def read_reach(on: dt.date, postcode: str, subdistrict_code: str = "") -> Reach:
    """The rule for an address; one query."""
    return reach_of(list(area_rows(on)), postcode, subdistrict_code)


def reach_of(rows: Sequence[ServiceArea], postcode: str, subdistrict_code: str = "") -> Reach:
    """The rule for an address: the longest beginning counts, a sub-district before a postcode.

    While only the postcode is known, the dearest of its sub-districts counts, so that nobody pays more than was said.
    """
    places = [subdistrict_code] if subdistrict_code else _subdistricts(postcode) if postcode and rows else []
    found = [_rule(rows, postcode, place) for place in places or [""]]
    return min(found, key=lambda one: (one.is_served, -one.surcharge_satang))


def _rule(rows: Iterable[ServiceArea], postcode: str, subdistrict: str) -> Reach:
    known = {ServiceArea.By.POSTCODE: postcode, ServiceArea.By.SUBDISTRICT: subdistrict}
    meant = [row for row in rows if known[ServiceArea.By(row.by)].startswith(row.prefix)]
    if not meant:
        return Reach()
    row = max(meant, key=lambda one: (one.by == ServiceArea.By.SUBDISTRICT, len(one.prefix), one.valid_from))
    return Reach(row.is_served, row.surcharge_satang)


def _subdistricts(postcode: str) -> list[str]:
    return [area.code for area in addresses.all_areas() if postcode in area.postcodes]
