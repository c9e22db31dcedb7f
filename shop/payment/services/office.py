"""What people of the office do with money. Each act asks for the right anew, is written down with what stood before and after,
and is done once for each form, however often it is sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from shop.common import clock
from shop.order.locks import lock_order
from shop.order.models import Order
from shop.payment import errors
from shop.payment.models import MoneyAct, PaymentAttempt, PaymentProblem, Refund
from shop.payment.policies import require_money
from shop.payment.selectors import captured_satang, money_version, refunded_satang
from shop.payment.services import attempts, problems, refunds
from shop.payment.services.slips import plain_reference

What = MoneyAct.What
_Facts = dict[str, Any]


@transaction.atomic
def give_back(
    *,
    order: Order,
    pieces: Mapping[int, int],
    delivery: Mapping[int, int],
    why: str,
    by: Any,
    route: str = "",
    note: str = "",
    token: str,
    seen: str,
) -> Refund:
    """Gives pieces and delivery back. `seen` is the money's version that the person looked at; `token` names the form.

    Raises MoneyChanged when somebody acted meanwhile, and what `ask_refund` raises.
    """
    lock_order(order.pk)
    done = _done(token, order.pk)
    if done is not None and done.refund is not None:
        return done.refund
    require_money(by)
    if seen != money_version(order.pk):
        raise errors.MoneyChanged
    before = _sums(order.pk)
    refund = refunds.ask_refund(order=order, pieces=pieces, delivery=delivery, why=why, by=by, route=route, note=note)
    _record(What.REFUNDED, by, order.pk, before, attempt=refund.attempt, refund=refund, note=note, token=token)
    return refund


@transaction.atomic
def return_payment(*, attempt: PaymentAttempt, by: Any, note: str = "", token: str = "") -> Refund | None:
    """Sends all that is left of a payment back; one that waited to be looked at is not accepted by that.

    Raises Disputed or NothingPaid.
    """
    lock_order(attempt.order_id)
    done = _done(token, attempt.order_id)
    if done is not None:
        return done.refund
    require_money(by)
    current = PaymentAttempt.objects.select_for_update().get(pk=attempt.pk)
    before = _sums(current.order_id) | {"state": current.state}
    refund = attempts.return_review(attempt=current, by=by, note=note)
    if refund is None:
        raise errors.NothingPaid
    _close_of(current, by, note)
    _record(What.RETURNED, by, current.order_id, before, attempt=current, refund=refund, note=note, token=token)
    return refund


@transaction.atomic
def accept_payment(*, attempt: PaymentAttempt, by: Any, note: str = "", token: str = "") -> PaymentAttempt:
    """Takes another amount as paid, and closes what was to be looked at. Raises AttemptClosed."""
    lock_order(attempt.order_id)
    if _done(token, attempt.order_id) is not None:
        return attempt
    require_money(by)
    before = _sums(attempt.order_id) | {"state": attempt.state}
    current = attempts.accept_review(attempt=attempt, by=by)
    _close_of(current, by, note)
    _record(What.ACCEPTED, by, current.order_id, before, attempt=current, note=note, token=token)
    return current


@transaction.atomic
def settle_refund(*, refund: Refund, route: str, reference: str, by: Any, token: str = "") -> Refund:
    """Notes that a person has given the money back. Raises what `settle_by_hand` raises."""
    order_id = PaymentAttempt.objects.values_list("order_id", flat=True).get(pk=refund.attempt_id)
    lock_order(order_id)
    done = _done(token, order_id)
    if done is not None and done.refund is not None:
        return done.refund
    require_money(by)
    before = _sums(order_id) | {"state": Refund.objects.get(pk=refund.pk).state}
    settled = refunds.settle_by_hand(refund=refund, route=route, reference=reference, by=by)
    for problem in PaymentProblem.objects.filter(refund=refund, closed_at=None):
        problems.close_problem(problem=problem, by=by, how=f"{settled.get_route_display()}: {settled.reference}")
    attempt = settled.attempt
    _record(What.SETTLED, by, order_id, before, attempt=attempt, refund=settled, note=settled.reference, token=token)
    return settled


@transaction.atomic
def withdraw_by_hand(*, refund: Refund, note: str, by: Any, token: str = "") -> Refund:
    """A refund that was to be made by hand, and was asked for by mistake, is not made. Raises WordMissing or RefundClosed."""
    order_id = PaymentAttempt.objects.values_list("order_id", flat=True).get(pk=refund.attempt_id)
    lock_order(order_id)
    done = _done(token, order_id)
    if done is not None and done.refund is not None:
        return done.refund
    require_money(by)
    if not note.strip():
        raise errors.WordMissing
    before = _sums(order_id) | {"state": Refund.objects.get(pk=refund.pk).state}
    taken = refunds.withdraw_refund(refund=refund, by=by)
    after = _sums(order_id) | {"state": taken.state}
    facts: _Facts = {"attempt": taken.attempt, "refund": taken, "note": note.strip(), "token": token}
    _record(What.WITHDRAWN, by, order_id, before, after=after, **facts)
    return taken


@transaction.atomic
def settle_problem(*, problem: PaymentProblem, how: str, by: Any) -> PaymentProblem:
    """Closes what was to be looked at, with a word how; again changes nothing. Raises WordMissing.

    Money of another amount is decided on, not talked away: while nobody has, it raises DecisionMissing.
    """
    if not how.strip():
        raise errors.WordMissing
    if problem.attempt is not None:
        lock_order(problem.attempt.order_id)
    require_money(by)
    current = PaymentProblem.objects.select_for_update(of=("self",)).select_related("attempt").get(pk=problem.pk)
    if current.closed_at is not None:
        return current
    about = current.attempt if current.kind == PaymentProblem.Kind.MISMATCH else None
    if about is not None and about.state == PaymentAttempt.State.REVIEW:
        raise errors.DecisionMissing
    closed = problems.close_problem(problem=current, by=by, how=how.strip())
    order_id = current.attempt.order_id if current.attempt else None
    facts: _Facts = {"attempt": current.attempt, "problem": current, "note": how.strip()}
    _record(What.CLOSED, by, order_id, {"open": True}, after={"open": False}, **facts)
    return closed


@transaction.atomic
def confirm_transfer(
    *,
    attempt: PaymentAttempt,
    by: Any,
    received_satang: int | None = None,
    bank_date: dt.date | None = None,
    bank_reference: str = "",
) -> PaymentAttempt:
    """A person saw the money on the account, on the line of this date and reference; one line pays one order.

    Another amount than was asked for is looked at first. Money that came after the order had ended, or after another way was
    chosen, is late money as from everywhere. Raises AttemptClosed or BankLineUsed.
    """
    lock_order(attempt.order_id)
    current = PaymentAttempt.objects.get(pk=attempt.pk)
    if current.state == PaymentAttempt.State.SUCCEEDED:
        return current
    require_money(by)
    if current.state == PaymentAttempt.State.REVIEW:
        raise errors.AttemptClosed
    before = _sums(current.order_id) | {"state": current.state}
    reference = plain_reference(bank_reference)
    line: _Facts = {"bank_date": bank_date, "bank_reference": reference}
    note, seen = f"transfer seen by {by.pk}", current.amount_satang if received_satang is None else received_satang
    try:
        with transaction.atomic():
            PaymentAttempt.objects.filter(pk=current.pk).update(**line, received_satang=seen)
            after = attempts.confirm(attempt=current, note=note, received_satang=seen, late=True)
    except IntegrityError as refusal:
        if "one_attempt_per_bank_line" not in str(refusal):
            raise
        used = PaymentAttempt.objects.select_related("order").filter(**line, received_satang=seen).first()
        raise errors.BankLineUsed(number=used.order.number if used else "?") from refusal
    told = " · ".join(part for part in (bank_date.isoformat() if bank_date else "", reference) if part)
    _record(What.CONFIRMED, by, after.order_id, before, attempt=after, note=told)
    return after


def _close_of(attempt: PaymentAttempt, by: Any, note: str) -> None:
    rows = PaymentProblem.objects.filter(attempt=attempt, kind=PaymentProblem.Kind.MISMATCH, closed_at=None)
    for problem in rows:
        problems.close_problem(problem=problem, by=by, how=note)


def _done(token: str, order_id: int) -> MoneyAct | None:
    """The act of this form, if it was sent before; the order is locked, so that two at once come one after the other."""
    act = MoneyAct.objects.select_related("refund__attempt").filter(token=token).first() if token else None
    if act is not None and act.order_id != order_id:
        raise errors.MoneyChanged
    return act


def _sums(order_id: int) -> _Facts:
    return {"received": captured_satang(order_id), "given_back": refunded_satang(order_id, with_pending=True)}


def _record(
    what: str, by: Any, order_id: int | None, before: _Facts, *, after: _Facts | None = None, **facts: Any
) -> None:
    if after is None:
        assert order_id is not None
        after = _sums(order_id)
        moved = facts.get("refund") if what == What.SETTLED else facts.get("attempt")
        after |= {"state": moved.state} if moved is not None and "state" in before else {}
    note = str(facts.pop("note", ""))[:300]
    name = by.get_full_name() or by.email
    MoneyAct.objects.create(
        what=what,
        order_id=order_id,
        by=by,
        by_name=name[:150],
        at=clock.now(),
        before=before,
        after=after,
        note=note,
        **facts,
    )
