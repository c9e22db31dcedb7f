"""What delivery of one piece would cost and when it would come, before anybody has a basket (docs/algorithms/delivery.md)."""

from __future__ import annotations

import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Value
from wagtail.models import ModelLogEntry

from catalogue import shelves
from shop.common import clock, thai
from shop.partner.offers import offers
from shop.people import addresses
from shop.shipping.calendars import read_times, read_workdays
from shop.shipping.errors import NoTariff, NotServed, PostcodeIncomplete, PostcodeUnknown
from shop.shipping.fees import read_reach
from shop.shipping.models import Tariff, TransitTime, Way, in_force
from shop.shipping.services import AMBIENT, STORAGES, Part, price_list
from shop.shipping.services.changing import keeper
from shop.shipping.tables import SHAPES, Table, read_kind
from vendors.history import PREFIX, history_of
from vendors.models import Organisation, Place

_DIGITS = 5


@dataclass(frozen=True)
class Estimate:
    """Delivery of one piece to a postcode: the price of its parcels, and the first and the last day it should come."""

    postcode: str
    provinces: tuple[str, ...]
    price_satang: int
    parcels: int
    carrier: str
    earliest: dt.date
    latest: dt.date


def estimate(*, postcode: str, origin: str, weight_g: int, on: dt.date, storage: str = AMBIENT) -> Estimate:
    """What one piece of `weight_g` from the province `origin` costs to `postcode`, ordered on day `on`; four queries.

    A postcode that several provinces share is quoted for the farthest of them. Raises PostcodeIncomplete for what is
    not five digits, PostcodeUnknown for five digits that Thailand does not use, NoTariff without a tariff for the day,
    NotServed where no carrier goes, NoDay without a time for the day.
    """
    code = known_postcode(postcode)
    provinces = provinces_of(code)
    prices, times, reach = price_list(on, [origin, *provinces]), read_times(on), read_reach(on, code)
    if not reach.is_served:
        raise NotServed
    part = Part((0, 0), origin, weight_g, ((storage, weight_g),))
    known = [province for province in provinces if province in prices.regions]
    quotes = [prices.quote(province, [part], reach.surcharge_satang).parts[0] for province in known]
    if not quotes:
        raise NoTariff
    quote = max(quotes, key=lambda one: (one.price_satang, times.of(TransitTime.Service.POST, one.zone)))
    travel = times.of(TransitTime.Service.POST, quote.zone)
    days = read_workdays(on).posted(on, times.packing, travel, fresh=part.is_fresh)
    return Estimate(code, provinces, quote.price_satang, quote.parcels, quote.carrier, *days)


def estimate_for(
    *,
    product_ids: Iterable[int],
    postcode: str,
    on: dt.date,
    province: str = "",
    weight_g: int = 0,
    storage: str = AMBIENT,
) -> Estimate:
    """The same for a product, of which `product_ids` are sold (itself, or its variants); one query more.

    It goes out from where the basket would take it, and weighs what the heaviest one that is left weighs, so that no
    buyer pays more than was said. Where nobody offers it, from `province`, with `weight_g` and `storage`. Raises as `estimate`.
    """
    found = offers(product_ids).values()
    offer = max(found, key=lambda one: (one.available > 0, one.weight_g), default=None)
    origin = offer.place_province if offer else province
    grams = (offer.weight_g if offer else 0) or weight_g
    kept = offer.storage if offer else storage
    return estimate(postcode=postcode, origin=origin, weight_g=grams, on=on, storage=kept or AMBIENT)


def price_span(weight_g: int, on: dt.date, storage: str = AMBIENT) -> tuple[int, int] | None:
    """The lowest and the highest price of posting one piece of this weight within Thailand; one query. None: no tariff."""
    prices = price_list(on, [])
    part = Part((0, 0), "", weight_g, ((storage, weight_g),))
    found = [prices.quote_zone(part, zone).price_satang for kind, zone in prices.steps if kind == storage]
    return (min(found), max(found)) if found else None


def ways_of_goods(on: dt.date | None = None) -> dict[str, tuple[tuple[str, str], ...]]:
    """Way → (region, storage) of goods that can go so on a day, today if not given, while no address is known; one query.

    Groups send what a tariff takes. Hubs take what a hub of the region does, cold goods with its cold store; counters hand over
    what hubs take, where one in the country fits.
    """
    day = on or clock.today()
    tariffs = Tariff.objects.filter(in_force(day)).order_by().annotate(is_hub=Value(False), no=Value(False))
    hubs = Place.objects.filter(kind=Place.Kind.HUB, is_open=True, organisation__state=Organisation.State.APPROVED)
    shapes = hubs.order_by().annotate(is_hub=Value(True))
    rows = tariffs.values_list("is_hub", "storage", "no", "no").union(
        shapes.values_list("is_hub", "province__region_id", "has_cold_store", "has_pickup_counter")
    )
    sent = sorted(row[1] for row in rows if not row[0])
    facts = [row[1:] for row in rows if row[0]]
    regions = sorted(shelves.regions())
    taken = [
        (region, storage)
        for storage in STORAGES
        for region in regions
        if any(where == region and (cold or storage == AMBIENT) for where, cold, _counter in facts)
    ]
    handed = {storage for storage in STORAGES if any(one[2] and (one[1] or storage == AMBIENT) for one in facts)}
    return {
        Way.DIRECT.value: tuple((region, storage) for storage in sent for region in regions),
        Way.HUBS.value: tuple(taken),
        Way.PICKUP.value: tuple(pair for pair in taken if pair[1] in handed),
    }


def provinces_of(postcode: str) -> tuple[str, ...]:
    """The provinces ("TH-50") that use a postcode; none for a number that is not in use."""
    return _provinces_by_postcode().get(postcode, ())


def known_postcode(text: str) -> str:
    """A postcode in use, from five digits as typed: Thai or Arabic figures, with blanks or dashes between them.

    Raises PostcodeIncomplete, PostcodeUnknown.
    """
    digits = "".join(thai.arabic_digits(text).replace("-", " ").split())
    if len(digits) != _DIGITS or not (digits.isascii() and digits.isdigit()):
        raise PostcodeIncomplete
    if not provinces_of(digits):
        raise PostcodeUnknown(postcode=digits)
    return digits


def planned_changes(today: dt.date) -> list[tuple[Table, dt.date]]:
    """The tables with changes to come, each with its days, the next first; a query for each kind."""
    found = []
    for kind in SHAPES:
        for history in read_kind(kind, today).values():
            found += [(history.table, day) for day in history.planned]
    return sorted(found, key=lambda pair: pair[1])


def last_changes(most: int = 10) -> list[ModelLogEntry]:
    """What was changed of late about delivery, with the persons: the department's own log; two queries."""
    office = keeper()
    if office is None:
        return []
    return list(history_of(office).filter(action__startswith=f"{PREFIX}delivery.")[:most])


@functools.cache
def _provinces_by_postcode() -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = defaultdict(set)
    for area in addresses.all_areas():
        for postcode in area.postcodes:
            found[postcode].add(area.province_code)
    return {postcode: tuple(sorted(provinces)) for postcode, provinces in found.items()}
