"""What is always true of money and stock (docs/algorithms/payment.md), looked at after every kind of trouble.

`wrong_with_money` reads the whole database, and with a stand-in also what the provider has: each sentence names a thing that
is not as it must be. `settled` says that the market had time to do all it does by itself; before that only what is true
at every moment is looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.db.models import F, Sum
from django.db.models.functions import Coalesce

from shop.gateways.standin.server import Standin
from shop.ledger import audit
from shop.ledger.models import Posting
from shop.order.models import Line, Order
from shop.partner.models import StockRecord
from shop.payment.audit import share_violations
from shop.payment.books import capture_cause, refund_cause
from shop.payment.models import Dispute, PaymentAttempt, PaymentProblem, Refund
from shop.payment.services.refunds import left_of

S, R = PaymentAttempt.State, Refund.State
_HOLDING = ("awaiting_payment", "to_accept", "to_pack", "packed")
_OWED = "buyers_unallocated"
_DIVIDED = ("share", "share_back", "share_again")
_TOLD_ONLY = (PaymentProblem.Kind.PAID_TWICE, PaymentProblem.Kind.LATE)
"""Of these a person is told; the money goes back by itself, and nobody has to decide."""


def wrong_with_money(standin: Standin | None = None, *, settled: bool = True) -> list[str]:
    """Everything that is not as it must be."""
    attempts = list(PaymentAttempt.objects.select_related("order").order_by("pk"))
    found = [*_books(attempts), *_stock(), *_attempts(attempts), *_orders(attempts, settled)]
    return found + ([*_at_provider(standin, attempts)] if standin is not None and settled else [])


def _books(attempts: list[PaymentAttempt]) -> Iterator[str]:
    yield from (str(each) for each in audit.differences())
    yield from (f"{each.check}: {each.what}" for each in share_violations())
    rows = Posting.objects.filter(account__purpose=_OWED).exclude(entry__kind__in=_DIVIDED)
    rows = rows.values_list("entry__cause").annotate(sum=Sum("amount_satang"))
    owed = dict(rows)
    wanted = {capture_cause(row): -int(row.received_satang or 0) for row in attempts if row.state == S.SUCCEEDED}
    refunds = Refund.objects.filter(state=R.SUCCEEDED).only("idempotency_key", "amount_satang")
    wanted |= {refund_cause(row): row.amount_satang for row in refunds}
    for cause, satang in wanted.items():
        if owed.get(cause) != satang:
            yield f"the books have {owed.get(cause)} for {cause}, not {satang}"
    back = sum(satang for cause, satang in owed.items() if cause.startswith("reversal:"))
    failed = sum(owed.get(refund_cause(row), 0) for row in Refund.objects.filter(state__in=Refund.GONE))
    if back + failed:
        yield f"refunds that did not arrive stand in the books with {back + failed}"
    strange = set(owed) - set(wanted) - {refund_cause(row) for row in Refund.objects.filter(state__in=Refund.GONE)}
    for cause in strange:
        if not cause.startswith("reversal:"):
            yield f"the books have {owed[cause]} for {cause}, of which nothing is known"


def _stock() -> Iterator[str]:
    lines = Line.objects.filter(vendor_order__state__in=_HOLDING, allocation_cancelled=False)
    held = dict(lines.values_list("stockrecord").annotate(sum=Sum("num_allocated")))
    for record in StockRecord.objects.annotate(reserved=Coalesce(F("num_allocated"), 0)):
        if record.reserved != held.get(record.pk, 0):
            yield f"stock {record.pk}: {record.reserved} reserved, orders hold {held.get(record.pk, 0)}"
        if record.num_in_stock is not None and not 0 <= record.reserved <= record.num_in_stock:
            yield f"stock {record.pk}: {record.reserved} reserved of {record.num_in_stock}"


def _attempts(attempts: list[PaymentAttempt]) -> Iterator[str]:
    still_open = Counter(row.order_id for row in attempts if row.is_open)
    yield from (f"order {order}: {number} open attempts" for order, number in still_open.items() if number > 1)
    for row in attempts:
        if row.state != S.SUCCEEDED:
            if row.refunds.exists():
                yield f"{row}: {row.state}, and given back"
            continue
        given = row.refunds.exclude(state__in=Refund.GONE).exclude(why=Refund.Why.OUTSIDE)
        if (given.aggregate(sum=Sum("amount_satang"))["sum"] or 0) > int(row.received_satang or 0):
            yield f"{row}: more goes back than came"
        if row.provider_open:
            yield f"{row}: paid, and said to be open at the provider"


def _orders(attempts: list[PaymentAttempt], settled: bool) -> Iterator[str]:
    paid = [row for row in attempts if row.state == S.SUCCEEDED]
    undecided = PaymentProblem.objects.filter(closed_at=None).exclude(kind__in=_TOLD_ONLY)
    looked_at = set(undecided.values_list("attempt", flat=True))
    for order in {row.order for row in attempts}:
        yield from _one_order(order, [row for row in paid if row.order_id == order.pk], looked_at, settled)


def _one_order(order: Order, paid: list[PaymentAttempt], looked_at: set[int], settled: bool) -> Iterator[str]:
    states = set(order.vendor_orders.values_list("state", flat=True))
    kept = [row for row in paid if left_of(row) > 0 and row.pk not in looked_at]
    if order.cancelled_at is not None and kept:
        yield f"order {order.number} is cancelled and its money is kept"
    if len(kept) > 1:
        yield f"order {order.number} keeps the money of {len(kept)} attempts"
    if order.cancelled_at is None and paid and "awaiting_payment" in states:
        yield f"order {order.number} is paid and still waits for money"
    if order.cancelled_at is None and not paid and order.payment_method != "cod" and states - {"awaiting_payment"}:
        yield f"order {order.number} is not paid, and its groups work ({', '.join(sorted(states))})"
    if order.cancelled_at is not None and states - {"cancelled"}:
        yield f"order {order.number} is cancelled, its parts are not"
    starts = Counter(order.vendor_orders.filter(events__state="to_accept").values_list("pk", flat=True))
    yield from (f"part {part} was started {times} times" for part, times in starts.items() if times > 1)
    if settled:
        for row in paid:
            waiting = row.refunds.filter(state=R.ASKED, route=Refund.Route.PROVIDER)
            yield from (f"{refund} was never sent" for refund in waiting)


def _at_provider(standin: Standin, attempts: list[PaymentAttempt]) -> Iterator[str]:
    """In both directions: what the provider took, and what it gave back."""
    ours = {row.payment_ref: row for row in attempts if row.payment_ref}
    keys = {row.idempotency_key for row in attempts}
    there = {thing["id"]: thing for thing in standin.all("payment_intent") if thing["metadata"].get("attempt") in keys}
    for name, thing in there.items():
        row = ours.get(name)
        if thing["status"] == "succeeded" and (row is None or row.state not in (S.SUCCEEDED, S.REVIEW)):
            yield f"{name} was paid, here it is {row.state if row else 'unknown'}"
    for row in attempts:
        if row.provider == "stripe" and row.state == S.SUCCEEDED:
            thing = there.get(row.payment_ref, {})
            if (thing.get("status"), thing.get("amount_received")) != ("succeeded", row.received_satang):
                yield f"{row} is paid here, there {row.payment_ref or '?'} is {thing.get('status')}"
    yield from _refunds_there(standin, set(there))


def _refunds_there(standin: Standin, intents: set[str]) -> Iterator[str]:
    there = {thing["id"]: thing for thing in standin.all("refund") if thing["payment_intent"] in intents}
    ours = {row.provider_ref: row for row in Refund.objects.exclude(provider_ref="")}
    for name, thing in there.items():
        row = ours.get(name)
        if row is None or row.amount_satang != thing["amount"]:
            yield f"{name} gave back {thing['amount']}, here {row.amount_satang if row else 'nothing is known of it'}"
    doubled = Counter(thing["metadata"].get("refund") for thing in there.values())
    yield from (f"{key} was sent {times} times" for key, times in doubled.items() if key and times > 1)
    for row in ours.values():
        if row.route == Refund.Route.PROVIDER and row.attempt.provider == "stripe" and row.provider_ref not in there:
            yield f"{row} is not at the provider"


def disputed(attempt: PaymentAttempt) -> int:
    """Satang of an attempt that the payer's bank holds or keeps."""
    rows = Dispute.objects.filter(attempt=attempt).exclude(state=Dispute.State.WON)
    return int(rows.aggregate(sum=Sum("amount_satang"))["sum"] or 0)
