"""The state of a purchase, derived from its payment and its vendor orders and stored nowhere; and how far a lot went."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Value, When, prefetch_related_objects
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalogue.models import Lot
from shop.common import clock
from shop.fulfilment.models import Parcel
from shop.order.models import Line, Order, VendorOrder
from shop.payment.models import PaymentAttempt
from shop.shipping.models import Way

State = VendorOrder.State


class PurchaseState(enum.StrEnum):
    """Where a purchase stands, in the buyer's eyes."""

    AWAITING_PAYMENT = "awaiting_payment"
    PREPARING = "preparing"
    TO_HUB = "to_hub"
    PARTLY_SENT = "partly_sent"
    SENT = "sent"
    PARTLY_READY = "partly_ready"
    READY = "ready"
    DELIVERED = "delivered"
    COLLECTED = "collected"
    CAME_BACK = "came_back"
    EXPIRED = "expired"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str | Promise:
        """The state in words."""
        return _LABELS[self]


_LABELS: dict[PurchaseState, str | Promise] = {
    PurchaseState.AWAITING_PAYMENT: _("Waiting for payment"),
    PurchaseState.PREPARING: _("The groups are preparing your goods"),
    PurchaseState.TO_HUB: _("On the way through the hubs"),
    PurchaseState.PARTLY_SENT: _("Part of your order is on its way"),
    PurchaseState.SENT: _("On its way"),
    PurchaseState.PARTLY_READY: _("Part of it is ready to be collected"),
    PurchaseState.READY: _("Ready to be collected"),
    PurchaseState.DELIVERED: _("Delivered"),
    PurchaseState.COLLECTED: _("Collected"),
    PurchaseState.CAME_BACK: _("Came back to the hub"),
    PurchaseState.EXPIRED: _("Cancelled: not paid in time"),
    PurchaseState.CANCELLED: _("Cancelled"),
}


def purchase_state(order: Order) -> PurchaseState:
    """Derives the state; reads `order.vendor_orders`, and `order.parcels` of what hubs carry, prefetched or not."""
    if order.cancelled_at is not None:
        return PurchaseState.EXPIRED if order.cancel_reason == "expired" else PurchaseState.CANCELLED
    states = {part.state for part in order.vendor_orders.all()} - {State.CANCELLED}
    if not states:
        back = any(part.keeps_delivery for part in order.vendor_orders.all())
        return PurchaseState.CAME_BACK if back else PurchaseState.CANCELLED
    if states == {State.AWAITING_PAYMENT}:
        return PurchaseState.AWAITING_PAYMENT
    if order.through_hubs:
        return _state_through_hubs(order, states)
    if states == {State.DELIVERED}:
        return PurchaseState.DELIVERED
    sent = states & {State.HANDED_OVER, State.DELIVERED}
    if not sent:
        return PurchaseState.PREPARING
    return PurchaseState.SENT if states <= {State.HANDED_OVER, State.DELIVERED} else PurchaseState.PARTLY_SENT


def _state_through_hubs(order: Order, states: set[str]) -> PurchaseState:
    if states == {State.DELIVERED}:
        return PurchaseState.COLLECTED if order.shipping_code == Way.PICKUP else PurchaseState.DELIVERED
    parcels = {parcel.state for parcel in order.parcels.all()}
    if Parcel.State.ON_SHELF in parcels:
        waits = Parcel.State.READY in parcels or opened_again(order.parcels.all())
        return PurchaseState.PARTLY_READY if waits else PurchaseState.READY
    if Parcel.State.SENT in parcels:
        left = states <= {State.HANDED_OVER, State.DELIVERED}
        return PurchaseState.SENT if left else PurchaseState.PARTLY_SENT
    return PurchaseState.TO_HUB if states & {State.HANDED_OVER, State.DELIVERED} else PurchaseState.PREPARING


def opened_again(parcels: Iterable[Parcel]) -> int:
    """How many of these (in the order in which they were made) were opened and not put together anew: their goods lie in the hub."""
    newest = {parcel.storage: parcel.state for parcel in parcels}
    return sum(state == Parcel.State.OPENED for state in newest.values())


def states_of(orders: Iterable[Order]) -> list[tuple[Order, PurchaseState]]:
    """Orders (with their vendor orders) and where each stands; one query more when hubs carry one of them."""
    rows = list(orders)
    prefetch_related_objects([order for order in rows if order.through_hubs], "parcels")
    return [(order, purchase_state(order)) for order in rows]


def is_paid(order: Order) -> bool:
    """True when a succeeded attempt exists."""
    return any(attempt.state == PaymentAttempt.State.SUCCEEDED for attempt in order.payment_attempts.all())


def _on_its_way() -> Exists:
    parts = VendorOrder.objects.filter(order=OuterRef("pk"))
    return Exists(parts.exclude(state__in=[State.DELIVERED, State.CANCELLED]))


def only_open(orders: QuerySet[Order]) -> QuerySet[Order]:
    """Those that somebody still has to pay, pack, send or receive."""
    return orders.filter(_on_its_way(), cancelled_at=None)


def only_done(orders: QuerySet[Order]) -> QuerySet[Order]:
    """Those that are delivered or cancelled: all that `only_open` leaves out."""
    return orders.exclude(_on_its_way(), cancelled_at=None)


@dataclass(frozen=True)
class Reach:
    """How many orders surely hold goods of a lot (noted while packing), and how many perhaps (sold in its days)."""

    sure: int
    perhaps: int


def lines_of_lot(lot: Lot) -> QuerySet[Line]:
    """Order lines that hold, or may hold, goods of a lot: noted while packing, or sold without a note in its days.

    The days run from the one on which it was made to its best-before day, or a year. `is_sure` tells them apart.
    """
    last = lot.best_before or lot.made_on + dt.timedelta(days=365)
    days = Q(
        order__date_placed__gte=clock.start_of_day(lot.made_on), order__date_placed__lt=clock.end_of_day(last), lot=None
    )
    family = Q(product_id=lot.product_id) | Q(product__parent_id=lot.product_id)
    rows = Line.objects.filter(Q(lot=lot) | (family & days))
    rows = rows.exclude(vendor_order__state__in=[State.CANCELLED, State.AWAITING_PAYMENT])
    sure = Case(When(lot=lot, then=Value(True)), default=Value(False), output_field=BooleanField())
    return rows.annotate(is_sure=sure).select_related("order", "vendor_order").order_by("-is_sure", "-order_id", "pk")


def orders_of_lot(lot: Lot) -> dict[int, bool]:
    """The purchases to write to: order → does it surely hold goods of the lot?"""
    found: dict[int, bool] = {}
    for order_id, sure in lines_of_lot(lot).values_list("order_id", "is_sure"):
        found[order_id] = found.get(order_id, False) or sure
    return found


def reach_of_lot(lot: Lot) -> Reach:
    """Both numbers, counted by orders; one query."""
    orders = orders_of_lot(lot)
    sure = sum(orders.values())
    return Reach(sure, len(orders) - sure)
