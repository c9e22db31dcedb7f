"""Talking to providers: always outside transactions, always with a key that was stored before. What comes of it is written
down by `attempts.note_standing`, `refunds.note_refund` and `disputes.note_dispute`, each in one transaction."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from shop.common import clock
from shop.gateways.contract import Charge, RefundOrder, RefundStanding, Stand, Standing
from shop.gateways.errors import GatewayDown, GatewayRefused, GatewayStuck, NotOffered
from shop.gateways.registry import gateway
from shop.order.models import Order
from shop.payment.models import PaymentAttempt, PaymentProblem, Refund
from shop.payment.services.attempts import note_standing, replace_stuck
from shop.payment.services.disputes import note_dispute
from shop.payment.services.problems import open_problem
from shop.payment.services.refunds import import_refund, note_refund, refund_refused

State = PaymentAttempt.State


def begin(*, attempt: PaymentAttempt) -> PaymentAttempt:
    """Makes the payment at the provider, or finds it again. Called twice, or after a crash, it is one payment.

    Where the provider keeps a failure as its answer and has no such payment, another attempt with a key of its own takes its
    place, and comes back. Raises GatewayDown (try again), GatewayRefused or NotOffered.
    """
    if not attempt.provider or attempt.state != State.CREATED:
        return attempt
    try:
        standing = _started(attempt)
    except GatewayStuck:
        return begin(attempt=replace_stuck(attempt=attempt))
    return note_standing(attempt=attempt, standing=standing)


def _started(attempt: PaymentAttempt) -> Standing:
    """The payment of an attempt, made now or before. Raises GatewayStuck when there is none, and none comes with this key."""
    there, charge = gateway(attempt.provider), _charge(attempt)
    try:
        return there.start(charge)
    except GatewayStuck:
        found = there.find(charge)
        if found is None:
            raise
        return found


def refresh(*, attempt: PaymentAttempt) -> PaymentAttempt:
    """Asks the provider how it stands and writes that down. Safe at any time, by anybody, as often as wanted."""
    if not attempt.provider or attempt.state == State.SUCCEEDED:
        return attempt
    if not attempt.provider_ref:
        return begin(attempt=attempt) if attempt.state == State.CREATED else _looked_for(attempt)
    return note_standing(attempt=attempt, standing=gateway(attempt.provider).refresh(attempt.provider_ref))


def _looked_for(attempt: PaymentAttempt) -> PaymentAttempt:
    """A closed attempt whose start was never answered: what the provider has of it may still be paid, and must not."""
    there = gateway(attempt.provider)
    found = there.find(_charge(attempt))
    if found is None:
        return attempt
    attempt = note_standing(attempt=attempt, standing=found)
    if found.stand in (Stand.AWAITING_PAYER, Stand.PROCESSING):
        attempt = note_standing(attempt=attempt, standing=there.cancel(found.ref, key=attempt.idempotency_key))
    return attempt


def withdraw(*, attempt: PaymentAttempt) -> PaymentAttempt:
    """Takes care that the payer can pay this no more; if the money was quicker, the attempt comes back succeeded.

    An attempt whose start was never answered is started with its own key first, so that there is something to cancel.
    """
    if not attempt.provider or not attempt.provider_open or attempt.state in (State.SUCCEEDED, State.REVIEW):
        return attempt
    there = gateway(attempt.provider)
    ref = attempt.provider_ref
    if not ref:
        try:
            attempt = note_standing(attempt=attempt, standing=_started(attempt))
        except GatewayStuck:  # there is nothing that could be paid
            PaymentAttempt.objects.filter(pk=attempt.pk, provider_ref="").update(provider_open=False)
            attempt.refresh_from_db()
            return attempt
        ref = attempt.provider_ref
    return note_standing(attempt=attempt, standing=there.cancel(ref, key=attempt.idempotency_key))


def withdraw_all(*, order: Order) -> bool:
    """Withdraws every attempt of an order that could still take money. True when nothing can be paid any more.

    False too while a bank is working on one: what is under way can be neither cancelled nor counted.
    """
    calm = True
    for attempt in PaymentAttempt.objects.filter(order=order, provider_open=True).order_by("number"):
        try:
            calm &= withdraw(attempt=attempt).state != State.PROCESSING
        except (GatewayDown, NotOffered):
            calm = False
        except GatewayRefused:
            PaymentAttempt.objects.filter(pk=attempt.pk).update(provider_open=False)
    return calm


def send_refund(*, refund: Refund) -> Refund:
    """Sends a refund to the provider, or asks how one that was sent stands."""
    if refund.route != Refund.Route.PROVIDER or refund.state in (*Refund.GONE, Refund.State.SUCCEEDED):
        return refund
    attempt = refund.attempt
    Refund.objects.filter(pk=refund.pk).update(tries=refund.tries + 1)
    try:
        there = gateway(attempt.provider)
        if refund.provider_ref:
            return note_refund(refund=refund, standing=there.refresh_refund(refund.provider_ref))
        known = _sent_before(refund) if refund.tries else None
        return note_refund(refund=refund, standing=known or there.refund(_refund_order(refund)))
    except (GatewayRefused, NotOffered) as refusal:
        if refund.provider_ref:
            return refund
        return refund_refused(refund=refund, reason=str(refusal.facts.get("reason", refusal.code)))


def sync_refunds(*, attempt: PaymentAttempt) -> None:
    """Fetches every refund of a payment: ours move on, those made at the provider are written down."""
    if not attempt.payment_ref or attempt.state != State.SUCCEEDED:
        return
    found = gateway(attempt.provider).refunds_of(attempt.payment_ref)
    ours = {
        row.idempotency_key: row for row in attempt.refunds.all()
    }  # read after: no refund is sent before it is here
    by_ref = {row.provider_ref: row for row in ours.values() if row.provider_ref}
    for standing in found:
        row = by_ref.get(standing.ref) or ours.get(standing.key)
        if row is None:
            import_refund(attempt=attempt, standing=standing)
        else:
            note_refund(refund=row, standing=standing)


def sync_disputes(*, attempt: PaymentAttempt) -> None:
    """Fetches every dispute of a payment."""
    if attempt.payment_ref and attempt.state == State.SUCCEEDED:
        for standing in gateway(attempt.provider).disputes_of(attempt.payment_ref):
            note_dispute(attempt=attempt, standing=standing)


def report_unknown(*, provider: str, ref: str, amount_satang: int | None = None) -> None:
    """Money at a provider that belongs to nothing here."""
    open_problem(kind=PaymentProblem.Kind.UNKNOWN, key=f"{provider}:{ref}", facts={"ref": ref, "amount": amount_satang})


def _sent_before(refund: Refund) -> RefundStanding | None:
    """A key is good for a day only: before sending again, look whether it arrived the first time."""
    found = gateway(refund.attempt.provider).refunds_of(refund.attempt.payment_ref)
    return next((row for row in found if row.key == refund.idempotency_key), None)


def _refund_order(refund: Refund) -> RefundOrder:
    attempt = refund.attempt
    asks_for_account = attempt.method == PaymentAttempt.Method.PROMPTPAY
    return RefundOrder(
        key=refund.idempotency_key,
        payment_ref=attempt.payment_ref,
        amount_satang=refund.amount_satang,
        email=refund.email if asks_for_account else "",
        reason=refund.why,
    )


def _charge(attempt: PaymentAttempt) -> Charge:
    order = Order.objects.select_related("user").get(pk=attempt.order_id)
    with override(order.language or "th"):
        path = reverse("orders:pay", args=[order.number])
        description = _("Order %(number)s") % {"number": order.number}
    back = f"{settings.SITE_URL.rstrip('/')}{path}"
    return Charge(
        key=attempt.idempotency_key,
        reference=order.number,
        method=attempt.method,
        amount_satang=attempt.amount_satang,
        currency=attempt.currency,
        email=order.user.email if order.user else order.guest_email,
        description=description,
        expires_at=attempt.expires_at or clock.now(),
        return_url=f"{back}?back=paid",
        cancel_url=f"{back}?back=closed",
        language=order.language,
        asked_at=attempt.created_at,
    )
