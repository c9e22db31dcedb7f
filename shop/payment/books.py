"""What payments write into the ledger, in the transaction of the change (docs/algorithms/payment.md has the table).

Buyers' money is owed to nobody in particular yet: who shares it follows with the books. Money that nobody paid in earnest
(test payments, Stripe's test mode) is posted in the currency for tests.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Sum

from shop.gateways.registry import in_earnest
from shop.ledger import causes
from shop.ledger.models import Entry, Posting
from shop.ledger.purposes import BAHT, PLATFORM, TEST_MONEY
from shop.ledger.services import Line, credit, debit, post, reverse
from shop.payment.models import CashHandIn, Dispute, PaymentAttempt, Refund

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


def post_cash_in(handed: CashHandIn) -> None:
    """Cash that an organisation held for the market is on the market's account."""
    owner, amount = f"org:{handed.holder.code}", handed.amount_satang
    lines = [debit(PLATFORM, "bank", amount), credit(owner, "cash_held", amount)]
    post(cause=f"cash_in:{handed.code}", kind="cash_in", lines=lines, happened_at=handed.at, memo=handed.reference)


def post_fee(attempt: PaymentAttempt, fee_satang: int) -> int:
    """What the provider kept of a payment, once it is known; the market bears it. Returns what is booked."""
    cause = f"fee:{capture_cause(attempt).partition(':')[2]}"
    booked = Posting.objects.filter(entry__cause=cause, account__purpose="fee_expense").first()
    if booked is not None:
        return booked.amount_satang
    _fee(attempt, cause, fee_satang)
    return fee_satang


def post_dispute_fee(dispute: Dispute, fee_satang: int) -> None:
    """What the provider keeps for a dispute by now; it may give it back when the dispute is won."""
    beginning = f"fee:{dispute.provider_ref}:"
    booked = Posting.objects.filter(entry__cause__startswith=beginning, account__purpose="fee_expense")
    more = fee_satang - int(booked.aggregate(sum=Sum("amount_satang"))["sum"] or 0)
    number = Entry.objects.filter(cause__startswith=beginning).count() + 1
    _fee(dispute.attempt, f"{beginning}{number}", more)


def _fee(attempt: PaymentAttempt, cause: str, satang: int) -> None:
    source = _CLEARING.get(attempt.provider)
    if source is None or not satang:
        return
    currency = booked_currency(attempt)
    lines = [Line(PLATFORM, "fee_expense", satang, currency), Line(PLATFORM, source, -satang, currency)]
    post(cause=cause, kind="fee", lines=lines)


def capture_cause(attempt: PaymentAttempt) -> str:
    """The ledger's name for the money of an attempt."""
    return f"capture:{attempt.idempotency_key.removeprefix('pay:')}"


def refund_cause(refund: Refund) -> str:
    """The ledger's name for the money of a refund."""
    return f"refund:{refund.idempotency_key.removeprefix('refund:')}"


@causes.tells_of_orders
def _of_order(number: str) -> list[str]:
    """Payments with their fees, refunds with their shares, disputes, and the division."""
    paid = [capture_cause(row) for row in PaymentAttempt.objects.filter(order__number=number)]
    given = [refund_cause(row).partition(":")[2] for row in Refund.objects.filter(attempt__order__number=number)]
    refs = Dispute.objects.filter(attempt__order__number=number).values_list("provider_ref", flat=True)
    disputed = [cause for ref in refs for cause in _posted(f"dispute:{ref}:")]
    fees = [f"fee:{name.partition(':')[2]}" for name in paid]
    disputed += [cause for ref in refs for cause in _posted(f"fee:{ref}:")]
    back = [f"{kind}:{name}" for kind in ("refund", "share_back", "share_again") for name in given]
    return [f"share:{number}", *paid, *fees, *back, *disputed]


def _posted(beginning: str) -> list[str]:
    return list(Entry.objects.filter(cause__startswith=beginning).values_list("cause", flat=True))


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


@causes.knows("fee")
def _fees(names: Sequence[str]) -> set[str]:
    """Of payments, and of disputes, which have a number of their own."""
    known = _captures([f"capture:{name.partition(':')[2]}" for name in names])
    disputed = _disputes([f"dispute:{name.partition(':')[2]}" for name in names])
    return {f"fee:{name.partition(':')[2]}" for name in known | disputed}


@causes.knows("dispute")
def _disputes(names: Sequence[str]) -> set[str]:
    refs = {name: name.split(":")[1] for name in names}
    known = set(Dispute.objects.filter(provider_ref__in=refs.values()).values_list("provider_ref", flat=True))
    return {name for name, ref in refs.items() if ref in known}


@causes.knows("cash_in")
def _handed_in(names: Sequence[str]) -> set[str]:
    codes = [name.partition(":")[2] for name in names]
    return {f"cash_in:{code}" for code in CashHandIn.objects.filter(code__in=codes).values_list("code", flat=True)}


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
