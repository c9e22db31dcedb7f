"""How a purchase comes to its buyer: the way, the promised days, the parcels, and the code for the counter."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.safestring import SafeString

from shop.common import clock, codes
from shop.fulfilment import carriers, collecting
from shop.fulfilment.models import DeliveryPlan, Parcel
from shop.fulfilment.selectors import PurchaseState, opened_again
from shop.fulfilment.web.timeline import Step, parcel_steps
from shop.order.models import Order
from shop.shipping.counters import CounterDays, counter_days
from shop.shipping.models import Way
from shop.theme import formats, qr

_OVER = (
    PurchaseState.DELIVERED,
    PurchaseState.COLLECTED,
    PurchaseState.CAME_BACK,
    PurchaseState.CANCELLED,
    PurchaseState.EXPIRED,
)


@dataclass(frozen=True)
class ParcelView:
    """One parcel in its buyer's eyes."""

    parcel: Parcel
    steps: list[Step]
    follow: str


@dataclass(frozen=True)
class DeliveryView:
    """What the order page tells about the way. `code` is shown once something can be collected with it."""

    plan: DeliveryPlan
    way: Any
    hub: str
    hours: str
    earliest: dt.date
    latest: dt.date
    is_over: bool
    is_late: bool
    parcels: list[ParcelView]
    code: str
    square: SafeString | str
    keep_until: dt.date | None
    shelved: int
    all: int
    counter: CounterDays | None


def delivery_of(order: Order, state: PurchaseState, language: str) -> DeliveryView | None:
    """The way of an order; None for one that was placed before ways were kept."""
    plan = DeliveryPlan.objects.select_related("hub").filter(order=order).first()
    if plan is None:
        return None
    made = order.parcels.all() if plan.through_hubs else []
    parcels = [parcel for parcel in made if parcel.state != Parcel.State.OPENED]
    prefetch_related_objects(parcels, "events")
    over = state in _OVER
    shows = plan.way == Way.PICKUP and state not in (*_OVER, PurchaseState.AWAITING_PAYMENT)
    code = collecting.code_of(plan) if shows else ""
    kept = [parcel.keep_until for parcel in parcels if parcel.state == Parcel.State.ON_SHELF and parcel.keep_until]
    return DeliveryView(
        plan=plan,
        way=plan.get_way_display(),
        hub=formats.local(plan.hub, "name_th", language) if plan.hub else "",
        hours=formats.local(plan.hub, "hours_th", language) if plan.hub else "",
        earliest=plan.earliest,
        latest=plan.latest,
        is_over=over,
        is_late=not over
        and plan.latest < clock.today()
        and state not in (PurchaseState.READY, PurchaseState.PARTLY_READY),
        parcels=[ParcelView(one, parcel_steps(one), carriers.link(one.carrier, one.tracking)) for one in parcels],
        code=codes.grouped(code),
        square=qr.draw(code) if code else "",
        keep_until=min(kept, default=None),
        shelved=len(kept),
        all=len(kept) + sum(parcel.state == Parcel.State.READY for parcel in parcels) + opened_again(made),
        counter=counter_days(plan.hub, max(kept, default=plan.latest)) if shows and plan.hub else None,
    )
