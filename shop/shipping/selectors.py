"""What delivery of one piece would cost and when it would come, before anybody has a basket (docs/algorithms/delivery.md)."""

from __future__ import annotations

import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from shop.common import thai
from shop.partner.offers import offers
from shop.people import addresses
from shop.shipping.errors import NoTariff, PostcodeIncomplete, PostcodeUnknown
from shop.shipping.models import Zone
from shop.shipping.services import Part, PartQuote, price_list

PACKING_DAYS = (1, 2)
"""Working days that a group takes to pack: at best, at most."""
TRAVEL_DAYS: dict[str, tuple[int, int]] = {
    Zone.SAME_PROVINCE: (1, 2),
    Zone.SAME_REGION: (1, 3),
    Zone.OTHER_REGION: (2, 4),
}
"""Working days that a parcel travels: at best, at most."""
_SUNDAY = 6
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


def estimate(*, postcode: str, origin: str, weight_g: int, on: dt.date) -> Estimate:
    """What one piece of `weight_g` from the province `origin` costs to `postcode`, ordered on day `on`; two queries.

    A postcode that several provinces share is quoted for the farthest of them. Raises PostcodeIncomplete for what is
    not five digits, PostcodeUnknown for five digits that Thailand does not use, NoTariff without a tariff for the day.
    """
    code = known_postcode(postcode)
    provinces = provinces_of(code)
    prices = price_list(on, [origin, *provinces])
    part = Part((0, 0), origin, weight_g)
    quotes = [prices.quote(province, [part]).parts[0] for province in provinces if province in prices.regions]
    if not quotes:
        raise NoTariff
    quote = max(quotes, key=lambda one: (one.price_satang, TRAVEL_DAYS[one.zone]))
    return Estimate(code, provinces, quote.price_satang, quote.parcels, quote.carrier, *_days(quote, on))


def estimate_for(
    *, product_ids: Iterable[int], postcode: str, on: dt.date, province: str = "", weight_g: int = 0
) -> Estimate:
    """The same for a product, of which `product_ids` are sold (itself, or its variants); one query more.

    It goes out from where the basket would take it, and weighs what the heaviest one that is left weighs, so that no
    buyer pays more than was said. Where nobody offers it, from `province` and with `weight_g`. Raises as `estimate`.
    """
    found = offers(product_ids).values()
    offer = max(found, key=lambda one: (one.available > 0, one.weight_g), default=None)
    origin = offer.place_province if offer else province
    grams = (offer.weight_g if offer else 0) or weight_g
    return estimate(postcode=postcode, origin=origin, weight_g=grams, on=on)


def price_span(weight_g: int, on: dt.date) -> tuple[int, int] | None:
    """The lowest and the highest price of posting one piece of this weight within Thailand; one query. None: no tariff."""
    prices = price_list(on, [])
    part = Part((0, 0), "", weight_g)
    found = [prices.quote_zone(part, zone).price_satang for zone in prices.steps]
    return (min(found), max(found)) if found else None


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


@functools.cache
def _provinces_by_postcode() -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = defaultdict(set)
    for area in addresses.all_areas():
        for postcode in area.postcodes:
            found[postcode].add(area.province_code)
    return {postcode: tuple(sorted(provinces)) for postcode, provinces in found.items()}


def _days(quote: PartQuote, on: dt.date) -> tuple[dt.date, dt.date]:
    travel = TRAVEL_DAYS[quote.zone]
    return _after(on, PACKING_DAYS[0] + travel[0]), _after(on, PACKING_DAYS[1] + travel[1])


def pack_by(day: dt.date) -> dt.date:
    """The last day on which a group packs what it was given on `day`, as buyers are told."""
    return _after(day, PACKING_DAYS[1])


def _after(day: dt.date, working_days: int) -> dt.date:
    """`working_days` later; Sundays do not count and nothing comes on one."""
    while working_days:
        day += dt.timedelta(days=1)
        working_days -= day.weekday() != _SUNDAY
    return day
