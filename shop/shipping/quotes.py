"""What an offered way of delivery looks like: its price leg by leg, part by part, its parcels, its days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import Promise

from vendors.models import Place

Key = tuple[int, int]
"""(group, dispatching place) of a part."""


@dataclass(frozen=True)
class Stop:
    """A hub on the way of a part, and the day on which the goods should be there.

    To the first stop the group brings its goods, on that very day; at the last, `merge`, everything is put together. Where one hub does
    both, it is the only stop.
    """

    place_id: int
    role: str
    due: dt.date


@dataclass(frozen=True)
class Leg:
    """One paid stretch: post, collect, trunk, handling, courier or counter; paid to the organisation `payee_id`."""

    kind: str
    from_place_id: int | None
    to_place_id: int | None
    payee_id: int
    price_satang: int
    carrier: str
    parts: tuple[Key, ...]


@dataclass(frozen=True)
class PartWay:
    """What one part bears of the whole, who carries it to the buyer, and its stops."""

    key: Key
    price_satang: int
    carrier: str
    stops: tuple[Stop, ...] = ()


@dataclass(frozen=True)
class WayQuote:
    """One way that can be chosen. Legs, parts and `total_satang` are the same money."""

    way: str
    hub: Place | None
    parts: tuple[PartWay, ...]
    legs: tuple[Leg, ...]
    parcels: int
    earliest: dt.date
    latest: dt.date

    @property
    def hub_id(self) -> int | None:
        """The hub that puts the goods together."""
        return self.hub.pk if self.hub else None

    @property
    def total_satang(self) -> int:
        return sum(leg.price_satang for leg in self.legs)

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """The first and the last day on which it should be there."""
        return self.earliest, self.latest

    def of(self, key: Key) -> PartWay:
        """The way of one part."""
        return next(part for part in self.parts if part.key == key)


@dataclass(frozen=True)
class Refusal:
    """A way that cannot be chosen, and why, in plain words."""

    way: str
    hub: Place | None
    why: str | Promise

    @property
    def hub_id(self) -> int | None:
        """The counter that is meant."""
        return self.hub.pk if self.hub else None


@dataclass(frozen=True)
class WayQuotes:
    """All ways for a basket and an address."""

    options: tuple[WayQuote, ...]
    refusals: tuple[Refusal, ...]

    def find(self, way: str, hub_id: int | None = None) -> WayQuote | None:
        """The option of a way; of pick-up the one at that counter. Without `hub_id` the first of the way."""
        meant = (one for one in self.options if one.way == way and hub_id in (None, one.hub_id))
        return next(meant, None)

    def why_not(self, way: str, hub_id: int | None = None) -> str | Promise:
        """Why a way is not among the options; "" where nothing is known."""
        meant = (one.why for one in self.refusals if one.way == way and hub_id in (None, one.hub_id))
        return next(meant, "")
