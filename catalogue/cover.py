"""What hangs on a certificate: the goods it covers, and which of them leave sale when it ends or is revoked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When

from catalogue.certification import hanging_on
from catalogue.models import Product, ProductCertificate
from catalogue.selectors import sellable
from shop.common import clock
from vendors.models import Certificate, CertificateReminder, Organisation

Kind, State = CertificateReminder.Kind, Certificate.State
_DAY = dt.timedelta(days=1)
_TOLD_AFTERWARDS = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Good:
    """A product that a certificate covers. `leaves`: its sale ends with the certificate."""

    pk: int
    title: str
    title_en: str
    slug: str
    is_public: bool
    on_sale: bool
    leaves: bool


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many covered goods are on sale now, and how many of them end with the certificate."""

    on_sale: int = 0
    leaving: int = 0


def goods_of(group: Organisation) -> QuerySet[Product]:
    """Everything a group has written down, variants left out, in Thai order: what a certificate may name."""
    return Product.objects.filter(group=group).exclude(structure="child").order_by("sort_title", "pk")


def covered(certificate: Certificate) -> QuerySet[Product]:
    """The goods that the certificate names, or all of its holder."""
    goods = goods_of(certificate.holder)
    if certificate.scope == Certificate.Scope.GROUP:
        return goods
    return goods.filter(certificate_links__certificate=certificate)


def covered_goods(certificate: Certificate, most: int = 500) -> list[Good]:
    """The same as flat rows with what becomes of each."""
    moment, end = clock.now(), _end_of(certificate)
    fields = ("pk", "title", "title_en", "slug", "is_public", "sellable_from", "sellable_until")
    return [
        Good(pk, title, title_en, slug, public, sold, sold and until is not None and until == end)
        for pk, title, title_en, slug, public, begins, until in covered(certificate).values_list(*fields)[:most]
        for sold in [begins is not None and begins <= moment and (until is None or until > moment)]
    ]


def numbers(holder: Organisation, certificates: Iterable[Certificate]) -> dict[int, Numbers]:
    """For each certificate of one holder; two queries, whatever their number."""
    rows = list(certificates)
    on_sale = dict(
        Product.objects.filter(sellable(clock.now()), group=holder)
        .exclude(structure="child")
        .values_list("pk", "sellable_until")
    )
    links: dict[int, list[int]] = {}
    named = ProductCertificate.objects.filter(certificate__in=rows, product__in=list(on_sale))
    for certificate_id, product_id in named.values_list("certificate_id", "product_id"):
        links.setdefault(certificate_id, []).append(product_id)
    found = {}
    for row in rows:
        goods = list(on_sale) if row.scope == Certificate.Scope.GROUP else links.get(row.pk, [])
        end = _end_of(row)
        found[row.pk] = Numbers(len(goods), sum(end is not None and on_sale[pk] == end for pk in goods))
    return found


def _end_of(certificate: Certificate) -> dt.datetime | None:
    """The midnight at which it ends; None when it does not, or does not count."""
    if certificate.state != State.VERIFIED or certificate.expires_on is None:
        return None
    return clock.end_of_day(certificate.expires_on)


def would_leave(certificate: Certificate) -> list[Product]:
    """The goods that leave sale at once if the certificate is revoked now."""
    ids = hanging_on(certificate.pk, holder_id=certificate.holder_id, now=clock.now(), today=clock.today())
    return list(Product.objects.filter(pk__in=ids).order_by("sort_title", "pk"))


def off_sale(certificate: Certificate) -> QuerySet[Product]:
    """Covered goods that the group wants to sell and nothing but a certificate or licence keeps off sale now."""
    goods = covered(certificate).filter(is_public=True, price_from_satang__isnull=False)
    return goods.exclude(review__in=[Product.Review.WAITING, Product.Review.REFUSED]).exclude(sellable(clock.now()))


def due_reminders(today: dt.date) -> QuerySet[Certificate]:
    """Verified certificates that somebody must be told about, annotated with `due`, the kind of reminder.

    The nearest reminder only: after a stop nobody gets three letters at once. Nothing is due once a verified renewal
    follows without a gap, or while the holder sells nothing anyway.
    """
    soon, ended = today + dt.timedelta(days=90), today - _TOLD_AFTERWARDS
    due = Case(
        When(expires_on__lt=today, then=Value(Kind.ENDED.value)),
        When(expires_on__lte=today + dt.timedelta(days=7), then=Value(Kind.SEVEN.value)),
        When(expires_on__lte=today + dt.timedelta(days=30), then=Value(Kind.THIRTY.value)),
        default=Value(Kind.NINETY.value),
        output_field=CharField(),
    )
    rows = Certificate.objects.filter(state=State.VERIFIED, expires_on__gte=ended, expires_on__lte=soon)
    rows = rows.filter(holder__state=Organisation.State.APPROVED).annotate(due=due)
    told = CertificateReminder.objects.filter(certificate=OuterRef("pk"), kind=OuterRef("due"))
    return rows.exclude(Exists(told)).exclude(Exists(_renewals())).order_by("expires_on", "pk")


def _renewals() -> QuerySet[Certificate]:
    """Verified certificates that take the place of the outer one: named as its renewal, or covering all that it covers."""
    after = Q(expires_on=None) | Q(expires_on__gt=OuterRef("expires_on"))
    rows = Certificate.objects.filter(after, state=State.VERIFIED, holder=OuterRef("holder"), scheme=OuterRef("scheme"))
    rows = rows.filter(issued_on__lte=OuterRef("expires_on") + Value(_DAY))
    return rows.filter(
        Q(renews=OuterRef("pk")) | Q(scope=Certificate.Scope.GROUP) | Q(~Exists(_left_out()), _outer_names_goods())
    )


def _left_out() -> QuerySet[ProductCertificate]:
    """Goods of the outermost certificate that the renewal does not name."""
    same = ProductCertificate.objects.filter(product=OuterRef("product"), certificate=OuterRef(OuterRef("pk")))
    return ProductCertificate.objects.filter(certificate=OuterRef(OuterRef("pk"))).exclude(Exists(same))


def _outer_names_goods() -> Exists:
    named = ProductCertificate.objects.filter(
        certificate=OuterRef(OuterRef("pk")), certificate__scope=Certificate.Scope.PRODUCTS
    )
    return Exists(named)
