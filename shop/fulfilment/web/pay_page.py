"""What the payment page shows, read anew each time: which of its looks, and the facts of that look."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from shop.common import clock
from shop.common.money import to_baht
from shop.fulfilment.selectors import PurchaseState, purchase_state
from shop.fulfilment.web import pay_code
from shop.gateways.registry import in_earnest
from shop.order.models import Order, VendorOrder
from shop.payment.models import PaymentAttempt, TransferSlip
from shop.payment.ways import Way, reason_words, ways

State, Method = PaymentAttempt.State, PaymentAttempt.Method


class Look(enum.StrEnum):
    """The faces of the payment page; each has a template of its name."""

    PAID = "paid"
    REVIEW = "review"
    EXPIRED = "expired"
    FAILED = "failed"
    PROCESSING = "processing"
    OVER = "over"
    STARTING = "starting"
    DOWN = "down"
    REFUSED = "refused"
    QR = "qr"
    CARD = "card"
    TRANSFER = "transfer"
    CASH = "cash"
    TEST = "test"
    GONE = "gone"
    """Nothing is to be paid here any more: the order page tells the rest."""


_BY_METHOD = {Method.PROMPTPAY: Look.QR, Method.CARD: Look.CARD, Method.TEST: Look.TEST}
_WAITS = (Look.QR, Look.CARD, Look.PROCESSING, Look.OVER, Look.STARTING, Look.DOWN)
_CHOOSES = (Look.FAILED, Look.QR, Look.CARD, Look.TRANSFER, Look.TEST, Look.DOWN, Look.REFUSED, Look.STARTING)
SAID: dict[Look, Any] = {
    Look.PAID: _("The money has arrived. Thank you!"),
    Look.REVIEW: _("Money has arrived, but not the amount of the order. Our staff are looking at it."),
    Look.EXPIRED: _("The time to pay is over. The goods went back to the shelf."),
    Look.FAILED: _("The payment did not work. You can try again or pay another way."),
    Look.PROCESSING: _("Your bank has taken the payment and is still working on it."),
    Look.OVER: _("The time to pay is over. We are asking the bank whether money has come."),
    Look.DOWN: _("The payment service does not answer at the moment. Your order is kept."),
    Look.QR: _("The QR code is ready."),
    Look.CARD: _("The card page is ready."),
    Look.TRANSFER: _("Transfer the money and send the slip."),
}


@dataclass(frozen=True)
class Cash:
    """What one group's carrier takes at the door."""

    part: VendorOrder
    satang: int


@dataclass(frozen=True)
class PayPage:
    """One moment of the payment page."""

    order: Order
    attempt: PaymentAttempt
    look: Look
    reason: str = ""
    methods: list[Way] = field(default_factory=list)
    slips: list[TransferSlip] = field(default_factory=list)
    cash: list[Cash] = field(default_factory=list)

    @property
    def template(self) -> str:
        """The part of the page that this look has."""
        return f"orders/pay/{self.look.value}.html"

    @property
    def mark(self) -> str:
        """The same mark is the same page: what a waiting page has seen already."""
        return f"{self.attempt.number}-{self.look.value}-{self.attempt.reason}"

    @property
    def said(self) -> Any:
        """What a screen reader is told when the page turns to this look."""
        return SAID.get(self.look, "")

    @property
    def waits(self) -> bool:
        """May it turn by itself?"""
        return self.look in _WAITS

    @property
    def is_test(self) -> bool:
        """No money moves."""
        return not in_earnest(self.attempt.provider)

    @property
    def amount_plain(self) -> str:
        """The amount for a bank's form."""
        return f"{to_baht(self.attempt.amount_satang):.2f}"

    @property
    def until(self) -> dt.datetime | None:
        """Until when it can be paid."""
        return self.attempt.expires_at

    @property
    def seconds_left(self) -> int:
        """The same for a clock that runs on the page."""
        return max(0, int((self.until - clock.now()).total_seconds())) if self.until else 0

    @property
    def qr(self) -> str:
        """The code to scan; empty where there is nothing to scan."""
        return pay_code.svg(self.attempt) if self.look in (Look.QR, Look.TRANSFER) else ""

    @property
    def link(self) -> str:
        """Where the provider's page is; empty when there is none that can be trusted."""
        url = str(self.attempt.show.get("url", ""))
        near = bool(settings.STRIPE_API_BASE) and settings.DEMO
        return url if url.startswith("https://") or (near and url.startswith("http://")) else ""

    @property
    def bank_app(self) -> str:
        """In a demo with the stand-in: the page that plays the buyer's bank. Never in a real market."""
        return self.link if settings.DEMO and settings.STRIPE_API_BASE else ""


def is_over(attempt: PaymentAttempt) -> bool:
    """Has its time run out?"""
    return attempt.expires_at is not None and attempt.expires_at <= clock.now()


def attempts_of(order: Order) -> list[PaymentAttempt]:
    """All attempts of an order, the newest last."""
    return list(PaymentAttempt.objects.filter(order=order).order_by("number"))


def look_of(order: Order, attempts: list[PaymentAttempt], trouble: str = "") -> Look:
    """Which look the page has; `trouble` is what the provider answered just now: "", "down" or "refused"."""
    states = {attempt.state for attempt in attempts}
    if State.SUCCEEDED in states:
        return Look.PAID
    if State.REVIEW in states:
        return Look.REVIEW
    if order.cancelled_at is not None:
        return Look.EXPIRED if order.cancel_reason == "expired" else Look.GONE
    attempt = attempts[-1]
    if attempt.method == Method.COD:
        return Look.CASH if attempt.is_open else Look.GONE
    if not attempt.is_open:
        return Look.FAILED
    if attempt.state == State.PROCESSING:
        return Look.PROCESSING
    if is_over(attempt):
        return Look.OVER
    if attempt.method == Method.TRANSFER:
        return Look.TRANSFER
    if attempt.state == State.CREATED:
        return {"down": Look.DOWN, "refused": Look.REFUSED}.get(trouble, Look.STARTING)
    return _fitting(attempt)


def _fitting(attempt: PaymentAttempt) -> Look:
    """A payment that waits for its payer is shown only with what the payer needs."""
    needed = {Method.PROMPTPAY: "qr", Method.CARD: "url"}.get(Method(attempt.method))
    return _BY_METHOD[Method(attempt.method)] if needed is None or attempt.show.get(needed) else Look.STARTING


def page_of(order: Order, attempts: list[PaymentAttempt], trouble: str = "") -> PayPage:
    """The page of an order that has attempts."""
    look, attempt = look_of(order, attempts, trouble), attempts[-1]
    if look in (Look.PAID, Look.REVIEW):
        attempt = next(row for row in reversed(attempts) if row.state in (State.SUCCEEDED, State.REVIEW))
    chooses = look in _CHOOSES and purchase_state(order) is PurchaseState.AWAITING_PAYMENT
    parts = order.vendor_orders.all() if look is Look.CASH else []
    return PayPage(
        order=order,
        attempt=attempt,
        look=look,
        reason=reason_words(attempt) if look in (Look.FAILED, Look.CARD, Look.QR) else "",
        methods=[way for way in ways(attempt.amount_satang) if way.method != Method.COD] if chooses else [],
        slips=list(order.slips.all()) if look is Look.TRANSFER else [],
        cash=[Cash(part, part.due_satang) for part in parts if part.state != VendorOrder.State.CANCELLED],
    )
