"""The state of a purchase, derived from its payment and its vendor orders; nothing stores it twice."""

from __future__ import annotations

import enum

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shop.order.models import Order, VendorOrder
from shop.payment.models import PaymentAttempt

State = VendorOrder.State


class PurchaseState(enum.StrEnum):
    """Where a purchase stands, in the buyer's eyes."""

    AWAITING_PAYMENT = "awaiting_payment"
    PREPARING = "preparing"
    PARTLY_SENT = "partly_sent"
    SENT = "sent"
    DELIVERED = "delivered"
    EXPIRED = "expired"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str | Promise:
        """The state in words."""
        return _LABELS[self]


_LABELS: dict[PurchaseState, str | Promise] = {
    PurchaseState.AWAITING_PAYMENT: _("Waiting for payment"),
    PurchaseState.PREPARING: _("The groups are preparing your goods"),
    PurchaseState.PARTLY_SENT: _("Part of your order is on its way"),
    PurchaseState.SENT: _("On its way"),
    PurchaseState.DELIVERED: _("Delivered"),
    PurchaseState.EXPIRED: _("Cancelled: not paid in time"),
    PurchaseState.CANCELLED: _("Cancelled"),
}


def purchase_state(order: Order) -> PurchaseState:
    """Derives the state; reads `order.vendor_orders`, prefetched or not."""
    if order.cancelled_at is not None:
        return PurchaseState.EXPIRED if order.cancel_reason == "expired" else PurchaseState.CANCELLED
    states = {part.state for part in order.vendor_orders.all()} - {State.CANCELLED}
    if not states:
        return PurchaseState.CANCELLED
    if states == {State.AWAITING_PAYMENT}:
        return PurchaseState.AWAITING_PAYMENT
    if states == {State.DELIVERED}:
        return PurchaseState.DELIVERED
    sent = states & {State.HANDED_OVER, State.DELIVERED}
    if not sent:
        return PurchaseState.PREPARING
    return PurchaseState.SENT if states <= {State.HANDED_OVER, State.DELIVERED} else PurchaseState.PARTLY_SENT


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
