"""What follows from money and time: paid orders go to the groups, unpaid ones expire."""

from __future__ import annotations

import datetime as dt

from shop.common import clock
from shop.common.jobs import job
from shop.fulfilment import services
from shop.order.models import Order
from shop.payment.events import payment_succeeded
from shop.payment.models import PaymentAttempt


@payment_succeeded.register
def start_work_when_paid(attempt: PaymentAttempt) -> None:
    """In the same transaction in which the money is noted."""
    services.start_work(order=attempt.order)


@job("orders.expire_unpaid", every=dt.timedelta(minutes=1))
def expire_unpaid() -> str:
    """Gives back the stock of orders whose time to pay is over."""
    waiting = Order.objects.filter(
        pay_by__lte=clock.now(), cancelled_at=None, vendor_orders__state="awaiting_payment"
    ).distinct()
    ended = sum(services.expire_order(order=order) for order in waiting[:500])
    return f"{ended} orders expired"
