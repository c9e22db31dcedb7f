"""Who has not paid yet, or has not fetched the goods, is reminded once, while there is still time.

Of payments only bank transfers: the other ways take minutes.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from shop.common import clock, outbox
from shop.fulfilment.models import Parcel
from shop.order.models import Order
from shop.payment.models import PaymentAttempt

BEFORE = dt.timedelta(hours=24)
NOT_SOONER = dt.timedelta(hours=6)
"""Somebody who has just ordered has just read where to pay."""
DAYS_BEFORE_IT_GOES_BACK = 2
_AT_ONCE = 500


@transaction.atomic
def remind_unpaid() -> int:
    """Announces the reminder of every transfer that ends within a day and has no slip; each order once, ever."""
    now = clock.now()
    waiting = Order.objects.filter(
        cancelled_at=None,
        pay_by__gt=now,
        pay_by__lte=now + BEFORE,
        date_placed__lte=now - NOT_SOONER,
        payment_attempts__method=PaymentAttempt.Method.TRANSFER,
        payment_attempts__state=PaymentAttempt.State.AWAITING_PAYER,
        slips=None,
    )
    keys = list(waiting.order_by("pay_by").values_list("pk", flat=True)[:_AT_ONCE])
    for key in keys:
        outbox.announce("order.payment_due", {"order": key}, key=f"payment-due:{key}")
    return len(keys)


@transaction.atomic
def remind_of_parcels() -> int:
    """Announces the reminder of every parcel that is kept for two more days at most; each purchase once, and once more when its day
    has moved.
    """
    last = clock.today() + dt.timedelta(days=DAYS_BEFORE_IT_GOES_BACK)
    rows = Parcel.objects.select_for_update(skip_locked=True).filter(
        state=Parcel.State.ON_SHELF, reminded_at=None, keep_until__lte=last
    )
    found = list(rows.order_by("keep_until", "pk").values_list("pk", "order_id", "place_id", "keep_until")[:_AT_ONCE])
    Parcel.objects.filter(pk__in=[parcel for parcel, *_rest in found]).update(reminded_at=clock.now())
    first = {(order, place, day): parcel for parcel, order, place, day in reversed(found)}
    for (order, place, day), parcel in first.items():
        outbox.announce("parcel.waits", {"parcel": parcel}, key=f"parcel-waits:{order}:{place}:{day}")
    return len(first)
