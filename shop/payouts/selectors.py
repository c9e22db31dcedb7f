"""Who is owed what, who can be paid, and statements. Everything is computed from the ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet, Sum

from shop.common import clock
from shop.common.keyset import before_row
from shop.ledger.models import Posting
from shop.ledger.purposes import BAHT
from shop.ledger.sums import counted_anew, sums_of
from shop.order.models import LineShare
from shop.payment.models import Refund
from shop.payouts.models import BankAccount, PayoutItem
from vendors.models import Organisation

HELD = ("held", "cooperative", "hub", "delivery")
OWED = (*HELD, "payable", "cash_held")
_NAMES = ("code", "kind", "path", "depth", "name_th", "name_en", "sort_name")
_SHOWN = ("amount_satang", "happened_at", "entry__cause", "entry__kind", "account__purpose")
_OF_SALES = frozenset({"share", "share_back", "share_again", "release"})
_OF_REFUNDS = frozenset({"share_back", "share_again"})
WITHIN = {"release": "payable", "cash_offset": "cash_held"}
"""Kinds of entries that move money within a purse, which is then worth the same: a statement tells each in its line of this account."""


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
    """In the order of time; of what moves within the purse one line, which changes nothing (`gain`)."""
    postings: QuerySet[Posting]
    """The same as the books have it, in no order."""
    purse: Purse
    """What it is owed at this moment."""

    def with_balance(self, rows: Iterable[Posting], *, are_first: bool = False) -> Iterator[tuple[Posting, int]]:
        """Its lines in the order of time, from any of them on, each with the balance after it as the owner counts.

        When they are known to be the first nothing before them is summed.
        """
        after: int | None = self.opening if are_first else None
        for row in rows:
            if after is None:
                earlier = self.postings.filter(before_row(row))
                if row.entry.kind in WITHIN:
                    earlier = earlier.exclude(entry=row.entry_id)
                after = self.opening - int(earlier.aggregate(sum=Sum("amount_satang"))["sum"] or 0)
            after += gain(row)
            yield row, after


def gain(row: Posting) -> int:
    """By how many satang a line of a statement makes its purse worth more; nothing when money moves within it."""
    return 0 if row.entry.kind in WITHIN else -row.amount_satang


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


def purchase_of(cause: str) -> str:
    """The number of the purchase that a cause of a sale names; else empty."""
    number = order_of(cause)
    return number.partition("-")[0] if cause.startswith("release:") else number


@dataclass(frozen=True)
class Good:
    """Pieces of one good as the order froze it."""

    quantity: int
    title_th: str
    title_en: str


@dataclass(frozen=True)
class Kept:
    """Of one order what an organisation has a part in: whose goods they are, which, and who got how much of them."""

    groups: tuple[str, ...]
    parts: tuple[tuple[str, int], ...]
    goods: dict[str, dict[int, Good]] = field(default_factory=dict)
    """By the number of the vendor order and the key of the line."""

    @property
    def total_satang(self) -> int:
        """What the buyer pays for it."""
        return sum(satang for _kind, satang in self.parts)


_GOOD = ("quantity", "short_quantity", "title", "title_en")
_TOLD = ("order__number", "vendor_order__number", "vendor_order__group__name_th", "kind", "pk", "amount_satang", "line")


def kept_of(owner: Organisation, numbers: Iterable[str]) -> dict[str, Kept]:
    """Order → how its price was divided: of a group's own goods, of others' all in which it has a part.

    As it was divided when the order was placed; at the door, less what was not handed over and not paid.
    """
    rows = LineShare.objects.filter(order__number__in=set(numbers))
    rows = rows.filter(Q(cause="placed") | Q(cause__startswith="undue:"))
    if owner.kind == Organisation.Kind.GROUP:
        rows = rows.filter(vendor_order__group=owner)
    else:
        rows = rows.filter(vendor_order__shares__payee=owner)
    found: dict[str, _Adding] = {}
    told = rows.order_by("pk").distinct().values_list(*_TOLD, "cause", *(f"line__{name}" for name in _GOOD))
    for number, part, group, kind, _pk, satang, line, cause, quantity, short, *titles in told:
        mine = found.setdefault(number, _Adding())
        mine.sums[kind] = mine.sums.get(kind, 0) + satang
        mine.groups[group] = None
        if line is not None:
            pieces = quantity if cause == "placed" else quantity - short
            mine.goods.setdefault(part, {})[line] = Good(pieces, *titles)
    return {number: mine.told() for number, mine in found.items()}


@dataclass
class _Adding:
    sums: dict[str, int] = field(default_factory=dict)
    groups: dict[str, None] = field(default_factory=dict)
    goods: dict[str, dict[int, Good]] = field(default_factory=dict)

    def told(self) -> Kept:
        return Kept(
            tuple(self.groups), tuple((kind, satang) for kind, satang in self.sums.items() if satang), self.goods
        )


@dataclass(frozen=True)
class GivenBack:
    """Why money goes back to a buyer, and for how many pieces of which line, or of delivery (no line)."""

    why: str
    pieces: tuple[tuple[int | None, int], ...]


def given_back(causes: Iterable[str]) -> dict[str, GivenBack]:
    """What follows the kind in a cause of shares that are taken back or given again → its refund; one query."""
    names = {cause.partition(":")[2] for cause in causes if cause.partition(":")[0] in _OF_REFUNDS}
    if not names:
        return {}
    rows = Refund.objects.filter(idempotency_key__in=[*names, *(f"refund:{name}" for name in names)])
    found: dict[str, GivenBack] = {}
    told = rows.order_by("pk", "lines__pk")
    for key, why, line, quantity in told.values_list("idempotency_key", "why", "lines__line", "lines__quantity"):
        name = key.removeprefix("refund:")
        before = found.get(name, GivenBack(str(Refund.Why(why).label), ()))
        piece = () if quantity is None else ((line, quantity),)
        found[name] = GivenBack(before.why, (*before.pieces, *piece))
    return found


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
    postings = own.filter(happened_at__gte=begin, happened_at__lt=end)
    rows = postings.select_related("entry", "account").only(*_SHOWN)
    for kind, purpose in WITHIN.items():
        rows = rows.exclude(Q(entry__kind=kind) & ~Q(account__purpose=purpose))
    return PurseStatement(
        first=first,
        last=last,
        opening=int(late["since"] or 0) - whole,
        closing=int(late["after"] or 0) - whole,
        rows=rows.order_by("happened_at", "pk"),
        postings=postings,
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
