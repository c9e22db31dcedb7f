"""Which hubs lie on the way: near the group, near the buyer, with a cold store where it must be cold, and not closed.

Region, province and hub are data. Near means: in the same province, else in the same region the hub of the regional network, else the
nearest on the map of provinces (`vendors.tilemap`). No group carries its boxes into another region.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from shop.common import clock
from shop.common.errors import MarketError
from shop.shipping.calendars import Calendar
from shop.shipping.errors import NoColdHub, NoCounter, NoDay, NoHubNearBuyer, NoHubNearGroup
from vendors import tilemap
from vendors.models import Organisation, Place

PATIENCE = dt.timedelta(days=2)
"""A hub whose own closure holds goods up longer than that is routed around."""
NEIGHBOURS = 3
"""So many counters of other provinces of the region are offered besides those of the buyer's own."""
_FAR = 10_000


@dataclass(frozen=True)
class Routes:
    """The open hubs of the country and the region of each province."""

    hubs: tuple[Place, ...]
    regions: dict[str, str]

    def near(self, province: str) -> list[Place]:
        """The hubs of a province and its region, the nearest first."""
        region = self.regions.get(province, "")
        inside = [hub for hub in self.hubs if self.regions.get(hub.province_id) == region]
        return sorted(inside, key=lambda hub: self._distance(hub, province))

    def _distance(self, hub: Place, province: str) -> tuple[bool, bool, int, str]:
        elsewhere, regional = hub.province_id != province, hub.organisation.kind == Organisation.Kind.REGIONAL
        return elsewhere, regional != elsewhere, _apart(hub.province_id, province), hub.code

    def collecting(self, province: str, *, fresh: bool, calendar: Calendar, at: dt.datetime) -> Place:
        """Where a group brings its goods. Raises NoHubNearGroup, NoColdHub, NoDay."""
        late = None
        for hub in _fit(self.near(province), fresh, NoHubNearGroup):
            wait = _wait(hub, calendar, at)
            if wait is not None and wait <= PATIENCE:
                return hub
            late = late or (hub if wait is not None else None)
        if late is None:
            raise NoDay
        return late

    def merging(self, province: str, *, fresh: bool) -> list[Place]:
        """Which hubs could put a buyer's goods together, the nearest first. Raises NoHubNearBuyer, NoColdHub."""
        return _fit(self.near(province), fresh, NoHubNearBuyer)

    @staticmethod
    def check_cold(hub: Place, *, fresh: bool) -> None:
        """Raises NoColdHub where fresh goods would lie warm."""
        _fit([hub], fresh, NoHubNearBuyer)

    def counters(self, province: str, calendar: Calendar, on: dt.date) -> list[Place]:
        """Where a buyer may pick goods up: every counter of the province, then the nearest of the region; also those closed for now.

        Raises NoCounter.
        """
        region = self.regions.get(province, "")
        open_ = [hub for hub in self.hubs if hub.has_pickup_counter and self.regions.get(hub.province_id) == region]
        found = [hub for hub in open_ if _ever_hands_over(hub, calendar.without(hub.pk), on)]
        found.sort(
            key=lambda hub: (hub.province_id != province, _apart(hub.province_id, province), hub.name_th, hub.code)
        )
        own = [hub for hub in found if hub.province_id == province]
        if not found:
            raise NoCounter
        return own + found[len(own) : len(own) + NEIGHBOURS]


def read_hubs() -> tuple[Place, ...]:
    """Every open hub, with the organisation that runs it; one query."""
    rows = Place.objects.filter(
        kind=Place.Kind.HUB, is_open=True, organisation__state=Organisation.State.APPROVED
    ).select_related("organisation", "province")
    return tuple(rows.order_by("code"))


def _fit(hubs: list[Place], fresh: bool, nothing: type[MarketError]) -> list[Place]:
    if not hubs:
        raise nothing
    fitting = [hub for hub in hubs if hub.has_cold_store or not fresh]
    if not fitting:
        raise NoColdHub
    return fitting


def _wait(hub: Place, calendar: Calendar, at: dt.datetime) -> dt.timedelta | None:
    """How much longer goods wait because this hub is closed; None where nothing is taken in for weeks."""
    try:
        real = first_collecting(calendar, hub, at)
        if hub.pk not in calendar.closed:
            return dt.timedelta(0)
        return real - first_collecting(calendar.without(hub.pk), hub, at)
    except NoDay:
        return None


def first_collecting(calendar: Calendar, hub: Place, at: dt.datetime) -> dt.date:
    """The first day on which a group may bring there what was ordered at `at`. Raises NoDay."""
    return calendar.first(at.astimezone(clock.BANGKOK).date(), lambda day: calendar.takes_in(hub.pk, day, at))


def _ever_hands_over(hub: Place, calendar: Calendar, on: dt.date) -> bool:
    try:
        calendar.first(on, lambda day: calendar.hands_over(hub.pk, day))
    except NoDay:
        return False
    return True


def _apart(here: str, there: str) -> int:
    """How far apart two provinces lie on the map of tiles, squared."""
    tiles = tilemap.tiles()
    if here not in tiles or there not in tiles:
        return 0 if here == there else _FAR
    return (tiles[here].column - tiles[there].column) ** 2 + (tiles[here].row - tiles[there].row) ** 2
