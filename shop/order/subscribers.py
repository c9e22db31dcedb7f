"""What a purchase tells about a person, and how long: copies for the buyer, and names that end with the time the law asks for."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from shop.common import clock
from shop.common.jobs import job
from shop.common.money import to_satang
from shop.order.models import Order, VendorOrderEvent
from shop.order.selectors import orders_of, with_parts
from shop.order.services import forget_buyers
from shop.people import addresses
from shop.people.events import Copy, Section, copy_wanted

KEPT_YEARS = 5
"""Accounts and their documents are kept five years after the year of sale; the buyer's name goes with them, not longer."""


@copy_wanted.register
def tell_orders(copy: Copy) -> None:
    """Every purchase with goods, address and state of each group's part; a fixed number of queries."""
    labels = {
        "number": _("Number"),
        "placed_at": _("Placed"),
        "total_satang": _("Total"),
        "payment_method": _("How to pay"),
        "recipient": _("Recipient"),
        "phone": _("Phone"),
        "address": _("Address"),
        "note": _("Note to the sellers"),
        "cancelled_at": _("Cancelled"),
        "lines": _("Goods"),
        "parts": _("Groups"),
    }
    rows = [_order_row(order) for order in with_parts(orders_of(copy.user))]
    copy.add(Section("orders", _("Orders"), labels, rows))


@copy_wanted.register
def tell_work(copy: Copy) -> None:
    """What a member of a group did with orders: these steps carry the name of whoever did them."""
    labels = {"number": _("Number"), "state": _("Step"), "at": _("When")}
    events = VendorOrderEvent.objects.filter(by=copy.user).order_by("pk").values("vendor_order__number", "state", "at")
    rows = [{"number": row["vendor_order__number"], "state": row["state"], "at": row["at"]} for row in events]
    copy.add(Section("work_on_orders", _("Work on orders"), labels, rows))


def _order_row(order: Order) -> dict[str, Any]:
    target = order.shipping_address
    parts = list(order.vendor_orders.all())
    return {
        "number": order.number,
        "placed_at": order.date_placed,
        "total_satang": to_satang(order.total_incl_tax),
        "payment_method": order.payment_method,
        "recipient": target.recipient if target else "",
        "phone": target.phone if target else "",
        "address": _address(target),
        "note": order.note,
        "cancelled_at": order.cancelled_at,
        "lines": [
            {"name": line.title, "quantity": line.quantity, "total_satang": to_satang(line.line_price_incl_tax)}
            for part in parts
            for line in part.lines.all()
        ],
        "parts": [
            {"group": part.group.name_th, "number": part.number, "state": part.state, "tracking": part.tracking}
            for part in parts
        ],
    }


def _address(target: Any) -> str:
    if target is None:
        return ""
    area = addresses.area(target.subdistrict_code)
    return addresses.one_line(line1=target.line1, line2=target.line2, area=area, postcode=target.postcode)


@job("orders.forget_buyers", every=dt.timedelta(days=1))
def forget_old_buyers() -> str:
    """Takes names, phones and addresses off old orders of guests and of deleted accounts."""
    first_kept = dt.date(clock.today().year - KEPT_YEARS, 1, 1)
    return f"{forget_buyers(before=clock.start_of_day(first_kept))} orders without a name"
