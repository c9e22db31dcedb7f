"""The clock's part: whatever a stop, a crash or a silent provider has left open is taken up again. Jobs only hand out tasks."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django_tasks.base import Task

from shop.common import clock
from shop.common.jobs import job
from shop.gateways import registry
from shop.payment import tasks
from shop.payment.models import PaymentAttempt, ProviderEvent, Refund

_AT_ONCE = 200
_DAYS = 3
_SETTLED = dt.timedelta(seconds=30)  # what was just made is being worked on


@job("payments.work_events", every=dt.timedelta(minutes=1))
def work_events() -> str:
    """Messages that are not worked off yet: first those that were tried least, so that a stubborn one is in no other's way."""
    rows = ProviderEvent.objects.filter(outcome="waiting", received_at__lte=clock.now() - _SETTLED)
    rows = rows.filter(provider__in=registry.providers()).order_by("tries", "received_at")
    return _hand_out(tasks.work_event, list(rows.values_list("pk", flat=True)[:_AT_ONCE]))


@job("payments.send_refunds", every=dt.timedelta(minutes=1))
def send_refunds() -> str:
    """Refunds that never reached their provider."""
    rows = Refund.objects.filter(state="asked", route="provider", changed_at__lte=clock.now() - _SETTLED)
    return _hand_out(
        tasks.send_refund, list(rows.order_by("tries", "asked_at").values_list("pk", flat=True)[:_AT_ONCE])
    )


@job("payments.follow_refunds", every=dt.timedelta(hours=1))
def follow_refunds() -> str:
    """Refunds that the provider has not settled: a message may have been lost."""
    rows = Refund.objects.filter(state__in=["pending", "requires_action"], route="provider")
    return _hand_out(
        tasks.send_refund, list(rows.order_by("tries", "asked_at").values_list("pk", flat=True)[:_AT_ONCE])
    )


@job("payments.withdraw_closed", every=dt.timedelta(minutes=1))
def withdraw_closed() -> str:
    """Closed attempts that a provider may still take money for."""
    rows = PaymentAttempt.objects.filter(provider_open=True, changed_at__lte=clock.now() - _SETTLED)
    rows = rows.filter(provider__in=registry.providers()).exclude(state__in=PaymentAttempt.OPEN).order_by("changed_at")
    return _hand_out(tasks.withdraw_attempt, list(rows.values_list("pk", flat=True)[:_AT_ONCE]))


@job("payments.reconcile", every=dt.timedelta(hours=24))
def reconcile() -> str:
    """The last days against the providers: messages may come three days late. The worker asks, not the clock."""
    today = clock.today()
    for back in range(_DAYS, 0, -1):
        tasks.reconcile_day.enqueue((today - dt.timedelta(days=back)).isoformat())
    return f"{_DAYS} days handed out"


def _hand_out(task: Task[Any, Any], keys: list[int]) -> str:
    for key in keys:
        task.enqueue(key)
    return f"{len(keys)} handed out"
