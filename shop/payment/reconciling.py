"""Comparing a day with the providers, in both directions, and repairing what was only late (docs/algorithms/payment.md).

Provider → here: every payment, refund and dispute that it has for the day must be ours. Here → provider: everything that we have
noted for the day must be there. Both → books: `shop.payment.bookkeeping`. Network: never inside a transaction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from shop.common import clock
from shop.gateways import registry
from shop.gateways.contract import DisputeStanding, Gateway, RefundStanding, Stand, Standing
from shop.gateways.errors import GatewayDown, GatewayPaused, GatewayRefused, GatewayStuck, NotOffered
from shop.payment import bookkeeping
from shop.payment import services as payments
from shop.payment.differences import Finding
from shop.payment.models import Dispute, PaymentAttempt, PaymentProblem, ProviderEvent, ReconciliationRun, Refund
from shop.payment.services.providers import report_unknown

State = PaymentAttempt.State
_MOST_EVENTS = 2_000
_MOST_SILENT = 3
"""So many things in a row without an answer: nobody is there."""
_YOUNG = dt.timedelta(minutes=2)
"""What is younger is being worked on."""


@dataclass
class Report:
    """What one comparison found: what was late and is repaired, what remains, who did not answer."""

    day: dt.date
    findings: list[Finding] = field(default_factory=list)
    repaired: list[Finding] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    unasked: list[str] = field(default_factory=list)

    @property
    def is_right(self) -> bool:
        """Everything was asked, and nothing remains."""
        return not self.findings and not self.unasked

    def count(self, name: str, number: int = 1) -> None:
        """Counts what was looked at."""
        self.counts[name] = self.counts.get(name, 0) + number


def reconcile(*, day: dt.date, dry_run: bool = False, by: Any = None) -> Report:
    """Compares one day in Thailand. `dry_run` changes nothing and keeps nothing: what is late stands among the findings."""
    report = Report(day)
    for name in registry.providers():
        try:
            _OneProvider(registry.gateway(name), report, dry_run=dry_run).compare()
        except GatewayDown:
            report.unasked.append(name)
            report.findings = [row for row in report.findings if (row.code, row.provider) != ("unanswered", name)]
    report.unasked += _not_set_up(report.day)
    report.findings += bookkeeping.differences(day, report.count)
    if not dry_run:
        _keep(report, by)
    return report


def _not_set_up(day: dt.date) -> list[str]:
    """Providers that took money on the day and have no keys here any more: of them nothing can be known."""
    rows = PaymentAttempt.objects.filter(
        received_at__gte=clock.start_of_day(day), received_at__lt=clock.end_of_day(day)
    )
    names = rows.exclude(provider__in=["", *registry.providers()]).order_by("provider")
    return list(names.values_list("provider", flat=True).distinct())


def _keep(report: Report, by: Any) -> None:
    for finding in report.findings:
        if finding.code in ("no_order", "second_payment"):
            report_unknown(provider=finding.provider, ref=finding.about, amount_satang=finding.theirs_satang)
        elif finding.code not in (
            "not_paid_here",
            "unanswered",
        ):  # what waits for a decision has its own problem already
            payments.open_problem(
                kind=PaymentProblem.Kind.DIFFERENCE,
                key=finding.key,
                attempt=PaymentAttempt.objects.filter(order__number=finding.order).last() if finding.order else None,
                facts=finding.as_dict(),
            )
    ReconciliationRun.objects.create(
        day=report.day,
        at=clock.now(),
        by=by,
        findings=[finding.as_dict() for finding in report.findings],
        repaired=[finding.as_dict() for finding in report.repaired],
        counts=report.counts,
        unasked=report.unasked,
    )


class _OneProvider:
    """The comparison with one provider."""

    def __init__(self, there: Gateway, report: Report, *, dry_run: bool) -> None:
        self.there, self.report, self.dry_run = there, report, dry_run
        self.since, self.until = clock.start_of_day(report.day), clock.end_of_day(report.day)
        self.attempts = PaymentAttempt.objects.filter(provider=there.name).select_related("order")
        self.seen: set[int] = set()
        self.seen_refunds: set[int] = set()
        self.silent = 0

    def compare(self) -> None:
        """All of it; GatewayDown ends it where it is, as long as it is not one thing only that gets no answer."""
        self._messages()
        for payment in self.there.payments_between(self.since, self.until):
            self.report.count("payments")
            self._one(payment.payment_ref, "", partial(self._payment, payment))
        self._unfinished()
        self._payments_of_ours()
        for refund in self.there.refunds_between(self.since, self.until):
            self.report.count("refunds")
            self._one(refund.ref, "", partial(self._refund, refund))
        self._refunds_of_ours()
        self._disputes()

    def _messages(self) -> None:
        rows = ProviderEvent.objects.filter(provider=self.there.name, outcome="waiting", received_at__lt=self.until)
        for event in [] if self.dry_run else list(rows[:_MOST_EVENTS]):
            self._one(event.payment_ref or event.object_ref, "", partial(payments.work_off, event=event))

    def _one(self, about: str, order: str, look: Callable[[], object]) -> None:
        """Looks at one thing. Gets it no answer, that is told and the rest of the day compared; several in a row are the provider's."""
        try:
            look()
        except GatewayPaused:
            raise
        except GatewayDown as problem:
            self.silent += not isinstance(problem, GatewayStuck)
            if self.silent >= _MOST_SILENT:
                raise
            if not any((row.code, row.about) == ("unanswered", about) for row in self.report.findings):
                self._find("unanswered", about, order=order)
        else:
            self.silent = 0

    # --- payments ---------------------------------------------------------------------------------------------------
    def _payment(self, theirs: Standing) -> None:
        """A payment that the provider has."""
        attempt = self._attempt_of(theirs.payment_ref, theirs.key)
        if attempt is None:
            self._find("no_order", theirs.payment_ref, theirs_satang=theirs.amount_satang, theirs=theirs.currency)
            return
        if attempt.payment_ref not in ("", theirs.payment_ref) and attempt.state == State.SUCCEEDED:
            self._found("second_payment", theirs.payment_ref, attempt, theirs_satang=theirs.amount_satang)
            return
        self.seen.add(attempt.pk)
        if attempt.state != State.SUCCEEDED:
            attempt = self._late("late", attempt, partial(self._bring, attempt, theirs))
            if attempt.state not in (State.SUCCEEDED, State.REVIEW) and not self.dry_run:
                self._found("not_paid_here", theirs.payment_ref, attempt, theirs_satang=theirs.amount_satang)
        self._same_amount(attempt, theirs)
        self._fee_of(attempt, theirs)

    def _fee_of(self, attempt: PaymentAttempt, theirs: Standing) -> None:
        """What the provider keeps is known by now: booked, or compared with what was."""
        fee = theirs.fee_satang
        if fee is None or self.dry_run:
            return
        booked = payments.note_fee(attempt=attempt, fee_satang=fee)
        if booked != fee:
            self._found("ledger_amount", f"fee:{attempt}", attempt, ours_satang=booked, theirs_satang=fee)

    def _bring(self, attempt: PaymentAttempt, theirs: Standing) -> PaymentAttempt:
        if attempt.provider_ref:
            return payments.refresh(attempt=attempt)
        return payments.note_standing(attempt=attempt, standing=self.there.refresh(theirs.ref))

    def _same_amount(self, attempt: PaymentAttempt, theirs: Standing) -> None:
        if attempt.state not in (State.SUCCEEDED, State.REVIEW):
            return
        if (attempt.received_satang, attempt.currency) != (theirs.amount_satang, theirs.currency):
            facts = {"theirs_satang": theirs.amount_satang, "theirs": theirs.currency, "ours": attempt.currency}
            self._found("amount", theirs.payment_ref, attempt, ours_satang=attempt.received_satang, **facts)
        elif attempt.state == State.REVIEW:
            self._found("not_paid_here", theirs.payment_ref, attempt, theirs_satang=theirs.amount_satang)

    def _unfinished(self) -> None:
        """What began on the day and has no end here, although the provider may know one."""
        rows = self.attempts.filter(created_at__gte=self.since, created_at__lt=self.until, provider_open=True)
        rows = rows.filter(changed_at__lt=clock.now() - _YOUNG).exclude(provider_ref="").exclude(pk__in=self.seen)
        for attempt in list(rows):
            self.report.count("unfinished")
            self._one(attempt.provider_ref, attempt.order.number, partial(self._without_end, attempt))

    def _without_end(self, attempt: PaymentAttempt) -> None:
        try:
            theirs = self.there.refresh(attempt.provider_ref)
        except GatewayRefused:
            return  # it never came into being there: nothing can be paid
        if theirs.stand not in (Stand.AWAITING_PAYER, Stand.PROCESSING):
            code = "late" if theirs.stand is Stand.SUCCEEDED else "late_state"
            self._late(code, attempt, partial(payments.note_standing, attempt=attempt, standing=theirs))
            self.seen.add(attempt.pk)

    def _payments_of_ours(self) -> None:
        """Noted as paid on the day here: asked for one by one where the provider's day does not have it."""
        rows = self.attempts.filter(state=State.SUCCEEDED, received_at__gte=self.since, received_at__lt=self.until)
        for attempt in list(rows):
            self.report.count("ours")
            if attempt.pk not in self.seen:
                self._one(attempt.provider_ref, attempt.order.number, partial(self._still_there, attempt))

    def _still_there(self, attempt: PaymentAttempt) -> None:
        about = attempt.payment_ref or attempt.provider_ref
        try:
            theirs = self.there.refresh(attempt.provider_ref)
        except GatewayRefused:
            self._found("missing_there", about, attempt, ours_satang=attempt.received_satang)
            return
        if theirs.stand is not Stand.SUCCEEDED:
            facts = {"ours": attempt.state, "theirs": str(theirs.stand)}
            self._found("missing_there", about, attempt, ours_satang=attempt.received_satang, **facts)
        else:
            self._same_amount(attempt, theirs)

    # --- refunds ----------------------------------------------------------------------------------------------------
    def _refund(self, theirs: RefundStanding) -> None:
        """A refund that the provider has."""
        refund = self._refund_of(theirs)
        if refund is None:
            attempt = self._attempt_of(theirs.payment_ref, "")
            if attempt is not None and attempt.state == State.SUCCEEDED and not self.dry_run:
                payments.sync_refunds(attempt=attempt)
                refund = self._refund_of(theirs)
            order = attempt.order.number if attempt else ""
            if refund is None:
                self._find("refund_missing_here", theirs.ref, order=order, theirs_satang=theirs.amount_satang)
                return
            self._repaired("late_refund", theirs.ref, order)
        self.seen_refunds.add(refund.pk)
        self._same_refund(refund, theirs)

    def _same_refund(self, refund: Refund, theirs: RefundStanding) -> None:
        order = refund.attempt.order.number
        if refund.amount_satang != theirs.amount_satang:
            amounts = {"ours_satang": refund.amount_satang, "theirs_satang": theirs.amount_satang}
            self._find("refund_amount", theirs.ref, order=order, **amounts)
        elif refund.state != str(theirs.stand) or not refund.provider_ref:
            if self.dry_run:
                self._find("late_refund", theirs.ref, order=order, ours=refund.state, theirs=str(theirs.stand))
                return
            before, after = refund.state, payments.note_refund(refund=refund, standing=theirs).state
            if after != str(theirs.stand):
                self._find("refund_state", theirs.ref, order=order, ours=after, theirs=str(theirs.stand))
            elif after != before:
                self._repaired("late_refund", theirs.ref, order)

    def _refunds_of_ours(self) -> None:
        """Refunds of the day here that the provider's day does not have."""
        rows = Refund.objects.filter(attempt__provider=self.there.name, route=Refund.Route.PROVIDER)
        rows = rows.filter(asked_at__gte=self.since, asked_at__lt=self.until, asked_at__lte=clock.now() - _YOUNG)
        for refund in list(rows.exclude(pk__in=self.seen_refunds).select_related("attempt__order")):
            self.report.count("our refunds")
            self._one(refund.provider_ref or str(refund), refund.attempt.order.number, partial(self._sent, refund))

    def _sent(self, refund: Refund) -> None:
        order = refund.attempt.order.number
        if refund.provider_ref:
            try:
                self._same_refund(refund, self.there.refresh_refund(refund.provider_ref))
            except GatewayRefused:
                about = refund.provider_ref
                self._find("refund_missing_there", about, order=order, ours_satang=refund.amount_satang)
        elif refund.state not in Refund.GONE and self.dry_run:
            self._find("late_refund", str(refund), order=order, ours=refund.state)
        elif refund.state not in Refund.GONE:
            after = payments.send_refund(refund=refund)
            if after.state in Refund.GONE:
                facts = {"ours": after.state, "ours_satang": refund.amount_satang}
                self._find("refund_missing_there", str(refund), order=order, **facts)
            else:
                self._repaired("late_refund", str(refund), order)

    # --- disputes ---------------------------------------------------------------------------------------------------
    def _disputes(self) -> None:
        """Disputes of the day, and those that are still open here."""
        for theirs in self.there.disputes_between(self.since, self.until):
            self.report.count("disputes")
            self._dispute(theirs)
        waiting = self.attempts.filter(disputes__state=Dispute.State.OPEN).distinct()
        for attempt in list(waiting):
            self._one(attempt.payment_ref, "", partial(self._disputes_of, attempt))

    def _disputes_of(self, attempt: PaymentAttempt) -> None:
        for theirs in self.there.disputes_of(attempt.payment_ref):
            self._dispute(theirs)

    def _dispute(self, theirs: DisputeStanding) -> None:
        attempt = self._attempt_of(theirs.payment_ref, "")
        if attempt is None or attempt.state != State.SUCCEEDED:
            self._find("dispute_missing_here", theirs.ref, theirs_satang=theirs.amount_satang)
            return
        known = Dispute.objects.filter(provider_ref=theirs.ref).first()
        if known is not None and known.state == str(theirs.stand):
            return
        order = attempt.order.number
        if self.dry_run:
            self._find("late_dispute", theirs.ref, order=order, ours=known.state if known else "")
            return
        after = payments.note_dispute(attempt=attempt, standing=theirs)
        if after.state == str(theirs.stand):
            self._repaired("late_dispute", theirs.ref, order)
        else:
            self._find("dispute_state", theirs.ref, order=order, ours=after.state, theirs=str(theirs.stand))

    # --- helpers ----------------------------------------------------------------------------------------------------
    def _attempt_of(self, ref: str, key: str) -> PaymentAttempt | None:
        for facts in ({"payment_ref": ref}, {"provider_ref": ref}, {"idempotency_key": key}):
            found = self.attempts.filter(**facts).first() if all(facts.values()) else None
            if found is not None:
                return found
        return None

    def _refund_of(self, theirs: RefundStanding) -> Refund | None:
        rows = Refund.objects.filter(attempt__provider=self.there.name).select_related("attempt__order")
        found = rows.filter(provider_ref=theirs.ref).first()
        if found is None and theirs.key:
            found = rows.filter(idempotency_key=theirs.key, provider_ref="").first()
        return found

    def _late(self, code: str, attempt: PaymentAttempt, repair: Callable[[], PaymentAttempt]) -> PaymentAttempt:
        """Repairs what is only late, and says so; in a dry run it is only said."""
        about, before = attempt.provider_ref or str(attempt), attempt.state
        if self.dry_run:
            self._found(code, about, attempt, ours=before)
            return attempt
        try:
            after = repair()
        except (GatewayRefused, NotOffered):
            return attempt
        if after.state != before and after.state != State.REVIEW:
            self._repaired(code, about, after.order.number, ours=before, theirs=after.state)
        return after

    def _repaired(self, code: str, about: str, order: str, **facts: Any) -> None:
        self.report.repaired.append(Finding(code, about, self.there.name, order, **facts))

    def _find(self, code: str, about: str, *, order: str = "", **facts: Any) -> None:
        self.report.findings.append(Finding(code, about, self.there.name, order, **facts))

    def _found(self, code: str, about: str, attempt: PaymentAttempt, **facts: Any) -> None:
        self._find(code, about, order=attempt.order.number, **facts)
