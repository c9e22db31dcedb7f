"""The way of a vendor order in a buyer's words: what was, what is, what comes, with dates."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from shop.fulfilment.models import Parcel
from shop.order.models import Line, Order, VendorOrder
from shop.payment.models import PaymentAttempt
from shop.theme import formats

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
_ENDS: dict[str, Any] = {
    Line.Why.CAME_BACK: _("Brought back by the courier"),
    Line.Why.NOT_COLLECTED: _("Not collected in time"),
    Line.Why.LOST: _("Lost on the way"),
    Line.Why.REJECTED: _("Sent back by the hub"),
}
_WAITS_FOR_HUB = _("The box is on its way to the hub soon.")
_AT_THE_DOOR = _("The group has your order, you pay at the door")


@dataclass(frozen=True)
class Step:
    """One step; `kind` is done, now, next or bad."""

    kind: str
    title: Any
    at: dt.datetime | None = None
    note: Any = ""


def steps(order: Order, part: VendorOrder) -> list[Step]:
    """The steps of one vendor order until it leaves its group, or, without hubs, until it is delivered.

    Reads `part.events`, prefetched or not.
    """
    reached = {event.state: event.at for event in part.events.all()}
    reached.setdefault(State.AWAITING_PAYMENT, order.date_placed)
    reached.setdefault(part.state, part.state_changed_at)
    cancelled = part.state == State.CANCELLED
    found = []
    way = _WAY[: _WAY.index(State.HANDED_OVER)] if order.through_hubs else _WAY
    for state in way:
        if state in reached:
            now = state == part.state and state != State.DELIVERED
            title = _AT_THE_DOOR if state == State.TO_ACCEPT and _is_cod(order) else _REACHED[state]
            note = _WAITS_FOR_HUB if state == State.PACKED and order.through_hubs else _NOW.get(state, "")
            found.append(Step("now" if now else "done", title, reached[state], note if now else ""))
        elif not cancelled:
            found.append(Step("next", _EXPECTED[state]))
    if cancelled and not (order.through_hubs and State.HANDED_OVER in reached):
        found.append(_end(part))
    return found


def _end(part: VendorOrder) -> Step:
    """Nothing of it reached the buyer: why, by what its lines say."""
    reasons = {why for line in part.lines.all() for why in line.short_reasons}
    title = next((text for why, text in _ENDS.items() if why in reasons), _REACHED[State.CANCELLED])
    return Step("bad", title, part.state_changed_at)


def _is_cod(order: Order) -> bool:
    return order.payment_method == PaymentAttempt.Method.COD


_PARCEL: dict[str, Any] = {
    Parcel.State.READY: _("Put together in one parcel"),
    Parcel.State.SENT: _("The parcel is with the carrier"),
    Parcel.State.ON_SHELF: _("Ready to be collected"),
    Parcel.State.DELIVERED: _("Delivered"),
    Parcel.State.COLLECTED: _("Collected"),
    Parcel.State.RETURNED: _("Came back"),
}


def journey(part: VendorOrder, language: str, today: dt.date) -> list[Step]:
    """From the group to the hub that puts everything together; reads `part.stops` and `part.events`, prefetched or not."""
    left = next((event.at for event in part.events.all() if event.state == State.HANDED_OVER), None)
    stops = list(part.stops.all())
    over = part.state in (State.CANCELLED, State.DELIVERED)
    found = []
    if left is not None:
        found.append(Step("done", _("Left the group"), left))
    waiting = left is None
    for stop in stops:
        hub = formats.local(stop.place, "name_th", language)
        if stop.reached_at is not None:
            found.append(Step("done", _("Counted in at %(hub)s") % {"hub": hub}, stop.reached_at))
        elif not over:
            behind = stop.due < today
            day = {"day": formats.date(stop.due, language)}
            note = (
                _("Expected on %(day)s, a little late. You need do nothing.") if behind else _("Expected on %(day)s.")
            )
            found.append(
                Step("next" if waiting else "now", _("On the way to %(hub)s") % {"hub": hub}, None, note % day)
            )
            waiting = True
    if part.state == State.CANCELLED and left is not None:
        found.append(_end(part))
    return found


def parcel_steps(parcel: Parcel) -> list[Step]:
    """What happened to a parcel; reads `parcel.events`, prefetched or not."""
    events = [event for event in parcel.events.all() if event.state in _PARCEL]
    last = events[-1] if events else None
    now = (Parcel.State.SENT, Parcel.State.ON_SHELF)
    return [
        Step("now" if event is last and event.state in now else "done", _PARCEL[event.state], event.at)
        for event in events
    ]
