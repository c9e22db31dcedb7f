"""Reading the books. Balances are computed from the postings, debits positive; nothing is stored twice (`sums`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from shop.common import clock
from shop.common.keyset import before_row
from shop.ledger import causes
from shop.ledger.models import Account, Entry, Posting
from shop.ledger.purposes import BAHT, PURPOSES
from shop.ledger.sums import sums_of


def _sum(rows: QuerySet[Posting]) -> int:
    return int(rows.aggregate(sum=Sum("amount_satang"))["sum"] or 0)


def balance(account: Account, *, until: dt.datetime | None = None) -> int:
    """Debits less credits of an account, of everything or of what happened before `until`; one index is read."""
    rows = Posting.objects.filter(account=account)
    return _sum(rows if until is None else rows.filter(happened_at__lt=until))


def balance_of(owner: str, purpose: str, currency: str = BAHT) -> int:
    """The same by name; 0 when there is no such account yet."""
    return _sum(Posting.objects.filter(account__owner=owner, account__purpose=purpose, account__currency=currency))


def balances(owner: str) -> dict[tuple[str, str], int]:
    """(purpose, currency) → balance, for all accounts of an owner."""
    rows = Account.objects.filter(owner=owner).annotate(sum=Coalesce(Sum("postings__amount_satang"), 0))
    return {(row.purpose, row.currency): int(row.sum) for row in rows.order_by("purpose", "currency")}


@dataclass(frozen=True)
class TrialRow:
    """All accounts of a purpose together."""

    purpose: str
    currency: str
    kind: str
    accounts: int
    balance: int

    @property
    def name(self) -> str:
        """The purpose in the reader's language."""
        known = PURPOSES.get(self.purpose)
        return str(known.name) if known else self.purpose

    @property
    def debit(self) -> int | None:
        """What stands on the left; None when the balance is on the right."""
        return self.balance if self.balance > 0 else None

    @property
    def credit(self) -> int | None:
        """What stands on the right."""
        return -self.balance if self.balance < 0 else None


@dataclass(frozen=True)
class TrialBalance:
    """The whole books by purpose."""

    rows: list[TrialRow]

    @property
    def sums(self) -> dict[str, int]:
        """Currency → sum of all postings: always 0."""
        found: dict[str, int] = {}
        for row in self.rows:
            found[row.currency] = found.get(row.currency, 0) + row.balance
        return found

    @property
    def by_currency(self) -> list[tuple[str, list[TrialRow], int, int]]:
        """(currency, rows, sum of debits, sum of credits), baht first."""
        return [
            (
                currency,
                rows := [row for row in self.rows if row.currency == currency],
                sum(row.debit or 0 for row in rows),
                sum(row.credit or 0 for row in rows),
            )
            for currency in sorted(self.sums, key=lambda name: (name != BAHT, name))
        ]


def trial_balance() -> TrialBalance:
    """Debits and credits of all accounts by purpose; three queries, however many postings."""
    keys = ("account__purpose", "account__currency", "account__kind")
    sums = sums_of("trial", Posting.objects.all(), *keys)
    counted = Account.objects.order_by().values_list("purpose", "currency", "kind").annotate(number=Count("pk"))
    place = {code: number for number, code in enumerate(PURPOSES)}
    found = [
        TrialRow(purpose, currency, kind, number, sums[purpose, currency, kind])
        for purpose, currency, kind, number in counted
        if (purpose, currency, kind) in sums
    ]
    return TrialBalance(sorted(found, key=lambda row: (row.currency, place.get(row.purpose, 99), row.purpose)))


def accounts_of(purpose: str) -> QuerySet[Account]:
    """The accounts of a purpose, by owner."""
    return Account.objects.filter(purpose=purpose).order_by("currency", "owner", "pk")


def balances_of(purpose: str) -> dict[int, int]:
    """Account → debits less credits, of all accounts of a purpose that anything was posted to; for pages, not for acts."""
    sums = sums_of(f"purpose:{purpose}", Posting.objects.filter(account__purpose=purpose), "account")
    return {account: satang for (account,), satang in sums.items()}


def entries_of(
    *,
    cause_prefix: str = "",
    account: Account | None = None,
    day: dt.date | None = None,
    kind: str = "",
) -> QuerySet[Entry]:
    """Entries whose cause begins so, that touch an account, that happened on a day in Thailand; the newest first."""
    rows = Entry.objects.order_by("-happened_at", "-pk")
    if cause_prefix:
        rows = rows.filter(cause__startswith=cause_prefix)
    if kind:
        rows = rows.filter(kind=kind)
    if account is not None:
        rows = rows.filter(pk__in=Posting.objects.filter(account=account).values("entry_id"))
    if day is not None:
        rows = rows.filter(happened_at__gte=clock.start_of_day(day), happened_at__lt=clock.end_of_day(day))
    return rows


def postings_of(entry: Entry) -> list[Posting]:
    """The lines of an entry, debits first."""
    rows = entry.postings.select_related("account")
    return sorted(rows, key=lambda row: (row.amount_satang < 0, row.pk))


@dataclass(frozen=True)
class OrderBooks:
    """Everything that the books say of one order: each entry with its lines, and where its money is now."""

    entries: list[tuple[Entry, list[Posting]]]

    @property
    def where(self) -> list[tuple[Account, int]]:
        """(account, debits less credits) of all that the order has moved and that stands there still, as pages list purposes."""
        sums: dict[int, int] = {}
        accounts: dict[int, Account] = {}
        for _entry, lines in self.entries:
            for line in lines:
                accounts[line.account_id] = line.account
                sums[line.account_id] = sums.get(line.account_id, 0) + line.amount_satang
        place = {code: number for number, code in enumerate(PURPOSES)}
        rows = [(accounts[key], amount) for key, amount in sums.items() if amount]
        return sorted(rows, key=lambda row: (row[0].currency, place.get(row[0].purpose, 99), row[0].owner))

    @property
    def sum(self) -> int:
        """Of all lines: always 0."""
        return sum(line.amount_satang for _entry, lines in self.entries for line in lines)


def books_of_order(number: str) -> OrderBooks:
    """All entries about an order, in the order of time, with what reverses them; two queries beside those that find the causes."""
    named = causes.of_order(number)
    rows = Entry.objects.filter(Q(cause__in=named) | Q(reverses__cause__in=named)).order_by("happened_at", "pk")
    lines = Prefetch("postings", Posting.objects.select_related("account").order_by("-amount_satang", "pk"))
    return OrderBooks([(entry, list(entry.postings.all())) for entry in rows.prefetch_related(lines)])


@dataclass(frozen=True)
class Statement:
    """An account from one day to another: what it held before, each posting with the balance after it, what it held then."""

    account: Account
    first: dt.date
    last: dt.date
    opening: int
    closing: int
    rows: QuerySet[Posting]
    """In the order of time."""

    def with_balance(self, rows: Iterable[Posting], *, are_first: bool = False) -> Iterator[tuple[Posting, int]]:
        """Postings of this statement in the order of time, from any of them on, each with the balance after it."""
        after: int | None = self.opening if are_first else None
        for row in rows:
            after = self._before(row) if after is None else after
            after += row.amount_satang
            yield row, after

    def _before(self, row: Posting) -> int:
        """The balance before one of its postings; one sum over an index."""
        return self.opening + _sum(self.rows.select_related(None).order_by().filter(before_row(row)))


def statement(account: Account, first: dt.date, last: dt.date) -> Statement:
    """The statement of an account for days in Thailand, both included; what happened at midnight counts to the new day."""
    begin, end = clock.start_of_day(first), clock.end_of_day(last)
    rows = Posting.objects.filter(account=account, happened_at__gte=begin, happened_at__lt=end)
    opening = balance(account, until=begin)
    return Statement(
        account=account,
        first=first,
        last=last,
        opening=opening,
        closing=opening + _sum(rows),
        rows=rows.select_related("entry").order_by("happened_at", "pk"),
    )
