"""The fund's books: balance, in and out, every entry. All of it is computed from the ledger; nothing is stored twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import F, QuerySet, Sum

from shop.common import clock
from shop.fund.models import Spending
from shop.fund.sums import ASIDE, FUND, HELD, ByMonth, ByOwner, by_month_and_owner, by_owner
from shop.ledger.models import Posting
from shop.ledger.purposes import BAHT
from shop.theme import formats
from vendors.models import Organisation, Region

_OUT = ("spending", "budget", "budget_back")
"""Kinds of entries by which money goes out, or comes back of what had gone out."""


def account_codes(network: Organisation) -> dict[str, str]:
    """Owner in the ledger → code, for every network of whose part of the fund this one disposes: its own and those below it."""
    rows = Organisation.objects.filter(path__startswith=network.path, kind__in=Organisation.NETWORKS)
    return {f"org:{code}": code for code in rows.values_list("code", flat=True)}


def parts_of(network: Organisation) -> list[tuple[str, int]]:
    """(owner, satang) of all parts of the fund at and below a network that hold something; one query and one for the codes."""
    owners = account_codes(network)
    rows = Posting.objects.filter(account__purpose=FUND, account__currency=BAHT, account__owner__in=owners)
    sums = rows.values_list("account__owner").annotate(sum=-Sum("amount_satang")).order_by("account__owner")
    return [(owner, int(satang)) for owner, satang in sums if satang]


def balance(purpose: str = FUND) -> int:
    """Satang that the whole fund holds; of `fund_held` what still waits for deliveries."""
    rows = Posting.objects.filter(account__purpose=purpose, account__currency=BAHT)
    return -int(rows.aggregate(sum=Sum("amount_satang"))["sum"] or 0)


@dataclass(frozen=True)
class Month:
    """What came in (less what refunds took back) and went out in a month."""

    first: dt.date
    came: int = 0
    went: int = 0


@dataclass(frozen=True)
class Named:
    """A region or a purpose with its sums."""

    key: str
    name_th: str
    name_en: str
    came: int = 0
    went: int = 0

    @property
    def holds(self) -> int:
        """In less out."""
        return self.came - self.went


@dataclass(frozen=True)
class Vouchers:
    """What of the fund became discounts of buyers, in satang: set aside by budgets, borne, given back unused; and what is still there."""

    aside: int = 0
    borne: int = 0
    back: int = 0
    left: int = 0


@dataclass(frozen=True)
class Books:
    """The fund of a period (all time without days)."""

    opening: int
    closing: int
    months: list[Month] = field(default_factory=list)
    regions: list[Named] = field(default_factory=list)
    purposes: list[Named] = field(default_factory=list)
    waiting: int = 0
    """What still waits for deliveries now."""
    vouchers: Vouchers = Vouchers()
    """Of the period; what is left is of its end."""

    @property
    def years(self) -> list[int]:
        """From the first year in which something happened until this one, the newest first."""
        return list(range(clock.today().year, self.months[0].first.year - 1, -1)) if self.months else []

    @property
    def came(self) -> int:
        """All that came in, less what refunds took back."""
        return sum(month.came for month in self.months)

    @property
    def went(self) -> int:
        """All that was spent."""
        return sum(month.went for month in self.months)


def postings(first: dt.date | None = None, last: dt.date | None = None) -> QuerySet[Posting]:
    """Every line on an account of the fund, of days in Thailand."""
    rows = Posting.objects.filter(account__purpose=FUND, account__currency=BAHT)
    if first is not None:
        rows = rows.filter(happened_at__gte=clock.start_of_day(first))
    if last is not None:
        rows = rows.filter(happened_at__lt=clock.end_of_day(last))
    return rows


def books(first: dt.date | None = None, last: dt.date | None = None) -> Books:
    """By month, by region, by purpose, of whole months; whatever number of entries there are."""
    found, owners = by_month_and_owner()
    if first is not None or last is not None:
        owners = by_owner(clock.start_of_day(first) if first else None, clock.end_of_day(last) if last else None)
    months: dict[dt.date, list[int]] = {}
    opening = backs = 0
    for (purpose, month, kind), satang in sorted(found.items()):
        if purpose != FUND or (last is not None and month > last):
            continue
        if first is not None and month < first:
            opening += satang
            continue
        backs += satang if kind == "budget_back" else 0
        _add(months.setdefault(month, [0, 0]), kind, satang)
    told = [Month(day, *sums) for day, sums in sorted(months.items())]
    closing = opening + sum(month.came - month.went for month in told)
    waiting = sum(satang for (purpose, *_key), satang in found.items() if purpose == HELD)
    regions, purposes = _by_region(owners), _by_purpose(first, last, backs)
    return Books(opening, closing, told, regions, purposes, waiting, _vouchers(found, first, last))


def _add(sums: list[int], kind: str, satang: int) -> None:
    """To what came or to what went."""
    side = 1 if kind in _OUT else 0
    sums[side] += -satang if side else satang


def _vouchers(found: ByMonth, first: dt.date | None, last: dt.date | None) -> Vouchers:
    """Refunds give back what was borne; a budget that was overdrawn takes back what it had given back."""
    sums = dict.fromkeys(("budget", "budget_back", "borne", "left"), 0)
    for (purpose, month, kind), satang in found.items():
        if purpose != ASIDE or (last is not None and month > last):
            continue
        sums["left"] += satang
        if first is None or month >= first:
            sums[kind if kind in sums else "borne"] += satang
    return Vouchers(sums["budget"], -sums["borne"], -sums["budget_back"], sums["left"])


def _by_region(owners: ByOwner) -> list[Named]:
    codes: dict[str, list[int]] = {}
    for (owner, kind), satang in owners.items():
        _add(codes.setdefault(owner.removeprefix("org:"), [0, 0]), kind, satang)
    where = dict(Organisation.objects.filter(code__in=codes).values_list("code", "region"))
    totals: dict[str, list[int]] = {}
    for code, sums in codes.items():
        total = totals.setdefault(where.get(code) or "", [0, 0])
        total[0], total[1] = total[0] + sums[0], total[1] + sums[1]
    names = {row.code: row for row in Region.objects.order_by("position")}
    rows = [Named(code, row.name_th, row.name_en, *totals[code]) for code, row in names.items() if code in totals]
    return rows + ([Named("", "ทั้งประเทศ", "Whole country", *totals[""])] if "" in totals else [])


def _by_purpose(first: dt.date | None, last: dt.date | None, backs: int) -> list[Named]:
    rows = Spending.objects.filter(state=Spending.State.APPROVED)
    if first is not None:
        rows = rows.filter(decided_at__gte=clock.start_of_day(first))
    if last is not None:
        rows = rows.filter(decided_at__lt=clock.end_of_day(last))
    sums = dict(rows.order_by().values_list("purpose").annotate(Sum("amount_satang")))
    if backs:
        sums[Spending.Purpose.VOUCHERS] = sums.get(Spending.Purpose.VOUCHERS, 0) - backs
    found = [
        Named(key, str(name), str(name), went=int(sums[key])) for key, name in Spending.Purpose.choices if key in sums
    ]
    return sorted(found, key=lambda one: -one.went)


@dataclass(frozen=True)
class PublicEntry:
    """One thing that happened to the fund, as anybody may read it: no order, no buyer, no private person."""

    at: dt.datetime
    kind: str
    satang: int
    network: str
    spending: Spending | None

    @property
    def came_back(self) -> bool:
        """Is it what a spending did not need?"""
        return self.kind == "budget_back"

    @property
    def of_satang(self) -> int | None:
        """What the spending came to in all, where this network gave a part of it only."""
        if self.spending is None or self.came_back or self.spending.amount_satang == -self.satang:
            return None
        return int(self.spending.amount_satang)

    @property
    def paid_to(self) -> str:
        """Who got it; a private person is not named, and what comes back is paid to nobody."""
        if self.spending is None or self.spending.payee_is_person or self.came_back:
            return ""
        return self.spending.payee_name


def entries(first: dt.date | None = None, last: dt.date | None = None) -> QuerySet[Posting]:
    """Every line of the fund, the newest first."""
    rows = postings(first, last).annotate(kind=F("entry__kind"), cause=F("entry__cause"), owner=F("account__owner"))
    return rows.order_by("-happened_at", "-pk")


def told(rows: list[Posting], language: str = "th") -> Iterator[PublicEntry]:
    """Lines of the fund in public words, networks by their names in this language; two queries, however many lines."""
    causes = {str(row.cause).split(":")[1] for row in rows if row.kind in _OUT}  # type: ignore[attr-defined]
    spendings = {row.code: row for row in Spending.objects.filter(code__in=causes)}
    codes = {str(row.owner).removeprefix("org:") for row in rows}  # type: ignore[attr-defined]
    known = Organisation.objects.filter(code__in=codes).values_list("code", "name_th", "name_en")
    names = {code: formats.pick(name_th, name_en, language) for code, name_th, name_en in known}
    for row in rows:
        facts = row.__dict__
        yield PublicEntry(
            at=row.happened_at,
            kind=facts["kind"],
            satang=-row.amount_satang,
            network=names.get(facts["owner"].removeprefix("org:"), facts["owner"]),
            spending=spendings.get(facts["cause"].split(":")[1]) if facts["kind"] in _OUT else None,
        )


def waiting() -> QuerySet[Spending]:
    """What waits for a second person, oldest first."""
    return (
        Spending.objects.filter(state=Spending.State.ASKED).select_related("network", "asked_by").order_by("asked_at")
    )
