"""What follows for vouchers when orders end or begin again, when the fund decides, and when a person asks what is kept."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from shop.common.jobs import job
from shop.fund.events import spending_decided
from shop.fund.models import Spending
from shop.order.errors import NotAgain
from shop.order.events import order_cancelled, order_taken_up
from shop.order.models import Order
from shop.people.events import Copy, Section, copy_wanted
from shop.vouchers import selectors, services, taking
from shop.vouchers.errors import VoucherRefused
from shop.vouchers.models import VoucherUse


@order_cancelled.register
def give_voucher_back(order: Order) -> None:
    """In the same transaction in which the stock goes back."""
    taking.give_back(order=order)


@order_taken_up.register
def take_voucher_again(order: Order) -> None:
    """In the same transaction in which the stock is reserved again; where it is gone the money goes back."""
    try:
        taking.take_again(order=order)
    except VoucherRefused as refusal:
        raise NotAgain from refusal


@spending_decided.register
def follow_the_fund(spending: Spending) -> None:
    """In the same transaction in which the budget is set aside."""
    if spending.is_budget:
        services.follow_decision(spending=spending)


@job("vouchers.return_rest", every=dt.timedelta(days=1))
def return_rests() -> str:
    """What vouchers that are over did not need goes back to the fund."""
    moved = [services.return_rest(voucher=voucher) for voucher in selectors.over_without_rest()]
    return f"{sum(1 for satang in moved if satang)} vouchers gave something back"


@copy_wanted.register
def tell_vouchers(copy: Copy) -> None:
    """Every voucher that a person has used."""
    labels = {"order": _("Order"), "code": _("Code"), "satang": _("Discount"), "at": _("When")}
    rows = VoucherUse.objects.filter(order__user=copy.user, returned_at=None).order_by("pk")
    facts = rows.values("order__number", "voucher__code", "discount_satang", "taken_at")
    told = [
        {
            "order": row["order__number"],
            "code": row["voucher__code"],
            "satang": row["discount_satang"],
            "at": row["taken_at"],
        }
        for row in facts
    ]
    copy.add(Section("vouchers", _("Vouchers"), labels, told))
