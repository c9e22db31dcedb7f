"""Messages of providers. Each is kept once, as references only: what they say is never believed, it is fetched again."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProviderEvent(models.Model):
    """One message. Its body is not kept: it may hold a buyer's data, and nothing in it is used."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("To be worked off")
        DONE = "done", _("Done")
        IGNORED = "ignored", _("Of no concern here")
        UNKNOWN = "unknown", _("Belongs to nothing known")

    provider = models.CharField(max_length=20)
    event_id = models.CharField(max_length=120)
    kind = models.CharField(max_length=120)
    object_ref = models.CharField(max_length=120)
    payment_ref = models.CharField(max_length=120, blank=True)
    attempt_key = models.CharField(max_length=120, blank=True)
    happened_at = models.DateTimeField()
    received_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, default=Outcome.WAITING)
    worked_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    attempt = models.ForeignKey(
        "payment.PaymentAttempt", on_delete=models.PROTECT, null=True, blank=True, related_name="events"
    )

    class Meta:
        verbose_name = _("provider event")
        ordering = ["received_at", "id"]
        constraints = [models.UniqueConstraint(fields=["provider", "event_id"], name="provider_event_once")]
        indexes = [
            models.Index(fields=["received_at"], condition=models.Q(outcome="waiting"), name="provider_events_waiting")
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.event_id}"
