"""What a person has to look at is written down once, and closed by a person with a word how."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from shop.common import clock
from shop.payment.models import PaymentAttempt, PaymentProblem, Refund


def open_problem(
    *,
    kind: str,
    key: str,
    attempt: PaymentAttempt | None = None,
    refund: Refund | None = None,
    facts: Mapping[str, Any] | None = None,
) -> PaymentProblem:
    """Writes one down; the same kind and key is one problem, and stays closed when it was."""
    problem, _new = PaymentProblem.objects.get_or_create(
        key=f"{kind}:{key}"[:160],
        defaults={
            "kind": kind,
            "attempt": attempt,
            "refund": refund,
            "facts": dict(facts or {}),
            "opened_at": clock.now(),
        },
    )
    return problem


@transaction.atomic
def close_problem(*, problem: PaymentProblem, by: Any, how: str) -> PaymentProblem:
    """A person has settled it; again changes nothing."""
    current = PaymentProblem.objects.select_for_update().get(pk=problem.pk)
    if current.closed_at is None:
        current.closed_at, current.closed_by, current.how = clock.now(), by, how[:300]
        current.save(update_fields=["closed_at", "closed_by", "how"])
    return current
