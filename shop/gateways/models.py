"""What the provider of test payments remembers. Real providers remember for themselves."""

from __future__ import annotations

from django.db import models


class TrialCharge(models.Model):
    """A test payment: no money anywhere."""

    class State(models.TextChoices):
        OPEN = "open"
        PAID = "paid"
        DECLINED = "declined"
        CANCELLED = "cancelled"

    ref = models.CharField(max_length=40, unique=True)
    key = models.CharField(max_length=80, unique=True)
    amount_satang = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=20, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = "test charge"
        indexes = [models.Index(fields=["changed_at"], name="trial_charges_by_day")]

    def __str__(self) -> str:
        return self.ref


class TrialRefund(models.Model):
    """A refund of a test payment; it succeeds at once."""

    ref = models.CharField(max_length=40, unique=True)
    key = models.CharField(max_length=80, unique=True)
    charge = models.ForeignKey(TrialCharge, on_delete=models.PROTECT, related_name="refunds")
    amount_satang = models.BigIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "test refund"

    def __str__(self) -> str:
        return self.ref
