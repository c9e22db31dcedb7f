"""Giving money back: asked for in one transaction, sent to the provider outside of it, done when the provider says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max, Q, Sum

from shop.common import clock, outbox
from shop.common.money import to_baht
from shop.gateways.contract import RefundStand, RefundStanding
from shop.order.locks import lock_order
from shop.order.models import Order
from shop.payment import books, errors, shares, states, tasks
from shop.payment.events import refund_asked, refund_succeeded
from shop.payment.models import Dispute, PaymentAttempt, PaymentProblem, Refund, RefundLine
from shop.payment.selectors import refundable_parts
from shop.payment.services.problems import open_problem

State, Route = Refund.State, Refund.Route
_BY_STAND = {
    RefundStand.PENDING: State.PENDING,
    RefundStand.REQUIRES_ACTION: State.REQUIRES_ACTION,
    RefundStand.SUCCEEDED: State.SUCCEEDED,
    RefundStand.FAILED: State.FAILED,
    RefundStand.CANCELLED: State.CANCELLED,
}


@dataclass(frozen=True)
class _Part:
    vendor_order_id: int
    line_id: int | None
    quantity: int
    amount_satang: int
    discount_satang: int = 0


@transaction.atomic
def ask_refund(
    *,
    order: Order,
    pieces: Mapping[int, int],
    delivery: Mapping[int, int] | None = None,
    why: str,
    by: Any,
    route: str = "",
    note: str = "",
) -> Refund:
    """Gives back pieces of lines (key → pieces) and delivery (vendor order → satang) of a paid order.

    Never more than was paid and not yet given back; what is on its way counts as given. By the way it was paid where a
    provider can, else (or with `route`) by a person. The buyer gets what they paid; what a voucher paid goes back to whoever bears it,
    also where that is all. Raises NothingPaid, TooManyPieces, TooMuch or Disputed.
    """
    lock_order(order.pk)
    parts = _chosen(order, pieces, delivery or {})
    amount = sum(part.amount_satang for part in parts)
    if not parts:
        raise errors.TooMuch(most="0.00")
    attempt = _attempt_for(order, amount)
    refund = _create(attempt, amount, why, by, route, note)
    RefundLine.objects.bulk_create(
        RefundLine(
            refund=refund,
            vendor_order_id=part.vendor_order_id,
            line_id=part.line_id,
            quantity=part.quantity,
            amount_satang=part.amount_satang,
            discount_satang=part.discount_satang,
        )
        for part in parts
    )
    shares.take_back_for(refund)
    if why != Refund.Why.SHORT:  # who misses pieces sees to the rest of the box
        refund_asked.run(refund)
    return _hand_out(refund)


def preview_refund(
    *, order: Order, pieces: Mapping[int, int], delivery: Mapping[int, int]
) -> tuple[int, PaymentAttempt]:
    """What `ask_refund` would give back and out of which payment; raises what it would raise. Nothing is kept."""
    chosen = _chosen(order, pieces, delivery)
    amount = sum(part.amount_satang for part in chosen)
    if not chosen:
        raise errors.NothingChosen
    return amount, _attempt_for(order, amount)


def refund_attempt(*, attempt: PaymentAttempt, why: str, by: Any = None, note: str = "") -> Refund | None:
    """Gives back what is left of one attempt; only where its order is locked. None when nothing is left."""
    left = left_of(attempt)
    if left <= 0:
        return None
    refund = _create(attempt, left, why, by, "", note)
    shares.take_back_for(refund)
    return _hand_out(refund)


def left_of(attempt: PaymentAttempt) -> int:
    """Satang of an attempt that were received and are neither given back, nor on their way, nor taken by the payer's bank."""
    given = attempt.refunds.exclude(state__in=Refund.GONE).aggregate(sum=Sum("amount_satang"))["sum"] or 0
    taken = attempt.disputes.exclude(state=Dispute.State.WON).aggregate(sum=Sum("amount_satang"))["sum"] or 0
    came = int(attempt.received_satang or 0) if attempt.state == PaymentAttempt.State.SUCCEEDED else 0
    return came - int(given) - int(taken) if came else 0


def _still_fits(refund: Refund) -> None:
    """May a refund that was asked for before be paid out now? Raises Disputed, or TooMuch when the payer's bank took the rest."""
    _undisputed(refund.attempt.order_id)
    left = left_of(refund.attempt)  # what was asked for counts as given already
    if left < 0:
        raise errors.TooMuch(most=f"{to_baht(max(0, left + refund.amount_satang)):,.2f}")


def _undisputed(order_id: int) -> None:
    if Dispute.objects.filter(attempt__order_id=order_id, state=Dispute.State.OPEN).exists():
        raise errors.Disputed


def _chosen(order: Order, pieces: Mapping[int, int], delivery: Mapping[int, int]) -> list[_Part]:
    """What was chosen, as far as it may still go. Raises TooManyPieces or TooMuch."""
    shelf = refundable_parts(order)
    lines = {line.pk: (part.pk, line) for part in shelf for line in part.lines}
    charges = {part.pk: part.delivery_left for part in shelf}
    chosen = []
    for key, quantity in pieces.items():
        part_id, line = lines.get(key, (0, None))
        if quantity and (line is None or not 0 < quantity <= line.left):
            raise errors.TooManyPieces(title=line.title if line else "?", most=line.left if line else 0)
        if quantity and line is not None:
            chosen.append(_Part(part_id, key, quantity, line.back_of(quantity), line.discount_of(quantity)))
    for key, amount in delivery.items():
        most = charges.get(key, 0)
        if amount and not 0 < amount <= most:
            raise errors.TooMuch(most=f"{to_baht(most):,.2f}")
        if amount:
            chosen.append(_Part(key, None, 0, amount))
    return chosen


def _attempt_for(order: Order, amount: int) -> PaymentAttempt:
    """The payment that can give this much back; one order has more than one only when it was paid twice."""
    paid = list(PaymentAttempt.objects.filter(order=order, state=PaymentAttempt.State.SUCCEEDED).order_by("number"))
    if not paid:
        raise errors.NothingPaid
    _undisputed(order.pk)
    left = {attempt: left_of(attempt) for attempt in paid}
    for attempt, most in left.items():
        if most >= amount:
            return attempt
    raise errors.TooMuch(most=f"{to_baht(max(0, *left.values(), 0)):,.2f}")


def _create(
    attempt: PaymentAttempt,
    amount: int,
    why: str,
    by: Any,
    route: str,
    note: str,
    *,
    instead_of: Refund | None = None,
) -> Refund:
    number = (attempt.refunds.aggregate(last=Max("number"))["last"] or 0) + 1
    route = route or (Route.PROVIDER if attempt.provider else Route.TRANSFER)
    moment, order = clock.now(), Order.objects.select_related("user").get(pk=attempt.order_id)
    if not amount:  # a voucher had paid for it: there is nothing to send
        route = Route.TRANSFER
    state = State.ASKED if route == Route.PROVIDER else State.PENDING if amount else State.SUCCEEDED
    refund = Refund.objects.create(
        attempt=attempt,
        number=number,
        amount_satang=amount,
        route=route,
        state=state,
        done_at=None if amount else moment,
        why=why,
        idempotency_key=f"refund:{attempt.idempotency_key.removeprefix('pay:')}:{number}",
        email=order.user.email if order.user else order.guest_email,
        note=note[:300],
        asked_at=moment,
        asked_by=by,
        changed_at=moment,
        instead_of=instead_of,
    )
    if amount:
        outbox.announce("refund.asked", {"refund": refund.pk}, key=f"refund-asked:{refund.pk}")
    else:  # done with asking: what follows from a refund follows from this one too
        _tell_moved(refund)
    return refund


def _hand_out(refund: Refund) -> Refund:
    """To the worker, with the transaction; the clock finds what gets lost."""
    if refund.route == Route.PROVIDER:
        tasks.send_refund.enqueue(refund.pk)
    return refund


@transaction.atomic
def note_refund(*, refund: Refund, standing: RefundStanding) -> Refund:
    """Writes down how the provider says a refund stands. Again is nothing."""
    current = _locked(refund)
    current.provider_ref = current.provider_ref or standing.ref
    current.reason = standing.reason[:60] or current.reason
    current.save(update_fields=["provider_ref", "reason"])
    return _become(current, _BY_STAND[standing.stand], by=None)


@transaction.atomic
def refund_refused(*, refund: Refund, reason: str) -> Refund:
    """The provider will not do it: a person finds another way."""
    current = _locked(refund)
    current.reason = reason[:60]
    current.save(update_fields=["reason"])
    return _become(current, State.FAILED, by=None)


@transaction.atomic
def settle_by_hand(*, refund: Refund, route: str, reference: str, by: Any) -> Refund:
    """A person has given the money back, in cash or by bank transfer; who, when and how is kept.

    A refund that failed or was taken back at the provider is not changed: a new one by another way takes its place, once.
    Raises ReferenceMissing, RefundClosed, Disputed, GivenMeanwhile or TooMuch.
    """
    if not reference.strip():
        raise errors.ReferenceMissing
    current = _locked(refund)
    if current.state in Refund.GONE:
        current = _again(current, route, by)
    else:
        _still_fits(current)
    if current.route == Route.PROVIDER or current.state not in (State.PENDING, State.REQUIRES_ACTION):
        raise errors.RefundClosed
    current.route, current.reference, current.done_by = route, reference.strip()[:80], by
    current.save(update_fields=["route", "reference", "done_by"])
    return _become(current, State.SUCCEEDED, by=by)


def _again(failed: Refund, route: str, by: Any) -> Refund:
    """The same amount for the same goods by another way, if that was not done meanwhile; the order is locked.

    Each is made good once (`instead_of` is unique), and only as far as its pieces and its delivery are still there to give.
    """
    if failed.is_withdrawn or Refund.objects.filter(instead_of=failed).exists():
        raise errors.RefundClosed
    _undisputed(failed.attempt.order_id)
    rows = list(failed.lines.all())
    pieces: dict[int, int] = {}
    delivery: dict[int, int] = {}
    for row in rows:
        if row.line_id is None:
            delivery[row.vendor_order_id] = delivery.get(row.vendor_order_id, 0) + row.amount_satang
        else:
            pieces[row.line_id] = pieces.get(row.line_id, 0) + row.quantity
    try:
        _chosen(Order.objects.get(pk=failed.attempt.order_id), pieces, delivery)
    except (errors.TooManyPieces, errors.TooMuch) as refusal:
        raise errors.GivenMeanwhile from refusal
    if left_of(failed.attempt) < failed.amount_satang:
        raise errors.GivenMeanwhile
    fresh = _create(failed.attempt, failed.amount_satang, failed.why, by, route, failed.note, instead_of=failed)
    for row in rows:
        row.pk, row.refund = None, fresh
    RefundLine.objects.bulk_create(rows)
    shares.take_back_for(fresh)
    return fresh


@transaction.atomic
def withdraw_refund(*, refund: Refund, by: Any) -> Refund:
    """One that a person was to make by hand is not made after all, and counts no more. Raises RefundClosed."""
    current = _locked(refund)
    if current.route == Route.PROVIDER or current.state not in (State.PENDING, State.REQUIRES_ACTION):
        raise errors.RefundClosed
    current.reason, current.done_by = Refund.WITHDRAWN, by
    current.save(update_fields=["reason", "done_by"])
    return _become(current, State.CANCELLED, by=by)


@transaction.atomic
def import_refund(*, attempt: PaymentAttempt, standing: RefundStanding) -> Refund:
    """A refund that was made at the provider and not here: it is written down, and a person is told."""
    lock_order(attempt.order_id)
    known = attempt.refunds.filter(
        Q(provider_ref=standing.ref) | Q(provider_ref="", idempotency_key=standing.key)
    ).first()
    if known is None:
        number = (attempt.refunds.aggregate(last=Max("number"))["last"] or 0) + 1
        moment = clock.now()
        known = Refund.objects.create(
            attempt=attempt,
            number=number,
            amount_satang=standing.amount_satang,
            route=Route.PROVIDER,
            state=State.ASKED,
            why=Refund.Why.OUTSIDE,
            idempotency_key=f"outside:{standing.ref}"[:80],
            provider_ref=standing.ref,
            asked_at=standing.at or moment,
            changed_at=moment,
        )
        shares.take_back_for(known)
        open_problem(kind=PaymentProblem.Kind.REFUND_OUTSIDE, key=standing.ref, attempt=attempt, refund=known)
        if left_of(attempt) < 0:
            open_problem(kind=PaymentProblem.Kind.OVER_REFUNDED, key=str(attempt), attempt=attempt, refund=known)
    return note_refund(refund=known, standing=standing)


def _become(current: Refund, wanted: str, *, by: Any) -> Refund:
    if wanted == current.state or not states.refund_may_become(current.state, wanted):
        return current
    was_done = current.state == State.SUCCEEDED
    current.state, current.changed_at = wanted, clock.now()
    if wanted == State.SUCCEEDED:
        current.done_at = current.changed_at
    current.save(update_fields=["state", "changed_at", "done_at"])
    if wanted == State.SUCCEEDED:
        books.post_refund(current)
        refund_succeeded.run(current)
    elif was_done:
        books.take_back_refund(current)
    if wanted in Refund.GONE:
        shares.give_again_for(current)
    if (
        wanted in Refund.GONE and not current.is_withdrawn
    ):  # taken back at the provider, too: the buyer still waits for the money
        open_problem(kind=PaymentProblem.Kind.REFUND_FAILED, key=str(current), attempt=current.attempt, refund=current)
    _tell_moved(current)
    return current


def _tell_moved(refund: Refund) -> None:
    facts = {"refund": refund.pk, "state": str(refund.state)}
    outbox.announce("refund.moved", facts, key=f"refund-{refund.state}:{refund.pk}")


def _locked(refund: Refund) -> Refund:
    order = PaymentAttempt.objects.values_list("order_id", flat=True).get(pk=refund.attempt_id)
    lock_order(order)
    return Refund.objects.select_for_update(of=("self",)).select_related("attempt").get(pk=refund.pk)
