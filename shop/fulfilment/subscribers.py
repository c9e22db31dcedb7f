"""What follows from money and time: paid orders go to the groups, unpaid ones expire."""

from __future__ import annotations

import datetime as dt
from typing import Any

from catalogue.models import Lot
from catalogue.services.refresh import count_sold
from shop.common import clock, codes
from shop.common.jobs import job
from shop.common.money import to_satang
from shop.common.outbox import announce, subscribe
from shop.fulfilment import errors, mails, services
from shop.fulfilment.selectors import only_open, orders_of_lot
from shop.order.models import Line, Order, VendorOrder
from shop.order.selectors import orders_of
from shop.payment.events import payment_succeeded
from shop.payment.models import PaymentAttempt
from shop.people.events import Leaving, leaving_asked


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


@subscribe("order.placed")
def tell_buyer_placed(payload: dict[str, Any]) -> None:
    """The confirmation with the link."""
    mails.to_buyer(order_id=payload["order"], template="placed")


@subscribe("goods.sold")
def count_pieces(payload: dict[str, Any]) -> None:
    """What sells well is shown first. Counted once: the message is ticked off in the same transaction."""
    count_sold(quantities={int(product): quantity for product, quantity in payload["pieces"].items()})


@subscribe("order.links_asked")
def send_links(payload: dict[str, Any]) -> None:
    """Renews a guest's links and sends them to the address that the orders were placed with, never elsewhere."""
    mails.links_to_guest(orders=services.renew_links(orders=payload["orders"]))


@subscribe("order.started")
def tell_groups(payload: dict[str, Any]) -> None:
    """Each group learns of its own part."""
    mails.to_groups(order_id=payload["order"])


@subscribe("payment.succeeded")
def tell_buyer_paid(payload: dict[str, Any]) -> None:
    """The money came (at the door there is nothing to write)."""
    attempt = PaymentAttempt.objects.filter(pk=payload["attempt"]).first()
    if attempt is not None and attempt.method != PaymentAttempt.Method.COD:
        mails.to_buyer(order_id=attempt.order_id, template="paid")


@subscribe("order.cancelled")
def tell_buyer_cancelled(payload: dict[str, Any]) -> None:
    """Why it ended and that nothing is charged."""
    mails.to_buyer(order_id=payload["order"], template="cancelled", reason=payload["reason"])


@subscribe("vendor_order.handed_over")
def tell_buyer_sent(payload: dict[str, Any]) -> None:
    """One parcel is on its way."""
    part = VendorOrder.objects.select_related("group").filter(pk=payload["vendor_order"]).first()
    if part is not None:
        mails.to_buyer(order_id=part.order_id, template="sent", part=part)


@subscribe("line.short")
def tell_buyer_short(payload: dict[str, Any]) -> None:
    """What is missing, that the rest comes, and that nobody pays for what is missing."""
    line = Line.objects.select_related("vendor_order__group").filter(pk=payload["line"]).first()
    if line is not None and line.vendor_order is not None:
        facts = {"line": line, "part": line.vendor_order, "pieces": payload["pieces"]}
        facts["satang"] = to_satang(line.unit_price_incl_tax) * payload["pieces"]
        mails.to_buyer(order_id=line.order_id, template="short", **facts)


@leaving_asked.register
def no_open_orders(leaving: Leaving) -> None:
    """Somebody must be there for what is still on its way."""
    numbers = list(only_open(orders_of(leaving.user)).values_list("number", flat=True)[:5])
    if numbers:
        leaving.obstacles.append(errors.OrdersOpen(numbers=", ".join(numbers)))


@subscribe("lot.recalled")
def find_buyers_of_recalled_lot(payload: dict[str, Any]) -> None:
    """One piece of news for each purchase, so that a letter that fails holds up no other."""
    lot = Lot.objects.filter(pk=payload["lot"]).first()
    if lot is not None:
        for order, sure in orders_of_lot(lot).items():
            facts = {"lot": lot.pk, "order": order, "sure": sure}
            announce("lot.buyer_found", facts, key=f"recall:{lot.pk}:{order}")


@subscribe("lot.buyer_found")
def tell_buyer_of_recall(payload: dict[str, Any]) -> None:
    """What is wrong and what to do."""
    lot = Lot.objects.select_related("product__group").filter(pk=payload["lot"]).first()
    if lot is not None:
        code = codes.grouped(lot.code, 3)
        mails.to_buyer(order_id=payload["order"], template="recalled", lot=lot, lot_code=code, sure=payload["sure"])
