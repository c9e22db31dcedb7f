"""Acts on payment attempts. Each begins by locking the order, then its attempt."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from shop.common import clock, outbox
from shop.common.money import to_satang
from shop.order.locks import lock_order
from shop.order.models import Order
from shop.payment import errors, states
from shop.payment.events import payment_succeeded
from shop.payment.models import PaymentAttempt

Method, State = PaymentAttempt.Method, PaymentAttempt.State


def offered_methods(total_satang: int) -> list[str]:
    """The ways of paying for a purchase of this size, as configured."""
    names = [name for name in settings.PAYMENT_METHODS if name in Method.values]
    if total_satang > settings.COD_LIMIT_SATANG and Method.COD in names:
        names.remove(Method.COD)
    if not settings.DEMO and Method.TEST in names:
        names.remove(Method.TEST)
    return names


def check_method(*, method: str, total_satang: int) -> None:
    """Raises CodLimit or MethodNotOffered when `method` cannot pay this purchase."""
    if method in offered_methods(total_satang):
        return
    if method == Method.COD and Method.COD in settings.PAYMENT_METHODS:
        raise errors.CodLimit(limit=f"{settings.COD_LIMIT_SATANG // 100:,}")
    raise errors.MethodNotOffered


def pay_by(method: str) -> dt.datetime | None:
    """Until when an order placed now waits for its money; None when it is paid at the door."""
    minutes = settings.PAYMENT_MINUTES.get(method)
    return clock.now() + dt.timedelta(minutes=minutes) if minutes else None


def pay_by_again(order: Order, method: str) -> dt.datetime | None:
    """The same for another way chosen later: never longer than the most patient way, counted from the placing.

    Otherwise goods could be held for ever without being paid, by choosing anew each day.
    """
    until = pay_by(method)
    if until is None:
        return None
    return min(until, order.date_placed + dt.timedelta(minutes=max(settings.PAYMENT_MINUTES.values())))


@transaction.atomic
def open_attempt(*, order: Order, method: str) -> PaymentAttempt:
    """Opens an attempt for the whole order; an attempt still open is cancelled first."""
    lock_order(order.pk)
    total = to_satang(order.total_incl_tax)
    check_method(method=method, total_satang=total)
    attempts = PaymentAttempt.objects.filter(order=order)
    if attempts.filter(state=State.SUCCEEDED).exists():
        raise errors.AttemptClosed
    attempts.filter(state__in=PaymentAttempt.OPEN).update(state=State.CANCELLED, changed_at=clock.now())
    number = (attempts.aggregate(last=Max("number"))["last"] or 0) + 1
    return start_first(order=order, method=method, total_satang=total, number=number)


def start_first(*, order: Order, method: str, total_satang: int, number: int = 1) -> PaymentAttempt:
    """The attempt that belongs to placing an order; only to be called where the order's row is already held."""
    moment = clock.now()
    return PaymentAttempt.objects.create(
        order=order,
        number=number,
        method=method,
        state=State.AWAITING_PAYER,
        amount_satang=total_satang,
        idempotency_key=f"pay:{order.number}:{number}",
        expires_at=order.pay_by,
        created_at=moment,
        changed_at=moment,
    )


@transaction.atomic
def confirm(*, attempt: PaymentAttempt, note: str = "") -> PaymentAttempt:
    """The money came. Twice is once; an attempt that is closed otherwise raises AttemptClosed."""
    current = _locked(attempt)
    if current.state == State.SUCCEEDED:
        return current
    order = Order.objects.get(pk=current.order_id)
    if State.SUCCEEDED not in states.NEXT[current.state] or order.cancelled_at is not None:
        raise errors.AttemptClosed
    _move(current, State.SUCCEEDED, note)
    payment_succeeded.run(current)
    outbox.announce("payment.succeeded", {"attempt": current.pk}, key=f"paid:{current.pk}")
    return current


@transaction.atomic
def fail(*, attempt: PaymentAttempt, note: str = "") -> PaymentAttempt:
    """The payer's side said no; the order stays and another attempt may be opened."""
    current = _locked(attempt)
    if State.FAILED in states.NEXT[current.state]:
        _move(current, State.FAILED, note)
    return current


@transaction.atomic
def close_open(*, order: Order, state: str) -> bool:
    """Ends what is open as `cancelled` or `expired`. False when the order is paid already: then nothing may be undone."""
    lock_order(order.pk)
    attempts = PaymentAttempt.objects.filter(order=order)
    if attempts.filter(state=State.SUCCEEDED).exists():
        return False
    attempts.filter(state__in=PaymentAttempt.OPEN).update(state=state, changed_at=clock.now())
    return True


def _locked(attempt: PaymentAttempt) -> PaymentAttempt:
    lock_order(attempt.order_id)
    return PaymentAttempt.objects.select_for_update().get(pk=attempt.pk)


def _move(attempt: PaymentAttempt, state: str, note: str) -> None:
    attempt.state, attempt.changed_at, attempt.note = state, clock.now(), note[:200]
    attempt.save(update_fields=["state", "changed_at", "note"])
