"""Bank details, and payouts in batches. What an organisation is owed is computed from the ledger; nothing of it is stored here."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

BANKS = (
    ("002", _("Bangkok Bank")),
    ("004", _("Kasikornbank")),
    ("006", _("Krungthai Bank")),
    ("011", _("TMBThanachart Bank")),
    ("014", _("Siam Commercial Bank")),
    ("025", _("Bank of Ayudhya")),
    ("030", _("Government Savings Bank")),
    ("034", _("Bank for Agriculture and Agricultural Cooperatives")),
    ("033", _("Government Housing Bank")),
    ("066", _("Islamic Bank of Thailand")),
)
"""Codes of the Bank of Thailand, as bank files know them."""


def _person() -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )


class BankAccount(models.Model):
    """Where an organisation's money is sent. New details replace the old ones as a whole and wait: verified by another person,
    confirmed by a third over a second channel, and three days old."""

    organisation = models.ForeignKey("vendors.Organisation", on_delete=models.PROTECT, related_name="bank_accounts")
    bank = models.CharField(_("Bank"), max_length=3, choices=BANKS)
    number = models.CharField(_("Account number"), max_length=15)
    name = models.CharField(_("Name of the account"), max_length=160)
    entered_at = models.DateTimeField()
    entered_by = _person()
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = _person()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = _person()
    confirmed_how = models.CharField(_("How it was confirmed"), max_length=120, blank=True)
    frozen_until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("bank account")
        ordering = ["organisation_id", "-entered_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=models.Q(ended_at=None), name="one_bank_account_per_organisation"
            ),
            models.CheckConstraint(condition=models.Q(number__regex=r"^[0-9]{10,15}$"), name="bank_account_digits"),
            models.CheckConstraint(
                condition=models.Q(verified_by=None) | ~models.Q(verified_by=models.F("entered_by")),
                name="bank_account_of_two_people",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None)
                | (~models.Q(confirmed_by=models.F("verified_by")) & ~models.Q(confirmed_by=models.F("entered_by"))),
                name="bank_account_of_three_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank} {self.masked}"

    @property
    def masked(self) -> str:
        """The last four digits."""
        return "•" * (len(self.number) - 4) + self.number[-4:]


class PayoutBatch(models.Model):
    """Payouts that go to the bank together; what it holds is never changed once it is made."""

    class State(models.TextChoices):
        MADE = "made", _("Waits for approval")
        APPROVED = "approved", _("Approved")
        SENT = "sent", _("Sent to the bank")
        CLOSED = "closed", _("All answered by the bank")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    code = models.CharField(_("Code"), max_length=12, unique=True)
    state = models.CharField(_("State"), max_length=10, choices=State.choices, default=State.MADE)
    count = models.PositiveIntegerField(_("Payouts"))
    total_satang = models.BigIntegerField(_("Total"))
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = _person()
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = _person()
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = _person()

    class Meta:
        verbose_name = _("batch of payouts")
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approved_by=None) | ~models.Q(approved_by=models.F("made_by")),
                name="payouts_of_two_people",
            ),
            models.CheckConstraint(condition=models.Q(count__gt=0, total_satang__gt=0), name="payouts_hold_something"),
        ]

    def __str__(self) -> str:
        return self.code


class PayoutItem(models.Model):
    """What one organisation is paid: what was ready less the cash that it has already, to an account as it stood."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits")
        SENT = "sent", _("Sent")
        CONFIRMED = "confirmed", _("Arrived")
        BOUNCED = "bounced", _("Came back")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    OPEN = (State.WAITING, State.SENT)

    batch = models.ForeignKey(PayoutBatch, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveIntegerField()
    owner = models.ForeignKey("vendors.Organisation", on_delete=models.PROTECT, related_name="payouts")
    """Whose sales it is for; the account may be its cooperative's."""
    account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="payouts")
    bank = models.CharField(max_length=3)
    number = models.CharField(max_length=15)
    name = models.CharField(max_length=160)
    ready_satang = models.BigIntegerField()
    cash_satang = models.BigIntegerField(default=0)
    amount_satang = models.BigIntegerField(_("Amount"))
    state = models.CharField(_("State"), max_length=10, choices=State.choices, default=State.WAITING)
    answer = models.CharField(_("What the bank said"), max_length=120, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("payout")
        ordering = ["batch_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="one_payout_at_a_position"),
            models.UniqueConstraint(
                fields=["owner"], condition=models.Q(state__in=["waiting", "sent"]), name="one_open_payout_per_owner"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    amount_satang__gt=0,
                    cash_satang__gte=0,
                    amount_satang=models.F("ready_satang") - models.F("cash_satang"),
                ),
                name="payout_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch.code}-{self.position}"
