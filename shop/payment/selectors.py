"""What has been paid and given back, computed from attempts and refunds; what waits for a person."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Case, Count, Min, Q, QuerySet, Sum, When

from shop.common.money import to_satang
from shop.gateways import emvco
from shop.ledger.purposes import BAHT, PLATFORM
from shop.ledger.selectors import accounts_of, balance_of, balances_of
from shop.order.models import Order
from shop.payment.models import CashCollection, Dispute, MoneyAct, PaymentAttempt, PaymentProblem, Refund, RefundLine
from vendors.models import Organisation


def captured_satang(order_id: int) -> int:
    """What came in for an order."""
    rows = PaymentAttempt.objects.filter(order_id=order_id, state=PaymentAttempt.State.SUCCEEDED)
    return int(rows.aggregate(sum=Sum("received_satang"))["sum"] or 0)


def refunded_satang(order_id: int, *, with_pending: bool = False) -> int:
    """What has gone back for an order; `with_pending` counts what is on its way too."""
    rows = Refund.objects.filter(attempt__order_id=order_id)
    rows = rows.exclude(state__in=Refund.GONE) if with_pending else rows.filter(state=Refund.State.SUCCEEDED)
    return int(rows.aggregate(sum=Sum("amount_satang"))["sum"] or 0)


def was_paid(order_id: int) -> bool:
    """Is the purchase settled: money came in, or a voucher covers all of it?"""
    return PaymentAttempt.objects.filter(order_id=order_id, state=PaymentAttempt.State.SUCCEEDED).exists()


def paid_satang(order_id: int) -> int:
    """What an order has paid: received and not given back."""
    return captured_satang(order_id) - refunded_satang(order_id)


def money_version(order_id: int) -> str:
    """Changes with every step of an order's payments, refunds and disputes: what a person looked at before deciding."""
    rows = [
        list(PaymentAttempt.objects.filter(order_id=order_id).order_by("pk").values_list("pk", "state")),
        list(Refund.objects.filter(attempt__order_id=order_id).order_by("pk").values_list("pk", "state")),
        list(Dispute.objects.filter(attempt__order_id=order_id).order_by("pk").values_list("pk", "state")),
    ]
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:16]


def act_of_form(order_id: int, token: str) -> MoneyAct | None:
    """What a form that was sent before has done to this order."""
    rows = MoneyAct.objects.select_related("refund__attempt__order").filter(order_id=order_id)
    return rows.filter(token=token).first() if token else None


def refunds_by_hand() -> QuerySet[Refund]:
    """Refunds that a person has to give, by transfer or in cash, oldest first."""
    rows = Refund.objects.filter(state__in=[Refund.State.PENDING, Refund.State.REQUIRES_ACTION])
    rows = rows.exclude(route=Refund.Route.PROVIDER)
    return rows.select_related("attempt__order").order_by("asked_at", "pk")


def latest_attempt(order_id: int) -> PaymentAttempt | None:
    """The newest attempt of an order."""
    return PaymentAttempt.objects.filter(order_id=order_id).order_by("-number").first()


def waiting_transfers() -> QuerySet[PaymentAttempt]:
    """Bank transfers that staff still have to match, oldest first."""
    return (
        PaymentAttempt.objects.filter(
            method=PaymentAttempt.Method.TRANSFER, state__in=PaymentAttempt.OPEN, order__cancelled_at=None
        )
        .exclude(state=PaymentAttempt.State.REVIEW)
        .select_related("order")
        .order_by("created_at")
    )


def undecided_payments() -> QuerySet[PaymentAttempt]:
    """Money of another amount that waits for a decision and stands in no list of what does not fit, oldest first."""
    told = PaymentProblem.objects.filter(kind=PaymentProblem.Kind.MISMATCH, closed_at=None, attempt__isnull=False)
    rows = PaymentAttempt.objects.filter(state=PaymentAttempt.State.REVIEW).exclude(pk__in=told.values("attempt"))
    return rows.select_related("order").order_by("changed_at", "pk")


def unmatched_transfers() -> QuerySet[PaymentAttempt]:
    """Every transfer whose money was not seen yet, also of orders that have ended or are paid another way; those that wait first."""
    done = [PaymentAttempt.State.SUCCEEDED, PaymentAttempt.State.REVIEW]
    rows = PaymentAttempt.objects.filter(method=PaymentAttempt.Method.TRANSFER).exclude(state__in=done)
    waits = Q(state__in=PaymentAttempt.OPEN, order__cancelled_at=None)
    waits_first = Case(When(waits, then=0), default=1)
    return rows.select_related("order").order_by(waits_first, "-created_at")


def transfer_payload(attempt: PaymentAttempt) -> str:
    """The text of a QR for a transfer to the market's own account; empty without an id, and always in a demo.

    An invented number may be somebody's account, so a demo never makes one. With a biller id the order's number travels along.
    """
    account = settings.BANK_ACCOUNT
    if settings.DEMO or attempt.method != PaymentAttempt.Method.TRANSFER:
        return ""
    if account["biller"]:
        return emvco.biller(account["biller"], attempt.amount_satang, reference=attempt.order.number)
    return emvco.promptpay(account["promptpay"], attempt.amount_satang) if account["promptpay"] else ""


def open_problems() -> QuerySet[PaymentProblem]:
    """What does not fit, oldest first."""
    return PaymentProblem.objects.filter(closed_at=None).select_related("attempt__order", "refund")


def frozen_orders(order_ids: Iterable[int]) -> set[int]:
    """Of these orders, those whose payment is disputed: nothing of them may be paid out."""
    rows = Dispute.objects.filter(attempt__order_id__in=list(order_ids), state=Dispute.State.OPEN)
    return set(rows.values_list("attempt__order_id", flat=True))


@dataclass(frozen=True)
class RefundableLine:
    """A line of an order: what was charged, what went back, what can still go."""

    pk: int
    title: str
    unit_satang: int
    charged: int
    given: int
    missing: int = 0
    discount_satang: int = 0
    """What a voucher took off the whole line."""
    discount_given: int = 0
    """What of it went back to whoever bears it."""

    def discount_of(self, pieces: int) -> int:
        """What of the discount goes back with so many more pieces; with the last piece exactly the rest."""
        whole = self.charged + self.missing
        before = self.discount_satang * self.missing // whole + self.discount_given
        after = self.discount_satang * (self.missing + self.given + pieces) // whole
        return max(0, min(after, self.discount_satang) - before)

    def back_of(self, pieces: int) -> int:
        """Satang that the buyer gets for so many more pieces: what was paid for them, the discount taken off."""
        return self.unit_satang * pieces - self.discount_of(pieces)

    @property
    def discount_charged(self) -> int:
        """What the voucher takes off the pieces that were charged."""
        whole = self.charged + self.missing
        return self.discount_satang - (self.discount_satang * self.missing // whole if whole else 0)

    @property
    def paid_satang(self) -> int:
        """What the buyer paid for the pieces that were charged."""
        return self.unit_satang * self.charged - self.discount_charged

    @property
    def back_satang(self) -> int:
        """What the buyer gets when all that are left go back."""
        return self.back_of(self.left) if self.left else 0

    @property
    def left(self) -> int:
        """Pieces that can still be given back."""
        return max(0, self.charged - self.given)


@dataclass(frozen=True)
class RefundablePart:
    """A vendor order with its lines and its delivery charge."""

    pk: int
    number: str
    group: Organisation
    lines: list[RefundableLine]
    delivery_satang: int
    delivery_given: int

    @property
    def delivery_left(self) -> int:
        """Satang of the delivery charge that can still be given back."""
        return max(0, self.delivery_satang - self.delivery_given)


def refundable_parts(order: Order) -> list[RefundablePart]:
    """What of an order can still be given back, by vendor order; three queries.

    At the door nobody pays for what was missing, nor for the delivery of a part of which nothing was left; everybody else
    has paid for all that was ordered.
    """
    rows = RefundLine.objects.filter(vendor_order__order=order).exclude(refund__state__in=Refund.GONE)
    pieces: dict[int, int] = {}
    delivery: dict[int, int] = {}
    discounts: dict[int, int] = {}
    names = ("line", "vendor_order", "quantity", "amount_satang", "discount_satang")
    for line, part, quantity, amount, discount in rows.values_list(*names):
        if line is None:
            delivery[part] = delivery.get(part, 0) + amount
        else:
            pieces[line] = pieces.get(line, 0) + quantity
            discounts[line] = discounts.get(line, 0) + discount
    cash = order.payment_method == PaymentAttempt.Method.COD
    parts = order.vendor_orders.select_related("group").prefetch_related("lines").order_by("pk")
    return [
        RefundablePart(
            pk=part.pk,
            number=part.number,
            group=part.group,
            lines=[
                RefundableLine(
                    pk=line.pk,
                    title=line.title,
                    unit_satang=to_satang(line.unit_price_incl_tax),
                    charged=int(line.quantity) - (int(line.short_quantity) if cash else 0),
                    given=pieces.get(line.pk, 0),
                    missing=int(line.short_quantity) if cash else 0,
                    discount_satang=int(line.discount_satang),
                    discount_given=discounts.get(line.pk, 0),
                )
                for line in part.lines.all()
            ],
            delivery_satang=0 if cash and part.state == part.State.CANCELLED else part.delivery_satang,
            delivery_given=delivery.get(part.pk, 0),
        )
        for part in parts
    ]


@dataclass(frozen=True)
class CashHeld:
    """Cash that one organisation took at the door and holds, by the books; `collected` counts the boxes."""

    holder: Organisation | None
    name: str
    held_satang: int
    boxes: int
    oldest: dt.datetime | None


def cash_held() -> list[CashHeld]:
    """Which organisations hold how much cash, the largest sum first; five queries. The office's own: `cash_given_out`."""
    accounts, held = list(accounts_of("cash_held").filter(currency=BAHT)), balances_of("cash_held")
    counted = CashCollection.objects.values("holder__code").annotate(boxes=Count("pk"), oldest=Min("at"))
    boxes: dict[str, dict[str, Any]] = {row["holder__code"]: dict(row) for row in counted}
    codes = [account.owner.removeprefix("org:") for account in accounts]
    holders = {row.code: row for row in Organisation.objects.filter(code__in=codes)}
    rows = []
    for account, code in zip(accounts, codes, strict=True):
        facts = boxes.get(code, {})
        amount = held.get(account.pk, 0)
        rows.append(CashHeld(holders.get(code), code, amount, facts.get("boxes", 0), facts.get("oldest")))
    return sorted(
        (row for row in rows if row.held_satang and row.name != PLATFORM), key=lambda row: (-row.held_satang, row.name)
    )


def cash_of(holder: Organisation) -> int:
    """Satang in cash that an organisation holds of the market's, by the books."""
    return balance_of(f"org:{holder.code}", "cash_held")


def cash_given_out() -> int:
    """Satang that the office itself has given back in cash, by the books: out of its own till, not out of a holder's."""
    return max(0, -balance_of(PLATFORM, "cash_held"))
