"""A day's payments, refunds and disputes against the books, in both directions. Reads only; every provider, and none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from django.db.models import Q, Sum

from shop.common import clock
from shop.ledger import causes
from shop.ledger.models import Entry, Posting
from shop.payment import books
from shop.payment.differences import Finding
from shop.payment.models import Dispute, PaymentAttempt, Refund

_AT_ONCE = 500
_OURS = ("capture", "refund", "dispute")
Count = Callable[[str], None]
T = TypeVar("T")


def differences(day: dt.date, count: Count) -> list[Finding]:
    """Everything of the day that the books tell otherwise."""
    since, until = clock.start_of_day(day), clock.end_of_day(day)
    return [*_captures(since, until), *_refunds(since, until), *_disputes(since, until), *_causes(since, until, count)]


def _captures(since: dt.datetime, until: dt.datetime) -> Iterator[Finding]:
    rows = PaymentAttempt.objects.filter(state="succeeded", received_at__gte=since, received_at__lt=until)
    for batch in _batches(rows.select_related("order").order_by("pk").iterator(chunk_size=_AT_ONCE)):
        booked = _booked({books.capture_cause(row) for row in batch})
        for row in batch:
            amount = booked.get(books.capture_cause(row))
            yield from _told(books.capture_cause(row), row.order.number, int(row.received_satang or 0), amount)


def _refunds(since: dt.datetime, until: dt.datetime) -> Iterator[Finding]:
    rows = Refund.objects.filter(
        Q(done_at__gte=since, done_at__lt=until) | Q(state="failed", changed_at__gte=since, changed_at__lt=until)
    )
    for batch in _batches(rows.select_related("attempt__order").order_by("pk").iterator(chunk_size=_AT_ONCE)):
        names = {books.refund_cause(row) for row in batch}
        booked, reversed_ = _booked(names), _reversed(names)
        for row in batch:
            cause, order = books.refund_cause(row), row.attempt.order.number
            if row.state == Refund.State.SUCCEEDED:
                yield from _told(cause, order, row.amount_satang, booked.get(cause))
            elif cause in booked and cause not in reversed_:
                yield Finding("ledger_not_reversed", cause, order=order, ours_satang=booked[cause], ours=row.state)


def _disputes(since: dt.datetime, until: dt.datetime) -> Iterator[Finding]:
    """While a dispute is open its amount stands on `disputed`, afterwards nothing does."""
    rows = Dispute.objects.filter(changed_at__gte=since, changed_at__lt=until).select_related("attempt__order")
    for row in rows:
        lines = Posting.objects.filter(entry__cause__startswith=f"dispute:{row.provider_ref}:")
        held = lines.filter(account__purpose="disputed").aggregate(sum=Sum("amount_satang"))["sum"]
        about, wanted = f"dispute:{row.provider_ref}", row.amount_satang if row.state == Dispute.State.OPEN else 0
        yield from _told(about, row.attempt.order.number, wanted, held)


def _causes(since: dt.datetime, until: dt.datetime, count: Count) -> Iterator[Finding]:
    rows = Entry.objects.filter(happened_at__gte=since, happened_at__lt=until).order_by("pk")
    for batch in _batches(rows.values_list("cause", flat=True).iterator(chunk_size=_AT_ONCE)):
        for prefix in _OURS:
            named = [cause for cause in batch if causes.prefix_of(cause) == prefix]
            resolver = causes.resolver_of(prefix)
            existing = resolver(named) if resolver and named else set()
            for cause in named:
                count("entries")
                if cause not in existing and not _reversed({cause}):
                    yield Finding("ledger_no_cause", cause)


def _told(cause: str, order: str, wanted: int, booked: int | None) -> Iterator[Finding]:
    if booked is None:
        yield Finding("not_in_ledger", cause, order=order, ours_satang=wanted)
    elif booked != wanted:
        yield Finding("ledger_amount", cause, order=order, ours_satang=wanted, theirs_satang=booked)


def _booked(names: set[str]) -> dict[str, int]:
    """Cause → what was moved: the sum of its debits."""
    rows = Posting.objects.filter(entry__cause__in=names, amount_satang__gt=0)
    return {
        row["entry__cause"]: int(row["sum"]) for row in rows.values("entry__cause").annotate(sum=Sum("amount_satang"))
    }


def _reversed(names: set[str]) -> set[str]:
    return set(Entry.objects.filter(cause__in=names, reversed_by__isnull=False).values_list("cause", flat=True))


def _batches(rows: Iterable[T]) -> Iterator[list[T]]:
    batch: list[T] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch
