"""Disputes: written down, and while one is open nothing of its order is given back or paid out."""

from __future__ import annotations

from django.db import transaction

from shop.common import clock
from shop.gateways.contract import DisputeStand, DisputeStanding
from shop.order.locks import lock_order
from shop.payment import books, states
from shop.payment.models import Dispute, PaymentAttempt, PaymentProblem
from shop.payment.services.problems import open_problem

_BY_STAND = {
    DisputeStand.OPEN: Dispute.State.OPEN,
    DisputeStand.WON: Dispute.State.WON,
    DisputeStand.LOST: Dispute.State.LOST,
}


@transaction.atomic
def note_dispute(*, attempt: PaymentAttempt, standing: DisputeStanding) -> Dispute:
    """Writes down how a dispute stands. Again is nothing. The money leaves when it opens and comes back when it is won."""
    lock_order(attempt.order_id)
    moment = clock.now()
    dispute, is_new = Dispute.objects.select_for_update().get_or_create(
        provider_ref=standing.ref,
        defaults={
            "attempt": attempt,
            "amount_satang": standing.amount_satang,
            "reason": standing.reason[:60],
            "opened_at": standing.at or moment,
            "changed_at": moment,
        },
    )
    if is_new:
        books.post_dispute(dispute)
        open_problem(kind=PaymentProblem.Kind.DISPUTE, key=standing.ref, attempt=attempt)
    wanted = _BY_STAND[standing.stand]
    if wanted != dispute.state and wanted in states.NEXT_OF_DISPUTE[dispute.state]:
        before, dispute.state, dispute.changed_at = dispute.state, wanted, moment
        dispute.save(update_fields=["state", "changed_at"])
        books.turn_dispute(dispute, before)
    if standing.fee_satang is not None:
        books.post_dispute_fee(dispute, standing.fee_satang)
    return dispute
