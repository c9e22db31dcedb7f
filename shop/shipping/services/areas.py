"""Addresses that carriers reach only at a surcharge, or not, from a day on."""

from __future__ import annotations

import datetime as dt
from typing import Any

from shop.people import addresses
from shop.shipping import errors
from shop.shipping.models import ServiceArea
from shop.shipping.services.changing import change_table, one_write
from shop.shipping.tables import History, Table

_SHORTEST = 2


@one_write
def set_area(
    *,
    by_code: str,
    prefix: str,
    is_served: bool,
    surcharge_satang: int,
    name_th: str = "",
    name_en: str = "",
    valid_from: dt.date,
    by: Any,
    seen: str | None = None,
) -> History:
    """What holds for addresses whose postcode or sub-district begins so, from a day on.

    Raises PrefixUnknown, AreaSaysNothing, StepWrong, and as `change_table`.
    """
    if not _is_known(by_code, prefix):
        raise errors.PrefixUnknown(prefix=prefix)
    if surcharge_satang < 0:
        raise errors.StepWrong
    if surcharge_satang and not is_served:
        raise errors.AreaSaysNothing
    facts = {"is_served": is_served, "surcharge_satang": surcharge_satang, "name_th": name_th, "name_en": name_en}
    table = Table("areas", (by_code, prefix))
    return change_table(table=table, rows=[facts], valid_from=valid_from, by=by, seen=seen)


@one_write
def end_area(*, by_code: str, prefix: str, valid_from: dt.date, by: Any, seen: str | None = None) -> History:
    """From a day on these addresses are like all others. Raises as `change_table`."""
    table = Table("areas", (by_code, prefix))
    return change_table(table=table, rows=[], valid_from=valid_from, by=by, seen=seen, act="delivery.ended")


def _is_known(by_code: str, prefix: str) -> bool:
    if len(prefix) < _SHORTEST:
        return False
    if by_code == ServiceArea.By.SUBDISTRICT:
        return any(area.code.startswith(prefix) for area in addresses.all_areas())
    return any(code.startswith(prefix) for area in addresses.all_areas() for code in area.postcodes)
