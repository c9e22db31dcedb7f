"""What groups and the market do with placed orders: accept, pack, hand over, deliver, cancel, expire."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from catalogue.models import Lot
from catalogue.trail import lots_to_pack
from shop.common import clock, outbox
from shop.fulfilment import errors
from shop.order import links, states
from shop.order.events import order_cancelled
from shop.order.locks import lock_order
from shop.order.models import Line, Order, VendorOrder, VendorOrderEvent
from shop.partner import services as stock
from shop.payment import services as payments
from shop.payment.errors import AttemptClosed, MethodNotOffered
from shop.payment.models import PaymentAttempt
from vendors import history
from vendors.policies import Right, require

State = VendorOrder.State
MOST_LINKS, MOST_DAYS_OF_LINKS = 10, 730


@transaction.atomic
def accept(*, vendor_order: VendorOrder, by: Any) -> VendorOrder:
    """The group takes the order on."""
    return _move(vendor_order, State.TO_PACK, by)


@transaction.atomic
def pack(*, vendor_order: VendorOrder, by: Any) -> VendorOrder:
    """Everything lies in the box: all lines are ticked."""
    moved = _move(vendor_order, State.PACKED, by)
    moved.lines.filter(short_quantity__lt=F("quantity"), packed=False).update(packed=True)
    return moved


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


@transaction.atomic
def hand_over(*, vendor_order: VendorOrder, by: Any, carrier: str = "", tracking: str = "") -> VendorOrder:
    """The box has left the group: what was reserved is taken out of stock."""
    moved = _move(vendor_order, State.HANDED_OVER, by)
    lots = Lot.objects.select_for_update(of=("self",)).filter(order_lines__vendor_order=moved).order_by("pk")
    if any(lot.recalled_at is not None for lot in lots):  # locked: a recall comes before or after, not between
        raise errors.LotRecalled
    moved.carrier, moved.tracking = carrier[:60], tracking[:60]
    moved.save(update_fields=["carrier", "tracking"])
    stock.consume(_held([moved]))
    outbox.announce("vendor_order.handed_over", {"vendor_order": moved.pk}, key=f"sent:{moved.pk}")
    return moved


@transaction.atomic
def deliver(*, vendor_order: VendorOrder, by: Any) -> VendorOrder:
    """The buyer has the goods. With the last box of a cash-on-delivery order the cash is collected."""
    moved = _move(vendor_order, State.DELIVERED, by)
    order = moved.order
    if order.payment_method == PaymentAttempt.Method.COD:
        rest = order.vendor_orders.exclude(state__in=[State.DELIVERED, State.CANCELLED])
        attempt = order.payment_attempts.filter(state__in=PaymentAttempt.OPEN).first()
        if attempt is not None and not rest.exists():
            payments.confirm(attempt=attempt, note="cash collected at the door")
    return moved


@transaction.atomic
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


@transaction.atomic
def cancel_order(*, order: Order, by: Any, reason: str) -> None:
    """Cancels an unpaid order and gives its stock back; again does nothing. Raises AlreadyPaid or WrongState."""
    _close(order, by=by, reason=reason, attempt_state=PaymentAttempt.State.CANCELLED)


@transaction.atomic
def expire_order(*, order: Order) -> bool:
    """Cancels an order whose money did not come in time; False when it was paid in the meantime."""
    try:
        _close(order, by=None, reason="expired", attempt_state=PaymentAttempt.State.EXPIRED)
    except (errors.AlreadyPaid, errors.WrongState):
        return False
    return True


def _close(order: Order, *, by: Any, reason: str, attempt_state: str) -> None:
    locked = lock_order(order.pk)
    if locked.cancelled_at is not None:
        return
    if not payments.close_open(order=locked, state=attempt_state):
        raise errors.AlreadyPaid
    parts = list(VendorOrder.objects.select_for_update().filter(order=locked).order_by("pk"))
    if not all(states.may_become(part.state, State.CANCELLED) for part in parts):
        raise errors.WrongState
    stock.release(_held(parts))
    Line.objects.filter(order=locked).update(allocation_cancelled=True)
    move_all(parts, State.CANCELLED, by)
    locked.cancelled_at, locked.cancel_reason = clock.now(), reason
    locked.save(update_fields=["cancelled_at", "cancel_reason"])
    order_cancelled.run(locked)
    outbox.announce("order.cancelled", {"order": locked.pk, "reason": reason}, key=f"cancelled:{locked.pk}")


def _held(parts: list[VendorOrder]) -> dict[int, int]:
    """Pieces held per stock record by the lines of these vendor orders."""
    held: dict[int, int] = {}
    rows = Line.objects.filter(vendor_order__in=parts, allocation_cancelled=False, stockrecord__isnull=False)
    for record, quantity in rows.values_list("stockrecord_id", "num_allocated"):
        if quantity:
            held[record] = held.get(record, 0) + quantity
    return held


def _move(vendor_order: VendorOrder, state: str, by: Any) -> VendorOrder:
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


@transaction.atomic
def choose_method(*, order: Order, method: str) -> PaymentAttempt:
    """The buyer pays another way: a new attempt, and the order waits as long as that way allows.

    Raises MethodNotOffered, CodLimit or AttemptClosed (cancelled, or its time is over).
    """
    if method == PaymentAttempt.Method.COD:
        raise MethodNotOffered
    locked = lock_order(order.pk)
    until = payments.pay_by_again(locked, method)
    if locked.cancelled_at is not None or (until is not None and until <= clock.now()):
        raise AttemptClosed
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
