"""Reading purchases and vendor orders."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet

from shop.order.models import Line, Order, VendorOrder


def with_parts(orders: QuerySet[Order]) -> QuerySet[Order]:
    """Orders with address, vendor orders and their lines: four queries, however many."""
    lines = Line.objects.order_by("pk")
    parts = VendorOrder.objects.select_related("group", "place").prefetch_related(Prefetch("lines", queryset=lines))
    return orders.select_related("shipping_address").prefetch_related(Prefetch("vendor_orders", queryset=parts))


def orders_of(user: Any) -> QuerySet[Order]:
    """The purchases of a person, newest first."""
    return Order.objects.filter(user=user).order_by("-date_placed", "-pk")


def vendor_orders_of(organisation_id: int) -> QuerySet[VendorOrder]:
    """What one group has to do, newest first; never another group's part of the same purchase."""
    return VendorOrder.objects.filter(group_id=organisation_id).order_by("-created_at", "-pk")
