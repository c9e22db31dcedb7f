"""Accounts, entries and their postings. The database itself keeps the rules (migration 0001), whoever writes.

Every entry's postings sum to zero in each currency when the transaction ends; none of the three tables is ever changed
or emptied; postings come only with their entry.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shop.ledger.purposes import DEBIT_SIDE, PURPOSES, AccountKind


class Account(models.Model):
    """What one owner has or is owed for one purpose. Opened by the first posting, never changed."""

    owner = models.CharField(_("Owner"), max_length=50)
    purpose = models.CharField(_("Purpose"), max_length=30)
    currency = models.CharField(_("Currency"), max_length=3, default="THB")
    kind = models.CharField(_("Kind"), max_length=10, choices=AccountKind.choices)
    opened_at = models.DateTimeField()

    class Meta:
        verbose_name = _("account of the ledger")
        constraints = [
            models.UniqueConstraint(fields=["owner", "purpose", "currency"], name="one_account_per_purpose"),
            models.CheckConstraint(condition=models.Q(kind__in=AccountKind.values), name="account_kind_known"),
        ]
        indexes = [models.Index(fields=["purpose", "currency", "owner"], name="accounts_of_purpose")]

    def __str__(self) -> str:
        return f"{self.owner} · {self.purpose} · {self.currency}"

    @property
    def purpose_name(self) -> str:
        """The purpose in the reader's language."""
        known = PURPOSES.get(self.purpose)
        return str(known.name) if known else self.purpose

    @property
    def grows_by_debit(self) -> bool:
        """True for what the market has and pays for."""
        return self.kind in DEBIT_SIDE


class Entry(models.Model):
    """One thing that happened to money. `cause` names it uniquely: `<kind of thing>:<its reference>`; posted once."""

    cause = models.CharField(_("Cause"), max_length=120, unique=True)
    kind = models.CharField(_("Kind"), max_length=30)
    happened_at = models.DateTimeField(_("Happened"))
    posted_at = models.DateTimeField(_("Posted"))
    memo = models.CharField(_("Note"), max_length=200, blank=True)
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reversed_by", verbose_name=_("Reverses")
    )
    made_in = models.CharField(max_length=60, default="", editable=False)
    """The transaction that made it, written by the database: only there postings may be added."""

    class Meta:
        verbose_name = _("entry of the ledger")
        indexes = [models.Index(fields=["happened_at", "id"], name="entries_by_time")]

    def __str__(self) -> str:
        return self.cause


class Posting(models.Model):
    """A line of an entry: debits are positive, credits negative. `happened_at` is the entry's, set by the database."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="postings")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="postings", db_index=False)
    amount_satang = models.BigIntegerField(_("Amount"))
    happened_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("posting")
        constraints = [
            models.CheckConstraint(condition=~models.Q(amount_satang=0), name="posting_moves_something"),
        ]
        indexes = [
            models.Index(fields=["account", "happened_at", "id"], include=["amount_satang"], name="postings_of_account")
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.amount_satang}"
