"""What every room shares in the database: the outbox, the record of clock jobs, and a version counter for caches."""

from __future__ import annotations

from django.db import models


class OutboxMessage(models.Model):
    """News written in the change's own transaction and worked off at least once by idempotent subscribers."""

    topic = models.CharField(max_length=80)
    payload = models.JSONField(default=dict)
    key = models.CharField(max_length=160, blank=True)
    created_at = models.DateTimeField()
    next_try_at = models.DateTimeField(db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)

    class Meta:
        verbose_name = "outbox message"
        constraints = [
            models.UniqueConstraint(fields=["topic", "key"], condition=~models.Q(key=""), name="outbox_topic_key"),
        ]
        indexes = [
            models.Index(fields=["next_try_at", "id"], condition=models.Q(done_at=None), name="outbox_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} #{self.pk}"


class JobRun(models.Model):
    """When a named job of the clock last ran, so that it catches up after a stop and never runs twice at once."""

    name = models.CharField(max_length=80, primary_key=True)
    last_started_at = models.DateTimeField(null=True, blank=True)
    last_finished_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)
    last_result = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "job run"

    def __str__(self) -> str:
        return self.name


class Version(models.Model):
    """A counter that grows with each change of something that pages are cached by ("catalogue", "menu")."""

    name = models.CharField(max_length=40, primary_key=True)
    number = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = "version"

    def __str__(self) -> str:
        return f"{self.name} {self.number}"
