"""Messages of providers: stored once and answered at once, worked off later as a reason to ask the provider again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.db.models import F

from shop.common import clock
from shop.gateways.errors import GatewayRefused
from shop.gateways.registry import gateway
from shop.payment import tasks
from shop.payment.models import PaymentAttempt, ProviderEvent
from shop.payment.services import providers

Outcome = ProviderEvent.Outcome
_ABOUT_MONEY = ("payment_intent.", "checkout.session.", "charge.", "refund.")
KEEP_UNKNOWN = dt.timedelta(hours=1)


@transaction.atomic
def receive(*, provider: str, body: bytes, headers: Mapping[str, str]) -> ProviderEvent:
    """Keeps a message whose signature is right; a repeated one is counted. Raises BadEvent or NotOffered, keeping nothing."""
    news = gateway(provider).parse_event(body, headers)
    event, is_new = ProviderEvent.objects.get_or_create(
        provider=provider,
        event_id=news.event_id,
        defaults={
            "kind": news.kind,
            "object_ref": news.object_ref,
            "payment_ref": news.payment_ref,
            "attempt_key": news.key,
            "happened_at": news.at,
            "received_at": clock.now(),
        },
    )
    if is_new:
        tasks.work_event.enqueue(event.pk)
    else:
        ProviderEvent.objects.filter(pk=event.pk).update(times=F("times") + 1)
    return event


def work_off(*, event: ProviderEvent) -> ProviderEvent:
    """Asks the provider about what a message names. Several at once, repeated or out of order end the same.

    A payment that nobody knows may be quicker than our own commit: it is kept for an hour, then a person is told.
    """
    if event.outcome != Outcome.WAITING:
        return event
    ProviderEvent.objects.filter(pk=event.pk).update(tries=F("tries") + 1)
    if event.provider == "stripe" and not event.kind.startswith(_ABOUT_MONEY):
        return _done(event, Outcome.IGNORED)
    attempt = _attempt_of(event)
    if attempt is None:
        if clock.now() - event.received_at < KEEP_UNKNOWN:
            return event
        providers.report_unknown(provider=event.provider, ref=event.payment_ref or event.object_ref)
        return _done(event, Outcome.UNKNOWN)
    try:
        attempt = providers.refresh(attempt=attempt)
    except GatewayRefused:  # it does not know what it wrote about: asking again will not help, a person looks
        providers.report_unknown(provider=event.provider, ref=event.payment_ref or event.object_ref)
        return _done(event, Outcome.UNKNOWN, attempt)
    if "dispute" in event.kind:
        providers.sync_disputes(attempt=attempt)
    elif event.kind.startswith(("refund.", "charge.refund")):
        providers.sync_refunds(attempt=attempt)
    return _done(event, Outcome.DONE, attempt)


def _attempt_of(event: ProviderEvent) -> PaymentAttempt | None:
    attempts = PaymentAttempt.objects.filter(provider=event.provider)
    for facts in (
        {"provider_ref": event.object_ref},
        {"payment_ref": event.payment_ref},
        {"provider_ref": event.payment_ref},
        {"idempotency_key": event.attempt_key},
    ):
        found = attempts.filter(**facts).first() if all(facts.values()) else None
        if found is not None:
            return found
    return None


def _done(event: ProviderEvent, outcome: str, attempt: PaymentAttempt | None = None) -> ProviderEvent:
    ProviderEvent.objects.filter(pk=event.pk).update(outcome=outcome, worked_at=clock.now(), attempt=attempt)
    event.refresh_from_db()
    return event
