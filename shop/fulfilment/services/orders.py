"""What groups and the market do with placed orders: accept, pack, hand over, deliver, cancel, expire."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from catalogue.models import Lot
from catalogue.trail import lots_to_pack
from shop.common import clock, outbox
from shop.fulfilment import errors
from shop.fulfilment.models import Holding
from shop.fulfilment.services import units
from shop.order import links, states
from shop.order.errors import NotAgain
from shop.order.events import order_cancelled, order_taken_up
from shop.order.locks import lock_order
from shop.order.models import Line, Order, VendorOrder, VendorOrderEvent
from shop.partner import services as stock
from shop.partner.errors import OutOfStock
from shop.payment import services as payments
from shop.payment.errors import AttemptClosed, MethodNotOffered
from shop.payment.models import PaymentAttempt
from vendors import history
from vendors.policies import Right, require

State = VendorOrder.State
MOST_LINKS, MOST_DAYS_OF_LINKS = 10, 730
MOST_OF_PARCEL = 60
"""Characters of a carrier's name, and of a tracking number."""


@transaction.atomic
def accept(*, vendor_order: VendorOrder, by: Any) -> VendorOrder:
    """The group takes the order on."""
    return move_one(vendor_order, State.TO_PACK, by)


@transaction.atomic
def note_lots(*, vendor_order: VendorOrder, lots: Mapping[int, str], by: Any) -> VendorOrder:
    """Notes from which lot each line (by its key) is packed; an empty code takes the note back.

    Only until the box has left, only lots of the line's own product that are neither recalled nor past their day.
    Raises WrongState or LotNotFitting.
    """
    lock_order(vendor_order.order_id)
    current = VendorOrder.objects.select_for_update().select_related("group").get(pk=vendor_order.pk)
    if current.state not in (State.TO_ACCEPT, State.TO_PACK, State.PACKED):
        raise errors.WrongState
    if by is not None:
        require(by, Right.PACK, current.group)
    lines = {line.pk: line for line in current.lines.select_for_update(of=("self",)).select_related("product")}
    fitting = lots_to_pack(line.product for line in lines.values() if line.product is not None)
    for key, code in lots.items():
        line = lines.get(key)
        if line is None or line.product_id is None:
            raise errors.LotNotFitting
        found = next((lot for lot in fitting[line.product_id] if lot.code == code), None)
        if code and found is None:
            raise errors.LotNotFitting
        Line.objects.filter(pk=line.pk).update(lot=found)
    return current


def leave(vendor_order: VendorOrder, *, by: Any) -> None:
    """A locked, packed vendor order leaves its group: what was reserved is taken out of stock. Raises LotRecalled."""
    lots = Lot.objects.select_for_update(of=("self",)).filter(order_lines__vendor_order=vendor_order).order_by("pk")
    if any(lot.recalled_at is not None for lot in lots):  # locked: a recall comes before or after, not between
        raise errors.LotRecalled
    move_all([vendor_order], State.HANDED_OVER, by)
    history.record(organisation=vendor_order.group, act="order.handed_over", by=by, what=vendor_order.number)
    stock.consume(_held([vendor_order]))


def name_parcel(vendor_order: VendorOrder, carrier: str, tracking: str) -> None:
    """Writes who carries a locked vendor order's box, and its number. Raises WordsTooLong: nothing is cut off silently."""
    if max(len(carrier), len(tracking)) > MOST_OF_PARCEL:
        raise errors.WordsTooLong(most=MOST_OF_PARCEL)
    vendor_order.carrier, vendor_order.tracking = carrier, tracking
    vendor_order.save(update_fields=["carrier", "tracking"])


@transaction.atomic
def deliver(*, vendor_order: VendorOrder, by: Any) -> VendorOrder:
    """The buyer has the goods. Paid at the door, the group holds the cash from now on."""
    moved = move_one(vendor_order, State.DELIVERED, by)
    if moved.stops.exists():
        raise errors.WrongState  # what hubs carry is delivered by its parcel
    if moved.order.payment_method == PaymentAttempt.Method.COD:
        payments.collect_cash(vendor_order=moved, amount_satang=moved.due_satang, by=by)
    return moved


@transaction.atomic(savepoint=False)
def start_work(*, order: Order) -> None:
    """The order is paid (or will be at the door): its vendor orders go to the groups."""
    waiting = list(
        VendorOrder.objects.select_for_update().filter(order=order, state=State.AWAITING_PAYMENT).order_by("pk")
    )
    move_all(waiting, State.TO_ACCEPT, None)
    sold = Line.objects.filter(vendor_order__in=waiting, product__isnull=False).values_list("product_id", "quantity")
    pieces: dict[str, int] = {}
    for product, quantity in sold:
        pieces[str(product)] = pieces.get(str(product), 0) + quantity
    outbox.announce("goods.sold", {"pieces": pieces}, key=f"sold:{order.pk}")
    outbox.announce("order.started", {"order": order.pk}, key=f"started:{order.pk}")


def cancel_order(*, order: Order, by: Any, reason: str) -> None:
    """Cancels an unpaid order and gives its stock back; again does nothing. Raises AlreadyPaid, BeingPaid or WrongState.

    First the providers are told that it must not be paid any more: if the money was quicker, the order is paid.
    """
    calm = payments.withdraw_all(order=order)
    if not calm and order.payment_attempts.filter(state=PaymentAttempt.State.PROCESSING).exists():
        raise errors.BeingPaid
    _close(order, by=by, reason=reason, attempt_state=PaymentAttempt.State.CANCELLED)


def expire_order(*, order: Order) -> bool:
    """Cancels an order whose money did not come in time; False when it was paid in the meantime.

    The stock is not given back before the providers have said that nobody can pay any more. One that does not answer is
    waited for `PAYMENT_GRACE_MINUTES`; after that money that still comes is late money (`take_up`).
    """
    calm = payments.withdraw_all(order=order)
    grace = dt.timedelta(minutes=settings.PAYMENT_GRACE_MINUTES)
    if not calm and order.pay_by is not None and clock.now() < order.pay_by + grace:
        return False
    try:
        _close(order, by=None, reason="expired", attempt_state=PaymentAttempt.State.EXPIRED)
    except (errors.AlreadyPaid, errors.WrongState):
        return False
    return True


@transaction.atomic
def take_up(*, order: Order) -> bool:
    """Takes an order up again whose time was over before its money came. False when its goods or its voucher are gone or off sale.

    What the buyer or the market has cancelled on purpose stays cancelled. The order is locked by the payment.
    """
    locked = lock_order(order.pk)
    if locked.cancelled_at is None or locked.cancel_reason != "expired":
        return False
    parts = list(VendorOrder.objects.select_for_update().filter(order=locked).order_by("pk"))
    lines = list(Line.objects.filter(vendor_order__in=parts).select_related("product__parent"))
    wanted: dict[int, int] = {}
    for line in lines:
        if line.stockrecord_id is None or not _on_sale(line):
            return False
        wanted[line.stockrecord_id] = wanted.get(line.stockrecord_id, 0) + line.quantity
    try:
        with transaction.atomic():
            stock.reserve(wanted)
            order_taken_up.run(locked)
    except (OutOfStock, NotAgain):
        return False
    Line.objects.filter(order=locked).update(allocation_cancelled=False)
    move_all(parts, State.AWAITING_PAYMENT, None)
    units.move_all_of(Holding.objects.filter(line__order=locked), units.CANCELLED, units.GROUP, by=None)
    locked.cancelled_at, locked.cancel_reason = None, ""
    locked.save(update_fields=["cancelled_at", "cancel_reason"])
    return True


def _on_sale(line: Line) -> bool:
    owner = line.product and (line.product.parent or line.product)
    if owner is None or owner.sellable_from is None or owner.sellable_from > clock.now():
        return False
    return owner.sellable_until is None or owner.sellable_until > clock.now()


@transaction.atomic
def _close(order: Order, *, by: Any, reason: str, attempt_state: str) -> None:
    locked = lock_order(order.pk)
    if locked.cancelled_at is not None:
        return
    is_over = locked.pay_by is None or locked.pay_by <= clock.now()
    if attempt_state == PaymentAttempt.State.EXPIRED and not is_over:
        raise errors.WrongState  # another way was chosen while the first was being withdrawn
    if not payments.close_open(order=locked, state=attempt_state):
        raise errors.AlreadyPaid
    parts = list(VendorOrder.objects.select_for_update().filter(order=locked).order_by("pk"))
    if not all(states.may_become(part.state, State.CANCELLED) for part in parts):
        raise errors.WrongState
    give_up(parts, by)
    locked.cancelled_at, locked.cancel_reason = clock.now(), reason
    locked.save(update_fields=["cancelled_at", "cancel_reason"])
    order_cancelled.run(locked)
    outbox.announce("order.cancelled", {"order": locked.pk, "reason": reason}, key=f"cancelled:{locked.pk}")


def give_up(parts: list[VendorOrder], by: Any) -> None:
    """Ends locked vendor orders of which nothing has been packed: what they held goes back to the shelf."""
    stock.release(_held(parts))
    Line.objects.filter(vendor_order__in=parts).update(allocation_cancelled=True)
    move_all(parts, State.CANCELLED, by)
    units.move_all_of(Holding.objects.filter(line__vendor_order__in=parts), units.GROUP, units.CANCELLED, by=by)


def _held(parts: list[VendorOrder]) -> dict[int, int]:
    """Pieces held per stock record by the lines of these vendor orders."""
    held: dict[int, int] = {}
    rows = Line.objects.filter(vendor_order__in=parts, allocation_cancelled=False, stockrecord__isnull=False)
    for record, quantity in rows.values_list("stockrecord_id", "num_allocated"):
        if quantity:
            held[record] = held.get(record, 0) + quantity
    return held


def locked(vendor_order: VendorOrder, by: Any, *states: str) -> VendorOrder:
    """The vendor order in one of `states`, for somebody who may pack still. Raises NotYours or WrongState."""
    lock_order(vendor_order.order_id)
    rows = VendorOrder.objects.select_for_update(of=("self",)).select_related("order", "group")
    current = rows.get(pk=vendor_order.pk)
    if by is not None:
        require(by, Right.PACK, current.group)
    if current.state not in states:
        raise errors.WrongState
    return current


def move_one(vendor_order: VendorOrder, state: str, by: Any) -> VendorOrder:
    """Takes one vendor order to its next state and notes who did. Raises WrongState."""
    lock_order(vendor_order.order_id)
    current = (
        VendorOrder.objects.select_for_update(of=("self",)).select_related("order", "group").get(pk=vendor_order.pk)
    )
    if not states.may_become(current.state, state):
        raise errors.WrongState
    move_all([current], state, by)
    history.record(organisation=current.group, act=f"order.{state}", by=by, what=current.number)
    return current


def move_all(parts: list[VendorOrder], state: str, by: Any) -> None:
    """Writes the state of locked vendor orders, and when and by whom it came."""
    moment = clock.now()
    for part in parts:
        part.state, part.state_changed_at = state, moment
    VendorOrder.objects.filter(pk__in=[part.pk for part in parts]).update(state=state, state_changed_at=moment)
    VendorOrderEvent.objects.bulk_create(
        [VendorOrderEvent(vendor_order=part, state=state, at=moment, by=by) for part in parts]
    )


def choose_method(*, order: Order, method: str) -> PaymentAttempt:
    """The buyer pays another way: a new attempt, and the order waits as long as that way allows.

    Raises MethodNotOffered, CodLimit or AttemptClosed (cancelled, or its time is over).
    """
    if method == PaymentAttempt.Method.COD:
        raise MethodNotOffered
    payments.withdraw_all(order=order)  # the way before must not be paid any more; if it was, the order is paid
    with transaction.atomic():
        locked = lock_order(order.pk)
        until = payments.pay_by_again(locked, method)
        if locked.cancelled_at is not None or (until is not None and until <= clock.now()):
            raise AttemptClosed
        if VendorOrder.objects.filter(order=locked).exclude(state=State.AWAITING_PAYMENT).exists():
            raise AttemptClosed  # paid, or the groups work on it already and take the money at the door
        Order.objects.filter(pk=order.pk).update(payment_method=method, pay_by=until)
        order.refresh_from_db(fields=["payment_method", "pay_by"])
        return payments.open_attempt(order=order, method=method)


@transaction.atomic
def ask_for_links(*, email: str) -> None:
    """A guest asks for the links of their orders; the news is the same whether there are any or not, so no answer tells it."""
    since = clock.now() - dt.timedelta(days=MOST_DAYS_OF_LINKS)
    known = Order.objects.filter(user=None, guest_email__iexact=email, date_placed__gte=since)
    newest = list(known.order_by("-date_placed", "-pk").values_list("pk", flat=True)[:MOST_LINKS])
    outbox.announce("order.links_asked", {"orders": newest}, key=_once_a_while(email))


def _once_a_while(email: str) -> str:
    """One letter for an address in ten minutes, however often it is asked for; the address itself is not in the key."""
    mark = salted_hmac("market.order.links", email.strip().lower(), algorithm="sha256").hexdigest()[:32]
    return f"links:{mark}:{int(clock.now().timestamp()) // 600}"


@transaction.atomic
def renew_links(*, orders: list[int]) -> list[Order]:
    """Renews the links of a guest's orders; returns them, newest first."""
    found = Order.objects.select_for_update().filter(pk__in=orders, user=None).exclude(guest_email="")
    renewed = list(found.order_by("-date_placed", "-pk"))
    for order in renewed:
        links.renew(order)
    return renewed
