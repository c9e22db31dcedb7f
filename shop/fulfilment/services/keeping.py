"""How long a counter keeps what stands on its shelf: so many of its open days. Closed days that come in between do not count."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Max, QuerySet

from shop.common import clock
from shop.fulfilment.models import DeliveryPlan, Parcel
from shop.order.locks import lock_order
from shop.order.models import Order, VendorOrder
from shop.shipping.calendars import Calendar, hold_calendar, read_calendar
from shop.shipping.models import Way
from vendors.models import Place

State = Parcel.State
_OVER = (VendorOrder.State.CANCELLED, VendorOrder.State.DELIVERED)


def last_day(place_id: int) -> dt.date:
    """Until when something is kept that is shelved now, by a calendar that nobody changes in this transaction."""
    hold_calendar()
    today = clock.today()
    return read_calendar(today).kept(place_id, today, settings.PICKUP_DAYS)


def unshelved(order_id: int, place_id: int) -> QuerySet[Parcel]:
    """Parcels of a purchase that are put together here and do not stand on the shelf yet."""
    return Parcel.objects.filter(order_id=order_id, place_id=place_id, state=State.READY).order_by("pk")


def keep_alike(parcel: Parcel) -> None:
    """All parcels of a purchase on one shelf are kept until the same day, the latest; its order is locked."""
    rows = Parcel.objects.filter(order_id=parcel.order_id, place_id=parcel.place_id, state=State.ON_SHELF)
    latest = rows.aggregate(day=Max("keep_until"))["day"]
    rows.exclude(keep_until=latest).update(keep_until=latest, reminded_at=None)
    parcel.keep_until = latest


def orders_of_counter(place: Place | None) -> list[int]:
    """The purchases that stand on the shelf of a counter (None: of any) or are on their way to it, by their keys."""
    plans = DeliveryPlan.objects.filter(way=Way.PICKUP, order__cancelled_at=None)
    if place is not None:
        plans = plans.filter(hub=place)
    waiting = VendorOrder.objects.exclude(state__in=_OVER)
    rows = plans.filter(order__in=waiting.values("order_id"))
    return list(rows.order_by("order_id").values_list("order_id", flat=True))


@transaction.atomic
def keep_longer(*, order: Order) -> bool:
    """The calendar of its counter has changed: what is on the shelf is kept for as many open days as before, and what is on
    its way is promised for a day on which somebody is there. A day only ever moves back. True when one has moved.
    """
    lock_order(order.pk)
    plan = DeliveryPlan.objects.get(order=order)
    shelved = list(Parcel.objects.select_for_update().filter(order=order, state=State.ON_SHELF).order_by("pk"))
    if not shelved:
        return _promise_later(plan)
    since = [parcel.state_changed_at.astimezone(clock.BANGKOK).date() for parcel in shelved]
    calendar = read_calendar(min(since))
    day = max(
        calendar.kept(parcel.place_id, start, settings.PICKUP_DAYS)
        for parcel, start in zip(shelved, since, strict=True)
    )
    late = [parcel.pk for parcel in shelved if not parcel.is_past and parcel.keep_until and parcel.keep_until < day]
    Parcel.objects.filter(pk__in=late).update(keep_until=day, reminded_at=None)
    return bool(late)


def _promise_later(plan: DeliveryPlan) -> bool:
    if plan.hub_id is None or plan.latest < clock.today():
        return False
    calendar = read_calendar(min(plan.earliest, clock.today()))
    latest = _open_from(calendar, plan.hub_id, plan.latest)
    if latest == plan.latest:
        return False
    plan.earliest, plan.latest = min(_open_from(calendar, plan.hub_id, plan.earliest), latest), latest
    plan.save(update_fields=["earliest", "latest"])
    return True


def _open_from(calendar: Calendar, place_id: int, day: dt.date) -> dt.date:
    return calendar.next_open(place_id, day) or day
