"""Posting: an entry is written once for its cause and stays as it is; what was wrong is reversed by another entry."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from shop.common import clock
from shop.ledger import errors
from shop.ledger.models import Account, Entry, Posting
from shop.ledger.purposes import BAHT, CURRENCIES, ENTRY_KINDS, OWNER, PURPOSES

MOST_SATANG = 10**15
"""Ten thousand milliard baht: what lies beyond is a mistake."""
_CAUSE = re.compile(r"[a-z][a-z0-9_]*:\S{1,100}")
_Key = tuple[str, str, str]


@dataclass(frozen=True)
class Line:
    """What is posted to whose account: debits positive, credits negative. The account is opened when it is the first."""

    owner: str
    purpose: str
    amount_satang: int
    currency: str = BAHT

    @property
    def key(self) -> _Key:
        """What identifies the account."""
        return self.owner, self.purpose, self.currency


def debit(owner: str, purpose: str, satang: int, currency: str = BAHT) -> Line:
    """A line on the left side; `satang` is positive."""
    return Line(owner, purpose, satang, currency)


def credit(owner: str, purpose: str, satang: int, currency: str = BAHT) -> Line:
    """A line on the right side; `satang` is positive."""
    return Line(owner, purpose, -satang, currency)


@transaction.atomic
def post(
    *,
    cause: str,
    kind: str,
    lines: Sequence[Line],
    happened_at: dt.datetime | None = None,
    memo: str = "",
    reverses: Entry | None = None,
) -> Entry:
    """Writes an entry, to be called in the transaction of what it is about. `memo` holds no personal data.

    The same cause with the same lines again returns the first entry. Raises CauseUsed for other lines, and BadCause,
    UnknownKind, BadLine, Unbalanced.
    """
    _check(cause, kind, lines)
    accounts = _accounts(lines)
    moment = clock.now()
    fresh = Entry(
        cause=cause,
        kind=kind,
        happened_at=happened_at or moment,
        posted_at=moment,
        memo=memo[:200],
        reverses=reverses,
    )
    Entry.objects.bulk_create([fresh], ignore_conflicts=True)  # waits for another one that posts the same cause
    entry = Entry.objects.filter(cause=cause).first()
    if entry is None:  # it collided with the one reversal that an entry may have
        raise errors.AlreadyReversed(cause=reverses)
    wanted = [(accounts[line.key], line.amount_satang) for line in lines]
    there = list(entry.postings.values_list("account_id", "amount_satang"))
    if not there:  # an entry without postings can only be the one made just now: nobody else's is ever seen so
        Posting.objects.bulk_create(
            Posting(entry=entry, account_id=account, amount_satang=amount, happened_at=entry.happened_at)
            for account, amount in wanted
        )
    elif entry.kind != kind or Counter(there) != Counter(wanted):
        raise errors.CauseUsed(cause=cause)
    return entry


def reverse(*, entry: Entry, cause: str = "", happened_at: dt.datetime | None = None, memo: str = "") -> Entry:
    """Posts the opposite of an entry; once. The same cause again returns the first reversal. Raises AlreadyReversed."""
    lines = [
        Line(row.account.owner, row.account.purpose, -row.amount_satang, row.account.currency)
        for row in entry.postings.select_related("account").order_by("pk")
    ]
    return post(
        cause=cause or f"reversal:{entry.pk}",
        kind="reversal",
        lines=lines,
        happened_at=happened_at,
        memo=memo,
        reverses=entry,
    )


def lock_account(owner: str, purpose: str, currency: str = BAHT) -> None:
    """Whoever reads a balance to take from it comes one after the other, until the transaction ends; postings do not wait."""
    rows = Account.objects.select_for_update(no_key=True).filter(owner=owner, purpose=purpose, currency=currency)
    list(rows.values_list("pk"))


def _check(cause: str, kind: str, lines: Sequence[Line]) -> None:
    if not _CAUSE.fullmatch(cause):
        raise errors.BadCause(cause=cause)
    if kind not in ENTRY_KINDS:
        raise errors.UnknownKind(kind=kind)
    for line in lines:
        if wrong := _wrong_with(line):
            raise errors.BadLine(cause=cause, what=wrong)
    sums: Counter[str] = Counter()
    for line in lines:
        sums[line.currency] += line.amount_satang
    if len(lines) < 2 or any(sums.values()):
        told = ", ".join(f"{currency} {amount}" for currency, amount in sorted(sums.items()))
        raise errors.Unbalanced(cause=cause, sums=told or "0")


def _wrong_with(line: Line) -> str:
    """What a programmer must put right; empty when nothing is wrong."""
    amount = line.amount_satang
    if type(amount) is not int or amount == 0 or abs(amount) > MOST_SATANG:
        return f"{amount!r} satang"
    if line.currency not in CURRENCIES:
        return f"currency {line.currency!r}"
    purpose = PURPOSES.get(line.purpose)
    if purpose is None:
        return f"purpose {line.purpose!r}"
    if not OWNER.fullmatch(line.owner) or not purpose.holder.allows(line.owner):
        return f"{line.owner!r} as owner of {line.purpose}"
    return ""


def _accounts(lines: Sequence[Line]) -> dict[_Key, int]:
    """The keys of the accounts; new ones are opened in a fixed order, so that two postings never wait for each other."""
    wanted = sorted({line.key for line in lines})
    found = _existing(wanted)
    missing = [key for key in wanted if key not in found]
    if missing:
        moment = clock.now()
        Account.objects.bulk_create(
            (
                Account(owner=owner, purpose=purpose, currency=currency, kind=PURPOSES[purpose].kind, opened_at=moment)
                for owner, purpose, currency in missing
            ),
            ignore_conflicts=True,
        )
        found = _existing(wanted)
    return found


def _existing(keys: Sequence[_Key]) -> dict[_Key, int]:
    rows = Account.objects.filter(owner__in={key[0] for key in keys}, purpose__in={key[1] for key in keys})
    return {
        (owner, purpose, currency): pk
        for owner, purpose, currency, pk in rows.values_list("owner", "purpose", "currency", "pk")
    }
