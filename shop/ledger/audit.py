"""The check of the books: do they sum to zero, are their guards awake, does every entry have a cause that exists?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import Count, Q, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shop.ledger import causes
from shop.ledger.checks import sleeping_guards
from shop.ledger.models import Entry, Posting
from shop.ledger.selectors import trial_balance
from shop.ledger.sums import counted_anew

_AT_ONCE = 1_000
MOST_TOLD = 50
"""Of each kind: whoever finds more has one reason to look for, not fifty."""


@dataclass(frozen=True)
class Difference:
    """Something that is not as it must be: what, with which thing, and what to do about it."""

    code: str
    about: str
    what: str | Promise
    todo: str | Promise

    def __str__(self) -> str:
        return f"{self.code} {self.about}: {self.what} {self.todo}"


def differences() -> list[Difference]:
    """Everything that is wrong with the books, the worst first."""
    checks = (_guards(), _sums(), _kept(), _unbalanced(), _orphans())
    return [difference for check in checks for difference in islice(check, MOST_TOLD)]


def _guards() -> Iterator[Difference]:
    for guard, table in sleeping_guards():
        yield Difference(
            "guard",
            f"{table}.{guard}",
            _("A guard of the books is missing or switched off."),
            _(
                "Switch it on again (manage.py check --database default says how), then look at what was posted meanwhile."
            ),
        )


def _sums() -> Iterator[Difference]:
    rows = Posting.objects.values("account__currency").annotate(sum=Sum("amount_satang")).order_by("account__currency")
    for row in rows:
        if row["sum"]:
            yield Difference(
                "sum",
                f"{row['account__currency']} {row['sum']}",
                _("The books do not sum to zero."),
                _("Look at the unbalanced entries below. Take no payouts until it is put right."),
            )


def _kept() -> Iterator[Difference]:
    """What the trial balance shows against every line."""
    keys = ("account__purpose", "account__currency", "account__kind")
    counted = counted_anew(Posting.objects.all(), *keys)
    shown = {(row.purpose, row.currency, row.kind): row.balance for row in trial_balance().rows}
    for key in sorted(counted):
        if shown.get(key) != counted[key]:
            yield Difference(
                "kept",
                " ".join(key),
                _("Pages show another balance than the lines of these accounts say."),
                _("Empty the cache. The lines are right, and payouts are counted from them."),
            )


def _unbalanced() -> Iterator[Difference]:
    """Entries that the guards would have refused."""
    sums = Posting.objects.values("entry_id", "account__currency").annotate(sum=Sum("amount_satang"))
    crooked = set(sums.exclude(sum=0).order_by("entry_id").values_list("entry_id", flat=True)[:MOST_TOLD])
    thin = Entry.objects.annotate(lines=Count("postings")).filter(lines__lt=2).values_list("pk", flat=True)[:MOST_TOLD]
    for entry in Entry.objects.filter(Q(pk__in=crooked) | Q(pk__in=list(thin))).order_by("pk"):
        yield Difference(
            "entry",
            entry.cause,
            _("This entry does not sum to zero or has less than two lines."),
            _("Find out who wrote past the guards, then post a correction with a cause of its own."),
        )


def _orphans() -> Iterator[Difference]:
    """Each prefix's room is asked for a thousand causes at a time."""
    last = 0
    while batch := list(Entry.objects.filter(pk__gt=last).order_by("pk").values_list("pk", "cause")[:_AT_ONCE]):
        last = batch[-1][0]
        by_prefix: dict[str, list[str]] = {}
        for _pk, cause in batch:
            by_prefix.setdefault(causes.prefix_of(cause), []).append(cause)
        for prefix, named in sorted(by_prefix.items()):
            yield from _orphans_of(prefix, named)


def _orphans_of(prefix: str, named: list[str]) -> Iterator[Difference]:
    resolver = causes.resolver_of(prefix)
    if resolver is None:
        yield Difference(
            "prefix",
            named[0],
            _("No part of the market knows causes of this kind."),
            _("Register who knows them (shop.ledger.causes), or reverse the entries."),
        )
        return
    existing = resolver(named)
    for cause in named:
        if cause not in existing:
            yield Difference(
                "cause",
                cause,
                _("What this entry was posted for does not exist."),
                _("Find the payment, refund or payout at the provider. If there is none, reverse the entry."),
            )
