"""The story of an order's money: attempts, messages, refunds, disputes, acts, entries and slips, in the order of time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from shop.ledger.models import Posting
from shop.ledger.purposes import ENTRY_KINDS
from shop.order.models import Order
from shop.payment import books
from shop.payment.models import (
    Dispute,
    MoneyAct,
    PaymentAttempt,
    PaymentProblem,
    ProviderEvent,
    Refund,
    TransferSlip,
)

MOST_MESSAGES = 100


@dataclass(frozen=True)
class Step:
    """One thing that happened. `state` is how a timeline shows it: done, now, bad, next."""

    at: dt.datetime
    title: str
    text: str = ""
    who: str = ""
    satang: int | None = None
    state: str = "done"
    room: str = ""
    """payment, message, refund, dispute, problem, act, books, slip: what may be hidden on the page."""


@dataclass
class Story:
    """Everything about the money of one order, and its sums."""

    order: Order
    attempts: list[PaymentAttempt]
    refunds: list[Refund]
    disputes: list[Dispute]
    problems: list[PaymentProblem]
    slips: list[TransferSlip]
    steps: list[Step]

    @property
    def received(self) -> int:
        """Satang that came in."""
        return sum(
            int(row.received_satang or 0) for row in self.attempts if row.state == PaymentAttempt.State.SUCCEEDED
        )

    @property
    def given(self) -> int:
        """Satang that arrived with the buyer again."""
        return sum(row.amount_satang for row in self.refunds if row.state == Refund.State.SUCCEEDED)

    @property
    def on_the_way(self) -> int:
        """Satang on their way back."""
        gone = (*Refund.GONE, Refund.State.SUCCEEDED)
        return sum(row.amount_satang for row in self.refunds if row.state not in gone)

    @property
    def kept(self) -> int:
        """What the buyer has paid for."""
        return self.received - self.given - self.on_the_way

    @property
    def to_look_at(self) -> PaymentAttempt | None:
        """A payment of another amount, which waits for a decision."""
        return next((row for row in self.attempts if row.state == PaymentAttempt.State.REVIEW), None)


def story_of(order: Order) -> Story:
    """Reads the whole story: one query for each kind of thing."""
    attempts = list(PaymentAttempt.objects.filter(order=order).order_by("number"))
    refunds = list(
        Refund.objects.filter(attempt__order=order)
        .select_related("attempt", "asked_by", "done_by")
        .order_by("asked_at", "pk")
    )
    disputes = list(Dispute.objects.filter(attempt__order=order).order_by("pk"))
    problems = list(
        PaymentProblem.objects.filter(attempt__order=order)
        .select_related("attempt__order", "refund", "closed_by")
        .order_by("pk")
    )
    slips = list(TransferSlip.objects.filter(order=order).select_related("file"))
    steps = [
        *(step for row in attempts for step in _attempt(row)),
        *(step for row in refunds for step in _refund(row)),
        *(step for row in disputes for step in _dispute(row)),
        *(step for row in problems for step in _problem(row)),
        *(_slip(row) for row in slips),
        *(_messages(order) if any(row.provider for row in attempts) else ()),
        *_acts(order),
        *_books(attempts, refunds, disputes),
    ]
    steps.sort(key=lambda step: step.at)
    return Story(order, attempts, refunds, disputes, problems, slips, steps)


def _attempt(row: PaymentAttempt) -> Iterator[Step]:
    method, S = row.get_method_display(), PaymentAttempt.State
    yield Step(
        row.created_at, _("Asked to pay: %(method)s") % {"method": method}, satang=row.amount_satang, room="payment"
    )
    bad = row.state in (S.FAILED, S.REVIEW)
    if row.state == S.SUCCEEDED and row.received_at:
        line = (row.bank_date.isoformat() if row.bank_date else "", row.bank_reference)
        text = row.payment_ref or " · ".join(part for part in line if part)
        yield Step(
            row.received_at,
            _("Paid: %(method)s") % {"method": method},
            text,
            satang=row.received_satang,
            room="payment",
        )
    elif row.state not in (S.CREATED, S.AWAITING_PAYER):
        state = "bad" if bad else "done"
        amount = row.received_satang if row.state == S.REVIEW else None
        title = f"{method}: {row.get_state_display()}"
        yield Step(row.changed_at, title, row.reason, satang=amount, state=state, room="payment")


def _refund(row: Refund) -> Iterator[Step]:
    who = row.asked_by.get_full_name() if row.asked_by else ""
    way = row.get_route_display()
    title = _("To be given back: %(why)s") % {"why": row.get_why_display()}
    instead = _("instead of the one that did not arrive") if row.instead_of_id else ""
    text = " · ".join(part for part in (way, instead, row.note) if part)
    yield Step(row.asked_at, title, text, who, row.amount_satang, room="refund")
    if row.done_at:
        who = row.done_by.get_full_name() if row.done_by else ""
        text = " · ".join(part for part in (way, row.reference or row.provider_ref) if part)
        yield Step(row.done_at, _("Given back"), text, who, row.amount_satang, room="refund")
    if row.is_withdrawn:
        who = row.done_by.get_full_name() if row.done_by else ""
        yield Step(row.changed_at, _("Taken back, not given"), "", who, row.amount_satang, room="refund")
    elif row.state in Refund.GONE:
        yield Step(
            row.changed_at, _("Did not arrive"), row.reason, satang=row.amount_satang, state="bad", room="refund"
        )


def _dispute(row: Dispute) -> Iterator[Step]:
    title = _("The payer's bank takes the money back")
    yield Step(row.opened_at, title, row.reason, satang=row.amount_satang, state="bad", room="dispute")
    if row.state != Dispute.State.OPEN:
        state = "done" if row.state == Dispute.State.WON else "bad"
        yield Step(row.changed_at, str(row.get_state_display()), row.provider_ref, state=state, room="dispute")


def _problem(row: PaymentProblem) -> Iterator[Step]:
    yield Step(
        row.opened_at, _("To be looked at: %(what)s") % {"what": row.get_kind_display()}, state="bad", room="problem"
    )
    if row.closed_at:
        who = row.closed_by.get_full_name() if row.closed_by else ""
        yield Step(
            row.closed_at, _("Settled: %(what)s") % {"what": row.get_kind_display()}, row.how, who, room="problem"
        )


def _slip(row: TransferSlip) -> Step:
    return Step(row.sent_at, _("The buyer sent a slip"), row.bank_reference, satang=row.paid_satang, room="slip")


def _messages(order: Order) -> Iterator[Step]:
    rows = ProviderEvent.objects.filter(attempt__order=order).order_by("-received_at", "-pk")[:MOST_MESSAGES]
    for row in rows:
        times = _(" · came %(times)s times") % {"times": row.times} if row.times > 1 else ""
        yield Step(row.received_at, _("Message of the provider"), f"{row.kind}{times}", room="message")


def _acts(order: Order) -> Iterator[Step]:
    for row in MoneyAct.objects.filter(order=order).order_by("pk"):
        yield Step(row.at, str(row.get_what_display()), row.note, row.by_name, room="act")


def _books(attempts: list[PaymentAttempt], refunds: list[Refund], disputes: list[Dispute]) -> Iterator[Step]:
    """Entries by their causes: those of a dispute are numbered, a refund's may be reversed."""
    causes = [books.capture_cause(row) for row in attempts] + [books.refund_cause(row) for row in refunds]
    causes += [f"dispute:{row.provider_ref}:{number}" for row in disputes for number in range(1, 9)]
    rows = Posting.objects.filter(amount_satang__gt=0).select_related("entry", "account")
    own = rows.filter(entry__cause__in=causes)
    back = rows.filter(entry__reverses__cause__in=causes)
    for row in own.union(back, all=True).order_by("pk") if causes else ():
        title = _("In the books: %(kind)s") % {"kind": ENTRY_KINDS.get(row.entry.kind, row.entry.kind)}
        text = f"{row.account.purpose_name} · {row.entry.cause}"
        yield Step(row.happened_at, title, text, satang=row.amount_satang, room="books")
