"""Acts on payment attempts. Each begins by locking the order, then its attempts; no network here (see `providers`)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Max

from shop.common import clock, outbox
from shop.common.money import to_satang
from shop.gateways import registry
from shop.gateways.contract import Stand, Standing
from shop.gateways.errors import GatewayDown
from shop.order.locks import lock_order
from shop.order.models import Order, VendorOrder
from shop.payment import books, errors, shares, states
from shop.payment.events import LateMoney, money_came_late, payment_succeeded
from shop.payment.models import CashCollection, PaymentAttempt, PaymentProblem, Refund
from shop.payment.services.choosing import check_method
from shop.payment.services.problems import open_problem
from shop.payment.services.refunds import left_of, refund_attempt

State = PaymentAttempt.State
COVERED = PaymentAttempt.Method.VOUCHER
"""The way of paying of a purchase that a voucher covers: nothing is to be paid."""
STUCK, MOST_ANEW = "stuck", 2
"""The reason of an attempt that its provider could not begin; how often another takes its place without being asked for."""
_BY_STAND = {
    Stand.AWAITING_PAYER: State.AWAITING_PAYER,
    Stand.PROCESSING: State.PROCESSING,
    Stand.FAILED: State.FAILED,
    Stand.CANCELLED: State.CANCELLED,
    Stand.EXPIRED: State.EXPIRED,
}


@transaction.atomic
def open_attempt(*, order: Order, method: str) -> PaymentAttempt:
    """Opens an attempt for the whole order; one still open is closed first and cancelled at its provider afterwards.

    Raises AttemptClosed when the order is paid or a person looks at its money.
    """
    lock_order(order.pk)
    total = to_satang(order.total_incl_tax)
    check_method(method=method, total_satang=total)
    attempts = PaymentAttempt.objects.filter(order=order)
    if attempts.filter(state__in=[State.SUCCEEDED, State.REVIEW]).exists():
        raise errors.AttemptClosed
    attempts.filter(state__in=PaymentAttempt.OPEN).update(state=State.CANCELLED, changed_at=clock.now())
    number = (attempts.aggregate(last=Max("number"))["last"] or 0) + 1
    return start_first(order=order, method=method, total_satang=total, number=number)


def start_first(*, order: Order, method: str, total_satang: int, number: int = 1) -> PaymentAttempt:
    """The attempt that belongs to placing an order; only to be called where the order's row is already held."""
    moment, provider = clock.now(), registry.provider_of(method)
    return PaymentAttempt.objects.create(
        order=order,
        number=number,
        method=method,
        state=State.CREATED if provider else State.AWAITING_PAYER,
        provider=provider,
        provider_open=bool(provider),
        amount_satang=total_satang,
        idempotency_key=f"pay:{order.number}:{number}",
        expires_at=order.pay_by,
        created_at=moment,
        changed_at=moment,
    )


@transaction.atomic(savepoint=False)
def settle_covered(*, order: Order) -> PaymentAttempt:
    """A voucher covers all of a new order: it is paid with nothing, and everybody's part is held for them at once.

    Only to be called where the order's row is already held.
    """
    moment = clock.now()
    made = PaymentAttempt.objects.create(
        order=order,
        number=1,
        method=COVERED,
        state=State.SUCCEEDED,
        amount_satang=0,
        received_satang=0,
        received_at=moment,
        idempotency_key=f"pay:{order.number}:1",
        created_at=moment,
        changed_at=moment,
    )
    shares.divide_capture(made)
    payment_succeeded.run(made)
    _tell_paid(made)
    return made


@transaction.atomic
def replace_stuck(*, attempt: PaymentAttempt) -> PaymentAttempt:
    """The provider keeps a failure as the answer to this attempt's key, and has no payment of it: it failed.

    Another attempt of the same way takes its place, at most `MOST_ANEW` times for an order by itself; then the buyer decides.
    """
    current = _locked(attempt)
    if current.state != State.CREATED or current.provider_ref:
        return PaymentAttempt.objects.filter(order=current.order_id).order_by("-number")[0]
    current.reason, current.provider_open = STUCK, False
    current.save(update_fields=["reason", "provider_open"])
    _move(current, State.FAILED)
    order = Order.objects.get(pk=current.order_id)
    before = PaymentAttempt.objects.filter(order=order, state=State.FAILED, reason=STUCK).count()
    if order.cancelled_at is not None or before > MOST_ANEW:
        return current
    return start_first(
        order=order, method=current.method, total_satang=current.amount_satang, number=current.number + 1
    )


@transaction.atomic
def note_standing(*, attempt: PaymentAttempt, standing: Standing) -> PaymentAttempt:
    """Writes down how the provider says a payment stands: the one place where that changes anything.

    Again is nothing; `succeeded` wins over whatever was before; what may not follow is left as it is.
    """
    current = _locked(attempt)
    if standing.ref != (current.provider_ref or standing.ref) or (standing.key or str(current)) != str(current):
        raise GatewayDown  # an answer about another payment: nobody knows how this one stands
    current.provider_ref = current.provider_ref or standing.ref
    current.payment_ref = standing.payment_ref or current.payment_ref
    if current.state != State.SUCCEEDED:  # an answer that was asked for before the money came says nothing any more
        current.reason, current.show = standing.reason[:60], dict(standing.show)
    # once closed there it stays closed: an answer may be older than the one that said so
    current.provider_open = current.provider_open and standing.stand in (Stand.AWAITING_PAYER, Stand.PROCESSING)
    current.save(update_fields=["provider_ref", "payment_ref", "reason", "show", "provider_open"])
    if standing.stand is Stand.SUCCEEDED:
        return _captured(current, standing.amount_satang, standing.currency, standing.at, "")
    wanted = _BY_STAND[standing.stand]
    if wanted == State.CANCELLED and current.is_open and current.expires_at and current.expires_at <= clock.now():
        wanted = State.EXPIRED
    if states.may_become(current.state, wanted):
        _move(current, wanted)
    return current


@transaction.atomic
def note_fee(*, attempt: PaymentAttempt, fee_satang: int) -> int:
    """Books what the provider kept of a payment that has come; once. Returns what is booked, which may be another sum."""
    current = _locked(attempt)
    if current.state != State.SUCCEEDED:
        return fee_satang
    return books.post_fee(current, fee_satang)


@transaction.atomic
def confirm(
    *, attempt: PaymentAttempt, note: str = "", received_satang: int | None = None, late: bool = False
) -> PaymentAttempt:
    """A person saw the money (transfer, cash). Twice is once.

    A closed attempt, or one of an order that has ended, raises AttemptClosed; with `late` its money is late money.
    """
    current = _locked(attempt)
    if current.state == State.SUCCEEDED:
        return current
    order = Order.objects.get(pk=current.order_id)
    if not late and (not current.is_open or order.cancelled_at is not None):
        raise errors.AttemptClosed
    amount = current.amount_satang if received_satang is None else received_satang
    return _captured(current, amount, current.currency, None, note)


@transaction.atomic
def collect_cash(*, vendor_order: VendorOrder, amount_satang: int, by: Any) -> None:
    """Cash was taken at the door by the group of a vendor order, which holds it from now on."""
    lock_order(vendor_order.order_id)
    current = _open_cash(vendor_order.order_id)
    if current is not None:
        facts = {"attempt": current, "holder_id": vendor_order.group_id, "amount_satang": amount_satang}
        CashCollection.objects.get_or_create(vendor_order=vendor_order, defaults={**facts, "at": clock.now(), "by": by})
        settle_cash(order_id=vendor_order.order_id)


@transaction.atomic
def settle_cash(*, order_id: int) -> None:
    """With the last box of a purchase that is paid at the door all of it is paid; where nothing was left, nothing is."""
    lock_order(order_id)
    current = _open_cash(order_id)
    rest = VendorOrder.objects.filter(order_id=order_id).exclude(state__in=["delivered", "cancelled"])
    if current is None or rest.exists():
        return
    collected = sum(current.cash.values_list("amount_satang", flat=True))
    if collected > 0:
        _captured(current, collected, current.currency, None, "cash collected at the door")
    else:
        _move(current, State.CANCELLED)


def _open_cash(order_id: int) -> PaymentAttempt | None:
    attempts = PaymentAttempt.objects.select_for_update().filter(order_id=order_id, state__in=PaymentAttempt.OPEN)
    return attempts.filter(method=PaymentAttempt.Method.COD).first()


@transaction.atomic
def fail(*, attempt: PaymentAttempt, note: str = "") -> PaymentAttempt:
    """The payer's side said no; the order stays and another attempt may be opened."""
    current = _locked(attempt)
    if states.may_become(current.state, State.FAILED):
        _move(current, State.FAILED, note)
    return current


@transaction.atomic
def close_open(*, order: Order, state: str) -> bool:
    """Ends what is open as `cancelled` or `expired`. False when the order is paid, or its money is being looked at.

    An order whose whole money went back is not paid; one that a voucher covers is, though nothing came in.
    """
    lock_order(order.pk)
    attempts = PaymentAttempt.objects.filter(order=order)
    looked_at = attempts.filter(state__in=[State.SUCCEEDED, State.REVIEW])
    if any(row.state == State.REVIEW or row.method == COVERED or left_of(row) > 0 for row in looked_at):
        return False
    attempts.filter(state__in=PaymentAttempt.OPEN).update(state=state, changed_at=clock.now())
    return True


@transaction.atomic
def accept_review(*, attempt: PaymentAttempt, by: Any) -> PaymentAttempt:
    """A person takes another amount as paid (the difference is settled by hand)."""
    current = _locked(attempt)
    if current.state != State.REVIEW:
        raise errors.AttemptClosed
    return _settle(current, int(current.received_satang or 0), None, f"accepted by {by.pk}")


@transaction.atomic
def return_review(*, attempt: PaymentAttempt, by: Any, note: str = "") -> Refund | None:
    """All that is left of a payment goes back. One that a person looks at is booked first, and its order stays unpaid.

    Raises Disputed. None when nothing is left.
    """
    current = _locked(attempt)
    if current.disputes.filter(state="open").exists():
        raise errors.Disputed
    why = Refund.Why.OTHER
    if current.state == State.REVIEW:
        why = Refund.Why.MISMATCH
        _move(current, State.SUCCEEDED, "given back")
        books.post_capture(current)
    return refund_attempt(attempt=current, why=why, by=by, note=note)


def _captured(
    current: PaymentAttempt, amount_satang: int, currency: str, at: dt.datetime | None, note: str
) -> PaymentAttempt:
    """Money is there. The order is locked."""
    if current.state in (State.SUCCEEDED, State.REVIEW):
        return current
    is_cash = current.method == PaymentAttempt.Method.COD
    if currency != current.currency or (amount_satang != current.amount_satang and not is_cash):
        current.received_satang, current.received_at = amount_satang, at or clock.now()
        current.save(update_fields=["received_satang", "received_at"])
        return _does_not_fit(current, amount_satang, currency, note)
    return _settle(current, amount_satang, at, note)


def _does_not_fit(current: PaymentAttempt, amount_satang: int, currency: str, note: str) -> PaymentAttempt:
    """Another amount came. A person looks at it; but where the order has other money already, this goes back at once."""
    facts = {"received": amount_satang, "currency": currency, "asked": current.amount_satang}
    others = PaymentAttempt.objects.filter(order=current.order_id).exclude(pk=current.pk)
    if currency == current.currency and others.filter(state__in=[State.SUCCEEDED, State.REVIEW]).exists():
        _move(current, State.SUCCEEDED, note)
        books.post_capture(current)
        refund_attempt(attempt=current, why=Refund.Why.MISMATCH)
    else:
        _close_others(current)
        _move(current, State.REVIEW, note)
    open_problem(kind=PaymentProblem.Kind.MISMATCH, key=str(current), attempt=current, facts=facts)
    return current


def _settle(current: PaymentAttempt, amount_satang: int, at: dt.datetime | None, note: str) -> PaymentAttempt:
    current.received_satang, current.received_at = amount_satang, at or clock.now()
    paid_before = PaymentAttempt.objects.filter(order=current.order_id, state=State.SUCCEEDED).exists()
    _move(current, State.SUCCEEDED, note)
    books.post_capture(current)
    if paid_before:
        open_problem(kind=PaymentProblem.Kind.PAID_TWICE, key=str(current), attempt=current)
        refund_attempt(attempt=current, why=Refund.Why.PAID_TWICE)
        return current
    _close_others(current)
    order = Order.objects.get(pk=current.order_id)
    if order.cancelled_at is not None:
        late = LateMoney(current)
        money_came_late.run(late)
        open_problem(kind=PaymentProblem.Kind.LATE, key=str(current), attempt=current, facts={"kept": late.taken_up})
        if not late.taken_up:
            refund_attempt(attempt=current, why=Refund.Why.GOODS_GONE)
            return current
    shares.divide_capture(current)
    payment_succeeded.run(current)
    _tell_paid(current)
    return current


def _tell_paid(attempt: PaymentAttempt) -> None:
    outbox.announce("payment.succeeded", {"attempt": attempt.pk}, key=f"paid:{attempt.pk}")


def _close_others(current: PaymentAttempt) -> None:
    others = PaymentAttempt.objects.filter(order=current.order_id, state__in=PaymentAttempt.OPEN)
    others.exclude(pk=current.pk).exclude(state=State.REVIEW).update(state=State.CANCELLED, changed_at=clock.now())


def _locked(attempt: PaymentAttempt) -> PaymentAttempt:
    lock_order(attempt.order_id)
    return PaymentAttempt.objects.select_for_update().get(pk=attempt.pk)


def _move(attempt: PaymentAttempt, state: str, note: str = "") -> None:
    attempt.state, attempt.changed_at, attempt.note = state, clock.now(), note[:200] or attempt.note
    attempt.save(update_fields=["state", "changed_at", "note", "received_satang", "received_at"])
