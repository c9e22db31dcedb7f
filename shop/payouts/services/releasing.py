"""The hold ends: what was held of a vendor order becomes ready to be paid out, and its part of the fund belongs to the fund."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction

from shop.common import clock
from shop.ledger.services import post
from shop.order.locks import lock_order
from shop.order.models import VendorOrder
from shop.order.shares import shares_left
from shop.payment import books
from shop.payment.models import PaymentAttempt
from shop.payment.selectors import frozen_orders
from shop.payment.shares import is_divided, release_lines

_AT_ONCE = 500
_OVER = (VendorOrder.State.DELIVERED, VendorOrder.State.CANCELLED)


def release_due() -> int:
    """Releases every vendor order whose hold is over; each in a transaction of its own. Returns how many were."""
    until = clock.now() - dt.timedelta(days=settings.PAYOUT_HOLD_DAYS)
    rows = VendorOrder.objects.filter(released_at=None, state__in=_OVER, state_changed_at__lte=until)
    keys = list(
        rows.filter(order__payment_attempts__state=PaymentAttempt.State.SUCCEEDED, order__shares__isnull=False)
        .order_by("state_changed_at", "pk")
        .values_list("pk", flat=True)
        .distinct()[:_AT_ONCE]
    )
    return sum(release(vendor_order=VendorOrder.objects.get(pk=key)) for key in keys)


@transaction.atomic
def release(*, vendor_order: VendorOrder) -> bool:
    """What all still have of a vendor order is ready. False when its hold is not over, its order is disputed or not divided.

    Again is nothing.
    """
    order = lock_order(vendor_order.order_id)
    part = VendorOrder.objects.select_for_update().get(pk=vendor_order.pk)
    until = clock.now() - dt.timedelta(days=settings.PAYOUT_HOLD_DAYS)
    if part.released_at is not None or part.state not in _OVER or part.state_changed_at > until:
        return False
    if frozen_orders([order.pk]) or not is_divided(order.number):
        return False
    attempts = PaymentAttempt.objects.filter(order=order, state=PaymentAttempt.State.SUCCEEDED)
    attempt = attempts.order_by("received_at", "pk")[0]
    lines = release_lines(part, shares_left(order.pk), books.booked_currency(attempt))
    part.released_at = clock.now()
    part.save(update_fields=["released_at"])
    if lines:
        post(cause=f"release:{part.number}", kind="release", lines=lines)
    return True
