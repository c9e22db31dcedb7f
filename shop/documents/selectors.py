"""Reading documents: those of a purchase, of a seller, of everybody; and what counts of a month, for its output tax."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Sum, Value, When

from shop.common.sheets import in_batches
from shop.documents.models import BACK, SALES, Document, Kind, TaxStanding, VatRate
from shop.documents.papers import branch_words
from shop.order.models import Order
from shop.payment.models import PaymentAttempt
from vendors.models import GroupRecord, Organisation

_AT_ONCE = 500
_IN_ORDER = ("dated", "series__branch", "kind", "number")


def with_void(rows: QuerySet[Document]) -> QuerySet[Document]:
    """Documents that say by `is_void` whether they are cancelled."""
    void = Document.objects.filter(about=OuterRef("pk"), kind=Kind.CANCELLATION)
    return rows.annotate(is_void=Exists(void))


def documents_of(order: Order) -> list[Document]:
    """Of a purchase, the newest last; cancellations are told by what they cancel."""
    rows = Document.objects.filter(order=order).exclude(kind=Kind.CANCELLATION)
    return list(with_void(rows).select_related("seller").order_by("pk"))


def documents_between(
    first: dt.date, last: dt.date, *, seller: Organisation | None = None, text: str = ""
) -> QuerySet[Document]:
    """Of days in Thailand, the newest first; `text` is a part of the number, or the number of a purchase."""
    rows = Document.objects.filter(dated__gte=first, dated__lte=last)
    if seller is not None:
        rows = rows.filter(seller=seller)
    if text:
        rows = rows.filter(Q(reference__icontains=text) | Q(order__number__iexact=text))
    return with_void(rows).select_related("seller", "order").order_by("-dated", "-pk")


def undocumented() -> QuerySet[PaymentAttempt]:
    """The payments of purchases that no document says, the oldest first."""
    said = Document.objects.filter(order=OuterRef("order"), kind__in=SALES)
    rows = PaymentAttempt.objects.filter(~Exists(said), state=PaymentAttempt.State.SUCCEEDED, order__cancelled_at=None)
    return rows.select_related("order").order_by("received_at", "pk")


@dataclass(frozen=True)
class TaxRow:
    """A line of the report: amounts are as they count, negative where something goes back, zero where it is void."""

    document: Document
    untaxed: int
    taxable: int
    vat: int
    note: str

    @property
    def total(self) -> int:
        """With the tax."""
        return self.untaxed + self.taxable + self.vat

    @property
    def is_outside(self) -> bool:
        """Was its seller not registered for the tax?"""
        return self.document.vat_basis_points is None

    @property
    def buyer(self) -> tuple[str, str, str]:
        """Name, tax number and branch, as far as they stand on the document."""
        kept = self.document.snapshot["buyer"]
        if kept is None:
            return "", "", ""
        return kept["name"], kept["tax_id"], branch_words(kept["branch"]) if kept["branch"] else ""


@dataclass(frozen=True)
class TaxReport:
    """รายงานภาษีขาย of a month of one seller and branch, in the order of days and numbers."""

    first: dt.date
    rows: list[TaxRow]

    @property
    def untaxed(self) -> int:
        return sum(row.untaxed for row in self.rows)

    @property
    def taxable(self) -> int:
        return sum(row.taxable for row in self.rows)

    @property
    def vat(self) -> int:
        return sum(row.vat for row in self.rows)


def tax_report(seller: Organisation, year: int, month: int) -> TaxReport:
    """What counts in a month (Gregorian): invoices, exempt sales, credit notes; two queries. Tests never count.

    What is cancelled in its own month stands there with nothing; what is cancelled later stays, and goes back in the later month:
    a month that was reported does not change.
    """
    first = dt.date(year, month, 1)
    rows = _of_month(first, seller).filter(vat_basis_points__isnull=False)
    return TaxReport(first, list(_counting(list(rows.order_by(*_IN_ORDER)), first)))


def counting_rows(first: dt.date, seller: Organisation | None = None) -> Iterator[TaxRow]:
    """The same of all sellers, or of one, the receipts of those who are not registered too; a batch at a time, two queries each."""
    rows = _of_month(first, seller).order_by("seller__sort_name", "seller_id", *_IN_ORDER)
    for some in in_batches(rows.iterator(chunk_size=_AT_ONCE), _AT_ONCE):
        yield from _counting(some, first)


def _of_month(first: dt.date, seller: Organisation | None) -> QuerySet[Document]:
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    rows = Document.objects.filter(dated__gte=first, dated__lte=last, is_test=False)
    rows = rows if seller is None else rows.filter(seller=seller)
    return rows.select_related("about")


def _counting(rows: list[Document], first: dt.date) -> Iterator[TaxRow]:
    """Documents of a month as they count in it; a cancellation within the month takes no line of its own."""
    cancellations = Document.objects.filter(kind=Kind.CANCELLATION, about__in=[row.pk for row in rows])
    void = {about: (day, by) for about, day, by in cancellations.values_list("about_id", "dated", "reference")}
    for row in rows:
        if row.kind != Kind.CANCELLATION:
            cancelled_on, by = void.get(row.pk, (None, ""))
            same = cancelled_on is not None and _is_in(first, cancelled_on)
            yield TaxRow(row, 0, 0, 0, f"ยกเลิกตาม {by}") if same else _counted(row, -1 if row.is_credit else 1, "")
        elif row.about is not None and not _is_in(first, row.about.dated):
            yield _counted(row, 1 if row.about.is_credit else -1, f"ยกเลิก {row.about.reference}")


def _is_in(first: dt.date, day: dt.date) -> bool:
    return (first.year, first.month) == (day.year, day.month)


def _counted(row: Document, sign: int, note: str) -> TaxRow:
    if row.is_credit and row.about is not None:
        note = f"อ้างถึง {row.about.reference}"
    return TaxRow(row, sign * row.untaxed_satang, sign * row.taxable_satang, sign * row.vat_satang, note)


@dataclass(frozen=True)
class MonthSums:
    """Satang that count in a month. `outside` are sales of who is not registered for the tax, `exempt` free sales of who is."""

    documents: int = 0
    outside: int = 0
    exempt: int = 0
    taxable: int = 0
    vat: int = 0

    @property
    def total(self) -> int:
        """With the tax."""
        return self.outside + self.exempt + self.taxable + self.vat

    def __add__(self, other: MonthSums) -> MonthSums:
        return MonthSums(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))


def sums_by_seller(first: dt.date, seller: Organisation | None = None) -> list[tuple[Organisation, MonthSums]]:
    """What counts in a month, summed by the database: by seller in the order of names; two queries. Cancellations are no documents."""
    plus, minus = Value(1), Value(-1)
    back = Q(kind__in=BACK) | Q(kind=Kind.CANCELLATION, about__kind__in=SALES)
    sign = Case(When(back, then=minus), default=plus)
    outside = Q(vat_basis_points__isnull=True)
    rows = _of_month(first, seller).select_related(None).order_by().values("seller_id")
    told = rows.annotate(
        documents=Count("pk", filter=~Q(kind=Kind.CANCELLATION)),
        outside=Sum(sign * F("untaxed_satang"), filter=outside, default=0),
        exempt=Sum(sign * F("untaxed_satang"), filter=~outside, default=0),
        taxable=Sum(sign * F("taxable_satang"), default=0),
        vat=Sum(sign * F("vat_satang"), default=0),
    )
    names = MonthSums.__dataclass_fields__
    sums = {key: MonthSums(*found) for key, *found in told.values_list("seller_id", *names)}
    named = Organisation.objects.filter(pk__in=sums).order_by("sort_name", "pk")
    return [(one, sums[one.pk]) for one in named]


def whole(sums: Iterable[MonthSums]) -> MonthSums:
    """All of them together."""
    return sum(sums, start=MonthSums())


@dataclass(frozen=True)
class SellerRow:
    """A seller, how it stands today by the office's entry, and whether its groups say that it is registered."""

    seller: Organisation
    standing: TaxStanding | None
    says_registered: bool

    @property
    def to_look_at(self) -> bool:
        """Said to be registered, and nobody has looked yet."""
        return self.says_registered and self.standing is None


def sellers(day: dt.date, *, text: str = "", most: int = 200) -> list[SellerRow]:
    """Those who sell or may: with an entry, with documents, or said to be registered; by name. With `text` all whose name has it."""
    claims = GroupRecord.objects.filter(is_vat_registered=True).select_related("organisation")
    own = {row.organisation_id for row in claims if row.tax_of == "own"}
    paths = {row.organisation.path[: -Organisation.steplen] for row in claims if row.tax_of != "own"}
    said = own | set(Organisation.objects.filter(path__in=paths).values_list("pk", flat=True))
    rows = Organisation.objects.filter(kind__in=[*Organisation.PARENTS, Organisation.Kind.GROUP])
    if text:
        rows = rows.filter(name_th__icontains=text)
    else:
        known = Q(pk__in=TaxStanding.objects.values("seller")) | Q(pk__in=Document.objects.values("seller"))
        rows = rows.filter(known | Q(pk__in=said))
    found = list(rows.order_by("sort_name", "pk")[:most])
    standings: dict[int, TaxStanding] = {}
    for standing in TaxStanding.objects.filter(seller__in=found, valid_from__lte=day).order_by("valid_from"):
        standings[standing.seller_id] = standing
    told = [SellerRow(row, standings.get(row.pk), row.pk in said) for row in found]
    return sorted(told, key=lambda one: not one.to_look_at)


def rates() -> list[VatRate]:
    """Every rate, the newest first."""
    return list(VatRate.objects.order_by("-valid_from"))


def rate_unconfirmed(day: dt.date) -> bool:
    """Has the decree of today's rate run out, as far as the office knows?"""
    row = VatRate.objects.filter(valid_from__lte=day).order_by("-valid_from").first()
    return row is None or (row.confirmed_until is not None and row.confirmed_until < day)
