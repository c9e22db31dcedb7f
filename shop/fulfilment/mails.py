"""Letters about a purchase: to the buyer in the language of the order, to groups in Thai. Sent by the outbox, never in a request."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from shop.common import letters
from shop.order import links
from shop.order.models import Order, VendorOrder
from shop.order.selectors import with_parts
from vendors.models import Membership


def to_buyer(*, order_id: int, template: str, **facts: Any) -> None:
    """Sends one letter to the buyer; the link opens the order without an account."""
    order = with_parts(Order.objects.filter(pk=order_id)).select_related("user").first()
    if order is None:
        return
    address = order.user.email if order.user else order.guest_email
    if not address or (order.user and not order.user.is_active):
        return
    with translation.override(order.language):
        link = _link(order)
        _send(address, template, {"order": order, "link": link, "bank": settings.BANK_ACCOUNT, **facts})


def links_to_guest(*, orders: list[Order]) -> None:
    """Sends the links of a guest's orders to the address that they were placed with."""
    if not orders:
        return
    with translation.override(orders[0].language):
        entries = [{"order": order, "link": _link(order)} for order in orders]
        _send(orders[0].guest_email, "links", {"entries": entries})


def _link(order: Order) -> str:
    """The address of an order; a guest's carries its secret."""
    address: str = settings.SITE_URL + reverse("orders:detail", args=[order.number])
    return f"{address}?key={links.secret_of(order)}" if order.user_id is None else address


def to_groups(*, order_id: int) -> None:
    """Tells the managers and packers of each group about its own part, and only that."""
    parts = VendorOrder.objects.filter(order_id=order_id).select_related("group").prefetch_related("lines")
    roles = [Membership.Role.MANAGER, Membership.Role.PACKER]
    for part in parts:
        people = Membership.objects.filter(organisation=part.group, role__in=roles, user__is_active=True)
        addresses = sorted(set(people.values_list("user__email", flat=True)))
        if not addresses and part.group.email:
            addresses = [part.group.email]
        with translation.override("th"):
            link = settings.SITE_URL + reverse("vendor_orders:detail", args=[part.group.slug, part.number])
            for address in addresses:
                _send(address, "group_new_order", {"part": part, "link": link})


def _send(address: str, template: str, context: dict[str, Any]) -> None:
    letters.send(address, f"fulfilment/mail/{template}", context)
