"""What parcels, hubs and days cost and take, from a day on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from shop.shipping import errors
from shop.shipping.services.changing import change_table, one_write
from shop.shipping.tables import History, Table

_MOST_DAYS = 30
Steps = Sequence[tuple[int, int]]
"""(most grams, satang)."""


@one_write
def set_tariff(
    *, storage: str, zone: str, carrier: str, steps: Steps, valid_from: dt.date, by: Any, seen: str | None = None
) -> History:
    """What the carrier takes for a parcel of a storage class over a zone, all weight steps, from a day on.

    Raises NothingLeft, StepTwice, StepWrong, StepsNotInOrder, TariffForNothing, and as `change_table`.
    """
    rows = _in_order(steps)
    if rows[0][1] == 0:
        raise errors.TariffForNothing(weight=f"{rows[0][0]:,}")
    facts = [{"carrier": carrier, "max_weight_g": weight, "price_satang": satang} for weight, satang in rows]
    return change_table(table=Table("tariffs", (storage, zone)), rows=facts, valid_from=valid_from, by=by, seen=seen)


@one_write
def set_fee(
    *, service: str, zone: str = "", steps: Steps, valid_from: dt.date, by: Any, seen: str | None = None
) -> History:
    """What hubs take for a service, all weight steps, from a day on; a service may cost nothing. Raises as `set_tariff`."""
    facts = [{"max_weight_g": weight, "price_satang": satang} for weight, satang in _in_order(steps)]
    return change_table(table=Table("fees", (service, zone)), rows=facts, valid_from=valid_from, by=by, seen=seen)


@one_write
def set_transit(
    *,
    service: str,
    zone: str = "",
    fastest_days: int,
    slowest_days: int,
    valid_from: dt.date,
    by: Any,
    seen: str | None = None,
) -> History:
    """How many working days something takes, from a day on. Raises TimesNotInOrder, and as `change_table`."""
    if not 0 <= fastest_days <= slowest_days <= _MOST_DAYS:
        raise errors.TimesNotInOrder
    facts = {"fastest_days": fastest_days, "slowest_days": slowest_days}
    return change_table(table=Table("times", (service, zone)), rows=[facts], valid_from=valid_from, by=by, seen=seen)


def _in_order(steps: Steps) -> list[tuple[int, int]]:
    """The steps, lightest first; what is heavier is not cheaper."""
    rows = sorted(steps)
    if not rows:
        raise errors.NothingLeft
    if rows[0][0] < 1 or any(satang < 0 for _weight, satang in rows):
        raise errors.StepWrong
    for (light, less), (heavy, more) in pairwise(rows):
        if light == heavy:
            raise errors.StepTwice(weight=f"{light:,}")
        if more < less:
            raise errors.StepsNotInOrder(heavy=f"{heavy:,}", light=f"{light:,}")
    return rows
