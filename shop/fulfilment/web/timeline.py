"""The way of a vendor order in a buyer's words: what was, what is, what comes, with dates."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from shop.order.models import Order, VendorOrder
from shop.payment.models import PaymentAttempt

State = VendorOrder.State
_WAY = (State.AWAITING_PAYMENT, State.TO_ACCEPT, State.TO_PACK, State.PACKED, State.HANDED_OVER, State.DELIVERED)
_REACHED: dict[str, Any] = {
    State.AWAITING_PAYMENT: _("Ordered"),
    State.TO_ACCEPT: _("Paid, the group has your order"),
    State.TO_PACK: _("The group has accepted it"),
    State.PACKED: _("Packed"),
    State.HANDED_OVER: _("Handed to the carrier"),
    State.DELIVERED: _("Delivered"),
    State.CANCELLED: _("Cancelled"),
}
_EXPECTED: dict[str, Any] = {
    State.TO_ACCEPT: _("Payment arrives"),
    State.TO_PACK: _("The group accepts it"),
    State.PACKED: _("The group packs"),
    State.HANDED_OVER: _("The parcel goes to the carrier"),
    State.DELIVERED: _("The parcel reaches you"),
}
_NOW: dict[str, Any] = {
    State.AWAITING_PAYMENT: _("The group starts as soon as the payment has arrived."),
    State.TO_ACCEPT: _("The group has been told and will accept it soon."),
    State.TO_PACK: _("The group is preparing your goods."),
    State.PACKED: _("The parcel waits for the carrier."),
    State.HANDED_OVER: _("The parcel is on its way to you."),
}
_AT_THE_DOOR = _("The group has your order, you pay at the door")


@dataclass(frozen=True)
class Step:
    """One step; `kind` is done, now, next or bad."""

    kind: str
    title: Any
    at: dt.datetime | None = None
    note: Any = ""


def steps(order: Order, part: VendorOrder) -> list[Step]:
    """The steps of one vendor order; reads `part.events`, prefetched or not."""
    reached = {event.state: event.at for event in part.events.all()}
    reached.setdefault(State.AWAITING_PAYMENT, order.date_placed)
    reached.setdefault(part.state, part.state_changed_at)
    cancelled = part.state == State.CANCELLED
    found = []
    for state in _WAY:
        if state in reached:
            now = state == part.state and state != State.DELIVERED
            title = _AT_THE_DOOR if state == State.TO_ACCEPT and _is_cod(order) else _REACHED[state]
            found.append(Step("now" if now else "done", title, reached[state], _NOW.get(state, "") if now else ""))
        elif not cancelled:
            found.append(Step("next", _EXPECTED[state]))
    if cancelled:
        found.append(Step("bad", _REACHED[State.CANCELLED], reached[State.CANCELLED]))
    return found


def _is_cod(order: Order) -> bool:
    return order.payment_method == PaymentAttempt.Method.COD
