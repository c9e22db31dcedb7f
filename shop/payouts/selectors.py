"""Who is owed what, who can be paid, and statements. Everything is computed from the ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Sum

from shop.common import clock
from shop.common.keyset import before_row
from shop.ledger.models import Posting
from shop.ledger.purposes import BAHT
from shop.ledger.sums import counted_anew, sums_of
from shop.order.models import LineShare
from shop.payouts.models import BankAccount, PayoutItem
from vendors.models import Organisation

HELD = ("held", "cooperative", "hub", "delivery")
OWED = (*HELD, "payable", "cash_held")
_NAMES = ("code", "kind", "path", "depth", "name_th", "name_en", "sort_name")
_SHOWN = ("amount_satang", "happened_at", "entry__cause", "entry__kind", "account__purpose")
_OF_SALES = frozenset({"share", "share_back", "share_again", "release"})


@dataclass(frozen=True)
class Purse:
    """What the books say of one organisation: held, ready, and the cash that it keeps of the market's."""

    owner: Organisation
    held_satang: int
    ready_satang: int
    cash_satang: int
    account: BankAccount | None = None

    @property
    def net_satang(self) -> int:
        """What would be paid out; below zero the organisation owes the market."""
        return self.ready_satang - self.cash_satang

    @property
    def why_not(self) -> str:
        """Why nothing can be paid now: nothing, negative, account; empty when it can."""
        if self.net_satang == 0:
            return "nothing"
        if self.net_satang < 0:
            return "negative"
        return "" if self.account is not None else "account"


def usable_accounts(owners: Iterable[int] | None = None) -> dict[int, BankAccount]:
    """Organisation → bank details to which money may be sent now; of all, or of these organisations."""
    rows = BankAccount.objects.filter(
        ended_at=None, verified_at__isnull=False, confirmed_at__isnull=False, frozen_until__lte=clock.now()
    )
    rows = rows if owners is None else rows.filter(organisation__in=list(owners))
    return {row.organisation_id: row for row in rows}


def purses(*, anew: bool = False) -> list[Purse]:
    """Every organisation that is owed something or keeps cash, by name. The payee is its own account, else its cooperative's.

    `anew` reads every line, as acts do; else sums that are kept an hour with what came since.
    """
    rows = Posting.objects.filter(account__purpose__in=OWED, account__currency=BAHT, account__owner__startswith="org:")
    sums: dict[str, dict[str, int]] = {}
    keys = ("account__owner", "account__purpose")
    for (owner, purpose), satang in (counted_anew(rows, *keys) if anew else sums_of("purses", rows, *keys)).items():
        sums.setdefault(owner.removeprefix("org:"), {})[purpose] = satang
    owners = {row.code: row for row in Organisation.objects.filter(code__in=sums).only(*_NAMES)}
    accounts = usable_accounts()
    above = _cooperatives(owners.values())
    found = []
    for code, amounts in sums.items():
        owner = owners.get(code)
        if owner is None:
            continue
        account = accounts.get(owner.pk) or accounts.get(above.get(owner.pk, 0))
        found.append(
            Purse(
                owner=owner,
                held_satang=-sum(amounts.get(purpose, 0) for purpose in HELD),
                ready_satang=-amounts.get("payable", 0),
                cash_satang=amounts.get("cash_held", 0),
                account=account,
            )
        )
    return sorted((one for one in found if one.held_satang or one.ready_satang or one.cash_satang), key=_by_name)


def _by_name(purse: Purse) -> tuple[str, str]:
    return purse.owner.sort_name, purse.owner.code


def _cooperatives(owners: Iterable[Organisation]) -> dict[int, int]:
    """Group → its cooperative: the payee by default."""
    paths = {row.pk: row.path[: -Organisation.steplen] for row in owners if row.kind == Organisation.Kind.GROUP}
    rows = Organisation.objects.filter(path__in=set(paths.values()), kind__in=Organisation.PARENTS)
    by_path = dict(rows.values_list("path", "pk"))
    return {pk: by_path[path] for pk, path in paths.items() if path in by_path}


def ready_to_pay(found: Iterable[Purse] | None = None) -> list[Purse]:
    """Who can be paid now and is in no open batch: of purses that were read already, or of all, counted anew."""
    busy = set(PayoutItem.objects.filter(state__in=PayoutItem.OPEN).values_list("owner_id", flat=True))
    return [
        one for one in (purses(anew=True) if found is None else found) if not one.why_not and one.owner.pk not in busy
    ]


def payable_now(codes: Iterable[str]) -> dict[str, int]:
    """Public code → satang that are ready at this moment."""
    return {code: -satang for code, satang in _balances(codes, "payable").items()}


def cash_now(codes: Iterable[str]) -> dict[str, int]:
    """Public code → satang in cash that an organisation keeps of the market's at this moment."""
    return _balances(codes, "cash_held")


def _balances(codes: Iterable[str], purpose: str) -> dict[str, int]:
    owners = {f"org:{code}": code for code in codes}
    rows = Posting.objects.filter(account__owner__in=owners, account__purpose=purpose, account__currency=BAHT)
    sums = rows.values_list("account__owner").annotate(sum=Sum("amount_satang"))
    return {owners[owner]: int(satang) for owner, satang in sums}


@dataclass(frozen=True)
class PurseStatement:
    """All accounts of an organisation together, for days in Thailand: before, each line, after."""

    first: dt.date
    last: dt.date
    opening: int
    closing: int
    rows: QuerySet[Posting]
    purse: Purse
    """What it is owed at this moment."""

    def with_balance(self, rows: Iterable[Posting], *, are_first: bool = False) -> Iterator[tuple[Posting, int]]:
        """Its lines in the order of time, from any of them on, each with the balance after it as the owner counts.

        When they are known to be the first nothing before them is summed.
        """
        after: int | None = self.opening if are_first else None
        for row in rows:
            if after is None:
                earlier = self.rows.select_related(None).order_by().filter(before_row(row))
                after = self.opening - int(earlier.aggregate(sum=Sum("amount_satang"))["sum"] or 0)
            after -= row.amount_satang
            yield row, after


def is_discount(row: Posting) -> bool:
    """Is a line of a statement a discount that the group itself bears? It takes where its part gives, and gives where that takes.

    Its entry and account are read with it.
    """
    if row.account.purpose not in ("held", "payable"):
        return False
    takes = row.amount_satang > 0
    return takes if row.entry.kind in ("share", "share_again") else not takes and row.entry.kind == "share_back"


def order_of(cause: str) -> str:
    """The number of the order (of a release: of the vendor order) that a cause of a sale names; else empty."""
    kind, _colon, reference = cause.partition(":")
    return reference.partition(":")[0] if kind in _OF_SALES else ""


@dataclass(frozen=True)
class Kept:
    """Of one order what an organisation has a part in: whose goods they are, and who got how much of them."""

    groups: tuple[str, ...]
    parts: tuple[tuple[str, int], ...]

    @property
    def total_satang(self) -> int:
        """What the buyer pays for it."""
        return sum(satang for _kind, satang in self.parts)


def kept_of(owner: Organisation, numbers: Iterable[str]) -> dict[str, Kept]:
    """Order → how its price was divided when it was placed: of a group's own goods, of others' all in which it has a part."""
    rows = LineShare.objects.filter(order__number__in=set(numbers), cause="placed")
    if owner.kind == Organisation.Kind.GROUP:
        rows = rows.filter(vendor_order__group=owner)
    else:
        rows = rows.filter(vendor_order__shares__payee=owner)
    sums: dict[str, dict[str, int]] = {}
    groups: dict[str, dict[str, None]] = {}
    told = rows.order_by("pk").distinct()
    for number, group, kind, _pk, satang in told.values_list(
        "order__number", "vendor_order__group__name_th", "kind", "pk", "amount_satang"
    ):
        mine = sums.setdefault(number, {})
        mine[kind] = mine.get(kind, 0) + satang
        groups.setdefault(number, {})[group] = None
    return {number: Kept(tuple(groups[number]), tuple(found.items())) for number, found in sums.items()}


def statement(owner: Organisation, first: dt.date, last: dt.date) -> PurseStatement:
    """What the market owes an organisation (held and ready, less the cash that it keeps), from one day to another.

    Its purse comes with it, from the same sums of its accounts; later postings are few, so they are taken off the whole.
    """
    whole_purse = Posting.objects.filter(
        account__owner=f"org:{owner.code}", account__purpose__in=OWED, account__currency=BAHT
    )
    sums = sums_of(f"purse:{owner.code}", whole_purse, "account", "account__purpose")
    own = Posting.objects.filter(account__in=[account for account, _purpose in sums])
    begin, end = clock.start_of_day(first), clock.end_of_day(last)
    late = own.filter(happened_at__gte=begin).aggregate(
        since=Sum("amount_satang"), after=Sum("amount_satang", filter=Q(happened_at__gte=end))
    )
    whole = sum(sums.values())
    by_purpose: dict[str, int] = {}
    for (_account, purpose), satang in sums.items():
        by_purpose[purpose] = by_purpose.get(purpose, 0) + satang
    rows = own.filter(happened_at__gte=begin, happened_at__lt=end).select_related("entry", "account").only(*_SHOWN)
    return PurseStatement(
        first=first,
        last=last,
        opening=int(late["since"] or 0) - whole,
        closing=int(late["after"] or 0) - whole,
        rows=rows.order_by("happened_at", "pk"),
        purse=_purse(owner, by_purpose),
    )


def purse_of(owner: Organisation) -> Purse:
    """What the books say of one organisation; one query."""
    rows = Posting.objects.filter(account__purpose__in=OWED, account__currency=BAHT, account__owner=f"org:{owner.code}")
    return _purse(owner, dict(rows.values_list("account__purpose").annotate(s=Sum("amount_satang"))))


def _purse(owner: Organisation, sums: Mapping[str, int]) -> Purse:
    held = -int(sum(sums.get(purpose, 0) for purpose in HELD))
    return Purse(owner, held, -int(sums.get("payable", 0)), int(sums.get("cash_held", 0)))


def account_of(owner: Organisation) -> BankAccount | None:
    """To which account an organisation's money goes now: its own, else its cooperative's; None while there is none in force."""
    above = _cooperatives([owner]).get(owner.pk, 0)
    accounts = usable_accounts([owner.pk, above])
    return accounts.get(owner.pk) or accounts.get(above)
