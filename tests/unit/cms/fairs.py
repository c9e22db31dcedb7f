"""A fair for tests: two kinds of booths, three booths, open for applications."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cms import services
from cms.models import BoothApplication, BoothKind, Fair
from shop.common import clock
from tests.market import Market
from vendors.models import Organisation, Province


def office(province: str | None) -> Organisation:
    found: Organisation = Organisation.objects.get(kind=Organisation.Kind.OFFICE, province_id=province)
    return found


def at(day: dt.date, hour: int) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), tzinfo=clock.BANGKOK)


def make_fair(*, province: str | None = "TH-50", days: int = 30, shown: bool = True, **changes: Any) -> Fair:
    """A fair of an office that begins in so many days and lasts three."""
    first = clock.today() + dt.timedelta(days=days)
    facts: dict[str, Any] = {
        "name_th": "งานของดีล้านนา",
        "name_en": "Lanna Fair",
        "summary_th": "ของดีจากกลุ่ม",
        "summary_en": "Good things",
        "starts_at": at(first, 10),
        "ends_at": at(first + dt.timedelta(days=2), 20),
        "venue_th": "ลานประตูท่าแพ",
        "venue_en": "Tha Phae Gate",
        "province": Province.objects.get(pk="TH-50"),
        "apply_from": clock.today(),
        "apply_until": first - dt.timedelta(days=5),
    }
    fair = services.create_fair(office=office(province), **{**facts, **changes})
    add_kind(fair, "ก", 2)
    add_kind(fair, "ข", 1)
    if shown:
        services.publish_fair(fair=fair)
    return fair


def add_kind(fair: Fair, letter: str, number: int) -> BoothKind:
    return services.set_kind(
        fair=fair,
        letter=letter,
        name_th=f"แบบ {letter}",
        name_en="",
        number=number,
        size="2 × 2 ม.",
        price_satang=150_000,
        has_power=True,
        is_cold=False,
    )


def apply(market: Market, fair: Fair, key: str, *goods: str, **changes: Any) -> BoothApplication:
    """The group applies by its manager, for the first kind unless told otherwise."""
    kind = fair.kinds.order_by("letter")[0]
    facts: dict[str, Any] = {"words": "", "contact_name": "สมศรี", "contact_phone": "0812345678", "kind_id": kind.pk}
    return services.apply_for_booth(
        fair=fair,
        group=market.groups[key],
        goods=[market.products[name].pk for name in goods],
        by=market.people[key],
        **{**facts, **changes},
    )


def booth(fair: Fair, code: str) -> int:
    return int(fair.booths.get(code=code).pk)


def give(application: BoothApplication, code: str, by: Any = None) -> None:
    """The office gives the booth, having seen the application as it is."""
    application.refresh_from_db()
    fair = application.fair
    services.give_booth(application=application, booth_id=booth(fair, code), seen=application.version, by=by)
    application.refresh_from_db()
