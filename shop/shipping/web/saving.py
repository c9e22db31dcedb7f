"""A form of a table brought to its service."""

from __future__ import annotations

from typing import Any

from shop.shipping import services
from shop.shipping.tables import History, Table
from shop.shipping.web.forms import AreaForm, StepsForm, TableForm, TariffForm, TimesForm, WeekForm
from vendors.models import Place

FORMS: dict[str, type[TableForm]] = {
    "tariffs": TariffForm,
    "fees": StepsForm,
    "times": TimesForm,
    "areas": AreaForm,
    "weeks": WeekForm,
}


def save(form: TableForm, table: Table, place: Place | None, by: Any) -> History:
    """Lets the table say what the form says, from its day on. Raises as the services."""
    data = form.cleaned_data
    common: dict[str, Any] = {"valid_from": data["valid_from"], "seen": data["seen"], "by": by}
    if isinstance(form, TariffForm):
        storage, zone = table.key
        return services.set_tariff(storage=storage, zone=zone, carrier=data["carrier"], steps=form.steps, **common)
    if isinstance(form, StepsForm):
        return services.set_fee(service=table.key[0], zone=table.key[1], steps=form.steps, **common)
    if isinstance(form, TimesForm):
        days = {name: data[name] for name in ("fastest_days", "slowest_days")}
        return services.set_transit(service=table.key[0], zone=table.key[1], **days, **common)
    if isinstance(form, WeekForm):
        return services.set_hub_days(place=place, days=form.open_days, **common)
    return services.set_area(
        by_code=data.get("by_code") or table.key[0],
        prefix=data.get("begins") or table.key[1],
        is_served=data["is_served"] == "yes",
        surcharge_satang=data["surcharge_satang"] or 0,
        name_th=data["name_th"],
        name_en=data["name_en"],
        **common,
    )


def end(table: Table, place: Place | None, **common: Any) -> History:
    """An area is like all others again, a hub has the days of every hub again. Raises as the services."""
    if place is not None:
        return services.end_hub_days(place=place, **common)
    return services.end_area(by_code=table.key[0], prefix=table.key[1], **common)
