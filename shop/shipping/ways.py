"""How a basket travels: each way with its price, its parcels and its days (docs/algorithms/delivery.md).

    direct   each group posts its own parcels
    hubs     group → collecting hub → merging hub → courier: one parcel for each storage class
    pickup   the same, but it waits at the counter of the merging hub

Whatever a hub takes in today it sends on, or lays on the shelf, on its next such day after today.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.utils.functional import Promise

from shop.common import clock
from shop.common.errors import MarketError
from shop.common.money import split
from shop.common.together import read_together
from shop.shipping.calendars import Calendar, Times, calendar_of, closure_rows, hub_day_rows, time_rows, times_of
from shop.shipping.errors import CounterClosed, NoDay, NotServed, UnknownAddress
from shop.shipping.fees import Fees, Reach, area_rows, fee_rows, fees_of, reach_of
from shop.shipping.models import HubFee, TransitTime, Way, Zone
from shop.shipping.quotes import Key, Leg, PartWay, Refusal, Stop, WayQuote, WayQuotes
from shop.shipping.routing import PATIENCE, Routes, first_collecting, read_hubs
from shop.shipping.services import AMBIENT, STORAGES, Part, PriceList, prices_of, tariff_rows
from shop.shipping.services.changing import said
from vendors.models import Place, Province

_DAY = dt.timedelta(days=1)


def quote_ways(
    *, parts: Sequence[Part], postcode: str, subdistrict_code: str, province: str, at: dt.datetime
) -> WayQuotes:
    """Every way for goods ordered at `at` to an address ("TH-50" and its codes); two queries, whatever the basket.

    Options in the order direct, hubs, pick-up (the nearest counter first). What cannot be offered is a refusal with its reason.
    Raises UnknownAddress for a province that does not exist.
    """
    return read_desk(parts, postcode, subdistrict_code, province, at).quotes()


def read_desk(parts: Sequence[Part], postcode: str, subdistrict: str, province: str, at: dt.datetime) -> Desk:
    """Everything that one question needs, for who wants to see it as well as the answers. Raises UnknownAddress."""
    on = at.astimezone(clock.BANGKOK).date()
    dated = (tariff_rows(on), fee_rows(on), time_rows(on), area_rows(on), closure_rows(on), hub_day_rows(on))
    tariffs, fees, times, areas, closures, days, provinces = read_together(*dated, Province.objects.order_by("code"))
    regions = {one.code: one.region_id for one in provinces}
    if province not in regions or not parts:
        raise UnknownAddress
    prices = prices_of(tariffs, regions)
    return Desk(
        parts=tuple(parts),
        province=province,
        at=at,
        on=on,
        prices=prices,
        fees=fees_of(fees),
        times=times_of(times),
        reach=reach_of(areas, postcode, subdistrict),
        calendar=calendar_of(closures, days),
        routes=Routes(read_hubs(), regions),
    )


@dataclass(frozen=True)
class _Journey:
    """One part on its way to the merging hub: the day on which the group brings it, and when it is there at best, at most."""

    part: Part
    hub: Place
    brought: dt.date
    first: dt.date
    last: dt.date

    def stops(self, merging: Place) -> tuple[Stop, ...]:
        last = Stop(merging.pk, "merge", self.last)
        return (last,) if self.hub == merging else (Stop(self.hub.pk, "collect", self.brought), last)


@dataclass(frozen=True)
class Desk:
    """Everything that is read for one question, and the three answers."""

    parts: tuple[Part, ...]
    province: str
    at: dt.datetime
    on: dt.date
    prices: PriceList
    fees: Fees
    times: Times
    reach: Reach
    calendar: Calendar
    routes: Routes
    collected: dict[tuple[str, bool], Place] = field(default_factory=dict)
    known: dict[tuple[str, bool, int], _Journey] = field(default_factory=dict)

    @property
    def fresh(self) -> bool:
        return any(part.is_fresh for part in self.parts)

    @property
    def keys(self) -> tuple[Key, ...]:
        return tuple(part.key for part in self.parts)

    def quotes(self) -> WayQuotes:
        """The three answers: options in their order, and refusals."""
        options: list[WayQuote] = []
        refusals: list[Refusal] = []
        for way, quote in ((Way.DIRECT, self.direct), (Way.HUBS, self.hubs)):
            try:
                options.append(quote())
            except MarketError as refused:
                refusals.append(Refusal(way, None, refused.message))
        try:
            counters = self.routes.counters(self.province, self.calendar, self.on)
        except MarketError as refused:
            return WayQuotes(tuple(options), (*refusals, Refusal(Way.PICKUP, None, refused.message)))
        for counter in counters:
            try:
                options.append(self.pickup(counter))
            except MarketError as refused:
                refusals.append(Refusal(Way.PICKUP, counter, self._why_not(counter, refused)))
        return WayQuotes(tuple(options), tuple(refusals))

    def _why_not(self, counter: Place, refused: MarketError) -> str | Promise:
        """In words; of a counter that is closed for long, until when."""
        spans = [last for first, last in self.calendar.closed.get(counter.pk, ()) if last - first > PATIENCE]
        if isinstance(refused, NoDay) and spans:
            return CounterClosed(day=said(max(spans))).text
        return refused.message

    def direct(self) -> WayQuote:
        """Each group posts its own parcels. Raises NotServed, NoTariff, NoDay."""
        if not self.reach.is_served:
            raise NotServed
        quoted = self.prices.quote(self.province, self.parts, self.reach.surcharge_satang)
        days = []
        for part, price in zip(self.parts, quoted.parts, strict=True):
            travel = self.times.of(TransitTime.Service.POST, price.zone)
            days.append(self.calendar.posted(self.on, self.times.packing, travel, fresh=part.is_fresh))
        return WayQuote(
            way=Way.DIRECT,
            hub=None,
            parts=tuple(PartWay(one.key, one.price_satang, one.carrier) for one in quoted.parts),
            legs=tuple(
                Leg("post", one.key[1], None, one.key[0], one.price_satang, one.carrier, (one.key,))
                for one in quoted.parts
            ),
            parcels=quoted.parcels,
            earliest=min(first for first, _last in days),
            latest=max(last for _first, last in days),
        )

    def hubs(self) -> WayQuote:
        """Through the buyer's hub, or the next one where its own closure would hold the goods up. Raises as `direct`, NoHub…"""
        if not self.reach.is_served:
            raise NotServed
        held, refused = [], None
        for hub in self.routes.merging(self.province, fresh=self.fresh):
            try:
                quote = self.by_courier(hub)
                if hub.pk not in self.calendar.closed:
                    return quote
                never_closed = replace(self, calendar=self.calendar.without(hub.pk), collected={}, known={})
                if quote.latest - never_closed.by_courier(hub).latest <= PATIENCE:
                    return quote
                held.append(quote)
            except NoDay as none:
                refused = none
        if not held:
            raise refused or NoDay
        return held[0]

    def by_courier(self, hub: Place) -> WayQuote:
        """Put together at `hub`, which sends it on."""
        journeys = [self._journey(part, hub) for part in self.parts]
        zone = self.prices.zone(hub.province_id, self.province)
        travel = self.times.of(TransitTime.Service.COURIER, zone)
        leaves = [self._leaves(hub, day, travel[1], self.fresh) for day in _together(journeys)]
        legs, parcels, carriers = [], 0, []
        for storage, keys, grams in self._classes():
            box = Part((0, hub.pk), hub.province_id, grams, ((storage, grams),))
            sent = self.prices.quote_zone(box, zone, self.reach.surcharge_satang)
            legs.append(Leg("courier", hub.pk, None, hub.organisation_id, sent.price_satang, sent.carrier, keys))
            parcels += sent.parcels
            carriers.append(sent.carrier)
        carrier = " + ".join(dict.fromkeys(carriers))[:60]
        days = self.calendar.after(leaves[0], travel[0]), self.calendar.after(leaves[1], travel[1])
        return self._whole(Way.HUBS, hub, journeys, legs, parcels, carrier, days)

    def pickup(self, hub: Place) -> WayQuote:
        """Put together at `hub`, where it waits at the counter. Raises NoColdHub, NoHubNearGroup, NoTariff, NoDay."""
        self.routes.check_cold(hub, fresh=self.fresh)
        journeys = [self._journey(part, hub) for part in self.parts]
        waiting = [
            self.calendar.first(day + _DAY, lambda one: self.calendar.hands_over(hub.pk, one))
            for day in _together(journeys)
        ]
        price = self.fees.of(HubFee.Service.COUNTER, self._grams(self.parts))
        legs = [Leg("counter", hub.pk, hub.pk, hub.organisation_id, price, "", self.keys)]
        parcels = sum(self._boxes(storage, grams) for storage, _keys, grams in self._classes())
        return self._whole(Way.PICKUP, hub, journeys, legs, parcels, "", (waiting[0], waiting[1]))

    def _whole(
        self,
        way: str,
        hub: Place,
        journeys: Sequence[_Journey],
        last_legs: list[Leg],
        parcels: int,
        carrier: str,
        days: tuple[dt.date, dt.date],
    ) -> WayQuote:
        """The legs to the merging hub and its work before `last_legs`; every part bears its share by weight."""
        handling = self.fees.of(HubFee.Service.HANDLING, self._grams(self.parts))
        legs = [*self._gathering(journeys, hub)]
        legs.append(Leg("handling", hub.pk, hub.pk, hub.organisation_id, handling, "", self.keys))
        legs += last_legs
        shares = split(sum(leg.price_satang for leg in legs), [max(part.weight_g, 1) for part in self.parts])
        parts = tuple(
            PartWay(one.part.key, share, carrier, one.stops(hub)) for one, share in zip(journeys, shares, strict=True)
        )
        return WayQuote(way, hub, parts, tuple(legs), parcels, *days)

    def _gathering(self, journeys: Sequence[_Journey], merging: Place) -> Iterable[Leg]:
        """Taking in and carrying on: goods that go between the same two hubs share both."""
        for hub in dict.fromkeys(journey.hub for journey in journeys):
            parts = [journey.part for journey in journeys if journey.hub == hub]
            keys, grams = tuple(part.key for part in parts), self._grams(parts)
            taken = self.fees.of(HubFee.Service.COLLECT, grams)
            yield Leg("collect", None, hub.pk, hub.organisation_id, taken, "", keys)
            if hub != merging:
                zone = self.prices.zone(hub.province_id, merging.province_id)
                carried = self.fees.of(HubFee.Service.TRUNK, grams, zone)
                yield Leg("trunk", hub.pk, merging.pk, hub.organisation_id, carried, "", keys)

    def _journey(self, part: Part, merging: Place) -> _Journey:
        """The same for all parts from one province that are kept alike."""
        key = part.province, part.is_fresh, merging.pk
        if key not in self.known:
            self.known[key] = self._plan(part, merging)
        return replace(self.known[key], part=part)

    def _plan(self, part: Part, merging: Place) -> _Journey:
        fresh, calendar = part.is_fresh, self.calendar
        hub = self._collecting(part.province, fresh)
        brought = first_collecting(calendar, hub, self.at)
        if hub == merging:
            return _Journey(part, hub, brought, brought, brought)
        zone = self.prices.zone(hub.province_id, merging.province_id)
        fastest, slowest = self.times.of(TransitTime.Service.TRUNK, zone)
        leaves = self._leaves(hub, brought, slowest, fresh, merging)
        if fresh:  # better a day longer with the group than in the store
            between = [brought + step * _DAY for step in range((leaves - brought).days)]
            brought = max(day for day in between if calendar.takes_in(hub.pk, day, self.at))
        first, last = (
            calendar.first(calendar.after(leaves, days), lambda day: calendar.opens(merging.pk, day))
            for days in (fastest, slowest)
        )
        return _Journey(part, hub, brought, first, last)

    def _collecting(self, province: str, fresh: bool) -> Place:
        """The same hub for all groups of a province with goods of that kind."""
        if (province, fresh) not in self.collected:
            self.collected[province, fresh] = self.routes.collecting(
                province, fresh=fresh, calendar=self.calendar, at=self.at
            )
        return self.collected[province, fresh]

    def _leaves(self, hub: Place, since: dt.date, slowest: int, fresh: bool, towards: Place | None = None) -> dt.date:
        """The first day after `since` on which goods leave; fresh ones only when nothing on their way is closed. Raises NoDay."""

        def fits(day: dt.date) -> bool:
            if not self.calendar.leaves(hub.pk, day):
                return False
            if not fresh:
                return True
            there = towards is None or self.calendar.opens(towards.pk, day + slowest * _DAY)
            return there and self.calendar.fresh(day, slowest)

        return self.calendar.first(since + _DAY, fits)

    def _classes(self) -> list[tuple[str, tuple[Key, ...], int]]:
        """(storage, parts, grams) of what goes into boxes of its own at the merging hub."""
        found = []
        for storage in STORAGES:
            inside = [(part.key, dict(part.classes)[storage]) for part in self.parts if storage in dict(part.classes)]
            if inside:
                found.append((storage, tuple(key for key, _grams in inside), sum(grams for _key, grams in inside)))
        return found

    def _boxes(self, storage: str, grams: int) -> int:
        """How many boxes that are, by the largest step of the tariff."""
        steps = self.prices.steps
        table = steps.get((storage, Zone.SAME_PROVINCE)) or steps.get((AMBIENT, Zone.SAME_PROVINCE))
        return -(-max(grams, 1) // table[-1].max_weight_g) if table else 1

    @staticmethod
    def _grams(parts: Iterable[Part]) -> int:
        return sum(part.weight_g for part in parts)


def _together(journeys: Sequence[_Journey]) -> tuple[dt.date, dt.date]:
    """When the last part is there, at best and at most."""
    return max(one.first for one in journeys), max(one.last for one in journeys)
