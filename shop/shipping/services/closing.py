"""Days on which a hub, or the whole country, is closed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from shop.common import clock, outbox
from shop.shipping import errors
from shop.shipping.models import Closure
from shop.shipping.policies import require_delivery
from shop.shipping.services.changing import lock, one_write, record, said
from shop.theme.formats import date
from vendors.models import Place

_MOST_DAYS = 366


@one_write
def set_closure(
    *, place: Place | None, first_day: dt.date, last_day: dt.date, reason_th: str, reason_en: str = "", by: Any
) -> Closure:
    """Closes a hub (None: everything in the country) for days. Raises NotYours, PastDay, DaysNotInOrder, NoReason, ClosedAlready."""
    require_delivery(by, place)
    if first_day < clock.today():
        raise errors.PastDay(day=said(first_day))
    if last_day < first_day or (last_day - first_day).days >= _MOST_DAYS:
        raise errors.DaysNotInOrder
    if not reason_th:
        raise errors.NoReason
    lock(Closure)
    known = Closure.objects.filter(place=place, first_day__lte=last_day, last_day__gte=first_day).first()
    if known is not None:
        days = {"first": said(known.first_day), "last": said(known.last_day)}
        raise errors.ClosedAlready(reason=known.reason_th, **days)
    closure = Closure.objects.create(
        place=place, first_day=first_day, last_day=last_day, reason_th=reason_th, reason_en=reason_en
    )
    _note("delivery.closed", closure, by)
    outbox.announce("counter.days_changed", {"place": place.pk if place else None}, key=f"closed:{closure.pk}")
    return closure


@one_write
def end_closure(*, closure: Closure, by: Any) -> Closure | None:
    """Closed days that have not begun are dropped (None); of those that have, today is the last. Raises NotYours, OpenAgain."""
    place = closure.place
    require_delivery(by, place)
    lock(Closure)
    found, today = Closure.objects.select_related("place__organisation").filter(pk=closure.pk).first(), clock.today()
    if found is None or found.last_day <= today:
        raise errors.OpenAgain
    _note("delivery.open_again", found, by)
    if found.first_day > today:
        found.delete()
        return None
    found.last_day = today
    found.save(update_fields=["last_day"])
    return found


def _note(act: str, closure: Closure, by: Any) -> None:
    days = " – ".join(date(day, "th") for day in dict.fromkeys((closure.first_day, closure.last_day)))
    what = " · ".join(
        part for part in (closure.place.name_th if closure.place else "", closure.reason_th, days) if part
    )
    facts = {"first": closure.first_day.isoformat(), "last": closure.last_day.isoformat()}
    record(act=act, by=by, place=closure.place, what=what, **facts)
