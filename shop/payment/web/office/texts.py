"""What stands on the pages of the money in words: what a problem is, what to do about it, and why Stripe is not offered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shop.payment.differences import Finding
from shop.payment.models import PaymentProblem, Refund
from shop.theme.formats import baht

K = PaymentProblem.Kind
ADVICE: dict[str, str | Promise] = {
    K.MISMATCH: gettext_lazy(
        "Open the order. Accept the amount if it is good enough, or send all of it back; the goods wait meanwhile."
    ),
    K.PAID_TWICE: gettext_lazy(
        "The second payment goes back by itself. Look that the refund arrived, then close this."
    ),
    K.UNKNOWN: gettext_lazy(
        "Look for the payer at the provider. If an order waits for this money, note it there; else give it back at the provider."
    ),
    K.LATE: gettext_lazy(
        "If the goods were still there, the order went on; else the money goes back by itself. Look that the buyer knows."
    ),
    K.REFUND_FAILED: gettext_lazy("Ask the buyer for a bank account, transfer the money, and note the reference."),
    K.REFUND_OUTSIDE: gettext_lazy(
        "Ask the colleague who did it at the provider for the reason, and write it down here."
    ),
    K.DISPUTE: gettext_lazy(
        "Send the provider the proof of delivery before its deadline. Nothing of this order is paid out meanwhile."
    ),
    K.OVER_REFUNDED: gettext_lazy(
        "More was given back than came in. Ask the buyer for the difference, or take it as a loss."
    ),
    K.SLIP: gettext_lazy("Compare both orders with the account's statement: one transfer pays one order only."),
    K.DIFFERENCE: gettext_lazy("Read what the comparison says, put it right, then close this."),
}
_COUNTED: dict[str, str | Promise] = {
    "payments": gettext_lazy("payments at the provider"),
    "ours": gettext_lazy("payments noted here"),
    "refunds": gettext_lazy("refunds at the provider"),
    "our refunds": gettext_lazy("refunds noted only here"),
    "disputes": gettext_lazy("disputes"),
    "unfinished": gettext_lazy("payments without an end"),
    "entries": gettext_lazy("entries in the books"),
}


@dataclass(frozen=True)
class Told:
    """A problem as a page tells it."""

    problem: PaymentProblem
    what: str
    todo: str
    facts: str
    order: str


def told(problem: PaymentProblem) -> Told:
    """In the reader's language."""
    order = problem.attempt.order.number if problem.attempt else ""
    what, todo, facts = str(problem.get_kind_display()), str(ADVICE.get(problem.kind, "")), ""
    kept = problem.facts
    if problem.kind == K.DIFFERENCE and "code" in kept:
        finding = Finding(**kept)
        what, todo, facts, order = finding.what, finding.todo, amounts(finding), finding.order or order
    elif problem.kind == K.MISMATCH:
        asked, received = baht(kept.get("asked") or 0), baht(kept.get("received") or 0)
        facts = _("Asked for %(asked)s, received %(received)s") % {"asked": asked, "received": received}
    elif problem.kind == K.UNKNOWN:
        amount = baht(kept["amount"]) if kept.get("amount") else ""
        facts = " · ".join(part for part in (amount, str(kept.get("ref", ""))) if part)
    elif problem.refund is not None:
        facts = baht(problem.refund.amount_satang)
    return Told(problem, what, todo, facts, order)


def amounts(finding: Finding) -> str:
    """Both sides of a difference."""
    sides = (
        (_("here"), finding.ours_satang, finding.ours),
        (_("there"), finding.theirs_satang, finding.theirs),
    )
    return " · ".join(
        f"{name} {' '.join(part for part in (baht(satang) if satang is not None else '', word) if part)}"
        for name, satang, word in sides
        if satang is not None or word
    )


def counted(counts: dict[str, int]) -> list[tuple[str, int]]:
    """What a comparison looked at."""
    return [(str(name), counts[key]) for key, name in _COUNTED.items() if counts.get(key)]


def why_no_stripe(reason: str) -> str:
    """Why cards and PromptPay are not offered here; empty when they are."""
    if not reason:
        return ""
    return _(
        "Cards and PromptPay are not offered: the market has no keys of Stripe. Set STRIPE_SECRET_KEY and"
        " STRIPE_WEBHOOK_SECRET (docs/operations.md), then start the market again. Transfer and cash work without."
    )


def for_a_person(refunds: Iterable[Refund]) -> list[Refund]:
    """Those that somebody must give back by hand: by transfer or in cash, and those that did not arrive and have no successor."""
    rows = list(refunds)
    followed = {row.instead_of_id for row in rows}
    waiting = (Refund.State.PENDING, Refund.State.REQUIRES_ACTION)
    return [
        row
        for row in rows
        if (row.route != Refund.Route.PROVIDER and row.state in waiting)
        or (row.state in Refund.GONE and not row.is_withdrawn and row.pk not in followed)
    ]
