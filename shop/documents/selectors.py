"""Reading documents: those of a purchase, of a seller, of everybody; and the report of output tax of a month."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from shop.documents.models import SALES, Document, Kind, TaxStanding, VatRate
from shop.documents.papers import branch_words
from shop.order.models import Order
from shop.payment.models import PaymentAttempt
from vendors.models import GroupRecord, Organisation


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
    last = dt.date(year, month, calendar.monthrange(year, month)[1])
    rows = list(
        Document.objects.filter(
            seller=seller, dated__gte=first, dated__lte=last, is_test=False, vat_basis_points__isnull=False
        )
        .select_related("about")
        .order_by("dated", "series__branch", "kind", "number")
    )
    void = dict(
        Document.objects.filter(kind=Kind.CANCELLATION, about__in=[row.pk for row in rows]).values_list(
            "about_id", "dated"
        )
    )
    found = []
    for row in rows:
        if row.kind != Kind.CANCELLATION:
            cancelled_on = void.get(row.pk)
            same = cancelled_on is not None and first <= cancelled_on <= last
            found.append(_void(row) if same else _counted(row, -1 if row.is_credit else 1, ""))
        elif row.about is not None and not first <= row.about.dated <= last:
            found.append(_counted(row, 1 if row.about.is_credit else -1, f"ยกเลิก {row.about.reference}"))
    return TaxReport(first, found)


def _counted(row: Document, sign: int, note: str) -> TaxRow:
    if row.is_credit and row.about is not None:
        note = f"อ้างถึง {row.about.reference}"
    return TaxRow(row, sign * row.untaxed_satang, sign * row.taxable_satang, sign * row.vat_satang, note)


def _void(row: Document) -> TaxRow:
    return TaxRow(row, 0, 0, 0, "ยกเลิก")


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
