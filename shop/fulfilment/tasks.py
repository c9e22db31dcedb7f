"""What the worker does with orders, outside of transactions. Called again, each changes nothing more."""

from __future__ import annotations

from django_tasks import task


@task()
def end_unpaid(key: int) -> None:
    """One order whose time to pay is over."""
    from shop.common import clock
    from shop.fulfilment.services import expire_order
    from shop.order.models import Order

    order = Order.objects.filter(pk=key, cancelled_at=None, pay_by__lte=clock.now()).first()
    if order is not None:
        expire_order(order=order)


@task()
def make_paper(key: int) -> None:
    """A list of a hub."""
    from shop.fulfilment.papers.services import make_paper as make

    make(key=key)
