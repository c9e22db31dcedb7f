"""What the worker does with payments, outside of transactions. Called again, each changes nothing more."""

from __future__ import annotations

from django_tasks import task

from shop.gateways.errors import GatewayDown, NotOffered


@task()
def work_event(key: int) -> None:
    """One message of a provider; when the provider does not answer, the clock asks again."""
    from shop.payment.models import ProviderEvent
    from shop.payment.services import work_off

    event = ProviderEvent.objects.filter(pk=key).first()
    if event is not None:
        try:
            work_off(event=event)
        except (GatewayDown, NotOffered):
            return


@task()
def send_refund(key: int) -> None:
    """One refund."""
    from shop.payment.models import Refund
    from shop.payment.services import send_refund as send

    refund = Refund.objects.select_related("attempt").filter(pk=key).first()
    if refund is not None:
        try:
            send(refund=refund)
        except GatewayDown:
            return


@task()
def withdraw_attempt(key: int) -> None:
    """One closed attempt that the provider may still take money for."""
    from shop.gateways.errors import GatewayRefused
    from shop.payment.models import PaymentAttempt
    from shop.payment.services import withdraw

    attempt = PaymentAttempt.objects.filter(pk=key, provider_open=True).exclude(state__in=PaymentAttempt.OPEN).first()
    if attempt is not None:
        try:
            withdraw(attempt=attempt)
        except (GatewayDown, NotOffered):
            return
        except GatewayRefused:
            PaymentAttempt.objects.filter(pk=key).update(provider_open=False)


@task()
def reconcile_day(day: str, by: int | None = None) -> None:
    """One day against the providers, written YYYY-MM-DD."""
    import datetime as dt

    from django.contrib.auth import get_user_model

    from shop.payment.reconciling import reconcile

    reconcile(day=dt.date.fromisoformat(day), by=get_user_model().objects.filter(pk=by).first() if by else None)
