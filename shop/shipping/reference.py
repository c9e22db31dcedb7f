"""The first rows of prices, times and calendars, from `data/*.csv`: placeholders that the operator replaces (each file says whence).

What people changed since stays: a table, or a year of holidays, that has rows already is left alone.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from shop.common.money import to_satang
from shop.shipping.models import Closure, HubDay, HubFee, ServiceArea, Tariff, TransitTime

_DATA = Path(__file__).parent / "data"


@transaction.atomic
def load_shipping() -> int:
    """Writes what every market needs before its first order; returns how many rows are new."""
    return (
        _load_tariffs()
        + _load_hub_fees()
        + _load_transit_times()
        + _load_service_areas()
        + _load_hub_days()
        + _load_holidays()
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _satang(baht: str) -> int:
    return to_satang(Decimal(baht))


def _load_tariffs() -> int:
    made = 0
    for row in _rows("tariffs.csv"):
        made += Tariff.objects.get_or_create(
            carrier=row["carrier"],
            storage=row["storage"],
            zone=row["zone"],
            max_weight_g=int(row["max_weight_g"]),
            valid_from=dt.date.fromisoformat(row["valid_from"]),
            defaults={"price_satang": _satang(row["price_baht"])},
        )[1]
    return made


def _load_hub_fees() -> int:
    if HubFee.objects.exists():
        return 0
    fees = [
        HubFee(
            service=row["service"],
            zone=row["zone"],
            max_weight_g=int(row["max_weight_g"]),
            price_satang=_satang(row["price_baht"]),
            valid_from=dt.date.fromisoformat(row["valid_from"]),
        )
        for row in _rows("hub_fees.csv")
    ]
    return len(HubFee.objects.bulk_create(fees))


def _load_transit_times() -> int:
    if TransitTime.objects.exists():
        return 0
    times = [
        TransitTime(
            service=row["service"],
            zone=row["zone"],
            fastest_days=int(row["fastest_days"]),
            slowest_days=int(row["slowest_days"]),
            valid_from=dt.date.fromisoformat(row["valid_from"]),
        )
        for row in _rows("transit.csv")
    ]
    return len(TransitTime.objects.bulk_create(times))


def _load_service_areas() -> int:
    if ServiceArea.objects.exists():
        return 0
    areas = [
        ServiceArea(
            by=row["by"],
            prefix=row["prefix"],
            is_served=row["is_served"] == "yes",
            surcharge_satang=_satang(row["surcharge_baht"]),
            name_th=row["name_th"],
            name_en=row["name_en"],
            valid_from=dt.date.fromisoformat(row["valid_from"]),
        )
        for row in _rows("service_areas.csv")
    ]
    return len(ServiceArea.objects.bulk_create(areas))


def _load_hub_days() -> int:
    if HubDay.objects.filter(place=None).exists():
        return 0
    days = [
        HubDay(
            weekday=int(row["weekday"]),
            bring_until=_time(row["bring_until"]),
            cutoff_days_before=int(row["cutoff_days_before"]),
            cutoff_time=dt.time.fromisoformat(row["cutoff_time"]),
            leaves=row["leaves"] == "yes",
            counter_from=_time(row["counter_from"]),
            counter_until=_time(row["counter_until"]),
            valid_from=dt.date.fromisoformat(row["valid_from"]),
        )
        for row in _rows("hub_days.csv")
    ]
    return len(HubDay.objects.bulk_create(days))


def _time(text: str) -> dt.time | None:
    return dt.time.fromisoformat(text) if text else None


def _load_holidays() -> int:
    """Year by year: where somebody has written a holiday of a year, that year is theirs."""
    known = {day.year for day in Closure.objects.filter(place=None).values_list("first_day", flat=True)}
    closures = []
    for row in _rows("holidays.csv"):
        day = dt.date.fromisoformat(row["day"])
        if day.year not in known:
            closures.append(
                Closure(first_day=day, last_day=day, reason_th=row["reason_th"], reason_en=row["reason_en"])
            )
    return len(Closure.objects.bulk_create(closures))
