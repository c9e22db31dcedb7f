"""What follows from money and time: paid orders go to the groups, unpaid ones expire."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from catalogue.models import Lot
from catalogue.services.refresh import count_sold
from shop.common import clock, codes
from shop.common.jobs import job
from shop.common.outbox import announce, subscribe
from shop.fulfilment import digests, errors, mails, services, tasks
from shop.fulfilment.models import Parcel, TransferBox
from shop.fulfilment.selectors import only_open, orders_of_lot
from shop.order.models import Order, VendorOrder
from shop.order.selectors import orders_of
from shop.payment.events import LateMoney, money_came_late, payment_succeeded, refund_asked
from shop.payment.models import PaymentAttempt, Refund
from shop.payment.selectors import latest_attempt
from shop.people.events import Leaving, leaving_asked
from vendors.models import Organisation, Place


@payment_succeeded.register
def start_work_when_paid(attempt: PaymentAttempt) -> None:
    """In the same transaction in which the money is noted."""
    services.start_work(order=attempt.order)


@money_came_late.register
def take_up_again(late: LateMoney) -> None:
    """In the same transaction: the goods are reserved again, or the money goes back."""
    late.taken_up = services.take_up(order=late.attempt.order)


@refund_asked.register
def stop_packing(refund: Refund) -> None:
    """In the same transaction: a group does not pack what nobody pays any more."""
    services.stop_what_is_given_back(order=refund.attempt.order, by=refund.asked_by)


@job("orders.expire_unpaid", every=dt.timedelta(minutes=1))
def expire_unpaid() -> str:
    """Hands out the orders whose time to pay is over: ending one asks its provider first, so it is the worker's."""
    waiting = Order.objects.filter(
        pay_by__lte=clock.now(), cancelled_at=None, vendor_orders__state="awaiting_payment"
    ).distinct()
    keys = list(waiting.order_by("pay_by").values_list("pk", flat=True)[:500])
    for key in keys:
        tasks.end_unpaid.enqueue(key)
    return f"{len(keys)} orders to end"


@job("orders.remind_unpaid", every=dt.timedelta(minutes=15))
def remind_unpaid() -> str:
    """One letter for each transfer that ends within a day."""
    return f"{services.remind_unpaid()} transfers end within a day"


@job("hubs.tell_what_to_bring", every=dt.timedelta(minutes=5))
@transaction.atomic
def announce_closed_runs() -> str:
    """One piece of news for each group at the cut-off of a hub's run; told once, however often the job looks."""
    runs = digests.closed_runs()
    for run in runs:
        facts = {"place": run.place_id, "due": run.due.isoformat(), "group": run.group_id}
        announce("hub.run_closed", facts, key=f"bring:{run.place_id}:{run.due}:{run.group_id}")
    return f"{len(runs)} groups bring something soon"


@subscribe("hub.run_closed")
def tell_group_what_to_bring(payload: dict[str, Any]) -> None:
    """What, where to and by when; nothing when all has been brought meanwhile."""
    due = dt.date.fromisoformat(payload["due"])
    for run in digests.to_bring(payload["group"], run=(payload["place"], due)):
        mails.run_to_group(run=run, group=Organisation.objects.get(pk=payload["group"]))


@job("parcels.remind", every=dt.timedelta(hours=1))
def remind_of_parcels() -> str:
    """One letter for each parcel that is kept for two more days at most."""
    return f"{services.remind_of_parcels()} parcels wait on a shelf"


@subscribe("order.payment_due")
def tell_buyer_payment_due(payload: dict[str, Any]) -> None:
    """Until when, how much and where to; nothing to who has paid, sent a slip or cancelled meanwhile."""
    order = Order.objects.filter(pk=payload["order"], cancelled_at=None, pay_by__gt=clock.now(), slips=None).first()
    attempt = latest_attempt(order.pk) if order else None
    if order is not None and attempt is not None and attempt.method == "transfer" and attempt.is_open:
        mails.to_buyer(order_id=order.pk, template="payment_due")


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
    """The money came. At the door, and where a voucher covered all, there is nothing to write."""
    attempt = PaymentAttempt.objects.filter(pk=payload["attempt"]).first()
    silent = (PaymentAttempt.Method.COD, PaymentAttempt.Method.VOUCHER)
    if attempt is not None and attempt.method not in silent:
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


@subscribe("pieces.short")
def tell_buyer_short(payload: dict[str, Any]) -> None:
    """All that one act found missing: what, why, what comes nevertheless, and how its money comes back."""
    mails.shortage_to_buyer(order_id=payload["order"], missing=payload["missing"], refund=payload["refund"])


@subscribe("parcel.returned")
def tell_groups_of_return(payload: dict[str, Any]) -> None:
    """Each group whose goods were in it learns where they lie now."""
    parcel = Parcel.objects.select_related("place", "order").filter(pk=payload["parcel"]).first()
    if parcel is not None:
        mails.return_to_groups(parcel=parcel)


@subscribe("refund.asked")
def tell_buyer_refund(payload: dict[str, Any]) -> None:
    """What goes back, why and how: before it is done, nobody says that it is. For missing pieces their letter tells it."""
    refund = Refund.objects.select_related("attempt").filter(pk=payload["refund"]).first()
    if refund is not None and refund.why != Refund.Why.SHORT:
        mails.to_buyer(order_id=refund.attempt.order_id, template="refund", refund=refund)


@subscribe("refund.moved")
def tell_buyer_refund_done(payload: dict[str, Any]) -> None:
    """The money is back, or did not arrive; the steps between are told by nobody but the page."""
    refund = Refund.objects.select_related("attempt").filter(pk=payload["refund"]).first()
    if refund is not None and not refund.amount_satang and refund.why == Refund.Why.SHORT:
        return  # the letter about the missing pieces has said it
    if refund is not None and payload["state"] in (Refund.State.SUCCEEDED, Refund.State.FAILED):
        mails.to_buyer(order_id=refund.attempt.order_id, template="refund_moved", refund=refund, state=payload["state"])


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


@subscribe("box.counted")
def tell_group_of_difference(payload: dict[str, Any]) -> None:
    """A hub sent pieces back, or they were not in the box; a box without a fault is no news."""
    boxes = TransferBox.objects.select_related("vendor_order__group", "transfer__to_place")
    box = boxes.filter(pk=payload["box"]).first()
    rows = list(box.lines.exclude(rejected=0, short=0).select_related("line")) if box else []
    if box is not None and rows:
        mails.difference_to_group(box=box, rows=rows)


@subscribe("parcel.sent")
def tell_buyer_of_parcel(payload: dict[str, Any]) -> None:
    """One parcel with everything is on its way."""
    _tell_parcel(payload, "parcel_sent")


@subscribe("parcel.on_shelf")
def tell_buyer_to_collect(payload: dict[str, Any]) -> None:
    """Where, when and with which code."""
    _tell_parcel(payload, "parcel_shelf")


@subscribe("parcel.waits")
def tell_buyer_parcel_waits(payload: dict[str, Any]) -> None:
    """Until when it is kept; nothing to who has fetched it meanwhile."""
    if Parcel.objects.filter(pk=payload["parcel"], state=Parcel.State.ON_SHELF).exists():
        _tell_parcel(payload, "parcel_waits")


def _tell_parcel(payload: dict[str, Any], template: str) -> None:
    parcel = Parcel.objects.select_related("order__plan", "place").filter(pk=payload["parcel"]).first()
    if parcel is not None:
        mails.to_buyer(order_id=parcel.order_id, template=template, **mails.parcel_facts(parcel))


@subscribe("parcel.opened")
def tell_buyer_opened(payload: dict[str, Any]) -> None:
    """What was ready is not any more: not to come for nothing."""
    _tell_parcel(payload, "parcel_opened")


@subscribe("counter.days_changed")
def find_buyers_of_counter(payload: dict[str, Any]) -> None:
    """One piece of news for each purchase at the counter, so that one that fails holds up no other."""
    place = Place.objects.filter(pk=payload["place"]).first()
    for order in services.orders_of_counter(place):
        announce("counter.order_found", {"order": order})


@subscribe("counter.order_found")
def keep_longer(payload: dict[str, Any]) -> None:
    """Its day moves with the days of the counter; nothing to who is not touched by them."""
    order = Order.objects.select_related("plan__hub").filter(pk=payload["order"], cancelled_at=None).first()
    if order is not None and services.keep_longer(order=order):
        mails.counter_days_to_buyer(order=order)


@subscribe("order.collected")
def tell_buyer_collected(payload: dict[str, Any]) -> None:
    """So that somebody whose code was stolen learns of it; and what of the purchase is still to be fetched."""
    left = Parcel.objects.filter(order_id=payload["order"], state__in=[Parcel.State.READY, Parcel.State.ON_SHELF])
    mails.to_buyer(order_id=payload["order"], template="collected", left=left.count())
