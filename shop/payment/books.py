"""What payments write into the ledger, in the transaction of the change (docs/algorithms/payment.md has the table).

Buyers' money is owed to nobody in particular yet: who shares it follows with the books. Money that nobody paid in earnest
(test payments, Stripe's test mode) is posted in the currency for tests.
"""

from __future__ import annotations

from collections.abc import Sequence

from shop.gateways.registry import in_earnest
from shop.ledger import causes
from shop.ledger.models import Entry
from shop.ledger.purposes import BAHT, PLATFORM, TEST_MONEY
from shop.ledger.services import Line, credit, debit, post, reverse
from shop.payment.models import Dispute, PaymentAttempt, Refund

_CLEARING = {"stripe": "stripe_clearing", "test": "test_clearing"}
_OWED = "buyers_unallocated"


def post_capture(attempt: PaymentAttempt) -> None:
    """Money came in: at the provider, on the bank account, or in the hands of those who took cash at the door."""
    currency, amount = _currency(attempt), int(attempt.received_satang or 0)
    lines = [credit(PLATFORM, _OWED, amount, currency)]
    if attempt.method == PaymentAttempt.Method.COD:
        rows = attempt.cash.filter(amount_satang__gt=0).select_related("holder").order_by("pk")
        lines += [debit(f"org:{row.holder.code}", "cash_held", row.amount_satang, currency) for row in rows]
        rest = amount - sum(row.amount_satang for row in rows)
        lines += [debit(PLATFORM, "cash_held", rest, currency)] if rest else []
    else:
        lines.append(debit(PLATFORM, _CLEARING.get(attempt.provider, "bank"), amount, currency))
    post(cause=capture_cause(attempt), kind="capture", lines=lines, happened_at=attempt.received_at)


def post_refund(refund: Refund) -> None:
    """Money went back, the way it came or by hand."""
    attempt = refund.attempt
    currency = booked_currency(attempt)
    source = _CLEARING.get(attempt.provider, "bank") if refund.route == Refund.Route.PROVIDER else "bank"
    if refund.route == Refund.Route.CASH:
        source = "cash_held"
    lines = [
        debit(PLATFORM, _OWED, refund.amount_satang, currency),
        credit(PLATFORM, source, refund.amount_satang, currency),
    ]
    post(cause=refund_cause(refund), kind="refund", lines=lines, happened_at=refund.done_at)


def take_back_refund(refund: Refund) -> None:
    """A refund that was done did not arrive after all: the money is with us again."""
    entry = Entry.objects.get(cause=refund_cause(refund))
    reverse(entry=entry, happened_at=refund.changed_at)


def post_dispute(dispute: Dispute) -> None:
    """The payer's bank has taken money back until somebody decides."""
    _dispute(dispute, "dispute", "disputed", _CLEARING.get(dispute.attempt.provider, "bank"))


def turn_dispute(dispute: Dispute, before: str) -> None:
    """Decided: the money is with us again, or it is lost; a decision may be turned later."""
    clearing = _CLEARING.get(dispute.attempt.provider, "bank")
    where = {Dispute.State.OPEN: "disputed", Dispute.State.WON: clearing, Dispute.State.LOST: "losses"}
    kind = {Dispute.State.OPEN: "dispute", Dispute.State.WON: "dispute_won", Dispute.State.LOST: "dispute_lost"}
    now, then = Dispute.State(dispute.state), Dispute.State(before)
    _dispute(dispute, str(kind[now]), where[now], where[then])


def capture_cause(attempt: PaymentAttempt) -> str:
    """The ledger's name for the money of an attempt."""
    return f"capture:{attempt.idempotency_key.removeprefix('pay:')}"


def refund_cause(refund: Refund) -> str:
    """The ledger's name for the money of a refund."""
    return f"refund:{refund.idempotency_key.removeprefix('refund:')}"


@causes.knows("capture")
def _captures(names: Sequence[str]) -> set[str]:
    keys = ["pay:" + name.partition(":")[2] for name in names]
    rows = PaymentAttempt.objects.filter(idempotency_key__in=keys, state=PaymentAttempt.State.SUCCEEDED)
    return {"capture:" + key.removeprefix("pay:") for key in rows.values_list("idempotency_key", flat=True)}


@causes.knows("refund")
def _refunds(names: Sequence[str]) -> set[str]:
    keys = [name.partition(":")[2] for name in names]
    rows = Refund.objects.filter(idempotency_key__in=[*keys, *(f"refund:{key}" for key in keys)])
    return {refund_cause(row) for row in rows.only("idempotency_key")}


@causes.knows("dispute")
def _disputes(names: Sequence[str]) -> set[str]:
    refs = {name: name.split(":")[1] for name in names}
    known = set(Dispute.objects.filter(provider_ref__in=refs.values()).values_list("provider_ref", flat=True))
    return {name for name, ref in refs.items() if ref in known}


def _dispute(dispute: Dispute, kind: str, to: str, source: str) -> None:
    currency = booked_currency(dispute.attempt)
    lines: list[Line] = [
        debit(PLATFORM, to, dispute.amount_satang, currency),
        credit(PLATFORM, source, dispute.amount_satang, currency),
    ]
    number = Entry.objects.filter(cause__startswith=f"dispute:{dispute.provider_ref}:").count() + 1
    post(cause=f"dispute:{dispute.provider_ref}:{number}", kind=kind, lines=lines, happened_at=dispute.changed_at)


def _currency(attempt: PaymentAttempt) -> str:
    return BAHT if in_earnest(attempt.provider) else TEST_MONEY


def booked_currency(attempt: PaymentAttempt) -> str:
    """As the money was booked when it came, whatever keys are set up now."""
    entry = Entry.objects.filter(cause=capture_cause(attempt)).first()
    row = entry.postings.select_related("account").first() if entry else None
    return row.account.currency if row else _currency(attempt)
