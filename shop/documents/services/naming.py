"""In whose name: a buyer's tax details, and documents that take the place of others."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from shop.common import clock
from shop.documents import errors, snapshots
from shop.documents.amounts import Item, taxed
from shop.documents.charges import Charge
from shop.documents.models import Document, Kind, TaxDetails
from shop.documents.policies import require_money
from shop.documents.services.issuing import cancel, in_force, kind_of_sale, write_lines
from shop.documents.standing import SellerFacts, facts_of, last_day_to_report, rate_on
from shop.order.locks import lock_order
from shop.order.models import Order
from shop.theme.formats import date
from vendors import history

MOST_TIMES = 3
_IN_NAME = "ออกใหม่ในชื่อผู้ซื้อตามที่ขอ"


@transaction.atomic
def set_tax_details(*, order: Order, details: TaxDetails) -> list[Document]:
    """Keeps in whose name the documents are wanted. Those that were issued are cancelled and issued anew, with their own date.

    Raises TooLate, AlreadyCredited, TooOften: then nothing is kept. The same details again change nothing.
    """
    lock_order(order.pk)
    known = TaxDetails.objects.filter(order=order).first()
    names = ("who", "name", "tax_id", "branch", "line1", "area_code", "postcode")
    if known is not None and all(getattr(known, name) == getattr(details, name) for name in names):
        return []
    facts = {name: getattr(details, name) for name in names}
    kept, _made = TaxDetails.objects.update_or_create(order=order, defaults={**facts, "changed_at": clock.now()})
    return [_anew(sale, kept) for sale in in_force(order)]


def _anew(sale: Document, details: TaxDetails) -> Document:
    _check(sale)
    facts = SellerFacts(**sale.snapshot["seller"])
    items = [Item(**line) for line in sale.snapshot["lines"]]
    buyer = {"buyer": snapshots.of_buyer(details)}
    return _replace(sale, facts, items, sale.vat_basis_points, buyer, _IN_NAME, named=True)


@transaction.atomic
def issue_anew(*, document: Document, reason: str, by: Any) -> Document:
    """The office cancels a sale's document and issues it anew, with what it knows of the seller for that day now.

    Raises NotYours, AlreadyCancelled, AlreadyCredited.
    """
    require_money(by)
    order = lock_order(document.order_id)
    sale = next((row for row in in_force(order) if row.pk == document.pk), None)
    if sale is None:
        raise errors.AlreadyCancelled
    _undone(sale)
    facts = facts_of(sale.seller, sale.dated)
    rate = rate_on(sale.dated) if facts.is_vat_registered else None
    items = _taxed_anew(sale, rate)
    named = sale.snapshot["buyer"] is not None
    made = _replace(sale, facts, items, rate, {}, reason.strip()[:200], named=named)
    history.record(organisation=sale.seller, act="documents.issued_anew", by=by, what=f"{sale} → {made}")
    return made


def _taxed_anew(sale: Document, rate: int | None) -> list[Item]:
    return taxed([Item(**{**line, "vat_satang": 0}) for line in sale.snapshot["lines"]], rate)


def _replace(
    sale: Document,
    facts: SellerFacts,
    items: list[Item],
    rate: int | None,
    change: dict[str, Any],
    reason: str,
    *,
    named: bool,
) -> Document:
    cancel(sale, reason, dated=sale.dated)
    kept = {key: value for key, value in sale.snapshot.items() if key != "lines"}
    seller = {name: getattr(facts, name) for name in SellerFacts.__dataclass_fields__}
    about = {"reference": sale.reference, "kind": sale.kind, "dated": sale.dated.isoformat()}
    return write_lines(
        order=sale.order,
        charge_of=Charge(sale.seller),
        kind=kind_of_sale(items, facts, named=named),
        items=items,
        facts=facts,
        rate=rate,
        snapshot={**kept, **change, "seller": seller, "instead_of": about, "reason": reason},
        dated=sale.dated,
        cause=f"anew:{sale.code}",
        attempt=sale.attempt,
        about=sale,
        is_test=sale.is_test,
    )


def _check(sale: Document) -> None:
    _undone(sale)
    last = last_day_to_report(sale.dated)
    if clock.today() > last:
        raise errors.TooLate(day=date(last))
    before = Document.objects.filter(order=sale.order_id, seller=sale.seller_id, cause__startswith="anew:").count()
    if before >= MOST_TIMES:
        raise errors.TooOften(most=MOST_TIMES)


def _undone(sale: Document) -> None:
    notes = sale.followers.filter(refund__isnull=False).exclude(kind=Kind.CANCELLATION)
    if notes.exclude(followers__kind=Kind.CANCELLATION).exists():
        raise errors.AlreadyCredited(reference=sale.reference)
