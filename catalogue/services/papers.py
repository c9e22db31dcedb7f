"""A certificate with the goods it names: written, handed in and reminded of as one."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction

from catalogue.cover import due_reminders, goods_of
from catalogue.errors import CertificateOfAnother, NothingCovered
from catalogue.models import ProductCertificate
from catalogue.services.refresh import refresh_sale
from shop.common import clock, outbox
from vendors.models import Certificate, CertificateReminder, Organisation
from vendors.services import Paper, hand_in_certificate, write_certificate

_AT_ONCE = 500


@transaction.atomic
def write_paper(
    *,
    holder: Organisation,
    paper: Paper,
    products: Collection[int],
    evidence: Any,
    by: Any,
    certificate: Certificate | None = None,
    seen: int | None = None,
    renews: Certificate | None = None,
    hand_in: bool = False,
    sure: bool = False,
    is_demo: bool = False,
) -> Certificate:
    """Saves a certificate with the goods it names and, if wanted, hands it in: all of it, or nothing.

    Raises what `vendors.services.write_certificate` and `hand_in_certificate` do, CertificateOfAnother for goods of
    another group, and NothingCovered when nothing is named.
    """
    row = write_certificate(
        holder=holder,
        paper=paper,
        evidence=evidence,
        by=by,
        certificate=certificate,
        seen=seen,
        renews=renews,
        is_demo=is_demo,
    )
    _name_goods(row, set(products) if paper.scope == Certificate.Scope.PRODUCTS else set())
    if not hand_in:
        return row
    if paper.scope == Certificate.Scope.PRODUCTS and not products:
        raise NothingCovered
    return hand_in_certificate(certificate=row, by=by, seen=row.version, sure=sure)


def _name_goods(certificate: Certificate, wanted: set[int]) -> None:
    own = set(goods_of(certificate.holder).filter(pk__in=wanted).values_list("pk", flat=True))
    if own != wanted:
        raise CertificateOfAnother
    links = ProductCertificate.objects.filter(certificate=certificate)
    known = set(links.values_list("product_id", flat=True))
    links.exclude(product_id__in=wanted).delete()
    ProductCertificate.objects.bulk_create(
        [ProductCertificate(product_id=pk, certificate=certificate) for pk in sorted(wanted - known)]
    )
    refresh_sale(known ^ wanted)


@transaction.atomic
def remind_of_ends() -> int:
    """Notes every reminder that is due and writes the news of it, each once, however many clocks run; returns how many.

    The note is a row that only one transaction can make: a second clock waits for it and then finds it there.
    """
    told = 0
    for row in due_reminders(clock.today())[:_AT_ONCE]:
        kind = row.due  # type: ignore[attr-defined]
        _note, made = CertificateReminder.objects.get_or_create(
            certificate=row, kind=kind, defaults={"at": clock.now()}
        )
        if made:
            outbox.announce("certificate.ends", {"certificate": row.pk, "kind": kind}, key=f"{row.pk}:{kind}")
            told += 1
    return told
