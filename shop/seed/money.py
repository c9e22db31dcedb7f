"""Money that does not fit: what the office of the market finds on its desk."""

from __future__ import annotations

import datetime as dt
from typing import Any

from shop.common import clock
from shop.gateways import trial
from shop.gateways.contract import Charge
from shop.order.models import Order
from shop.payment import services as payments
from shop.payment.models import PaymentAttempt, Refund
from shop.payment.reconciling import reconcile
from shop.payment.selectors import money_version
from shop.seed.orders import place_one

_DAYS = 3


def make_money(buyers: list[Any], group: Any, admin: Any) -> None:
    """A transfer of too little, a purchase paid twice, money without an order, a refund by hand; then the comparisons."""
    now = clock.now()
    with clock.moved_to(now - dt.timedelta(days=2, hours=3)):
        _too_little(buyers[0], group)
        _without_an_order()
    with clock.moved_to(now - dt.timedelta(days=1, hours=5)):
        _twice(buyers[-1], group)
        _given_back(buyers[0], group, admin)
    for back in range(_DAYS, 0, -1):
        reconcile(day=clock.today() - dt.timedelta(days=back))


def _too_little(buyer: Any, group: Any) -> None:
    attempt = place_one(group, buyer, "transfer").payment_attempts.get()
    payments.confirm(attempt=attempt, received_satang=attempt.amount_satang - 1_000)


def _without_an_order() -> None:
    charge = Charge("pay:elsewhere:1", "elsewhere", "test", 45_000, "THB", "", "", clock.now(), "", "")
    trial.press(trial.TrialGateway().start(charge).ref, paid=True)


def _twice(buyer: Any, group: Any) -> None:
    """Two tabs of a bank: the first payment was given up and paid all the same."""
    order = place_one(group, buyer, "test")
    first = payments.begin(attempt=order.payment_attempts.get())
    second = payments.begin(attempt=payments.open_attempt(order=order, method=PaymentAttempt.Method.TEST))
    for attempt in (second, first):
        trial.press(attempt.provider_ref, paid=True)
        payments.refresh(attempt=attempt)
    for refund in Refund.objects.filter(attempt__order=order, state=Refund.State.ASKED).select_related("attempt"):
        payments.send_refund(refund=refund)


def _given_back(buyer: Any, group: Any, admin: Any) -> None:
    """One piece of a transfer goes back, in the office's name."""
    order: Order = place_one(group, buyer, "transfer")
    payments.confirm_transfer(attempt=order.payment_attempts.get(), by=admin)
    line = order.lines.order_by("pk")[0]
    payments.give_back(
        order=order,
        pieces={line.pk: 1},
        delivery={},
        why=Refund.Why.RETURNED,
        by=admin,
        route=Refund.Route.TRANSFER,
        note="ลูกค้าส่งคืน สีไม่ตรง",
        token="d" * 32,
        seen=money_version(order.pk),
    )
