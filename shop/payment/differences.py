"""What a comparison can find, each in words: what it is and what to do. Kept as plain values; words come when it is read."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
TEXTS: dict[str, tuple[Words, Words]] = {
    "late": (
        _("The provider has the money, the order was still waiting for it."),
        _("It is noted as paid. Look whether messages of the provider arrive."),
    ),
    "late_state": (
        _("The provider knew more about this payment than we did."),
        _("It is brought up to date. Look whether messages of the provider arrive."),
    ),
    "late_refund": (
        _("The provider knew more about this refund than we did."),
        _("It is brought up to date. Look whether messages of the provider arrive."),
    ),
    "late_dispute": (
        _("The provider knew more about this dispute than we did."),
        _("It is brought up to date. Look whether messages of the provider arrive."),
    ),
    "unanswered": (
        _("The provider gave no answer about this one; the rest of the day was compared."),
        _("Compare the day again later. If it stays, look at the provider by this reference."),
    ),
    "no_order": (
        _("The provider has money that belongs to no order here."),
        _("Find the payer at the provider. Give the money back there, or note the order that it belongs to."),
    ),
    "second_payment": (
        _("The provider has a second payment for one attempt."),
        _("Give the second one back at the provider, then close this."),
    ),
    "not_paid_here": (
        _("The provider has the money, and here the payment is not noted as paid."),
        _("Open the order. If the amount is right, accept it; else give it back."),
    ),
    "missing_there": (
        _("Here it is noted as paid, the provider has no such payment."),
        _("Stop the parcels of this order. Look at the provider by its reference, then ask an administrator."),
    ),
    "amount": (
        _("The provider has another amount or currency than we have."),
        _("Open the order: accept the amount, or give it back."),
    ),
    "refund_missing_here": (
        _("The provider has given money back that is not written down here."),
        _("Look at the provider who did it. Run the comparison again; if it stays, write it down by a correction."),
    ),
    "refund_missing_there": (
        _("Here a refund is noted, the provider has no such refund."),
        _("The buyer may still wait for the money. Send it again, or settle it by hand."),
    ),
    "refund_amount": (
        _("The provider has given back another amount than we have noted."),
        _("Compare both with what the buyer got, then post a correction."),
    ),
    "refund_state": (
        _("The provider says something else about this refund than we do."),
        _("Look at the provider by its reference. If the money did not arrive, settle it by hand."),
    ),
    "dispute_missing_here": (
        _("The provider has a dispute about a payment that is unknown here."),
        _("Answer it at the provider, in time."),
    ),
    "dispute_state": (
        _("The provider says something else about this dispute than we do."),
        _("Look at the provider by its reference, in time."),
    ),
    "not_in_ledger": (
        _("It is noted as paid, given back or disputed, and the books have no entry for it."),
        _("Post it by a correction with the same cause."),
    ),
    "ledger_amount": (
        _("The entry in the books has another amount."),
        _("Reverse the entry and post it anew."),
    ),
    "ledger_no_cause": (
        _("The books have an entry whose payment, refund or dispute does not exist."),
        _("Find it at the provider. If there is none, reverse the entry."),
    ),
    "ledger_not_reversed": (
        _("The money did not go out, and the books still say that it did."),
        _("Reverse the entry."),
    ),
}
"""Code → (what it is, what to do)."""


@dataclass(frozen=True)
class Finding:
    """One difference. `about` names the thing at the provider or in the books; amounts are satang, None where there is none."""

    code: str
    about: str
    provider: str = ""
    order: str = ""
    ours_satang: int | None = None
    theirs_satang: int | None = None
    ours: str = ""
    theirs: str = ""

    @property
    def what(self) -> str:
        """In the reader's language."""
        return str(TEXTS[self.code][0])

    @property
    def todo(self) -> str:
        """In the reader's language."""
        return str(TEXTS[self.code][1])

    @property
    def key(self) -> str:
        """Names the same difference again."""
        return f"{self.code}:{self.about}"

    def as_dict(self) -> dict[str, Any]:
        """For keeping."""
        return asdict(self)

    def __str__(self) -> str:
        order = f" order {self.order}" if self.order else ""
        sums = [_side("ours", self.ours_satang, self.ours), _side("theirs", self.theirs_satang, self.theirs)]
        told = "".join(f" {side}" for side in sums if side)
        return f"{self.code} {self.provider}{':' if self.provider else ''}{self.about}{order}{told}: {self.what} {self.todo}"


def _side(name: str, satang: int | None, word: str) -> str:
    amount = "" if satang is None else f"{satang / 100:.2f}"
    return f"{name}={'/'.join(part for part in (amount, word) if part)}" if amount or word else ""
